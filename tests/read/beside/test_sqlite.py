import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from vestige.read.beside import sqlite
from vestige.read.beside.parts import Bounds, Held, Inner, Lost, Part, Told

MANY = 12_000
_ROW = "INSERT INTO t VALUES (printf('%.900c', 'x'))"


def made(path: Path, *statements: str) -> bytes:
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()
    return path.read_bytes()


def parts(data: bytes) -> list[Part]:
    return list(sqlite.read(Held(data), Bounds(len(data))))


def texts(found: list[Part]) -> Iterator[tuple[str, str]]:
    for part in found:
        if isinstance(part, Told):
            yield from ((part.place.pointer, text) for text in part.texts)


def test_columns_with_what_their_headings_announce(tmp_path: Path) -> None:
    data = made(
        tmp_path / "a.db",
        'CREATE TABLE "odd ""name" (apellidos TEXT, mrn INTEGER, "Zebrinsky Anna" TEXT, note)',
        "INSERT INTO \"odd \"\"name\" VALUES ('Quexotl', 4711987, 'x', 1.5)",
        "INSERT INTO \"odd \"\"name\" VALUES ('Bela', NULL, '', X'')",
    )
    found = list(texts(parts(data)))
    assert ("database column PatientName", "Quexotl") in found
    assert ("database column PatientName", "Bela") in found
    assert ("database column PatientID", "4711987") in found
    assert ("database column", "x") in found
    assert ("database column name", "Zebrinsky Anna") in found
    assert ("database table name", 'odd "name') in found
    assert not any("Zebrinsky" in pointer for pointer, _ in found)


def test_all_rows_are_told_and_files_in_values_are_inside(tmp_path: Path) -> None:
    data = made(
        tmp_path / "a.db",
        "CREATE TABLE t (n TEXT, b BLOB)",
        "WITH RECURSIVE s(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM s LIMIT 12000)"
        " INSERT INTO t SELECT 'row ' || i, CASE WHEN i = 7 THEN X'504b0304' END FROM s",
    )
    found = parts(data)
    assert {text for pointer, text in texts(found) if text.startswith("row")} == {
        f"row {number}" for number in range(1, MANY + 1)
    }
    (inner,) = (part for part in found if isinstance(part, Inner))
    assert inner.content.first == b"PK\x03\x04"
    assert not inner.surely


def test_a_database_with_a_write_ahead_journal_is_read_without_it(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    data = made(path, "PRAGMA journal_mode = WAL", "CREATE TABLE t (n TEXT)")
    assert data[18:20] == b"\2\2"
    assert ("database table name", "t") in list(texts(parts(data)))
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a.db"]


def test_views_and_triggers_run_nothing(tmp_path: Path) -> None:
    data = made(
        tmp_path / "a.db",
        "CREATE TABLE t (n TEXT)",
        "CREATE VIEW v AS WITH RECURSIVE s(i) AS (SELECT 1 UNION ALL SELECT i FROM s)"
        " SELECT i FROM s",
    )
    assert [text for pointer, text in texts(parts(data)) if pointer.endswith("table name")] == ["t"]


@pytest.mark.parametrize("cut", [100, 1_500, 5_000, 9_000])
def test_a_damaged_one_is_told(tmp_path: Path, cut: int) -> None:
    statements = "CREATE TABLE t (n TEXT)", *(_ROW,) * 20
    data = made(tmp_path / "a.db", *statements)
    assert Lost("damaged") in parts(data[:cut])


def test_bytes_that_chance_wrote_into_it_raise_nothing(tmp_path: Path) -> None:
    statements = "CREATE TABLE t (n TEXT)", *(_ROW,) * 9
    data = bytearray(made(tmp_path / "a.db", *statements))
    for at in range(100, len(data), 97):
        torn = bytearray(data)
        torn[at : at + 3] = b"\xff\x00\x7f"
        assert parts(bytes(torn))


def test_a_longer_one_than_is_held_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "_MOST", 8)
    assert parts(sqlite.SIGN) == [Lost("text-budget")]


def test_a_long_value_is_told_to_its_end(tmp_path: Path) -> None:
    long = "SELECT replace(printf('%.200000c', 'x'), 'xxxxxxxxxx', 'some text ') || 'Zebrinsky'"
    data = made(tmp_path / "a.db", "CREATE TABLE t (n TEXT)", f"INSERT INTO t {long}")
    found = [text for pointer, text in texts(parts(data)) if pointer == "database column"]
    assert len(found) > 1
    assert found[-1].endswith("Zebrinsky")
    assert sum(map(len, found)) > 190_000
