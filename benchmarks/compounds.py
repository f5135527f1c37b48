"""Compound files (MS-CFB) of some streams, for plants in legacy documents."""

import struct

_SECTOR, _CUTOFF = 512, 4096
_END, _FREE, _TABLE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def compound(streams: dict[str, bytes]) -> bytes:
    """A file with these streams at its root, each filled up with zeros to whole sectors."""
    kept = {name: data.ljust(_CUTOFF, b"\0") for name, data in streams.items()}
    entries = -(-(len(kept) + 1) // 4)
    counts = [entries, *(-(-len(data) // _SECTOR) for data in kept.values())]
    tables = 1
    while sum(counts) + tables > tables * _SECTOR // 4:
        tables += 1
    numbers, starts = [_TABLE] * tables, []
    for count in counts:
        starts.append(len(numbers))
        numbers += [*range(starts[-1] + 1, starts[-1] + count), _END]
    numbers += [_FREE] * (tables * _SECTOR // 4 - len(numbers))
    head = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16)
    head += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6) + struct.pack("<III", 0, tables, tables)
    head += struct.pack("<IIIIII", 0, _CUTOFF, _END, 0, _END, 0)
    head += struct.pack("<109I", *range(tables), *[_FREE] * (109 - tables))
    directory = _entry("Root Entry", 5, _FREE, 1, _END, 0)
    for number, (name, data) in enumerate(kept.items(), 1):
        following = number + 1 if number < len(kept) else _FREE
        directory += _entry(name, 2, following, _FREE, starts[number], len(data))
    parts = [head, struct.pack(f"<{len(numbers)}I", *numbers)]
    whole = (directory, *kept.values())
    parts += (part.ljust(-(-len(part) // _SECTOR) * _SECTOR, b"\0") for part in whole)
    return b"".join(parts)


def _entry(name: str, kind: int, right: int, child: int, start: int, size: int) -> bytes:
    text = name.encode("utf-16-le")
    links = struct.pack("<BBIII", kind, 1, _FREE, right, child)
    place = bytes(36) + struct.pack("<IQ", start, size)
    return text.ljust(64, b"\0") + struct.pack("<H", len(text) + 2) + links + place
