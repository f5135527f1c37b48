"""Columns before they are judged: their headings, and cells that say nothing."""

import pytest

from tests.correlate.test_keys import CODES, SURNAMES, table
from vestige.correlate.column_cells import Cells, columns_of, has_headings


def test_a_row_like_the_others_is_no_heading() -> None:
    assert not has_headings(table(SURNAMES, CODES))
    assert has_headings(table(SURNAMES, CODES, headings=("x", "y")))


def _column(*cells: str) -> Cells:
    column, *_ = columns_of([("remark", "subject"), *((cell, "y") for cell in cells)])
    return column


def test_cells_that_say_nothing_are_none() -> None:
    found = _column("a1", "N/A", "", "a1", "NaN", "b2")
    assert (found.distinct, found.filled, found.rows) == (("a1", "b2"), 3, 6)


def test_short_rows_have_no_cell_in_the_last_columns() -> None:
    rows = [("remark", "subject", "c"), ("1", "2"), ("3",), ("5", "6", "7")]
    assert [one.distinct for one in columns_of(rows)] == [("1", "3", "5"), ("2", "6"), ("7",)]


def test_a_rule_below_the_headings_is_no_row() -> None:
    assert list(columns_of([("remark", "subject"), ("---", "---")])) == []
    ruled = columns_of([("remark", "subject"), ("---", "---"), ("a", "b")])
    assert [one.distinct for one in ruled] == [("a",), ("b",)]


@pytest.mark.parametrize(
    ("cells", "decimal", "of_codes", "of_paths"),
    [
        (("1.5", "-2,25", "3e-7"), True, False, False),
        (("1.5", "1.5\n2.5", "a-0815"), False, True, False),
        (("sub-0001", "sub-0002"), False, True, False),
        (("raw/IM1", "raw/IM2", "n-0001"), False, True, True),
        (("good", "poor"), False, False, False),
    ],
)
def test_of_what_kind_most_cells_are(
    cells: tuple[str, ...], *, decimal: bool, of_codes: bool, of_paths: bool
) -> None:
    found = _column(*cells)
    assert (found.decimal, found.of_codes, found.of_paths) == (decimal, of_codes, of_paths)


def test_headings_above_an_empty_row_are_no_table() -> None:
    assert list(columns_of([["code", "surname"], ["", ""]])) == []
