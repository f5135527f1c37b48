"""DICOM bytes made by hand, for the reading room's tests; all values are invented."""

import os
import struct
from collections.abc import Callable, Iterable
from pathlib import Path

from vestige.model import Entry, Kind
from vestige.read.header import Header, read_header
from vestige.read.pages import Held
from vestige.read.raw import LONG_FORM

IMPLICIT = "1.2.840.10008.1.2"
EXPLICIT = "1.2.840.10008.1.2.1"
BIG = "1.2.840.10008.1.2.2"
DEFLATED = "1.2.840.10008.1.2.1.99"
JPEG = "1.2.840.10008.1.2.4.50"
UNDEFINED = 0xFFFFFFFF

ITEM_END = b"\xfe\xff\x0d\xe0" + bytes(4)
SEQUENCE_END = b"\xfe\xff\xdd\xe0" + bytes(4)


def tag_bytes(tag: int, order: str = "<") -> bytes:
    return struct.pack(f"{order}HH", tag >> 16, tag & 0xFFFF)


def explicit(tag: int, vr: str, value: bytes, *, length: int = -1, order: str = "<") -> bytes:
    size = len(value) if length < 0 else length
    head = tag_bytes(tag, order) + vr.encode()
    if vr.encode() in LONG_FORM:
        return head + bytes(2) + struct.pack(f"{order}L", size) + value
    return head + struct.pack(f"{order}H", size) + value


def implicit(tag: int, value: bytes, *, length: int = -1) -> bytes:
    return tag_bytes(tag) + struct.pack("<L", len(value) if length < 0 else length) + value


def item(content: bytes, *, closed: bool = True, order: str = "<") -> bytes:
    head = tag_bytes(0xFFFEE000, order)
    if closed:
        return head + struct.pack(f"{order}L", len(content)) + content
    return head + b"\xff\xff\xff\xff" + content + ITEM_END


def sequence(tag: int, *items: bytes, closed: bool = True, vr: str = "SQ") -> bytes:
    content = b"".join(items)
    if closed:
        return explicit(tag, vr, content)
    return explicit(tag, vr, content, length=UNDEFINED) + SEQUENCE_END


def part_10(data_set: bytes, syntax: str = EXPLICIT, preamble: bytes = bytes(128)) -> bytes:
    uid = syntax.encode() + b"\x00" * (len(syntax) % 2)
    group = explicit(0x00020010, "UI", uid)
    length = explicit(0x00020000, "UL", struct.pack("<L", len(group)))
    return preamble + b"DICM" + length + group + data_set


def patient(name: bytes = b"Probe^Paula", charset: bytes = b"ISO_IR 100") -> bytes:
    """A small data set: character set, modality, name, number."""
    return b"".join(
        (
            explicit(0x00080005, "CS", charset),
            explicit(0x00080060, "CS", b"MR"),
            explicit(0x00100010, "PN", name),
            explicit(0x00100020, "LO", b"P-0001"),
        )
    )


def vr_of(tag: int) -> str:
    """A small dictionary, so that these tests need no other."""
    known = {
        0x00020010: "UI",
        0x00080005: "CS",
        0x00080018: "UI",
        0x00080060: "CS",
        0x00081140: "SQ",
        0x00100010: "PN",
        0x00100020: "LO",
        0x00101002: "SQ",
        0x00280010: "US",
        0x7FE00010: "OW",
    }
    if tag & 0xFFFF == 0:
        return "UL"
    if tag >> 16 & 1 and 0x10 <= tag & 0xFFFF <= 0xFF:
        return "LO"
    return known.get(tag, "UN")


def header_of(data: bytes, dictionary: Callable[[int], str] = vr_of) -> Header:
    header = read_header(Held(data), dictionary)
    assert header is not None
    return header


def codes(header: Header) -> set[str]:
    return {flaw.code for flaw in header.flaws}


def values(header: Header, tags: Iterable[int]) -> list[bytes]:
    return [header.value(element) for element in header.elements if element.tag in set(tags)]


def private(creator: bytes, *elements: bytes) -> bytes:
    """A block of private elements of group 0029, as "(0029,1001)", behind their creator."""
    return explicit(0x00290010, "LO", creator) + b"".join(elements)


def entry_of(path: Path, number: int = 7) -> Entry:
    """The entry of a file as the walk would give it."""
    status = path.lstat()
    return Entry(
        id=number,
        parent=1,
        name=os.fsencode(path.name),
        path=os.fsencode(path),
        kind=Kind.FILE,
        size=status.st_size,
        mtime_ns=status.st_mtime_ns,
        ctime_ns=status.st_ctime_ns,
        inode=status.st_ino,
    )
