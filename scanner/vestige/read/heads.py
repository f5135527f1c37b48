"""Heads of elements: tag, VR and length, written in one of four ways or in none of them."""

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from vestige.read.raw import (
    DELIMITERS,
    IMPLICIT_BIG,
    IMPLICIT_LITTLE,
    ITEM_END,
    LONG_FORM,
    PIXELS,
    SHORT_FORM,
    UNDEFINED,
    Coding,
)

SHORTEST: Final = 8
"""Bytes of the shortest element, and of the head of an item."""

LONGEST: Final = 12
"""Bytes of the longest head."""

DELIMITER_GROUP: Final = 0xFFFE


class Head(NamedTuple):
    """The head of the element at `position`, whose value begins at `start`.

    `sure` says that it can hardly be anything but an element, `flaw` what is odd about it, or "".
    """

    position: int
    tag: int
    vr: str
    length: int
    start: int
    sure: bool
    flaw: str = ""


@lru_cache(maxsize=1 << 16)
def plain_vr(vr_of: Callable[[int], str], tag: int) -> str | None:
    """The VR of an element whose value is plain bytes; None where it takes a closer look."""
    vr = vr_of(tag)
    unusual = vr in {"SQ", "UN"} or tag in DELIMITERS or tag in PIXELS or tag >> 16 == 0
    return None if unusual else vr


def head_of(
    data: bytes, position: int, limit: int, coding: Coding, vr_of: Callable[[int], str]
) -> Head | None:
    """The head that `data`, the bytes from `position`, begins with; None if they are too few.

    `limit` is the offset that no value may pass.
    """
    if len(data) < SHORTEST:
        return None
    group, number, length = coding.plain(data, 0)
    tag = group << 16 | number
    if not coding.explicit or group == DELIMITER_GROUP:
        return _without_vr(position, tag, length, vr_of)
    raw = data[4:6]
    if raw in SHORT_FORM:
        short = coding.head(data, 0)[3]
        return Head(position, tag, SHORT_FORM[raw], short, position + SHORTEST, sure=True)
    if raw in LONG_FORM:
        if len(data) < LONGEST:
            return None
        length = coding.word(data, SHORTEST)[0]
        return Head(position, tag, LONG_FORM[raw], length, position + LONGEST, sure=True)
    return _odd(data, _without_vr(position, tag, length, vr_of), limit, coding)


def _without_vr(position: int, tag: int, length: int, vr_of: Callable[[int], str]) -> Head:
    vr = vr_of(tag)
    sure = vr != "UN" and tag >> 16 != 0
    return Head(position, tag, vr, length, position + SHORTEST, sure)


def _odd(data: bytes, plain: Head, limit: int, coding: Coding) -> Head:
    """The head of an element whose VR the standard does not know, in the form in which it fits.

    Two capitals are a VR of the short form, as pydicom has it. Anything else is an element
    without VR, if that fits, or else one whose VR was written as blanks or question marks.
    """
    if is_vr_shaped(data[4:6]):
        short = coding.head(data, 0)[3]
        return plain._replace(vr=data[4:6].decode("ascii"), length=short, sure=False, flaw="odd-vr")
    plain = plain._replace(flaw="implicit-in-explicit")
    forms = (plain, *forms_of(data, plain, coding))
    fitting = (form for form in forms if form.length == UNDEFINED or _end(form) <= limit)
    return next(fitting, plain)


def _end(head: Head) -> int:
    return head.start + head.length


def forms_of(data: bytes, head: Head, coding: Coding) -> Iterator[Head]:
    """The head of an element with an odd VR, in each form in which it may have been written."""
    yield head
    if data[6:8] == b"\x00\x00" and len(data) >= LONGEST:
        length = coding.word(data, SHORTEST)[0]
        start = head.position + LONGEST
        yield head._replace(length=length, start=start, sure=False, flaw="odd-vr")
    length = coding.head(data, 0)[3]
    yield head._replace(length=length, sure=False, flaw="odd-vr")


def is_credible(head: Head | None, limit: int, *, within: bool) -> bool:
    """Whether a head can hardly be anything but that of an element which ends inside its limit.

    `within` a sequence the end of an item may stand there as well.
    """
    if head is None or not head.sure or head.flaw:
        return False
    if head.tag in DELIMITERS:
        return within and head.tag == ITEM_END
    return head.length == UNDEFINED or _end(head) <= limit


def item_coding(first: bytes, coding: Coding) -> Coding:
    """How an item is encoded by its first bytes: in explicit data sets some are without VRs."""
    if not coding.explicit or len(first) < SHORTEST or is_vr_shaped(first[4:6]):
        return coding
    return IMPLICIT_LITTLE if coding.little else IMPLICIT_BIG


def may_hold_items(head: Head) -> bool:
    """Whether an element of undefined length is a sequence if an item follows: its kind is unknown.

    LO and UL are then what private creators and group lengths ought to be: written, their lengths
    are of 16 bits.
    """
    standard = head.tag >> 16 & 1 == 0 and head.tag & 0xFFFF != 0
    return head.vr == "UN" or (head.vr in {"LO", "UL"} and not standard)


def is_vr_shaped(pair: bytes) -> bool:
    """Whether two bytes are capitals, as every VR is."""
    return len(pair) == 2 and pair.isalpha() and pair.isupper()  # noqa: PLR2004


def breaks_off(rest: bytes) -> bool:
    """Whether the last bytes of a file are the beginning of a head: zeros are padding."""
    return any(rest) and (len(rest) < SHORTEST or (len(rest) < LONGEST and rest[4:6] in LONG_FORM))
