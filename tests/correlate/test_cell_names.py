"""Cells of a column that are names of people, taken together."""

import pytest

from tests.correlate.test_keys import CODES, LEXICON, NUMBERS, SURNAMES
from vestige.correlate.cell_names import are_names


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
