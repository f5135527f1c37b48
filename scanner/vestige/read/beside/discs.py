"""Images of discs: ISO 9660 (ECMA-119) with Joliet and Rock Ridge, as of CDs for patients.

Images of other volumes are known and not read.
"""

from collections.abc import Iterator
from typing import NamedTuple

from vestige.read.beside.flowing import Flow, is_forward, part_of
from vestige.read.beside.parts import Bounds, Inner, Lost, Named, Part, Readable

VOLUME = "name in a disc image"

_SECTOR = 2048
_FIRST, _LAST = 16, 48
"""Sectors in which volumes are described."""

_SIGN = b"CD001"
_PRIMARY, _SUPPLEMENTARY, _END = 1, 2, 255
_JOLIET = (b"%/@", b"%/C", b"%/E")
_NAMES = ((40, 72), (190, 318), (318, 446), (446, 574), (574, 702))
"""Where a volume tells what it, its set, its publisher, preparer and program are called."""

_FOLDER, _MORE = 0x02, 0x80
_DEEPEST = 64
_LONGEST = 16 << 20
"""Bytes of one folder's records that are read."""

_FOLDERS = 100_000
_OTHER = (
    (3, b"NTFS    "),
    (3, b"EXFAT   "),
    (54, b"FAT1"),
    (82, b"FAT32"),
    (512, b"EFI PART"),
    (0x438, b"\x53\xef"),
    (0, b"QFI\xfb"),
    (0, b"KDMV"),
    (0, b"conectix"),
    (0, b"vhdxfile"),
    (0x40, b"\x7f\x10\xda\xbe"),
    (0, b"hsqs"),
    (0, b"MSWIM\0\0\0"),
    (0, b"\0\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\0"),
)
"""Offsets and signatures of images that are not read: of partitions, virtual machines, raw CDs."""

_LOCKED = b"LUKS\xba\xbe"
_OTHER_AT = tuple(
    (offset, tuple(sign for at, sign in (*_OTHER, (0, _LOCKED)) if at == offset))
    for offset in sorted({at for at, _ in _OTHER})
)
"""Those signatures by their offsets."""


class _Record(NamedTuple):
    """An entry of a folder on the disc: its path, where it stands and how long it is."""

    path: bytes
    start: int
    size: int
    is_folder: bool


def is_disc(readable: Readable) -> bool:
    """Whether a file is the image of a disc."""
    at = _FIRST * _SECTOR
    if readable.size < at + _SECTOR or (readable.size % _SECTOR and any(readable.first[:_SECTOR])):
        return False
    return readable.read(at + 1, len(_SIGN)) == _SIGN


def is_other(readable: Readable) -> bool:
    """Whether a file is the image of a volume of another kind."""
    starts = readable.first.startswith
    return any(starts(signs, at) for at, signs in _OTHER_AT)


def other(readable: Readable, _bounds: Bounds) -> Iterator[Part]:
    """Nothing: an image that is known and cannot be read here."""
    yield Lost("protected" if readable.first.startswith(_LOCKED) else "form-unread")


def read(readable: Readable, bounds: Bounds) -> Iterator[Part]:
    """The files on a disc, each once, and what it is called."""
    trees = []
    for sector in range(_FIRST, _LAST):
        told = readable.read(sector * _SECTOR, _SECTOR)
        if len(told) < _SECTOR or told[1:6] != _SIGN or told[0] == _END:
            break
        joliet = told[0] == _SUPPLEMENTARY and told[88:91] in _JOLIET
        if told[0] == _PRIMARY or joliet:
            trees.append((not joliet, sector, told))
            yield from _called(told, joliet=joliet)
    if not trees:
        yield Lost("damaged")
    seen: set[tuple[int, int]] = set()
    # The longest names stand in the tree of Joliet; what only the other has is read from there.
    for _, _, told in sorted(trees, key=lambda one: one[:2]):
        joliet = told[0] == _SUPPLEMENTARY
        yield from _tree(readable, bounds, told, seen, joliet=joliet)


