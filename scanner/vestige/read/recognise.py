"""DICOM known by its content: what lacks the magic word must look like a data set throughout."""

from collections.abc import Callable

from vestige.read.heads import LONGEST, SHORTEST
from vestige.read.raw import (
    EXPLICIT_BIG,
    EXPLICIT_LITTLE,
    IMPLICIT_LITTLE,
    LONG_FORM,
    SHORT_FORM,
    UNDEFINED,
    Coding,
)

MAGIC = b"DICM"
"""What stands behind the preamble of a DICOM file (PS3.10 section 7.1)."""

_LOOKED_AT = 12
"""Elements looked at; a chance sequence of bytes passes for one element at most."""

_ENOUGH = 3
_FIRST_GROUPS = (0x0000, 0x0002, 0x0004, 0x0008, 0x0010)
"""The groups with which a command set, a DICOMDIR or a data set begins."""

_CODINGS = (EXPLICIT_LITTLE, IMPLICIT_LITTLE, EXPLICIT_BIG)


def bare_coding(first: bytes, size: int, vr_of: Callable[[int], str]) -> Coding | None:
    """How a data set without file meta group is encoded; None if the bytes are none."""
    return likely_coding(first, size, vr_of) if _may_begin(first) else None


def likely_coding(first: bytes, size: int, vr_of: Callable[[int], str]) -> Coding | None:
    """The coding in which the bytes are a plausible data set of `size` bytes; None if in none."""
    for coding in _CODINGS:
        if _plausible(first, 0, size, coding, vr_of):
            return coding
    return None


def begins_with_meta(first: bytes, start: int, size: int, vr_of: Callable[[int], str]) -> bool:
    """Whether a file meta group stands at `start`, where no preamble is."""
    if first[start : start + 2] != b"\x02\x00":
        return False
    codings = (EXPLICIT_LITTLE, IMPLICIT_LITTLE)
    return any(_plausible(first, start, size, coding, vr_of) for coding in codings)


def _may_begin(first: bytes) -> bool:
    """Whether the first group is one with which data sets begin, in either byte order."""
    if len(first) < SHORTEST:
        return False
    little, big = first[0] | first[1] << 8, first[1] | first[0] << 8
    return little in _FIRST_GROUPS or big in _FIRST_GROUPS


def _plausible(
    first: bytes, start: int, size: int, coding: Coding, vr_of: Callable[[int], str]
) -> bool:
    """Whether known elements follow each other in rising order, inside the file.

    Three are enough; fewer only if the file holds nothing else.
    """
    known, at, last = 0, start, -1
    for _ in range(_LOOKED_AT):
        step = _step(first, at, coding, vr_of)
        if step is None:
            break
        tag, counts, after = step
        if tag <= last or after > size:
            return False
        known += counts
        last, at = tag, after
        if known >= _ENOUGH:
            return True
    return known > 1 and at == size


def _step(
    first: bytes, at: int, coding: Coding, vr_of: Callable[[int], str]
) -> tuple[int, bool, int] | None:
    """Tag of the element at `at`, whether the dictionary knows it, offset behind it."""
    if at + SHORTEST > len(first):
        return None
    group, number, raw, length = coding.head(first, at)
    tag = group << 16 | number
    start = at + 8
    if not coding.explicit:
        length = coding.plain(first, at)[2]
        vr = vr_of(tag)
    elif raw in LONG_FORM and first[at + 6 : at + 8] == b"\x00\x00" and at + LONGEST <= len(first):
        vr = LONG_FORM[raw]
        length = coding.word(first, start)[0]
        start += 4
    else:
        vr = SHORT_FORM.get(raw, "")
    private = bool(group & 1)
    if not vr or (vr_of(tag) == "UN" and not private):
        return tag, False, UNDEFINED + len(first) + start
    if length == UNDEFINED:
        length = 0 if vr in {"SQ", "UN"} else UNDEFINED
    return tag, not private and number != 0, start + length
