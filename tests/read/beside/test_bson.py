"""Documents of MongoDB, byte by byte."""

import struct

from tests.read.beside.given import MUTANTS, given, survived


def element(kind: int, name: str, value: bytes) -> bytes:
    return bytes([kind]) + name.encode() + b"\0" + value


def text(name: str, value: str) -> bytes:
    raw = value.encode() + b"\0"
    return element(2, name, struct.pack("<i", len(raw)) + raw)


def document(*elements: bytes) -> bytes:
    body = b"".join(elements) + b"\0"
    return struct.pack("<i", len(body) + 4) + body


ONE = document(
    element(7, "_id", bytes(12)),
    text("PatientName", "Quintero^Maria"),
    element(1, "volume", struct.pack("<d", 1.5)),
    element(3, "patient", document(text("surname", "Vexley"), element(8, "seen", b"\1"))),
    element(4, "tags", document(text("0", "patient Zargothy"), text("1", "x"))),
    element(0x10, "MRN", struct.pack("<i", 4711233)),
    element(5, "scan", struct.pack("<i", 5) + b"\0\x89PNG\0"),
)


def test_values_are_told_by_their_names() -> None:
    found = given(ONE * 2, "BSON")
    assert found.texts["PatientName"] == ["Quintero^Maria", "Vexley"]
    assert found.texts["PatientID"] == ["4711233"]
    assert "patient Zargothy" in found.texts["value"]
    assert found.inner == [(b"value", b"\x89PNG\0")] * 2
    assert not found.losses


def test_what_is_cut_off_is_told() -> None:
    assert given(ONE + ONE[:40], "BSON").losses == ["damaged"]


def test_bytes_that_lie_are_read_within_bounds() -> None:
    assert survived(ONE * 2) == MUTANTS
