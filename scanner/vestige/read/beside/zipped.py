"""Zip archives: their members, read one after the other and never unpacked to disk."""

import zipfile
from collections.abc import Iterator

from vestige.read.beside.parts import WHOLE, Bounds, Held, Inner, Lost, Part, Readable, as_file
from vestige.read.containers import BROKEN

SIGNS = (b"PK\x03\x04", b"PK\x05\x06")


def read(readable: Readable, bounds: Bounds) -> Iterator[Part]:
    """The members of an archive; of those that are encrypted, damaged or too large, the loss."""
    try:
        archive = zipfile.ZipFile(as_file(readable))
    except BROKEN:
        yield Lost("damaged")
        return
    with archive:
        for info in archive.infolist():
            if info.is_dir():
                continue
            if info.flag_bits & 1:
                yield Lost("protected")
                continue
            yield _member(archive, info, bounds)


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, bounds: Bounds) -> Part:
    try:
        with archive.open(info) as stream:
            data = stream.read(WHOLE + 1)
    except BROKEN:
        return Lost("damaged")
    if len(data) > WHOLE or not bounds.take(len(data)):
        return Lost("archive-budget")
    return Inner(info.filename.encode("utf-8", "surrogateescape"), Held(data))
