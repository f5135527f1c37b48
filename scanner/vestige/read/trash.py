"""What trash cans write of what lies in them: where it stood before."""

import re
from struct import Struct
from urllib.parse import unquote_to_bytes

from vestige.read.pages import Readable
from vestige.read.recorded import BUDGET, Ghosts, Record, told

PLACE = "trash"

BYTES = 4 << 20
_KNOWN = (b"[trash info]", b"path", b"deletiondate")
_OLD, _NEW = 1, 2
"""Versions of a `$I` file: of Windows before 10, and since."""

_HEAD = Struct("<QQQ")
_LONG = Struct("<I")
_OLD_LENGTH = 520
_RECORD, _RECORD_HEAD, _ANSI, _WIDE = 800, 20, 260, 280
"""Bytes of a record of INFO2, of the head before, and where in it the two paths stand."""


def info(source: Readable) -> Ghosts | None:
    """The path in a `.trashinfo` of a free desktop, percent-encoded (Trash specification 1.0)."""
    data = source.read(0, min(source.size, BYTES))
    if not re.match(rb"(?i)\s*\[Trash Info\]", data):
        return None
    record = Record(PLACE)
    for line in data.splitlines():
        key, _, value = line.strip().partition(b"=")
        if key.lower() == b"path":
            record.path(unquote_to_bytes(value))
        elif key and key.lower() not in _KNOWN:
            record.whole = False
    if source.size > BYTES:
        record.flaw(BUDGET)
    return record.ghosts()


def item(source: Readable) -> Ghosts | None:
    """The path in a `$I` file of the recycle bin of Windows."""
    data = source.read(0, min(source.size, BYTES))
    if len(data) <= _HEAD.size + _LONG.size:
        return None
    version = _HEAD.unpack_from(data)[0]
    if version not in (_OLD, _NEW):
        return None
    start = _HEAD.size + (_LONG.size if version == _NEW else 0)
    length = _OLD_LENGTH
    if version == _NEW:
        length = 2 * _LONG.unpack_from(data, _HEAD.size)[0]
    record = Record(PLACE)
    path = data[start : start + length].decode("utf-16-le", "replace").split("\0", 1)[0]
    record.path(told(path))
    if start + length > len(data):
        record.flaw()
    record.whole = start + length >= source.size
    return record.ghosts()


def records(source: Readable) -> Ghosts | None:
    """The paths in INFO2, the list of the recycle bin of Windows before Vista."""
    data = source.read(0, min(source.size, BYTES))
    if len(data) < _RECORD_HEAD or _LONG.unpack_from(data, 12)[0] != _RECORD:
        return None
    record = Record(PLACE)
    for at in range(_RECORD_HEAD, len(data) - _RECORD + 1, _RECORD):
        wide = data[at + _WIDE : at + _RECORD].decode("utf-16-le", "replace").split("\0", 1)[0]
        record.path(told(wide))
        if not wide:
            # The first letter of the path is struck out when an entry is put back.
            record.path(data[at : at + _ANSI].lstrip(b"\0").split(b"\0", 1)[0])
    if source.size > BYTES:
        record.flaw(BUDGET)
    elif (len(data) - _RECORD_HEAD) % _RECORD:
        record.flaw()
    return record.ghosts()
