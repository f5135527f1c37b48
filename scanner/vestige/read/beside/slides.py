"""Whole-slide images in TIFF: descriptions, dates, and whether label or overview images are there.

Tags as of TIFF 6.0 section 8 and BigTIFF; descriptions as Aperio (SVS), Hamamatsu (NDPI, tags 65420
to 65449), Leica (SCN), Philips, Ventana (BIF), PerkinElmer (QPTIFF) and OME write them, and as
openslide.org/formats describes them. Labels carry names and bar codes in print or by hand.
"""

import html
import re
from base64 import b64decode
from collections.abc import Iterator
from contextlib import suppress
from typing import NamedTuple

from vestige.read.beside.keyed import day, of_pairs, tag_of, text_of, told
from vestige.read.beside.parts import Bounds, Lost, Part, Readable

_MOST_IMAGES = 2_000
_MOST_ENTRIES = 4_096
_MOST_TEXT = 4 << 20
_ASCII, _SHORT, _LONG, _RATIONAL, _FLOAT = 2, 3, 4, 5, 11
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 16: 8, 18: 8}
_DESCRIPTION, _DATE, _ARTIST, _HOST, _XMP = 270, 306, 315, 316, 700
_NDPI, _NDPI_LENS, _NDPI_SLIDE, _NDPI_TEXT = 65420, 65421, 65427, 65449
_TEXTS = {
    269: 0,
    _DESCRIPTION: 0,
    285: 0,
    305: 0,
    _DATE: 0x00080020,
    _ARTIST: 0x00081070,
    _HOST: 0x00081010,
    33432: 0,
    _XMP: 0,
    _NDPI_SLIDE: 0x00400512,
    _NDPI_TEXT: 0,
}
"""Tags whose values are texts, and the attribute that each corresponds to: study date, operator,
station, container identifier."""

_SLIDE = re.compile(
    r"^Aperio|<OME\b|<scn\b|PIM_DP_|DPUfsImport|iScan|<PerkinElmer-QPI|Trestle|^(?:Label|Macro)\b"
    r"|Label[ _]Image|Leica SCN|MIRAX|3DHISTECH"
)
_SHOWN = re.compile(
    r"""(?:^|[\r\n])\s{0,8}(label|macro)(?:[ _]|\s*$)|<ImageType>(label|overview|macro)<
        |\bName="[^"]{0,40}\b(label|macro|overview)\b|\btype="(label|macro)"|(LABEL|MACRO)IMAGE""",
    re.IGNORECASE | re.VERBOSE,
)
_ATTRIBUTE = re.compile(
    r'<Attribute Name="[^"]{1,80}" Group="0x([0-9A-Fa-f]{4})" Element="0x([0-9A-Fa-f]{4})"'
    r"[^<>]{0,80}>([^<>]{1,1000})</Attribute>"
)
_BARCODE = "301d|1002"
_PICTURE = re.compile(r"(?:[A-Za-z0-9+/]{60,}\s{0,4}){3,}={0,2}")
"""A picture inside a description, in base64."""

SHOWS = "[slide image: {kind}]"
"""What is told where a picture of the slide itself is in the file (see rules/pixels)."""

_OWN = {
    "date": 0x00080020,
    "created": 0x00080020,
    "user": 0,
    "title": 0,
    "filename": 0,
    "barcode": 0x00400512,
    "slideid": 0x00400512,
    "reference": 0x00400512,
    "scanscopeid": 0,
    "originalheight": 0,
}
_FIGURES = re.compile(r"[-+0-9.eE\s;x@,()\[\]/]*")


class _Entry(NamedTuple):
    """One entry of a directory: tag, type, number of values, and the bytes that hold them."""

    tag: int
    kind: int
    raw: bytes


class _Form(NamedTuple):
    """Byte order, bytes of an offset and of the number of entries, and where the first are."""

    order: str
    offset: int
    counted: int
    first: int


def is_slide(readable: Readable) -> bool:
    """Whether a file is a TIFF whose first image says that it is of a slide."""
    form = _form(readable.first)
    if form is None:
        return False
    images = _directories(readable, form)
    first = next(images, ())
    told_there = "\n".join(_text(one) for one in first if one.tag in {_DESCRIPTION, _XMP})
    return any(one.tag == _NDPI for one in first) or _SLIDE.search(told_there) is not None


def read(readable: Readable, _bounds: Bounds) -> Iterator[Part]:
    """The texts of all images, and of which kinds pictures of the slide are."""
    form = _form(readable.first)
    if form is None:
        return
    found: dict[tuple[int, int], dict[str, None]] = {}
    shown: dict[str, None] = {}
    images = 0
    for entries in _directories(readable, form):
        images += 1
        for one in entries:
            shown.update(dict.fromkeys(_shown(one, form)))
            if one.tag in _TEXTS and (text := _text(one)):
                found.setdefault((one.tag, _TEXTS[one.tag]), {})[text] = None
    for (number, tag), texts in found.items():
        yield from _told(number, tag, tuple(texts))
    for kind in shown:
        yield told("slide image", 0, SHOWS.format(kind=kind))
    if images >= _MOST_IMAGES:
        yield Lost("text-budget")


