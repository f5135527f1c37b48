"""Columns of tables that may be keys, by their headings and by their cells."""

import pytest

from tests.correlate.test_keys import CODES, LEXICON, NUMBERS, SURNAMES, table
from vestige.correlate.key_columns import are_names, columns, has_headings
from vestige.correlate.keys import named


def test_headings_that_are_no_known_words_are_not_shown() -> None:
    found = columns(table(SURNAMES, CODES, headings=("Zargothy Quillonia", "pseudonym")), LEXICON)
    assert [one.heading for one in found] == ["", "pseudonym"]
    assert named(found) == "1, 2 (pseudonym)"


def test_a_row_like_the_others_is_no_heading() -> None:
    assert not has_headings(table(SURNAMES, CODES))
    assert has_headings(table(SURNAMES, CODES, headings=("x", "y")))


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (SURNAMES, True),
        ([f"{one}, Anna" for one in SURNAMES], True),
        (["Szögvári", "Kisbereki", "Hajdúpataki", "Vadkerteleki", "Őrvidéki", "Tordavölgyi"], True),
        (["left", "right", "both", "none", "unknown", "other"], False),
        (["Prisma Fit", "Magnetom Skyra", "Ingenia Ambition", "Signa Premier", "Achieva"], False),
        (NUMBERS, False),
        (CODES, False),
    ],
)
def test_names_of_people_are_known_without_a_heading(cells: list[str], expected: bool) -> None:  # noqa: FBT001
    assert are_names(cells, LEXICON) is expected
