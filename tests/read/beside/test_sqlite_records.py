"""Rows in bytes, as SQLite writes them, and what is left of them."""

import pytest

from vestige.read.beside.sqlite_records import cell, codec_of, scanned, varint

# Length 16, row 7, head of 3 bytes: an integer of one byte, a text of 8 letters and one of 4.
CELL = bytes([17, 7, 4, 1, 13 + 2 * 8, 13 + 2 * 4, 42]) + b"QuinteroEwa "


def test_numbers_of_one_to_nine_bytes() -> None:
    assert varint(b"\x07", 0) == (7, 1)
    assert varint(b"\x81\x00", 0) == (128, 2)
    assert varint(b"\xff" * 9, 0) == ((1 << 64) - 1, 9)
    with pytest.raises(IndexError):
        varint(b"\x81", 0)


def test_a_cell_is_its_values_as_texts() -> None:
    assert cell(CELL, 0, "utf-8") == (["42", "Quintero", "Ewa "], len(CELL))
    assert cell(CELL[:1] + CELL[2:], 0, "utf-8", rowid=False) == (
        ["42", "Quintero", "Ewa "],
        len(CELL) - 1,
    )
    assert cell(b"\x12" + CELL[1:], 0, "utf-8") is None
    assert cell(CELL[:4], 0, "utf-8") is None


def test_rows_are_found_in_free_bytes() -> None:
    free = bytes(40) + CELL + bytes(9) + CELL.replace(b"Quintero", b"Zargothy") + bytes(8)
    rows = list(scanned(free, "utf-8", [3], []))
    assert [row[1] for row in rows] == ["Quintero", "Zargothy"]


def test_of_a_free_block_the_type_of_the_first_column_is_reckoned() -> None:
    lost = b"\0\0" + len(CELL).to_bytes(2, "big") + CELL[4:]
    assert list(scanned(lost, "utf-8", [3], [0])) == [["", "Quintero", "Ewa "]]
    words = bytes([0, 0, 0, 18, 13 + 2 * 8]) + b"EwaQuintero12"
    assert list(scanned(words[:4] + words[4:5] + b"MarekQuintero", "utf-8", [2], [0])) == [
        ["Marek", "Quintero"]
    ]


def test_what_chance_wrote_is_no_row() -> None:
    assert list(scanned(b"Quintero Ewa " * 20, "utf-8", [3], [0])) == []
    assert list(scanned(bytes(range(256)) * 40, "utf-8", [2, 3], [])) == []


def test_texts_are_of_the_encoding_of_the_database() -> None:
    assert [codec_of(number) for number in (1, 2, 3)] == ["utf-8", "utf-16-le", "utf-16-be"]
    wide = bytes([8, 1, 2, 13 + 2 * 6]) + "Ewa".encode("utf-16-le")
    assert cell(wide, 0, "utf-16-le") == (["Ewa"], len(wide))
