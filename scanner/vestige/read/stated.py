"""Headers to statements: what a DICOM object says of itself."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Literal

from vestige.read.charset import DEFAULT, codecs_of, decoded
from vestige.read.header import Header
from vestige.read.places import creator_tag, is_creator, is_private
from vestige.read.raw import PIXELS, Element
from vestige.sensitive import Sensitive
from vestige.statement import OF_ONE_FILE, Statement, Tag

_Order = Literal["little", "big"]

_WANTED = frozenset(Tag)
_BINARY = frozenset({Tag.ROWS, Tag.COLUMNS, Tag.OVERLAY_BIT_POSITION})
_NUMBER_BYTES = 2
_WHO = frozenset({Tag.PATIENT_NAME, Tag.PATIENT_ID})
_METHOD_CODES = 0x00120064
_CODE_VALUE = 0x00080100
_CHARACTERISTICS = 0x00080300
_GROUP = 0x00080301
_CREATOR = 0x00080302
_STATUS = 0x00080303
_SAFE = "SAFE"
_REPEATING = {0x50: 0x5000, 0x60: 0x6000}
"""First byte of a repeating group, and its first group (PS3.5 section 7.6)."""

_ICON = 0x00880200
"""Icon Image Sequence, whose picture belongs to it."""

_LONGEST = 4096
_CODE = re.compile(r"[0-9]{1,16}")
_PADDING = b" \x00"


def statement(header: Header) -> Statement:
    """What the object of a header says of itself."""
    found: dict[int, bytes] = {}
    codes: set[str] = set()
    creators: dict[tuple[int, int, int], str] = {}
    filled: set[str] = set()
    holds: set[int] = set()
    pictures: set[int] = set()
    for element in header.elements:
        tag = element.tag
        if element.parent < 0:
            holds.add(_first_of_group(tag))
            if tag in _WANTED:
                found[tag] = _value(header, element)
        elif tag == _CODE_VALUE and _above(header, element) == _METHOD_CODES:
            codes.add(_plain(_value(header, element)))
        elif tag in PIXELS and header.elements[element.parent].tag != _ICON:
            pictures.add(_outermost(header, element))
        if is_creator(tag):
            block = (element.parent, element.item, tag)
            creators[block] = _plain(_value(header, element))
        elif is_private(tag):
            filled.add(creators.get((element.parent, element.item, creator_tag(tag)), ""))
    codecs = codecs_of(found.get(Tag.SPECIFIC_CHARACTER_SET, b""))
    values = {tag: _stated(tag, value, codecs, _order(header)) for tag, value in found.items()}
    return Statement(
        values={tag: value for tag, value in values.items() if value is not None},
        codes=frozenset(code for code in codes if _CODE.fullmatch(code)),
        creators=frozenset(creators.values()) - {""},
        filled=frozenset(filled - {""}),
        safe=_safe(header) if _CHARACTERISTICS in holds else frozenset(),
        holds=frozenset(holds),
        pictures=frozenset(pictures),
        same_instance=same_instance(*(found.get(tag, b"") for tag in sorted(OF_ONE_FILE))),
    )


def restated(before: Statement, changed: Mapping[int, bytes]) -> Statement:
    """What another object of the same kind says, whose values of some elements are others.

    Both are written in little endian.
    """
    codecs = codecs_of(before.text(Tag.SPECIFIC_CHARACTER_SET).encode("ascii", "replace"))
    return before.with_values(
        {tag: _stated(tag, value, codecs, "little") for tag, value in changed.items()}
    )


def _stated(tag: int, value: bytes, codecs: tuple[str, ...], order: _Order) -> Sensitive | None:
    """The text of one element of a statement, whose padding says nothing; None if it is empty."""
    if tag in _BINARY:
        exact = len(value) == _NUMBER_BYTES
        return Sensitive(str(int.from_bytes(value, order))) if exact else None
    text = decoded(value, codecs, name=tag in _WHO).strip(" \x00")
    return Sensitive(text) if text else None


def same_instance(media: bytes, instance: bytes) -> bool:
    """Whether file meta and data set name one SOP instance, where both name any (PS3.10 7.1)."""
    if media == instance:
        return True
    media, instance = media.strip(_PADDING), instance.strip(_PADDING)
    return media == instance or not (media and instance)


def _value(header: Header, element: Element) -> bytes:
    return header.bytes_of((element.start, element.end), _LONGEST)


def _above(header: Header, element: Element) -> int:
    """The tag of the top-level sequence in whose items an element stands; 0 if it is deeper."""
    parent = header.elements[element.parent]
    return parent.tag if parent.parent < 0 else 0


def _outermost(header: Header, element: Element) -> int:
    """The tag of the top-level sequence in which an element stands, however deep."""
    while element.parent >= 0:
        element = header.elements[element.parent]
    return element.tag


def _first_of_group(tag: int) -> int:
    first = _REPEATING.get(tag >> 24)
    return tag if first is None or tag & 0x00010000 else first << 16 | tag & 0xFFFF


def _safe(header: Header) -> frozenset[tuple[int, str]]:
    """The private blocks that (0008,0300) calls safe (PS3.3 section C.12.1.1.7)."""
    items: dict[int, dict[int, bytes]] = {}
    for element in header.elements:
        if element.parent >= 0 and _above(header, element) == _CHARACTERISTICS:
            items.setdefault(element.item, {})[element.tag] = _value(header, element)
    return frozenset(
        (int.from_bytes(item.get(_GROUP, b"")[:2], _order(header)), _plain(item[_CREATOR]))
        for item in items.values()
        if _plain(item.get(_STATUS, b"")) == _SAFE and _CREATOR in item
    )


def _order(header: Header) -> _Order:
    return "little" if header.coding.little else "big"


@lru_cache(maxsize=4096)
def _plain(value: bytes) -> str:
    return decoded(value, DEFAULT, name=False).strip(" \x00")
