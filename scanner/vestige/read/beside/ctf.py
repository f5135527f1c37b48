"""CTF MEG: the resources (.res4) and the description of a data set (.infods).

`infods` keeps named values behind "WS1_" as of CTF's CPersist format: length and name, a type, and
for strings (10) length and text, all numbers big-endian; `res4` begins with texts of fixed length.
"""

import re
from collections.abc import Iterator

from vestige.read.beside.keyed import carved, head_of, of_pairs, text_of
from vestige.read.beside.parts import Bounds, Part, Readable

RESOURCES = (b"MEG41RS", b"MEG42RS", b"MEG4RES")
_PERSISTENT = b"WS1_"
_WITHIN = 64
_VALUE = re.compile(rb"(_[A-Z][A-Z0-9_]{2,47})\0\0\0\x0a(\0\0[\0-\x3f].)", re.DOTALL)
_OWN = {
    "patientnamefirst": 0x00100010,
    "patientnamemiddle": 0x00100010,
    "patientnamelast": 0x00100010,
    "patientid": 0x00100020,
    "patientbirthdate": 0x00100030,
    "procedurereferringphysician": 0x00080090,
    "datasetoperator": 0x00081070,
    "datasetoperatorname": 0x00081070,
    "patientpacsname": 0x00100010,
    "patientpacsuid": 0x00100020,
    "datasetcollectiondatetime": 0x00080020,
    "procedureaccessionnumber": 0x00080050,
    "procedurestarteddatetime": 0x00080020,
    "patientinstitute": 0x00080080,
    "datasetinstitution": 0x00080080,
}
_TEXTS_END = 2_048


def is_infods(readable: Readable) -> bool:
    """Whether a file is the description of a data set."""
    return _PERSISTENT in readable.first[:_WITHIN] and b"_" in readable.first[4:_WITHIN]


def read(readable: Readable, _bounds: Bounds) -> Iterator[Part]:
    """The texts of named values."""
    data = head_of(readable)
    pairs = []
    for found in _VALUE.finditer(data):
        length = int.from_bytes(found[2], "big")
        pairs.append((found[1].decode("ascii"), text_of(data[found.end() : found.end() + length])))
    yield from of_pairs("CTF", pairs, _OWN)


def read_resources(readable: Readable, _bounds: Bounds) -> Iterator[Part]:
    """The texts with which the resources begin."""
    yield from carved(readable, "CTF resources", 8, min(_TEXTS_END, readable.size))
