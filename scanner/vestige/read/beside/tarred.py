"""Tar archives (POSIX pax and ustar, GNU, the old one), plain ones; their members in order."""

from collections.abc import Iterator

from vestige.read import tar_names
from vestige.read.beside.flowing import Flow, Window, is_forward, part_of
from vestige.read.beside.parts import (
    WHOLE,
    Bounds,
    Held,
    Inner,
    Lost,
    Named,
    Part,
    Readable,
    Told,
    beside,
)
from vestige.read.beside.sparse import Segments, Sparse, in_extended, in_head, in_records
from vestige.read.carve import runs
from vestige.read.tar_names import is_tar, number

BLOCK = 512
_LONGEST = 1 << 20
"""Bytes of the records before a member, as of its long name, that are read."""

_LONG_NAME, _LONG_LINK = b"L", b"K"
_OF_NEXT, _OF_ALL = (b"x", b"X"), b"g"
_NO_CONTENT = frozenset({b"1", b"2", b"3", b"4", b"5", b"6"})
_OLD_SPARSE = b"S"
_ATTRIBUTES = (b"SCHILY.xattr.user.", b"LIBARCHIVE.xattr.user.")
_REMARK = beside("attribute in a tar archive")
_GAP = 64
"""Blocks of zeros behind an archive after which no other is expected."""


def is_archive(readable: Readable) -> bool:
    """Whether a file is a tar archive, by the checksum of its first head."""
    return is_tar(readable.first[:BLOCK])


def read(readable: Readable, bounds: Bounds) -> Iterator[Part]:
    """The members of an archive, also of several that stand one behind the other."""
    at = zeros = 0
    stated = _Stated()
    while at < readable.size and zeros < _GAP:
        head = readable.read(at, BLOCK)
        if not head.strip(b"\0"):
            zeros += 1
            at += BLOCK if head else readable.size
            continue
        zeros = 0
        size = _size(head)
        if size is None:
            yield Lost("damaged")
            return
        kind, start = head[156:157], at + BLOCK
        if stated.takes(kind, readable, start, size):
            at = start + _padded(size)
            continue
        member = _member(head, start, size, stated, readable)
        yield from _told(head, stated, member)
        if kind not in _NO_CONTENT:
            yield from _given(member, readable, bounds)
        at = member.end
        stated.forget()


def _told(head: bytes, stated: "_Stated", member: "_Member") -> Iterator[Part]:
    """Whose a member was, and the names of what is no file."""
    for owner in stated.owners(head):
        if owner:
            yield Named(owner, tar_names.OWNER)
    remarks = tuple(stated.remarks())
    if remarks:
        yield Told(_REMARK, remarks)
    if head[156:157] in _NO_CONTENT:
        yield Named(member.name)
        link = stated.link(head)
        if link:
            yield Named(link)


class _Stated:
    """What the records before a member state of it."""

    def __init__(self) -> None:
        self._of_all: dict[bytes, bytes] = {}
        self.records: dict[bytes, bytes] = {}
        self.places: list[int] = []
        self._long = self._link = b""

    def forget(self) -> None:
        """The member is passed."""
        self.records, self._long, self._link, self.places = {}, b"", b"", []

    def takes(self, kind: bytes, readable: Readable, start: int, size: int) -> bool:
        """Whether that is a record before a member; it is read then."""
        if kind == _LONG_NAME:
            self._long = readable.read(start, min(size, _LONGEST)).split(b"\0", 1)[0]
        elif kind == _LONG_LINK:
            self._link = readable.read(start, min(size, _LONGEST)).split(b"\0", 1)[0]
        elif kind in _OF_NEXT or kind == _OF_ALL:
            data = readable.read(start, min(size, _LONGEST))
            into = self._of_all if kind == _OF_ALL else self.records
            for key, value in in_records(data):
                into[key] = value
                if key in (b"GNU.sparse.offset", b"GNU.sparse.numbytes"):
                    self.places.append(_decimal(value, 0))
        return kind in (_LONG_NAME, _LONG_LINK, _OF_ALL, *_OF_NEXT)

    def name(self, head: bytes) -> bytes:
        """The name of the member with that head."""
        for key in (b"GNU.sparse.name", b"path"):
            told = self.records.get(key) or self._of_all.get(key)
            if told:
                return told
        return self._long or tar_names.name(head)

    def link(self, head: bytes) -> bytes:
        """The target of the member, if it is a link."""
        target = tar_names.links(head)
        return (self.records.get(b"linkpath") or self._link or target) if target else b""

    def owners(self, head: bytes) -> tuple[bytes, ...]:
        """Whose the member was."""
        told = [self.records.get(key) or self._of_all.get(key) for key in (b"uname", b"gname")]
        return (*filter(None, told), *tar_names.owners(head))

    def remarks(self) -> Iterator[str]:
        """Comments of the member and values of its extended attributes (POSIX pax; star)."""
        for key, value in (self._of_all | self.records).items():
            if key == b"comment" or key.startswith(_ATTRIBUTES):
                yield from runs(value)

    def size(self, told: int) -> int:
        """The bytes of the member in the archive; its head tells `told`."""
        return _decimal(self.records.get(b"size", self._of_all.get(b"size", b"")), told)

    @property
    def real(self) -> int:
        """The bytes of a sparse member with its holes."""
        told = self.records.get(b"GNU.sparse.realsize") or self.records.get(b"GNU.sparse.size")
        return _decimal(told or b"", 0)


