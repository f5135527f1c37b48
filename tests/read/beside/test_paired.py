"""Paired: tables in lines of text that is none."""

import pytest

from vestige.planting.sheet import FORMS, written
from vestige.read.beside.paired import in_script, listed

ROWS = [["Zargothy, Ana", "sub-001"], ["Quexotl, Bela", "sub-002"], ["Moxo, Cy", "sub-003"]]
LINES = ("arrows", "properties", "moves", "python", "r", "words", "lines")


@pytest.mark.parametrize("form", LINES)
def test_pairs_in_lines(form: str) -> None:
    text = written(form, (), ROWS).decode()
    found = [list(one.rows) for one in listed(text)]
    if form == "lines":
        text = text.replace(";", "  ")
        found = [list(one.rows) for one in listed(text)]
    assert [["", ""], *ROWS] in found


def test_lists_that_are_given_names() -> None:
    text = written("vectors", ("surname", "code"), ROWS).decode()
    assert [["surname", "code"], *ROWS] in [list(one.rows) for one in listed(text)]


def test_statements_that_fill_tables() -> None:
    text = written("sql", ("surname", "code"), [["O'Zargothy", "S1"], ["Quexotl", "S2"]]).decode()
    found = [list(one.rows) for one in listed(text)]
    assert [["surname", "code"], ["O'Zargothy", "S1"], ["Quexotl", "S2"]] in found


def test_prose_and_settings_pair_nothing() -> None:
    text = "Dear all,\nplease look at the images.\nYours\n"
    assert list(listed(text)) == []
    assert list(in_script("a,b\n1,2\n")) == []


def test_all_forms_are_known() -> None:
    assert set(LINES) <= set(FORMS)
