"""Paths of which a DICOMDIR tells."""

from tests.read.build import explicit, item, part_10
from tests.read.remnants import names_of
from vestige.read import file_set
from vestige.read.dictionary import vr_of
from vestige.read.header import Header, read_header
from vestige.read.pages import Held


def header(data: bytes) -> Header:
    found = read_header(Held(part_10(data)), vr_of)
    assert found is not None
    return found


def directory(paths: list[bytes]) -> bytes:
    """A DICOMDIR with a record for each path."""
    records = b"".join(item(explicit(0x00041500, "CS", _even(path))) for path in paths)
    return explicit(0x00041130, "CS", b"SET ") + explicit(0x00041220, "SQ", records)


def _even(path: bytes) -> bytes:
    return path + b" " * (len(path) % 2)


def test_paths_of_records_are_told_from_where_the_file_lies() -> None:
    found = header(directory([b"QUINTERO\\CT\\IM1", b"ZARGOTHY\\IM1"]))
    assert file_set.is_directory(found)
    ghosts = file_set.read(found)
    assert names_of(ghosts) == {"QUINTERO", "ZARGOTHY", "CT", "IM1"}
    assert {folder.above for folder in ghosts.folders} >= {(), (b"QUINTERO",)}


def test_an_image_is_no_directory() -> None:
    assert not file_set.is_directory(header(explicit(0x00080060, "CS", b"CT")))
