"""Columns of tables that may be keys, by their headings and by their cells."""

from tests.correlate.test_keys import CODES, LEXICON, SURNAMES, table
from vestige.correlate.key_columns import columns
from vestige.correlate.keys import named


def test_headings_that_are_no_known_words_are_not_shown() -> None:
    found = columns(table(SURNAMES, CODES, headings=("Zargothy Quillonia", "pseudonym")), LEXICON)
    assert [one.heading for one in found] == ["", "pseudonym"]
    assert named(found) == "1, 2 (pseudonym)"
