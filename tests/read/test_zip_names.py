"""Names in zip archives."""

import struct
import zlib

import pytest

from vestige.read.zip_names import name_of


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("Müller".encode(), "Müller"),
        ("Müller".encode("cp437"), "Müller"),
        ("森田".encode("cp932"), "森田".encode("cp932").decode("utf-8", "surrogateescape")),
    ],
)
def test_names_without_a_flag_are_read_as_archivers_write_them(raw: bytes, name: str) -> None:
    assert name_of(raw, 0, b"").decode("utf-8", "surrogateescape") == name


def test_with_the_flag_they_are_what_they_are() -> None:
    assert name_of(b"M\x81ller", 1 << 11, b"") == b"M\x81ller"


def test_a_name_in_an_extra_field_counts_if_it_belongs_there() -> None:
    for checksum, name in ((zlib.crc32(b"a"), b"Zargothy"), (zlib.crc32(b"b"), b"a")):
        field = struct.pack("<BI", 1, checksum) + b"Zargothy"
        extra = struct.pack("<HHB", 9, 1, 0) + struct.pack("<HH", 0x7075, len(field)) + field
        assert name_of(b"a", 0, extra) == name
