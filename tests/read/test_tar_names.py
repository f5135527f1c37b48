"""Names in the heads of tar archives and of gzip files."""

import gzip
import tarfile

import pytest

from vestige.read import tar_names


def head(name: str, kind: bytes = tarfile.REGTYPE) -> bytes:
    member = tarfile.TarInfo(name)
    member.type, member.uname, member.gname, member.linkname = kind, "mquintero", "staff", "there"
    return member.tobuf(tarfile.USTAR_FORMAT)


def test_heads_are_known_by_their_checksums() -> None:
    data = bytearray(head("a"))
    assert tar_names.is_tar(bytes(data))
    data[0] += 1
    assert not tar_names.is_tar(bytes(data))
    assert not tar_names.is_tar(b"\0" * 512)
    assert not tar_names.is_tar(b"")


def test_what_a_head_tells_is_told() -> None:
    long = "folder" * 16 + "/file"
    assert tar_names.name(head(long)) == long.encode()
    assert tar_names.owners(head("a")) == (b"mquintero", b"staff")
    assert tar_names.links(head("a", kind=tarfile.SYMTYPE)) == b"there"
    assert tar_names.links(head("a")) == b""
    assert tar_names.owners(bytes(512)) == ()


def test_numbers_are_octal_or_binary() -> None:
    assert tar_names.number(b"00000000017\0") == 15
    assert tar_names.number(b"\x80" + bytes(10) + b"\x05") == 5
    assert tar_names.number(b" " * 12) == 0
    with pytest.raises(ValueError, match="invalid literal"):
        tar_names.number(b"no number")


def test_the_name_of_the_content_of_a_gzip_file_is_told() -> None:
    data = bytearray(gzip.compress(b"x"))
    assert tar_names.stored(bytes(data)) == b""
    data[3] = 0x08 | 0x04
    data[10:10] = b"\x02\0xx" + b"Zargothy, Ada.nii\0"
    assert tar_names.stored(bytes(data)) == b"Zargothy, Ada.nii"
    assert tar_names.stored(b"\x1f\x8b\x08\x08") == b""
