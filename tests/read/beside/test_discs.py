"""Images of discs."""

import random
import shutil
import struct
import subprocess
from pathlib import Path

import pytest

from tests.read.beside.packing import FILES, LETTER, files_in, lost_in, met, names_in
from vestige.read.beside.discs import VOLUME
from vestige.read.beside.parts import Bounds
from vestige.read.pages import Held

SECTOR = 2048


def both(value: int) -> bytes:
    return struct.pack("<I", value) + struct.pack(">I", value)


def record(name: bytes, sector: int, size: int, flags: int = 0) -> bytes:
    body = bytes([0]) + both(sector) + both(size) + bytes(7) + bytes([flags, 0, 0]) + bytes(4)
    body += bytes([len(name)]) + name
    body += b"\0" * ((len(body) + 1) % 2)
    return bytes([len(body) + 1]) + body


def disc(files: dict[str, bytes], *, joliet: bool = False, called: str = "QUINTERO") -> bytes:
    """An image with its files in the folder DICOM, written byte by byte."""

    def spelled(name: str) -> bytes:
        return name.encode("utf-16-be") if joliet else name.encode()

    at, data, below = 21, b"", b""
    for name, content in files.items():
        below += record(spelled(f"{name};1"), at, len(content))
        padded = content + bytes(-len(content) % SECTOR)
        data, at = data + padded, at + len(padded) // SECTOR
    itself = record(b"\0", 20, SECTOR, 2) + record(b"\1", 19, SECTOR, 2)
    root = itself + record(spelled("DICOM"), 20, SECTOR, 2)
    volume = bytearray(SECTOR)
    volume[:7] = bytes([2 if joliet else 1]) + b"CD001\1"
    volume[40:72] = spelled(called).ljust(32, b"\0" if joliet else b" ")
    volume[156:190] = record(b"\0", 19, SECTOR, 2)[:34]
    volume[88:91] = b"%/E" if joliet else bytes(3)
    end = (b"\xffCD001\1").ljust(SECTOR, b"\0")
    system = bytes(16 * SECTOR) + bytes(volume) + end + end
    folders = root.ljust(SECTOR, b"\0") + (itself + below).ljust(SECTOR, b"\0")
    return system + folders + data


@pytest.mark.parametrize("joliet", [False, True])
def test_files_on_a_disc_are_read(*, joliet: bool) -> None:
    data = disc({"IM1": LETTER, "Müller" if joliet else "IM2": b"more"}, joliet=joliet)
    name = "Müller" if joliet else "IM2"
    assert files_in(data) == {"DICOM/IM1": LETTER, f"DICOM/{name}": b"more"}
    assert names_in(data) == {(b"QUINTERO", VOLUME), (b"DICOM", "")}
    assert lost_in(data) == []


def test_discs_that_a_program_wrote_are_read(tmp_path: Path) -> None:
    program = shutil.which("genisoimage")
    if program is None:
        pytest.skip("genisoimage writes these")
    for name, content in FILES.items():
        (tmp_path / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "in" / name).write_bytes(content)
    for options in (("-R",), ("-J",), ("-J", "-R")):
        to = tmp_path / "disc.iso"
        subprocess.run((program, "-quiet", *options, "-o", to, tmp_path / "in"), check=True)
        found = files_in(to.read_bytes())
        assert {name: found[name] for name in FILES if FILES[name]} == {
            name: content for name, content in FILES.items() if content
        }
        assert lost_in(to.read_bytes()) == []


def test_a_folder_that_holds_itself_is_read_once() -> None:
    data = bytearray(disc({"IM1": LETTER}))
    at = 20 * SECTOR + 68
    data[at : at + 38] = record(b"LOOP", 20, SECTOR, 2)
    told = list(met(Held(bytes(data))))
    assert len(told) < 20


def test_no_damage_is_too_much() -> None:
    chance = random.Random(9)  # noqa: S311 - no secret
    whole = disc({"IM1": LETTER, "IM2": b"more"})
    for _ in range(200):
        data = bytearray(whole[: chance.choice((len(whole), chance.randrange(35_000, len(whole))))])
        for _ in range(30):
            data[chance.randrange(32_768, len(data))] = chance.choice((0, 1, 0x80, 0xFF))
        assert sum(1 for _ in met(Held(bytes(data)), Bounds(9))) < 100


@pytest.mark.parametrize(
    ("at", "sign", "code"),
    [
        (3, b"NTFS    ", "form-unread"),
        (82, b"FAT32   ", "form-unread"),
        (0, b"LUKS\xba\xbe", "protected"),
    ],
)
def test_images_of_other_volumes_are_named(at: int, sign: bytes, code: str) -> None:
    data = bytearray(9_999)
    data[at : at + len(sign)] = sign
    data[0] = data[0] or 0xEB
    assert lost_in(bytes(data)) == [code]
