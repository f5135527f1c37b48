import struct

import pytest

from tests.read.beside.papers import heard
from vestige.read.beside.powerpoint import of_document, of_user


def record(kind: int, content: bytes, version: int = 0) -> bytes:
    return struct.pack("<HHI", version, kind, len(content)) + content


def test_texts_of_slides_are_told_wherever_they_stand() -> None:
    wide = record(4000, "Patient name: Jörg Müller\rx".encode("utf-16-le"))
    data = record(1000, record(1006, wide + record(4008, b"MRN: 4711123"), 0xF), 0xF)
    found = heard(of_document(data + record(4026, "Łuk".encode("utf-16-le")) + b"\0\0"))
    assert found.texts["presentation > PatientName"] == ["Jörg Müller"]
    assert found.texts["presentation > PatientID"] == ["4711123"]
    assert "Łuk" in found.texts["presentation"]


def test_the_last_user_is_told_and_so_is_encryption() -> None:
    user = struct.pack("<HHIIIIHHBBH", 0, 0xFF6, 0, 20, 0xE391C05F, 0, 5, 0, 3, 0, 0)
    name = b"Paula\x08\0\0\0" + "Paula".encode("utf-16-le")
    assert heard(of_user(user + name)).texts["document property lastauthor"] == ["Paula"]
    closed = user.replace(struct.pack("<I", 0xE391C05F), struct.pack("<I", 0xF3D1C4DF))
    assert heard(of_user(closed + name)).lost == ["protected"]
    with pytest.raises(struct.error):
        list(of_user(b"short"))
