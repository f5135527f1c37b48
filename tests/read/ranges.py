"""What must hold of every header, whatever the bytes: order, nesting, and no byte left out."""

from vestige.read.header import Form, Header
from vestige.read.raw import END_BYTES, ITEM_BYTES, ITEM_END_BYTES, LOSSES, UNDEFINED

_DELIMITERS = frozenset({*ITEM_BYTES, *ITEM_END_BYTES, *END_BYTES})


def wrong(header: Header) -> str:
    """What does not hold of a header, or ""."""
    return _misplaced(header) or _left_out(header)


def _misplaced(header: Header) -> str:
    last = -1
    for number, element in enumerate(header.elements):
        if not last < element.start <= element.end <= header.size:
            return f"element {number} stands out of order or outside the file"
        last = element.start
        if not -1 <= element.parent < number:
            return f"element {number} stands in one behind it"
        if element.parent < 0:
            continue
        holder = header.elements[element.parent]
        if holder.vr != "SQ" or not holder.start < element.start:
            return f"element {number} stands in one that is no sequence"
        if element.end > holder.end:
            return f"element {number} is longer than what holds it"
    return ""


def _left_out(header: Header) -> str:
    """Which bytes are no head, value or delimiter, and do not follow the last element.

    If a flaw tells that something was lost, there may be some.
    """
    if any(flaw.code in LOSSES for flaw in header.flaws):
        return ""
    data = header.pages.fetch(0, header.size)
    holders = {element.parent for element in header.elements}
    starts = {element.start for element in header.elements}
    at = 132 if header.form is Form.PART_10 else 4 if data.startswith(b"DICM") else 0
    for number, element in enumerate(header.elements):
        at = _skipped(data, at, element.start, starts)
        if at != element.start:
            return f"bytes from {at} on, before element {number}, are left out"
        at = element.start if number in holders else element.end
        if number not in holders and element.vr != "SQ" and element.length == UNDEFINED:
            at = min(at + 8, header.size)
    at = _skipped(data, at, header.trailing[0], starts)
    return "" if at >= header.trailing[0] else f"bytes from {at} on, at the end, are left out"


def _skipped(data: bytes, at: int, end: int, starts: set[int]) -> int:
    """The offset behind the heads and delimiters from `at`, up to `end` at most."""
    while at < end:
        if data[at : at + 4] in _DELIMITERS or at + 8 in starts:
            at += 8
        elif at + 12 in starts:
            at += 12
        else:
            break
    return at
