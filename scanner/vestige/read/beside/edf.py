"""EDF, EDF+, BDF and GDF: identifications, texts of signals, and annotations.

Offsets as of "A simple format for exchange of digitized polygraphic recordings" (Kemp et al.
1992) and of EDF+ (www.edfplus.info/specs/edfplus.html, 2.1.3.3 additional specifications:
subfields of the identifications; 2.2 annotations); BDF has three bytes a sample
(www.biosemi.com/faq/file_format).
"""

import re
from collections.abc import Iterator
from itertools import accumulate
from typing import NamedTuple

from vestige.read.beside.keyed import day, field, text_of, told
from vestige.read.beside.parts import Bounds, Lost, Part, Readable, Told, beside

_EDF, _BDF, _GDF = b"0       ", b"\xffBIOSEMI", b"GDF "
SIGNS = (_BDF, _GDF)

_HEAD, _SIGNAL = 256, 256
_MOST_SIGNALS = 4_096
_MOST_RECORDS = 200_000
_MOST_BYTES = 64 << 20
"""Bytes of annotations that are read."""

_NAME, _ID, _BIRTH, _DATE = 0x00100010, 0x00100020, 0x00100030, 0x00080020
_ACCESSION, _OPERATOR = 0x00080050, 0x00081070
_PATIENT = re.compile(r"(\S{1,80}) ([MFX]) (X|\d\d-[A-Za-z]{3}-\d{4}) (\S{1,80})((?: \S*)*)")
_RECORDING = re.compile(r"Startdate (\S{1,11}) (\S{1,80}) (\S{1,80}) (\S{1,80})((?: \S*)*)")
_DAY = re.compile(r"[0-3]?\d[-./ ](?:[A-Za-z]{3}|[01]?\d)[-./ ](?:18|19|20)\d\d|(?:18|19|20)\d{6}")
_UNKNOWN = re.compile(r"[Xx_, ]*")
"""What stands where nothing is known, alone or for each part of a name."""

_NOTED = re.compile(rb"\x14([^\x00\x14\x15]{1,4096})(?=\x14)")
"""What is noted in a time-stamped list: between bytes 20 (EDF+ 2.2.2)."""


def is_edf(readable: Readable) -> bool:
    """Whether a file begins as an EDF file does, and tells the length of its header."""
    first = readable.first
    length = first[184:192].strip()
    return first.startswith(_EDF) and length.isdigit() and int(length) % _SIGNAL == 0


def read(readable: Readable, _bounds: Bounds) -> Iterator[Part]:
    """The identifications of patient and recording, the labels of signals, the annotations."""
    head = readable.read(0, _HEAD)
    if head.startswith(_GDF):
        yield from field("GDF", "patient identification", head[8:74])
        yield from field("GDF", "recording identification", head[88:152])
        return
    yield from _patient(text_of(head[8:88]))
    yield from _recording(text_of(head[88:168]))
    date = _date(text_of(head[168:176]))
    if date:
        yield told("EDF start date", _DATE, date)
    yield from field("EDF", "reserved", head[192:236])
    count = _figure(head[252:256])
    if not 0 < count <= _MOST_SIGNALS:
        yield Lost("damaged")
        return
    signals = readable.read(_HEAD, _SIGNAL * count)
    yield from _labels(signals, count)
    yield from _annotations(readable, _layout(head, signals, count))


def _patient(text: str) -> Iterator[Told]:
    """The subfields of an identification, or else its dates and the rest of it."""
    found = _PATIENT.fullmatch(text)
    if found is None:
        # EDF of 1992 leaves its form to whoever writes it: most write number and name.
        rest = _DAY.sub(" ", text).strip()
        for one in _DAY.findall(text):
            yield told("EDF patient birth date", _BIRTH, day(one))
        if any(c.isalnum() for c in rest) and not _UNKNOWN.fullmatch(rest):
            yield told("EDF patient", _NAME, rest)
        return
    code, _, birth, name, more = found.groups()
    parts = ((_ID, "code", code), (_BIRTH, "birth date", birth), (_NAME, "name", name))
    for tag, pointer, value in (*parts, (0, "additional", more.strip())):
        if not _UNKNOWN.fullmatch(value):
            yield told(f"EDF patient {pointer}", tag, value.replace("_", " "))


def _recording(text: str) -> Iterator[Told]:
    found = _RECORDING.fullmatch(text)
    if found is None:
        if not _UNKNOWN.fullmatch(text):
            yield told("EDF recording", 0, text)
        return
    date, code, technician, equipment, more = found.groups()
    parts = (
        (_DATE, "date", date),
        (_ACCESSION, "code", code),
        (_OPERATOR, "technician", technician),
    )
    for tag, pointer, value in (*parts, (0, "equipment", f"{equipment}{more}")):
        if not _UNKNOWN.fullmatch(value):
            yield told(f"EDF recording {pointer}", tag, value.replace("_", " "))


def _date(text: str) -> str:
    """dd.mm.yy as DICOM writes it; 1985 is the first year that two digits mean (EDF+ 2.1.3.2)."""
    found = re.fullmatch(r"([0-3]\d)\.([01]\d)\.(\d\d)", text)
    if found is None or found[0] == "01.01.85":
        return ""
    century = "19" if int(found[3]) >= 85 else "20"  # noqa: PLR2004 - as the standard says
    return f"{century}{found[3]}{found[2]}{found[1]}"


def _labels(signals: bytes, count: int) -> Iterator[Told]:
    """Labels, transducers and filters of signals, distinct ones once."""
    for name, at, width in (("label", 0, 16), ("transducer", 16, 80), ("prefilter", 136, 80)):
        starts = range(at * count, (at + width) * count, width)
        texts = dict.fromkeys(text_of(signals[start : start + width]) for start in starts)
        yield Told(beside(f"EDF signal {name}"), tuple(text for text in texts if text))


class _Layout(NamedTuple):
    """Where the annotations stand in each record, in bytes."""

    start: int
    record: int
    records: int
    parts: tuple[tuple[int, int], ...]


def _layout(head: bytes, signals: bytes, count: int) -> _Layout:
    width = 3 if head.startswith(_BDF) else 2
    lengths = [
        max(0, _figure(signals[216 * count + 8 * n : 216 * count + 8 * n + 8])) * width
        for n in range(count)
    ]
    names = [signals[16 * n : 16 * n + 16].strip() for n in range(count)]
    starts = list(accumulate(lengths, initial=0))[:count]
    noted = tuple(
        (start, length)
        for start, length, name in zip(starts, lengths, names, strict=True)
        if name in {b"EDF Annotations", b"BDF Annotations"} and length
    )
    return _Layout(_HEAD + _SIGNAL * count, sum(lengths), _figure(head[236:244]), noted)


def _annotations(readable: Readable, layout: _Layout) -> Iterator[Part]:
    if not layout.parts:
        return
    texts: dict[str, None] = {}
    taken = 0
    there = (readable.size - layout.start) // layout.record + 1
    records = min(layout.records if layout.records >= 0 else there, there)
    for number in range(min(records, _MOST_RECORDS)):
        for at, length in layout.parts:
            taken += length
            if taken > _MOST_BYTES:
                break
            data = readable.read(layout.start + number * layout.record + at, length)
            texts.update((text_of(one), None) for one in _NOTED.findall(data))
    if taken > _MOST_BYTES or records > _MOST_RECORDS:
        yield Lost("text-budget")
    yield Told(beside("EDF annotation"), tuple(texts))


def _figure(raw: bytes) -> int:
    """A number written in ASCII; -1 if it is none."""
    text = raw.strip()
    return int(text) if text.isdigit() else -1
