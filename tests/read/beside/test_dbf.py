"""Tables of dBASE, and what only looks like one."""

import struct

from tests.read.beside.given import MUTANTS, given, survived
from vestige.read.beside.dbf import is_table
from vestige.read.pages import Held


def dbase(rows: list[tuple[bytes, bytes]], page: int = 0) -> bytes:
    head = struct.pack("<BBBBIHH17xB2x", 3, 124, 3, 5, len(rows), 32 + 64 + 1, 1 + 8 + 20, page)
    for name, length in ((b"CODE", 8), (b"NACHNAME", 20)):
        head += name.ljust(11, b"\0") + b"C" + bytes(4) + bytes([length, 0]) + bytes(14)
    body = b"".join(b"*" + code.ljust(8) + text.ljust(20) for code, text in rows)
    return head + b"\r" + body + b"\x1a"


def test_columns_by_their_names_deleted_rows_too() -> None:
    found = given(dbase([(b"a", b"Quintero"), (b"b", "Müller".encode())]), "dBASE").texts
    assert found["dBASE column 2 > PersonName"] == ["Quintero", "Müller"]
    assert found["dBASE column 1"] == ["a", "b"]


def test_texts_are_of_the_code_page_that_the_head_names() -> None:
    found = given(dbase([(b"a", "Łucja".encode("cp1250"))], 0xC8), "dBASE").texts
    assert found["dBASE column 2 > PersonName"] == ["Łucja"]


def test_columns_must_fill_the_rows() -> None:
    data = dbase([(b"a", b"Quintero")])
    assert is_table(Held(data))
    assert not is_table(Held(data[:10] + b"\x63" + data[11:]))
    assert not is_table(Held(b"\3" + bytes(100)))


def test_bytes_that_lie_are_read_within_bounds() -> None:
    assert survived(dbase([(b"a", b"Quintero"), (b"b", b"Probe")])) == MUTANTS
