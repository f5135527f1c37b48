"""How files are written for people, unless they ask for another manner."""

from vestige.reports.language import ENGLISH
from vestige.run.manner import PLAIN


def test_plain_is_english_without_a_byte_order_mark() -> None:
    assert PLAIN.language is ENGLISH
    assert not PLAIN.csv_bom
