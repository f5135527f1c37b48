"""Deleted rows and free pages of databases that SQLite itself wrote."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.read.beside.given import MUTANTS, Given, given, survived
from vestige.read.beside.sqlite_pages import columns_of, size_of

TABLE = "CREATE TABLE people (id INTEGER, surname TEXT, note TEXT)"


def made(path: Path, *statements: str) -> bytes:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA secure_delete = OFF")
        for statement in statements:
            connection.execute(statement)
    return path.read_bytes()


def insert(number: int, name: str) -> str:
    return f"INSERT INTO people VALUES ({number}, '{name}', 'run {number}')"  # noqa: S608 - ours


def found(path: Path, *statements: str) -> Given:
    return given(made(path, *statements), "SQLite database")


@pytest.mark.parametrize("at", [1, 2, 3])
def test_a_deleted_row_is_told_below_its_columns(tmp_path: Path, at: int) -> None:
    names = ["Quintero", "Zargothy", "Vexley"]
    rows = (insert(number, name) for number, name in enumerate(names, 1))
    gone = f"DELETE FROM people WHERE note = 'run {at}'"  # noqa: S608 - ours
    told = found(tmp_path / "a.db", TABLE, *rows, gone)
    where = "deleted database row column 2 > PersonName"
    assert told.texts[where] == [names[at - 1]]
    assert told.tags[where]
    assert f"run {at}" in told.texts["deleted database row column 3"]


def test_rows_of_a_table_that_was_emptied_are_told(tmp_path: Path) -> None:
    many = "WITH RECURSIVE s(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM s LIMIT 900)"
    told = found(
        tmp_path / "a.db",
        TABLE,
        "CREATE TABLE other (a, b)",
        f"{many} INSERT INTO people SELECT i, 'Quintero ' || i, 'x' FROM s",  # noqa: S608 - ours
        "DELETE FROM people",
    )
    assert len(told.texts["deleted database row column 2 > PersonName"]) > 700


def test_rows_of_a_table_that_is_gone_are_told_as_texts(tmp_path: Path) -> None:
    told = found(
        tmp_path / "a.db",
        TABLE,
        insert(1, "Quintero"),
        "DROP TABLE people",
    )
    assert any("Quintero" in text for text in told.texts["deleted database row"])


def test_what_was_not_deleted_is_told_once(tmp_path: Path) -> None:
    told = found(tmp_path / "a.db", TABLE, insert(1, "Quintero"))
    assert not [pointer for pointer in told.texts if "deleted" in pointer]


def test_names_of_columns_stand_in_the_statement() -> None:
    statement = 'CREATE TABLE "t" ("Patient ID" TEXT, [b c] DECIMAL(3, 2), PRIMARY KEY (a, b))'
    assert columns_of(statement) == ("Patient ID", "b c")
    assert columns_of("CREATE TABLE t AS") == ()


def test_pages_have_a_size_that_is_a_power_of_two() -> None:
    assert [size_of(one) for one in (1, 512, 4096, 1000, 0, 1 << 17)] == [65536, 512, 4096, 0, 0, 0]


def test_bytes_that_lie_are_read_within_bounds(tmp_path: Path) -> None:
    rows = (insert(number, "Quintero") for number in range(9))
    data = made(tmp_path / "a.db", TABLE, *rows, "DELETE FROM people WHERE id % 2")
    assert survived(data) == MUTANTS
