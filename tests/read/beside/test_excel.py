import struct

import pytest

from tests.read.beside.papers import Heard, heard
from vestige.read.beside.excel import of_workbook


def record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def string(text: str, *, wide: bool = False) -> bytes:
    return struct.pack("<HB", len(text), wide) + text.encode("utf-16-le" if wide else "latin-1")


def cell(kind: int, row: int, column: int, content: bytes, style: int = 0) -> bytes:
    return record(kind, struct.pack("<HHH", row, column, style) + content)


BEGIN = record(0x0809, struct.pack("<HHHHII", 0x0600, 5, 0, 0, 0, 0))
SHARED = record(
    0x00FC,
    struct.pack("<II", 4, 4)
    + string("Surname")
    + string("Łuk", wide=True)
    + struct.pack("<HBH", 5, 8, 1)
    + b"Probe"
    + bytes(4)
    + struct.pack("<HB", 6, 0)
    + b"Mus",
) + record(0x003C, b"\1" + "ter".encode("utf-16-le"))
STYLES = record(0x00E0, bytes(20)) + record(0x00E0, struct.pack("<HH16x", 0, 14))


def of(*records: bytes) -> Heard:
    return heard(of_workbook(BEGIN + b"".join(records)))


def test_cells_are_told_by_the_headings_of_their_columns() -> None:
    names = [cell(0x00FD, n, 0, struct.pack("<I", n)) for n in range(4)]
    found = of(
        *(SHARED, STYLES, names[0]),
        cell(0x0204, 0, 1, string("MRN")) + cell(0x0204, 0, 2, string("DOB")),
        names[1] + cell(0x027E, 1, 1, struct.pack("<i", 4711123 << 2 | 2)),
        cell(0x0203, 1, 2, struct.pack("<d", 22315.0), style=1),
        names[2] + cell(0x00BD, 2, 1, struct.pack("<iHiH", 4711124 << 2 | 2, 1, 22316 << 2 | 2, 2)),
        names[3] + cell(0x0006, 3, 1, b"\0\0\0\0\0\0\xff\xff" + bytes(6)),
        record(0x0207, string("X4711125")),
    )
    assert set(found.texts["spreadsheet > PersonName"]) == {"Łuk", "Probe", "Muster"}
    assert found.texts["spreadsheet > PatientID"] == ["4711123", "4711124", "X4711125"]
    assert found.texts["spreadsheet > PatientBirthDate"] == ["19610203", "19610204"]


def test_sheets_comments_and_writers_are_told() -> None:
    found = of(
        record(0x0085, bytes(6) + b"\4\0Jorg"),
        record(0x005C, string("Paula Probe   ")),
        record(0x01B6, bytes(18)) + record(0x003C, b"\0seen"),
        record(0x001C, struct.pack("<HHHH", 0, 0, 0, 1) + string("Ana Autor")),
        record(0x0014, string("&LMax")),
    )
    assert found.texts["spreadsheet"] == ["Jorg", "seen", "&LMax"]
    assert found.texts["spreadsheet comment author"] == ["Paula Probe", "Ana Autor"]


def test_older_workbooks_hold_bytes() -> None:
    old = record(0x0809, struct.pack("<HHHH", 0x0500, 5, 0, 0))
    label = struct.pack("<H", 4) + b"J\xf6rg"
    assert heard(of_workbook(old + cell(0x0204, 0, 0, label))).texts["spreadsheet"] == ["Jörg"]


def test_a_closed_workbook_is_told() -> None:
    assert of(record(0x002F, bytes(6)), cell(0x0204, 0, 0, string("Paula"))) == (
        {},
        ["protected"],
        {},
        {},
    )


def test_a_cell_in_the_last_column_takes_no_room() -> None:
    found = of(*(cell(0x0204, n, 65_535, string("Paula")) for n in range(9_000)))
    assert set(found.texts["spreadsheet"]) == {"Paula"}


def test_what_breaks_off_is_an_error_that_the_reader_of_the_file_knows() -> None:
    with pytest.raises((struct.error, IndexError)):
        of(record(0x00FC, struct.pack("<II", 9, 9) + struct.pack("<HB", 99, 0) + b"x"))
