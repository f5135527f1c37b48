"""Sheets: a table in every form, the same each time."""

import pickle
import sqlite3
from contextlib import closing

import pytest

from vestige.planting.sheet import FORMS, written

HEADS = ("surname", "code")
ROWS = (("O'Zargothy", "S-17"), ("Quexotl", "S-18"))


@pytest.mark.parametrize("form", FORMS)
def test_a_form_is_written_the_same_each_time(form: str) -> None:
    assert written(form, HEADS, ROWS) == written(form, HEADS, ROWS)
    assert written(form, (), ROWS)


def test_programs_read_what_was_written() -> None:
    assert pickle.loads(written("pickled-pairs", (), ROWS)) == dict(ROWS)  # noqa: S301 - our own
    with closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(written("sqlite", HEADS, ROWS))
        assert database.execute("SELECT surname, code FROM t").fetchall() == list(ROWS)
    assert written("csv", HEADS, ROWS) == b"surname,code\nO'Zargothy,S-17\nQuexotl,S-18\n"


def test_there_are_no_other_forms() -> None:
    with pytest.raises(KeyError):
        written("carved in stone", HEADS, ROWS)