class _Member:
    """A member: its name, where its content stands, and where what follows begins."""

    def __init__(self, name: bytes, start: int, size: int) -> None:
        self.name = name
        self.start = start
        self.size = size
        self.end = start + _padded(size)
        self.segments: Segments = ()
        self.real = 0


def _member(head: bytes, start: int, told: int, stated: _Stated, readable: Readable) -> _Member:
    kind = head[156:157]
    size = 0 if kind in _NO_CONTENT else stated.size(told)
    member = _Member(stated.name(head), start, size)
    if kind == _OLD_SPARSE:
        member.segments, data = in_head(readable, head, start)
        member.real = _number(head[483:495])
        member.start, member.end = data, data + _padded(size)
    elif stated.records.get(b"GNU.sparse.major") == b"1":
        member.segments, data = in_extended(readable, start)
        member.real, member.start, member.size = stated.real, data, size - (data - start)
    elif stated.real:
        listed = stated.records.get(b"GNU.sparse.map", b"").split(b",")
        numbers = [_decimal(one, 0) for one in listed] if len(listed) > 1 else stated.places
        member.segments = tuple(zip(numbers[::2], numbers[1::2], strict=False))
        member.real = stated.real
    return member


def _given(member: _Member, readable: Readable, bounds: Bounds) -> Iterator[Part]:
    """A member, and what of it was lost."""
    if bounds.spent:
        yield Named(member.name)
        yield Lost("archive-budget")
        return
    content: Readable = _content(member, readable, bounds)
    if member.segments:
        content = Sparse(content, member.segments, member.real, bounds)
    elif member.real:
        content = Sparse(content, (), member.real, bounds)
    yield Inner(member.name, content)
    if isinstance(content, Flow) and content.lost:
        yield Lost(content.lost)
    if member.start + member.size > readable.size:
        yield Lost("damaged")


def _content(member: _Member, readable: Readable, bounds: Bounds) -> Held | Window | Flow:
    """The bytes of a member as they stand in the archive; held where it is read forward only."""
    if is_forward(readable) and member.size <= WHOLE:
        return Held(readable.read(member.start, member.size))
    return part_of(readable, member.start, member.size, bounds)


def _size(head: bytes) -> int | None:
    """The size of a member as its head tells it; None if that is no head."""
    if len(head) < BLOCK or not is_tar(head):
        return None
    size = _number(head[124:136])
    return None if size < 0 else size


def _number(field: bytes) -> int:
    try:
        return number(field)
    except ValueError:
        return -1


def _decimal(text: bytes, otherwise: int) -> int:
    """A number in decimal digits, of at most 19; `otherwise` if it is none."""
    return int(text) if text.isdigit() and len(text) <= 19 else otherwise  # noqa: PLR2004 - 2**63


def _padded(size: int) -> int:
    return -(-size // BLOCK) * BLOCK
