"""Siemens raw data: the list of measurements and the protocols of .dat files, and .rda spectra.

VB files begin with the length of their header, VD and later ones with 0, the number of
measurements and a list of them that has the patient's name (64 bytes at 24 of each 152); the
header of a measurement is a count of buffers, each a name, a length, and an XProtocol (see `csa`).
As ISMRMRD's siemens_to_ismrmrd and IDEA's documentation of the raid file describe them. The lines
that were measured are numbers.
"""

import re
from collections.abc import Iterator
from itertools import islice
from struct import Struct

from vestige.read.beside.keyed import head_of, of_pairs, text_of, told
from vestige.read.beside.parts import Bounds, Lost, Part, Readable
from vestige.read.csa import of_protocol
from vestige.read.dictionary import label

RDA = b">>> Begin of header <<<"

_END = b">>> End of header <<<"
_LIST, _ENTRY = Struct("<II"), Struct("<IIQQ64s64s")
_MOST_MEASUREMENTS, _MOST_BUFFERS = 64, 64
_SHORTEST, _LONGEST = 32, 16 << 20
"""Bytes of the header of a measurement."""

_NAME = 0x00100010
_BUFFER = re.compile(rb"[A-Za-z][A-Za-z0-9_]{1,47}\0")
_STRING = re.compile(
    r"""<ParamString\."[^"<>{}]{0,64}">\s*+\{\s*+
        (?:<[A-Z][A-Za-z]{1,20}>\s*+(?:"[^"]{0,256}"|[^\s<>{}"]{1,64})\s*+){0,8}"([^"}]{3,256})"
        |^[ \t]*+[^\s=<>"]{1,80}[ \t]*+=[ \t]*+"{1,2}([^"\n]{3,256})"
        |"([^"<>{}\n]*[^\W\d_][^"<>{}\n]*(?:\^|@|\d{6})[^"<>{}\n]*)\"""",
    re.VERBOSE | re.MULTILINE,
)
"""Values of parameters of text; of labels and tips on the scanner's screens no more is looked at
than what has the look of a name, an address or a number."""

_PROGRAM = re.compile(r"\w+@\w+(?:\.IP)?|N\d_V\w+_\d{8}|%\w+%[\\/].*")
"""Names of parts of the scanner's software, which look like addresses and dates."""

_PLAIN = re.compile(r"[^\W\d_].*[^\W\d_]")
_MOST_STRINGS = 20_000
_RDA = {"studydate": 0x00080020, "studydescription": 0x00081030, "stationname": 0x00081010}


def is_raw(readable: Readable) -> bool:
    """Whether a file is raw data of either form: its lengths and the names of buffers fit."""
    first, size = readable.first, readable.size
    if len(first) < _LIST.size:
        return False
    head, count = _LIST.unpack_from(first)
    if head == 0 and 0 < count <= _MOST_MEASUREMENTS:
        if len(first) < _LIST.size + _ENTRY.size:
            return False
        _, _, offset, length, _, _ = _ENTRY.unpack_from(first, _LIST.size)
        return bool(offset % 512 == 0 and 0 < offset < size and 0 < length <= 2 * size)
    fits = _SHORTEST <= head <= min(size, _LONGEST) and 0 < count <= _MOST_BUFFERS
    return fits and _BUFFER.match(first, _LIST.size) is not None


def read(readable: Readable, _bounds: Bounds) -> Iterator[Part]:
    """Names of patients and protocols in the list, and the protocols of each measurement."""
    head, count = _LIST.unpack(readable.read(0, _LIST.size))
    if head:
        yield from _measurement(readable, 0)
        return
    data = readable.read(_LIST.size, min(count, _MOST_MEASUREMENTS) * _ENTRY.size)
    for at in range(0, len(data) - _ENTRY.size + 1, _ENTRY.size):
        _, _, offset, _, name, protocol = _ENTRY.unpack_from(data, at)
        for pointer, tag, raw in (("patient name", _NAME, name), ("protocol name", 0, protocol)):
            text = text_of(raw)
            if text:
                yield told(f"Siemens raw data {pointer}", tag, text)
        yield from _measurement(readable, offset)


def _measurement(readable: Readable, start: int) -> Iterator[Part]:
    """What stands in the buffers of the header of one measurement."""
    raw = readable.read(start, _LIST.size)
    length, count = _LIST.unpack(raw) if len(raw) == _LIST.size else (0, 0)
    if not _SHORTEST <= length <= _LONGEST or not count:
        yield Lost("damaged")
        return
    header = readable.read(start, length)
    at = _LIST.size
    for _ in range(min(count, _MOST_BUFFERS)):
        name = _BUFFER.match(header, at)
        if name is None or name.end() + 4 > len(header):
            yield Lost("damaged")
            return
        at = name.end() + 4
        size = int.from_bytes(header[name.end() : at], "little")
        yield from _buffer(header[at : at + size])
        at += size


def _buffer(data: bytes) -> Iterator[Part]:
    text = text_of(data)
    by_tag: dict[int, dict[str, None]] = {}
    for tag, value in of_protocol(text):
        by_tag.setdefault(tag, {})[value] = None
    for tag, values in by_tag.items():
        yield told(f"Siemens protocol {label(tag)[2]}", tag, *values)
    said = {value for values in by_tag.values() for value in values}
    found = (one[1] or one[2] or one[3] for one in _STRING.finditer(text))
    strings = dict.fromkeys(islice(found, _MOST_STRINGS))
    others = tuple(
        one
        for one in strings
        if one not in said and _PLAIN.search(one) and not _PROGRAM.fullmatch(one)
    )
    if others:
        yield told("Siemens protocol", 0, *others)


def read_rda(readable: Readable, _bounds: Bounds) -> Iterator[Part]:
    """The lines of the header of a spectrum."""
    lines = head_of(readable).partition(_END)[0].splitlines()[1:]
    pairs = (text_of(line).partition(":")[::2] for line in lines)
    yield from of_pairs("RDA", ((key, value.strip()) for key, value in pairs), _RDA)
