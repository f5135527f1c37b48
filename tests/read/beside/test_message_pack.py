"""Values of MessagePack, byte by byte."""

from tests.read.beside.given import MUTANTS, given, survived
from vestige.read.beside.message_pack import looks
from vestige.read.pages import Held


def text(value: str) -> bytes:
    raw = value.encode()
    return (bytes([0xA0 | len(raw)]) if len(raw) < 32 else b"\xd9" + bytes([len(raw)])) + raw


RECORD = (
    b"\x86"
    + text("PatientName")
    + text("Quintero^Maria")
    + text("volume")
    + b"\xcb"
    + bytes(8)
    + text("MRN")
    + b"\xce"
    + (4711233).to_bytes(4, "big")
    + text("notes")
    + b"\x92"
    + text("patient Zargothy")
    + b"\xff"
    + text("time")
    + b"\xd6\xff"
    + bytes(4)
    + text("scan")
    + b"\xc4\x05\x89PNG\0"
)


def test_values_are_told_by_their_keys() -> None:
    found = given(b"\x92" + RECORD * 2, "MessagePack")
    assert found.texts["PatientName"] == ["Quintero^Maria"]
    assert found.texts["PatientID"] == ["4711233"]
    assert "patient Zargothy" in found.texts["value"]
    assert found.inner == [(b"value", b"\x89PNG\0")] * 2
    assert not found.losses


def test_what_is_cut_off_is_told_as_far_as_it_goes() -> None:
    found = given(RECORD + RECORD[:20], "MessagePack")
    assert found.texts["PatientName"] == ["Quintero^Maria"]
    assert found.losses == ["damaged"]


def test_only_objects_with_words_as_keys_count() -> None:
    assert looks(Held(RECORD))
    assert not looks(Held(b"\x81\xa5\0\1\2\3\4"))
    assert not looks(Held(b"\x93\1\2\3"))
    assert not looks(Held(b"\xdc"))


def test_bytes_that_lie_are_read_within_bounds() -> None:
    assert survived(RECORD * 2) == MUTANTS
