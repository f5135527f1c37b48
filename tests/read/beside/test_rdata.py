"""Values of R, written byte by byte as its documents say."""

import struct

from tests.read.beside.given import MUTANTS, given, survived

NULL = struct.pack(">i", 254)


def characters(text: str) -> bytes:
    raw = text.encode()
    return struct.pack(">ii", 0x8009, len(raw)) + raw


def texts(*told: str, flags: int = 0) -> bytes:
    return struct.pack(">ii", 16 | flags, len(told)) + b"".join(map(characters, told))


def symbol(name: str) -> bytes:
    return struct.pack(">i", 1) + characters(name)


def pair(name: bytes, value: bytes) -> bytes:
    return struct.pack(">i", 0x402) + name + value


def numbers(*told: float) -> bytes:
    return struct.pack(f">ii{len(told)}d", 14, len(told), *told)


def factor(*levels: str) -> bytes:
    places = range(1, len(levels) + 1)
    data = struct.pack(f">ii{len(levels)}i", 13 | 0x200, len(levels), *places)
    return data + pair(symbol("levels"), texts(*levels)) + NULL


def frame() -> bytes:
    """A data frame of a factor, a text, a number and a day."""
    days = struct.pack(">iid", 14 | 0x200, 1, -7272.0)
    days += pair(symbol("class"), texts("Date")) + NULL
    data = struct.pack(">ii", 19 | 0x300, 4)
    data += factor("Quintero", "Probe") + texts("a", "b") + numbers(4711, 4712) + days
    data += pair(symbol("names"), texts("Nachname", "code", "mrn", "dob"))
    return data + pair(struct.pack(">i", 0x2FF), texts("data.frame")) + NULL


HEAD = struct.pack(">iiii", 3, 0x40201, 0x30500, 5) + b"UTF-8"


def test_frames_are_read_by_their_columns() -> None:
    found = given(b"X\n" + HEAD + frame(), "R")
    assert found.losses == []
    assert found.texts["R column 1 > PersonName"] == ["Quintero", "Probe"]
    assert found.texts["R column 2"] == ["a", "b"]
    assert found.texts["R column 3 > PatientID"] == ["4711", "4712"]
    assert found.texts["R column 4 > PatientBirthDate"] == ["19500203"]


def test_variables_of_a_session_with_code_in_it() -> None:
    code = struct.pack(">i", 6) + symbol("print") + struct.pack(">i", 2) + texts("hello") + NULL
    data = pair(symbol("note"), texts("Patient: Maria Quintero")) + pair(symbol("f"), code) + NULL
    found = given(b"RDX2\nX\n" + struct.pack(">iii", 2, 0x30500, 0x20300) + data, "R")
    assert found.losses == []
    assert {"Patient: Maria Quintero", "hello"} <= {
        text for some in found.texts.values() for text in some
    }


def test_what_it_cannot_read_is_searched_and_told() -> None:
    found = given(b"X\n" + HEAD + struct.pack(">i", 21) + b"Maria Quintero was here", "R")
    assert found.losses == ["damaged"]
    assert any("Maria Quintero" in text for text in found.texts["R"])


def test_bytes_that_lie_are_read_within_bounds() -> None:
    assert survived(b"X\n" + HEAD + frame()) == MUTANTS
