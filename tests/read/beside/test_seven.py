"""7z archives."""

import bz2
import lzma
import random
import struct
import zlib
from collections.abc import Callable

import pytest

from tests.read.beside.packing import FILES, LETTER, NOISE, files_in, lost_in, met, names_in
from vestige.read.beside.parts import Bounds
from vestige.read.pages import Held

LZMA2 = [{"id": lzma.FILTER_LZMA2, "dict_size": 1 << 16}]
LZMA1 = [{"id": lzma.FILTER_LZMA1, "dict_size": 1 << 16}]
DELTA = [{"id": lzma.FILTER_DELTA, "dist": 4}, *LZMA2]
OF_LZMA2 = b"\x21\x21\x01\x08"
METHODS: dict[str, tuple[bytes, Callable[[bytes], bytes]]] = {
    "copy": (b"\x01\x01\0", bytes),
    "lzma2": (b"\x01" + OF_LZMA2, lambda data: lzma.compress(data, lzma.FORMAT_RAW, filters=LZMA2)),
    "lzma": (
        b"\x01\x23\x03\x01\x01\x05\x5d\0\0\1\0",
        lambda data: lzma.compress(data, lzma.FORMAT_RAW, filters=LZMA1),
    ),
    "delta": (
        b"\x02\x21\x03\x01\x03" + OF_LZMA2 + b"\x00\x01",
        lambda data: lzma.compress(data, lzma.FORMAT_RAW, filters=DELTA),
    ),
    "deflate": (b"\x01\x03\x04\x01\x08", lambda data: zlib.compress(data)[2:-4]),
    "bzip2": (b"\x01\x03\x04\x02\x02", bz2.compress),
}
"""Methods as a header tells them, and what packs so."""


def number(value: int) -> bytes:
    return bytes([value]) if value < 0x80 else b"\xff" + struct.pack("<Q", value)


def seven(files: dict[str, bytes], method: str = "lzma2", *, packed: bool = False) -> bytes:
    """An archive of one stream, byte by byte; `packed` if its header is packed too."""
    folder, pack = METHODS[method]
    full = {name: content for name, content in files.items() if content}
    whole = b"".join(full.values())
    data = pack(whole)
    sizes = b"".join(number(len(one)) for one in list(full.values())[:-1])
    steps = folder[0]
    info = streams(0, len(data), folder, [len(whole)] * steps)
    info += b"\x08\x0d" + number(len(full)) + b"\x09" + sizes + b"\0\0"
    names = b"\0" + "".join(f"{name}\0" for name in files).encode("utf-16-le")
    empty = int("".join("1" if not one else "0" for one in files.values()).ljust(8, "0"), 2)
    listed = number(len(files)) + b"\x0e\x01" + bytes([empty])
    listed += b"\x11" + number(len(names)) + names + b"\0"
    header = b"\x01\x04" + info + b"\x05" + listed + b"\0"
    if packed:
        small = METHODS["lzma2"][1](header)
        told = streams(len(data), len(small), METHODS["lzma2"][0], [len(header)]) + b"\0"
        data, header = data + small, b"\x17" + told
    place = struct.pack("<QQL", len(data), len(header), zlib.crc32(header))
    return (
        b"7z\xbc\xaf\x27\x1c\0\x04" + struct.pack("<L", zlib.crc32(place)) + place + data + header
    )


def streams(start: int, length: int, folder: bytes, sizes: list[int]) -> bytes:
    told = b"\x06" + number(start) + b"\x01\x09" + number(length) + b"\0"
    return told + b"\x07\x0b\x01\0" + folder + b"\x0c" + b"".join(map(number, sizes)) + b"\0"


@pytest.mark.parametrize("method", METHODS)
def test_members_of_every_method_are_read(method: str) -> None:
    data = seven(FILES, method, packed=method == "lzma2")
    assert files_in(data) == {name: content for name, content in FILES.items() if content}
    assert names_in(data) == {(b"empty", "")}
    assert lost_in(data) == []


def test_what_is_encrypted_or_unknown_is_told_with_its_names(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for method, code in (
        (b"\x01\x04\x06\xf1\x07\x01", "protected"),
        (b"\x01\x01\x63", "form-unread"),
    ):
        monkeypatch.setitem(METHODS, "other", (method, bytes))
        data = seven({"Zargothy": b"x"}, "other")
        assert lost_in(data) == [code]
        assert names_in(data) == {(b"Zargothy", "")}


def test_a_window_that_takes_too_much_memory_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(METHODS, "wide", (b"\x01\x21\x21\x01\x27", bytes))
    assert lost_in(seven({"a": b"x"}, "wide")) == ["archive-budget"]


def test_no_damage_is_too_much() -> None:
    chance = random.Random(3)  # noqa: S311 - no secret
    for turn in range(300):
        data = bytearray(seven({"a": LETTER, "b": NOISE}, packed=bool(turn % 2)))
        for _ in range(chance.choice((1, 3, 20))):
            at = chance.randrange(max(len(data) - 150 * (turn % 3), 9))
            data[at if turn % 3 else -1 - chance.randrange(100)] = chance.randrange(256)
        bounds = Bounds(9)
        bounds.bytes = 4 << 20
        told = sum(len(one) for _, one in met(Held(bytes(data)), bounds) if isinstance(one, bytes))
        assert told <= 4 << 20
