import struct

import pytest

from tests.read.beside.papers import heard
from vestige.read.beside.property_sets import of_set

SUMMARY = bytes.fromhex("e0859ff2f94f6810ab9108002b27b3d9")
OWN = bytes.fromhex("05d5cdd59c2e1b10939708002b2cf9ae")


def section(values: dict[int, bytes]) -> bytes:
    """A section of values by their numbers."""
    at = 8 + 8 * len(values)
    places, content = b"", b""
    for number, value in values.items():
        places += struct.pack("<II", number, at + len(content))
        content += value + b"\0" * (-len(value) % 4)
    return struct.pack("<II", at + len(content), len(values)) + places + content


def property_set(kind: bytes, values: dict[int, bytes]) -> bytes:
    return struct.pack("<HHI16xI", 0xFFFE, 0, 0, 1) + kind + struct.pack("<I", 48) + section(values)


def text(value: str, codec: str = "cp1252") -> bytes:
    raw = value.encode(codec) + b"\0"
    return struct.pack("<II", 0x1E, len(raw)) + raw


def page(number: int) -> bytes:
    return struct.pack("<IH", 2, number)


def test_authors_are_told_in_their_code_page() -> None:
    values = {1: page(1250), 2: text("T", "cp1250"), 4: text("Novák", "cp1250"), 9: text("7")}
    values[8] = struct.pack("<II", 0x1F, 4) + "Łuk\0".encode("utf-16-le")
    found = heard(of_set(property_set(SUMMARY, values)))
    assert found.texts["document property author"] == ["Novák"]
    assert found.texts["document property lastauthor"] == ["Łuk"]
    assert "7" not in str(found.texts)


def test_names_that_somebody_gave_are_read_from_the_dictionary() -> None:
    names = struct.pack("<I", 2)
    for number, name in ((2, b"PatientID\0"), (3, b"Zargothy\0")):
        names += struct.pack("<II", number, len(name)) + name
    found = heard(
        of_set(property_set(OWN, {0: names, 1: page(1252), 2: text("4711123"), 3: text("x")}))
    )
    assert found.texts == {"document property PatientID": ["4711123"], "document property": ["x"]}


def test_what_breaks_off_is_an_error_that_the_reader_of_the_file_knows() -> None:
    whole = property_set(SUMMARY, {1: page(1252), 4: text("Novák")})
    with pytest.raises(struct.error):
        list(of_set(whole[:50]))
