"""Packed files, each of which holds one other."""

import bz2
import gzip
import lzma
import sys
from collections.abc import Callable

import pytest

from tests.read.beside.given import given
from tests.read.beside.packing import FILES, LETTER, files_in, lost_in, names_in, tarred
from vestige.read.beside import packed, unpackers
from vestige.read.beside.kinds import kind_of
from vestige.read.beside.parts import Bounds
from vestige.read.pages import Held

PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "bzip2": bz2.compress,
    "xz": lzma.compress,
    "lzma": lambda data: lzma.compress(data, lzma.FORMAT_ALONE),
}


@pytest.mark.parametrize("name", PACKERS)
def test_what_is_packed_has_the_place_of_the_file(name: str) -> None:
    data = PACKERS[name](LETTER)
    kind = kind_of(Held(data))
    assert kind is not None
    assert kind.name == name
    assert files_in(data) == {"": LETTER}
    assert lost_in(data) == []
    assert lost_in(data[: len(data) - 12]) in (["damaged"], [])
    assert files_in(PACKERS[name](tarred(FILES))) == FILES


def test_zstandard_is_read_if_it_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    module = pytest.importorskip("backports.zstd", reason="of Python 3.14 or vestige[archives]")
    data = bytes(module.compress(LETTER)) + bytes(module.compress(b"more"))
    assert files_in(data) == {"": LETTER + b"more"}
    for name in unpackers._ZSTD:
        monkeypatch.setitem(sys.modules, name, None)
    (lost,) = packed.zstd(Held(data), Bounds(9))
    assert lost == ("not-installed", "archives")


@pytest.mark.parametrize("sign", packed.CLOSED)
def test_what_nothing_opens_is_named(sign: bytes) -> None:
    assert lost_in(sign + b"\0" * 99) == ["form-unread"]


def test_the_name_in_a_gzip_file_is_told() -> None:
    data = bytearray(gzip.compress(b"x", mtime=0))
    data[3] |= 0x08
    data[10:10] = b"Zargothy, Ada.nii\0"
    assert names_in(bytes(data)) == {(b"Zargothy, Ada.nii", "name in a gzip file")}
    assert files_in(bytes(data)) == {"": b"x"}


def test_letters_are_no_packed_files() -> None:
    for text in (b"BZh and more text\n", b"]\0\0text", b"LZ"):
        kind = kind_of(Held(text + b"a" * 20))
        assert kind is None or kind.name == "text"


def test_name_and_comment_that_gzip_keeps_are_told() -> None:
    packed_up = gzip.compress(b"x" * 50)
    head = packed_up[:3] + b"\x1c" + packed_up[4:10] + b"\x02\0ab"
    data = head + b"Quintero_Maria.nii\0of patient Quintero\0" + packed_up[10:]
    assert names_in(data) == {(b"Quintero_Maria.nii", "name in a gzip file")}
    assert given(data, "gzip").texts == {"comment in a gzip file": ["of patient Quintero"]}
