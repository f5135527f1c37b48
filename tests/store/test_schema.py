"""The tables of a scan file."""

import sqlite3
from pathlib import Path

import pytest

from vestige.model import StoreError
from vestige.store.schema import failures, make, opened


def test_the_tables_are_those_of_the_design(tmp_path: Path) -> None:
    make(tmp_path / "scan.sqlite", {"id": '"x"'}, [("a/b", "why", "remedy")])
    connection = opened(tmp_path / "scan.sqlite")
    rows = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    tables = {row[0] for row in rows}
    notes = connection.execute("SELECT * FROM scan").fetchall()
    connection.close()
    assert tables >= {"scan", "entry", "finding_set", "finding", "problem", "family"}
    assert notes == [("id", '"x"')]
    assert [path.name for path in tmp_path.iterdir()] == ["scan.sqlite"]


def test_errors_of_sqlite_are_store_errors_without_their_text() -> None:
    with pytest.raises(StoreError, match="--resume") as caught, failures():
        sqlite3.connect(":memory:").execute("SELECT 'Zebrinsky' FROM nowhere")
    assert "Zebrinsky" not in str(caught.value)
