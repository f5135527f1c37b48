"""Property sets (MS-OLEPS): who wrote a legacy document, saved it last, and for which company."""

import struct
from collections.abc import Iterator

from vestige.read.beside.parts import Part
from vestige.read.beside.properties import told

_SUMMARY = bytes.fromhex("e0859ff2f94f6810ab9108002b27b3d9")
_DOCUMENT = bytes.fromhex("02d5cdd59c2e1b10939708002b2cf9ae")
_NAMES = {
    _SUMMARY: {2: "title", 3: "subject", 4: "author", 5: "keywords", 6: "comments", 8: "lastauthor"}
    | {7: "template"},
    _DOCUMENT: {2: "category", 14: "manager", 15: "company", 27: "status"},
}
_MOST = 2_000
_BYTES, _WIDE = 0x1E, 0x1F
_UTF_16 = 1200


def of_set(data: bytes) -> Iterator[Part]:
    """The texts of a property set; struct.error if it breaks off."""
    count = struct.unpack_from("<I", data, 24)[0]
    for number in range(min(count, 4)):
        kind = data[28 + 20 * number : 44 + 20 * number]
        start = struct.unpack_from("<I", data, 44 + 20 * number)[0]
        yield from _section(data, start, _NAMES.get(kind, {}))


def _section(data: bytes, start: int, names: dict[int, str]) -> Iterator[Part]:
    count = min(struct.unpack_from("<I", data, start + 4)[0], _MOST)
    places = dict(struct.iter_unpack("<II", data[start + 8 : start + 8 + 8 * count]))
    codec = _codec(data, start + places[1]) if 1 in places else "cp1252"
    own = dict(_dictionary(data, start + places[0], codec)) if 0 in places else {}
    for number, place in places.items():
        text = _text(data, start + place, codec) if number > 1 else ""
        name = names.get(number) or own.get(number, "")
        if text and (name or number in own):
            yield from told("document property", name, (text,))


def _codec(data: bytes, at: int) -> str:
    """The codec that the code page names."""
    page = struct.unpack_from("<H", data, at + 4)[0]
    if page == _UTF_16:
        return "utf_16_le"
    name = "utf_8" if page == 65001 else f"cp{page}"  # noqa: PLR2004 - the page of UTF-8
    try:
        "".encode(name)
    except LookupError:
        return "cp1252"
    return name


def _text(data: bytes, at: int, codec: str) -> str:
    """The text of a property; "" of one that is none."""
    kind, size = struct.unpack_from("<II", data, at)
    if kind == _BYTES:
        return data[at + 8 : at + 8 + size].decode(codec, "replace").partition("\0")[0]
    if kind == _WIDE:
        return data[at + 8 : at + 8 + 2 * size].decode("utf_16_le", "replace").partition("\0")[0]
    return ""


def _dictionary(data: bytes, at: int, codec: str) -> Iterator[tuple[int, str]]:
    """The names that somebody gave to properties."""
    count = struct.unpack_from("<I", data, at)[0]
    at += 4
    for _ in range(min(count, _MOST)):
        number, size = struct.unpack_from("<II", data, at)
        wide = codec == "utf_16_le"
        size = min(size, _MOST) * (2 if wide else 1)
        yield number, data[at + 8 : at + 8 + size].decode(codec, "replace").strip("\0")
        at += 8 + size + (-size % 4 if wide else 0)
