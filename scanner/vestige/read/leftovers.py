"""What programs leave beside a file or copy with it: whose it is, and where it lay."""

import re
from collections.abc import Iterator
from struct import Struct, error
from urllib.parse import unquote_to_bytes

from vestige.read.pages import Readable
from vestige.read.recorded import BUDGET, Ghosts, Record, told

SWAP = "swap file of an editor"
SWAP_USER = "swap file of an editor, user"
OWNER = "owner of an open document"
APPLE = "AppleDouble"

BYTES = 4 << 20

_VERSION = re.compile(rb"b0(?:VIM|nVi|Vim) [\x20-\x7e]")
_USER, _HOST, _PATH, _PATH_END = 28, 68, 108, 1008
"""Where user, machine and path stand in the first block of a swap file of Vim (memline.c)."""

_OFFICE_SIZES = frozenset({162, 165})
"""Bytes of an owner file of Word, and of Excel and PowerPoint."""
_LONGEST_OWNER = 52

APPLE_MAGIC = b"\x00\x05\x16\x07"
_APPLE_HEAD, _APPLE_ENTRY = 26, Struct(">III")
_REAL_NAME, _COMMENT = 3, 4
_PLIST = b"bplist00"
_ASCII, _UTF_16, _ARRAY, _INTEGER, _SET = 5, 6, 10, 1, 12
_SCHEME = re.compile(rb"(?i)\A[a-z][a-z0-9+.-]{1,20}://")


def swap(source: Readable) -> Ghosts | None:
    """Path and user in a swap file of Vim; its text is not read."""
    head = source.first[:_PATH_END]
    if not _VERSION.match(head):
        return None
    record = Record(SWAP)
    record.whole = False
    record.path(head[_PATH:].split(b"\0", 1)[0].lstrip(b"~"))
    record.name(head[_USER:_HOST].split(b"\0", 1)[0], SWAP_USER)
    if len(head) < _PATH_END:
        record.flaw()
    return record.ghosts()


def owner(source: Readable) -> Ghosts | None:
    """Who has a document of an office suite open: `~$name.docx`."""
    data = source.first
    if source.size not in _OFFICE_SIZES or not 0 < data[0] <= _LONGEST_OWNER:
        return None
    record = Record(OWNER)
    name = data[1 : 1 + data[0]].rstrip(b"\0 ")
    # The name follows once more in UTF-16, behind its length, at 54 or 55: letters and all.
    for at in (54, 55, 56):
        length = int.from_bytes(data[at : at + 2], "little")
        if length == data[0]:
            wide = data[at + 2 : at + 2 + 2 * length]
            name = told(wide.decode("utf-16-le", "replace").rstrip("\0 ")) or name
            break
    record.name(name)
    return record.ghosts()


def lock(source: Readable) -> Ghosts | None:
    """Who has a document of LibreOffice open: `.~lock.name#`, commas between the fields."""
    data = source.read(0, min(source.size, BYTES))
    fields = re.sub(rb"\\(.)", rb"\1", data.strip().rstrip(b";")).split(b",")
    if len(fields) < 3 or b"\0" in data:  # noqa: PLR2004 - name, account and machine
        return None
    record = Record(OWNER)
    for field in fields[:2]:
        record.name(field.strip())
    for field in fields[2:]:
        record.path(unquote_to_bytes(_SCHEME.sub(b"", field.strip())))
    if source.size > BYTES:
        record.flaw(BUDGET)
    return record.ghosts()


def apple_double(source: Readable) -> Ghosts | None:
    """The name in an AppleDouble file, and from where its content was fetched.

    Resource forks and other attributes are not read.
    """
    if not source.first.startswith(APPLE_MAGIC):
        return None
    data = source.read(0, min(source.size, BYTES))
    record = Record(APPLE)
    record.whole = False
    try:
        for kind, value in _entries(data):
            if kind in (_REAL_NAME, _COMMENT):
                record.name(value.rstrip(b"\0"))
    except error:
        record.flaw()
    at = data.find(_PLIST)
    while at >= 0:
        for text in _strings(data, at + len(_PLIST)):
            record.path(unquote_to_bytes(_SCHEME.sub(b"", told(text))))
        at = data.find(_PLIST, at + len(_PLIST))
    if source.size > BYTES:
        record.flaw(BUDGET)
    return record.ghosts()


def _entries(data: bytes) -> Iterator[tuple[int, bytes]]:
    count = int.from_bytes(data[24:26], "big")
    for number in range(min(count, 256)):
        kind, at, length = _APPLE_ENTRY.unpack_from(data, _APPLE_HEAD + number * _APPLE_ENTRY.size)
        yield kind, data[at : at + min(length, 4096)]


def _strings(data: bytes, at: int) -> Iterator[str]:
    """The strings of a binary property list, whose objects follow each other."""
    while at < len(data):
        kind, count = data[at] >> 4, data[at] & 0xF
        at += 1
        if kind == _INTEGER:
            at += 1 << min(count, 4)
            continue
        if kind not in (_ASCII, _UTF_16, _ARRAY, _SET):
            return
        if count == 0xF:  # noqa: PLR2004 - the count follows as an integer
            width = 1 << (data[at] & 3) if at < len(data) else 1
            count = int.from_bytes(data[at + 1 : at + 1 + width], "big")
            at += 1 + width
        length = 2 * count if kind == _UTF_16 else count
        if kind in (_ASCII, _UTF_16):
            codec = "utf-16-be" if kind == _UTF_16 else "latin-1"
            yield data[at : at + length].decode(codec, "replace")
        at += length
