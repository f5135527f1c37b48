"""What unpacks packed bytes."""

import bz2
import gzip
import lzma
import sys
import zlib

import pytest

from vestige.read.beside import unpackers
from vestige.read.beside.unpackers import Unpacked, Unpacker
from vestige.read.pages import Held

TEXT = b"a letter to nobody " * 5_000


def zstd_made() -> Unpacker:
    made = unpackers.zstd()
    assert made is not None
    return made()


def zstd_packed(text: bytes) -> bytes:
    module = pytest.importorskip("backports.zstd", reason="of Python 3.14 or vestige[archives]")
    return bytes(module.compress(text))


PACKED = {
    "gzip": (unpackers.gzip, gzip.compress(TEXT)),
    "bzip2": (unpackers.bzip2, bz2.compress(TEXT)),
    "xz": (unpackers.xz, lzma.compress(TEXT)),
    "alone": (unpackers.alone, lzma.compress(TEXT, lzma.FORMAT_ALONE)),
    "deflated": (unpackers.deflated, zlib.compress(TEXT)[2:-4]),
    "zstd": (zstd_made, None),
}


@pytest.mark.parametrize("name", PACKED)
def test_bytes_come_in_order_and_what_follows_is_left(name: str) -> None:
    make, packed = PACKED[name]
    data = zstd_packed(TEXT) if packed is None else packed
    stream = Unpacked(make, Held(b"before" + data + b"behind"), 6, len(data) + 12, b"")
    assert b"".join(iter(lambda: stream.read(1_000), b"")) == TEXT
    assert stream.at == 6 + len(data)
    cut = Unpacked(make, Held(data), 0, len(data) // 2, b"")
    with pytest.raises(EOFError):
        list(iter(lambda: cut.read(1 << 20), b""))


def test_several_one_behind_the_other_are_one() -> None:
    data = gzip.compress(b"one ") + gzip.compress(b"two") + b"\0\0\0\0"
    stream = Unpacked(unpackers.gzip, Held(data), 0, len(data), b"\x1f\x8b\x08")
    assert stream.read(99) + stream.read(99) + stream.read(99) == b"one two"


def test_what_wants_too_much_memory_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^$"):
        unpackers.raw_lzma(b"\x5d\0\0\0\x7f")
    filters = [{"id": lzma.FILTER_LZMA1, "dict_size": 1 << 20}]
    data = lzma.compress(TEXT, lzma.FORMAT_RAW, filters=filters)
    made = unpackers.raw_lzma(b"\x5d\0\0\x10\0")
    assert made.decompress(data, len(TEXT)) == TEXT


def test_what_is_not_installed_is_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in unpackers._ZSTD:
        monkeypatch.setitem(sys.modules, name, None)
    assert unpackers.zstd() is None


def test_errors_of_zstandard_are_like_those_of_others() -> None:
    data = zstd_packed(TEXT)
    with pytest.raises(ValueError, match=r"^$"):
        zstd_made().decompress(data[:4] + b"\xff" * 90)