def _told(number: int, tag: int, texts: tuple[str, ...]) -> Iterator[Part]:
    pointer = f"TIFF tag {number}"
    if tag == _TEXTS[_DATE]:
        texts = tuple(day(one.replace(":", "-", 2)) for one in texts)
    if number not in {_DESCRIPTION, _NDPI_TEXT}:
        yield told(pointer, tag, *texts)
        return
    for text in texts:
        if text.lstrip().startswith("<"):
            yield told(pointer, 0, _PICTURE.sub("", text))
            yield from of_pairs(pointer, _philips(text), {})
        else:
            yield from of_pairs(pointer, _pairs(text), _OWN)


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    """The keys of a description as Aperio and Hamamatsu write them."""
    for part in re.split(r"[|\r\n]", text):
        key, _, value = part.partition("=")
        told_by = key.strip().lower() in _OWN or not _FIGURES.fullmatch(value)
        if value and told_by:
            yield key.strip(), value.strip()
        elif not value and not _FIGURES.fullmatch(key):
            yield "", key


def _philips(text: str) -> Iterator[tuple[str, str]]:
    """The elements of DICOM that Philips writes as attributes of XML; bar codes are in base64."""
    for found in _ATTRIBUTE.finditer(text):
        tag, value = f"{found[1]}|{found[2]}", html.unescape(found[3]).strip('" ')
        if tag.lower() == _BARCODE:
            with suppress(ValueError):
                yield "0040|0512", text_of(b64decode(value, validate=True))
        elif tag_of(tag, {}):
            yield tag, value


def _shown(one: _Entry, form: _Form) -> Iterator[str]:
    """The kinds of pictures of the slide of which an entry tells."""
    if one.tag == _NDPI_LENS and one.kind == _FLOAT:
        bits = int.from_bytes(one.raw[:4], form.order)  # type: ignore[arg-type]
        if bits == 0xBF800000:  # noqa: PLR2004 - minus one: the camera's picture of the slide
            yield "macro"
    if one.tag in {_DESCRIPTION, _XMP}:
        for found in _SHOWN.finditer(_text(one)):
            yield next(kind for kind in found.groups() if kind).lower()


def _form(first: bytes) -> _Form | None:
    """The form of a TIFF; None for any other bytes."""
    order = {b"II": "little", b"MM": "big"}.get(first[:2])
    if order is None or len(first) < 16:  # noqa: PLR2004 - the header of BigTIFF
        return None
    version = _number(first[2:4], order)
    if version == 42:  # noqa: PLR2004 - of TIFF 6.0
        return _Form(order, 4, 2, _number(first[4:8], order))
    if version == 43 and _number(first[4:6], order) == 8:  # noqa: PLR2004 - of BigTIFF
        return _Form(order, 8, 8, _number(first[8:16], order))
    return None


def _directories(readable: Readable, form: _Form) -> Iterator[tuple[_Entry, ...]]:
    """The directories of all images, each once."""
    at, seen = form.first, set[int]()
    while 0 < at < readable.size and at not in seen and len(seen) < _MOST_IMAGES:
        seen.add(at)
        count = _number(readable.read(at, form.counted), form.order)
        if not 0 < count <= _MOST_ENTRIES:
            return
        width = 4 + 2 * form.offset
        data = readable.read(at + form.counted, count * width + form.offset)
        entries = (data[n * width : (n + 1) * width] for n in range(count))
        yield tuple(_entry(readable, form, raw) for raw in entries if len(raw) == width)
        at = _number(data[count * width :], form.order)


def _entry(readable: Readable, form: _Form, raw: bytes) -> _Entry:
    """An entry with the bytes of its value, where those may be a text."""
    tag, kind = _number(raw[:2], form.order), _number(raw[2:4], form.order)
    count = _number(raw[4 : 4 + form.offset], form.order)
    value = raw[4 + form.offset :]
    length = count * _SIZES.get(kind, 0)
    if length <= form.offset:
        return _Entry(tag, kind, value[:length])
    if tag not in _TEXTS:
        return _Entry(tag, kind, b"")
    return _Entry(tag, kind, readable.read(_number(value, form.order), min(length, _MOST_TEXT)))


def _text(one: _Entry) -> str:
    return text_of(one.raw)


def _number(raw: bytes, order: str) -> int:
    return int.from_bytes(raw, order)  # type: ignore[arg-type]