def _called(told: bytes, *, joliet: bool) -> Iterator[Part]:
    """What a volume is called, and by whom it was made."""
    for start, end in _NAMES:
        raw = told[start:end]
        name = _decoded(raw).strip(b" \0") if joliet else raw.strip(b" \0")
        if name:
            yield Named(name, VOLUME, whole=True)


def _tree(
    readable: Readable, bounds: Bounds, told: bytes, seen: set[tuple[int, int]], *, joliet: bool
) -> Iterator[Part]:
    """The files below the root of one volume that were not met before."""
    root = told[156:190]
    waiting = [_Record(b"", _at(root), int.from_bytes(root[10:14], "little"), is_folder=True)]
    folders: set[int] = set()
    while waiting:
        folder = waiting.pop()
        if folder.start in folders or len(folders) >= _FOLDERS:
            continue
        folders.add(folder.start)
        if folder.start + folder.size > readable.size:
            yield Lost("damaged")
        below = list(_records(readable, folder, joliet=joliet))
        for one in below:
            if not one.is_folder and (one.start, one.size) not in seen:
                seen.add((one.start, one.size))
                yield from _given(one, readable, bounds)
        waiting += reversed([one for one in below if one.is_folder])
        yield from (Named(one.path) for one in below if one.is_folder)


def _records(readable: Readable, folder: _Record, *, joliet: bool) -> Iterator[_Record]:
    """What stands in a folder; the parts of a file in several extents are one behind the other."""
    if folder.path.count(b"/") > _DEEPEST:
        return
    data = readable.read(folder.start, min(folder.size, _LONGEST))
    at, begun = 0, None
    while at < len(data):
        length = data[at]
        record = data[at : at + length]
        # No record stands in two sectors.
        at = at + length if length else (at // _SECTOR + 1) * _SECTOR
        if len(record) < max(length, 34) or 33 + record[32] > length:
            continue
        raw = record[33 : 33 + record[32]]
        if raw in (b"\0", b"\1"):
            continue
        size = int.from_bytes(record[10:14], "little")
        start, before = (_at(record), 0) if begun is None else begun
        if record[25] & _MORE:
            begun = start, before + size
            continue
        begun = None
        name = _decoded(raw) if joliet else _rock_ridge(record) or raw
        name = name.split(b";", 1)[0].rstrip(b".") or name
        path = folder.path + b"/" + name if folder.path else name
        yield _Record(path, start, before + size, is_folder=bool(record[25] & _FOLDER))


def _at(record: bytes) -> int:
    """Where what a record tells of begins, behind its extended attributes."""
    return (int.from_bytes(record[2:6], "little") + record[1]) * _SECTOR


def _rock_ridge(record: bytes) -> bytes:
    """The name in the fields of Rock Ridge (IEEE P1282, "NM"); b"" if it has none."""
    at = 33 + record[32] + (record[32] + 1) % 2
    name = b""
    while at + 4 <= len(record) and record[at + 2] >= 4:  # noqa: PLR2004 - its own head
        if record[at : at + 2] == b"NM":
            name += record[at + 5 : at + record[at + 2]]
        at += record[at + 2]
    return name


def _decoded(raw: bytes) -> bytes:
    """A name of Joliet in UTF-8."""
    return raw.decode("utf-16-be", "replace").encode("utf-8", "replace")


def _given(record: _Record, readable: Readable, bounds: Bounds) -> Iterator[Part]:
    """A file, and what of it was lost."""
    if bounds.spent or is_forward(readable):
        yield Named(record.path)
        yield Lost("archive-budget")
        return
    content = part_of(readable, record.start, record.size, bounds)
    yield Inner(record.path, content)
    if isinstance(content, Flow) and content.lost:
        yield Lost(content.lost)
    if record.start + record.size > readable.size:
        yield Lost("damaged")
