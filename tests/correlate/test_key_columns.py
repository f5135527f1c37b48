"""Columns of tables that may be keys, by their headings and by their cells."""

from tests.correlate.test_keys import CODES, LEXICON, SURNAMES, table
from vestige.correlate.key_columns import columns
from vestige.correlate.keys import named


def test_headings_that_are_no_known_words_are_not_shown() -> None:
    found = columns(table(SURNAMES, CODES, headings=("Zargothy Quillonia", "pseudonym")), LEXICON)
    assert [one.heading for one in found] == ["", "pseudonym"]
    assert named(found) == "1, 2 (pseudonym)"


def test_numbers_that_a_study_gave_tell_of_nobody() -> None:
    for numbers in (["sub-0042", "sub-0043", "CASE_7"], ["0", "1", "2"]):
        rows = [["code", "MRN"], *map(list, zip(CODES, numbers, strict=False))]
        assert columns(rows, LEXICON) == ()
    rows = [["code", "MRN"], *map(list, zip(CODES, ["4711233", "4711234"], strict=False))]
    assert columns(rows, LEXICON)[1].side == "record numbers"
