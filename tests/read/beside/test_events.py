"""Records of TensorFlow, byte by byte."""

import struct

from tests.read.beside.given import MUTANTS, given, survived
from vestige.read.beside.events import looks
from vestige.read.pages import Held


def field(number: int, value: bytes) -> bytes:
    return bytes([number << 3 | 2, len(value)]) + value


def record(body: bytes) -> bytes:
    return struct.pack("<QI", len(body), 1) + body + bytes(4)


TIME = b"\x09" + struct.pack("<d", 1.7e9)
VERSION = record(TIME + field(3, b"brain.Event:2"))
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(16)


def summary(tag: bytes, value: bytes) -> bytes:
    return record(TIME + b"\x10\x05" + field(5, field(1, field(1, tag) + field(8, value))))


def test_texts_of_summaries_are_told() -> None:
    note = summary(b"notes", field(8, b"patient Quintero, Maria"))
    data = VERSION + note + summary(b"case", field(4, PICTURE))
    found = given(data, "TFRecord")
    assert "patient Quintero, Maria" in found.texts["value"]
    assert found.inner == [(b"value", PICTURE)]
    assert not found.losses


def test_a_text_announces_what_stands_behind_it() -> None:
    example = field(1, b"patient_name") + field(2, field(1, field(1, b"Maria Quintero")))
    found = given(record(field(1, field(1, example))), "TFRecord")
    assert found.texts["PatientName"] == ["Maria Quintero"]


def test_paths_are_told_by_their_names() -> None:
    found = given(VERSION + record(field(1, b"/data/Quintero_Maria/T1.nii")), "TFRecord").texts
    assert "Quintero_Maria" in found["path in a text"]


def test_what_is_cut_off_is_told() -> None:
    assert given(VERSION * 3 + VERSION[:20], "TFRecord").losses == ["damaged"]


def test_lengths_that_do_not_fit_are_of_something_else() -> None:
    assert looks(Held(VERSION))
    assert not looks(Held(VERSION[:-1]))
    assert not looks(Held(VERSION + b"\xff" * 20))
    assert not looks(Held(bytes(64)))


def test_bytes_that_lie_are_read_within_bounds() -> None:
    assert survived(VERSION + summary(b"notes", field(8, b"patient Quintero"))) == MUTANTS
