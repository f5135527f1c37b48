"""Usual entries: files that are like others of their series, known at a glance, which most are."""

import hashlib
import stat
from collections.abc import Callable
from struct import Struct

from vestige.listing import Listed
from vestige.model import Entry, Kind
from vestige.read.file import Glance, Source, at_length
from vestige.read.fragments import end_of_fragments
from vestige.read.header import Header
from vestige.read.heads import SHORTEST
from vestige.read.pages import FIRST, WIDEST, Pages, Readable
from vestige.read.raw import EXPLICIT_LITTLE
from vestige.run.extended import has_attributes
from vestige.run.series import Match, Series

_STEP = 4 << 10
_MARGIN = 256
"""Bytes by which the header of the next file of a series may be longer."""

_DIGEST = 8
"""Bytes of the digest of an instance, as the scan file keeps it."""

_NUMBER = Struct("<q")
"""How they are a number."""


class Reach:
    """How many bytes of the next file are read at first, `least` of them if it is like the last."""

    __slots__ = ("_least", "length")

    def __init__(self, least: int = FIRST) -> None:
        self._least = least
        self.length = FIRST

    def to(self, end: int, least: int = FIRST) -> None:
        """A file's header ended there: one read does for the next, if it is like it."""
        self.length = max(least, min(-(-(end + _MARGIN) // _STEP) * _STEP, WIDEST))

    def like(self, match: Match) -> None:
        """A file was like others, and so is the next one, as a rule."""
        further = self.length - match.end
        if not 0 <= further < _STEP + _MARGIN:
            # Where fragments follow the header, their heads are looked at.
            self.to(match.end, FIRST if match.encapsulated else self._least)

    def over(self, header: Header) -> None:
        """A file had this header: it ends with its last element, or at its pixel data's value."""
        last = header.elements[-1] if header.elements else None
        if last is None:
            self.to(0)
        else:
            self.to(last.start if header.pixels else last.end)


class Usual:
    """Knows files at a glance that are like others before them; `reach` is of the next one.

    Looked at `briefly`, no more is read of a file like the last than its header.
    """

    def __init__(
        self, series: Series, source: Callable[[Entry, Glance], Source], *, briefly: bool
    ) -> None:
        self._series = series
        self._source = source
        self.reach = Reach(_STEP if briefly else FIRST)

    def of(self, listed: Listed, opened: Glance) -> Match | None:
        """What a file is that is like others before it; None if it must be read in full."""
        _, _, size, mtime_ns, _, inode = listed
        descriptor, data, status = opened
        if status.st_size != size or status.st_mtime_ns != mtime_ns or status.st_ino != inode:
            return None
        match = self._series.match(data, size) if data else None
        if match is None or not stat.S_ISREG(status.st_mode) or has_attributes(descriptor):
            return None
        self.reach.like(match)
        if match.encapsulated:
            source = self._source(Entry(0, 0, b"", b"", Kind.FILE, size, 0, 0, 0), opened)
            if not is_whole(source, match.end):
                return None
        return match

    def of_more(self, listed: Listed, opened: Glance) -> tuple[Glance, Match | None]:
        """A glance at as much of a file as of any other, and what the file is that is like others.

        As it was if so much had been read of it.
        """
        wider = at_length(opened, FIRST)
        return wider, self.of(listed, wider) if wider is not opened else None


class InstanceDigests:
    """The keyed digests of SOP Instance UIDs, as the scan file keeps them."""

    def __init__(self, key: bytes) -> None:
        self._begun = hashlib.blake2b(key=key, digest_size=_DIGEST)

    def of(self, uid: bytes) -> int:
        """The digest of one UID, whatever pads it; 0 if there is none."""
        uid = uid.rstrip(b" \0")
        if not uid:
            return 0
        begun = self._begun.copy()
        begun.update(uid)
        number: int = _NUMBER.unpack(begun.digest())[0]
        return number


def is_whole(readable: Readable, start: int) -> bool:
    """Whether fragments of pixel data begin there, and end where the bytes do."""
    end, code = end_of_fragments(Pages(readable), start, readable.size, EXPLICIT_LITTLE)
    return not code and end + SHORTEST == readable.size
