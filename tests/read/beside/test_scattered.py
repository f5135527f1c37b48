"""Texts in bytes of no known kind: what was written is told, what chance wrote is not."""

import random
import struct

from vestige.read.beside.scattered import read
from vestige.read.pages import Held


def told(data: bytes) -> dict[str, list[str]]:
    return {part.place.pointer: list(part.texts) for part in read(Held(data))}


def test_words_labelled_values_and_names_on_paths_are_told() -> None:
    words = "\0PatientID: 4711233\0/data/raw/Quintero_Maria/MR\0HOME=/srv/u\0größere Aufnahme\0"
    found = told(b"\1\2\3" + bytes(5000) + words.encode() + bytes(100))
    assert "größere Aufnahme" in found["bytes of no known kind"]
    assert found["PatientID"] == ["4711233"]
    assert "Quintero_Maria" in found["path in a text"]


def test_wide_letters_are_told_too() -> None:
    found = told(b"\xff\1" + "Patientin Łucja Ąkowska".encode("utf-16-le") + bytes(4))
    assert found["bytes of no known kind"] == ["Patientin Łucja Ąkowska"]


def test_the_end_of_a_long_file_is_searched() -> None:
    assert told(bytes(3 << 20) + b"remember the patient\0") == {
        "bytes of no known kind": ["remember the patient"]
    }


def test_chance_and_samples_tell_nothing() -> None:
    chance = random.Random(3)  # noqa: S311 - nothing is kept secret
    grey = bytes(min(max(int(chance.gauss(90, 20)), 0), 255) for _ in range(200_000))
    walk, at = b"", 0x4142
    for _ in range(40_000):
        at = min(max(at + chance.randint(-40, 40), 0), 0x7FFF)
        walk += struct.pack(">h", at)
    for data in (chance.randbytes(300_000), grey, walk, b"B" * 90_000):
        assert told(b"\1\2" + data) == {}


def test_programs_are_not_searched_and_core_dumps_are() -> None:
    words = bytes(100) + b"made by somebody\0"
    assert told(b"\x7fELF\2\1\1" + bytes(9) + b"\3\0" + words) == {}
    assert told(b"MZ" + words) == {}
    assert told(b"\x7fELF\2\1\1" + bytes(9) + b"\4\0" + words) != {}
