"""Logs and journals that SQLite wrote beside a database."""

import sqlite3
from contextlib import closing
from pathlib import Path

from tests.read.beside.given import MUTANTS, given, survived

TABLE = "CREATE TABLE people (id INTEGER, surname TEXT)"


def log(folder: Path, *statements: str) -> bytes:
    with closing(sqlite3.connect(folder / "a.db", isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        for statement in statements:
            connection.execute(statement)
        return (folder / "a.db-wal").read_bytes()


def journal(folder: Path) -> bytes:
    """The journal of a transaction that changes a row, as it lies there before the end."""
    with closing(sqlite3.connect(folder / "a.db", isolation_level=None)) as connection:
        connection.execute(TABLE)
        connection.execute("INSERT INTO people VALUES (1, 'Quintero')")
        connection.execute("PRAGMA cache_size = 1")
        connection.execute("PRAGMA cache_spill = 1")
        connection.execute("BEGIN EXCLUSIVE")
        connection.execute("UPDATE people SET surname = 'Zargothy'")
        connection.execute("CREATE TABLE big (t)")
        for _ in range(60):
            connection.execute("INSERT INTO big VALUES (printf('%.4000c', 'x'))")
        return (folder / "a.db-journal").read_bytes()


def test_rows_of_a_log_are_told_below_the_columns_that_it_names(tmp_path: Path) -> None:
    data = log(tmp_path, TABLE, "INSERT INTO people VALUES (1, 'Quintero')", "DELETE FROM people")
    found = given(data, "SQLite log")
    assert found.texts["log of a database column 2 > PersonName"] == ["Quintero"]


def test_rows_of_a_log_that_names_no_columns_are_texts(tmp_path: Path) -> None:
    insert = "INSERT INTO people VALUES (1, 'Quintero')"
    data = log(tmp_path, TABLE, "PRAGMA wal_checkpoint(TRUNCATE)", insert)
    assert "Quintero" in given(data, "SQLite log").texts["log of a database"]


def test_rows_as_they_were_before_stand_in_a_journal(tmp_path: Path) -> None:
    found = given(journal(tmp_path), "SQLite journal").texts
    assert "Quintero" in {text for some in found.values() for text in some}


def test_bytes_that_lie_are_read_within_bounds(tmp_path: Path) -> None:
    assert survived(log(tmp_path, TABLE, "INSERT INTO people VALUES (1, 'Quintero')")) == MUTANTS
