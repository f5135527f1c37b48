"""The paths that a DICOMDIR tells: of files of its file-set, there still or not (PS3.3 annex F)."""

from vestige.read.header import Header
from vestige.read.recorded import Ghosts, Record

PLACE = "DICOMDIR"

_DIRECTORY_GROUP = 0x0004
_FILE_ID = 0x00041500


def is_directory(header: Header) -> bool:
    """Whether a file is the directory of a file-set: its data set begins with group 0004."""
    elements = header.elements
    return len(elements) > header.meta and elements[header.meta].tag >> 16 == _DIRECTORY_GROUP


def read(header: Header) -> Ghosts:
    """The paths of all records, from the folder in which the DICOMDIR lies."""
    record = Record(PLACE)
    for element in header.elements:
        if element.tag == _FILE_ID:
            names = (part.strip(b" \0") for part in header.value(element).split(b"\\"))
            record.parts((name for name in names if name), found=True)
    return record.ghosts()
