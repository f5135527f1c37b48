"""Whether the reader and its judge agree on a file, and if not, where and why they part."""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from tests.read.judge import ENDLESS, UNDEFINED, Given, Judgement, dictionary
from vestige.read.header import Header
from vestige.read.raw import ITEM_BYTES, LONG_FORM, SHORT_FORM, Element


class Parting(NamedTuple):
    """Where the two part: what stands at offset `at` by the one and by the other."""

    kind: str
    at: int
    since: int
    ours: Element | None
    theirs: Given | None
    header: Header
    judgement: Judgement
    before: "Parting | None"

    def codes(self) -> set[str]:
        """The flaws of which ours tells."""
        return {flaw.code for flaw in self.header.flaws}

    def at_trailing(self) -> bool:
        """Whether the judge goes on, at the top, where ours has the trailing bytes begin."""
        begins = self.header.trailing[0]
        given = self.theirs
        return given is not None and given.holder < 0 and self.at - begins in {8, 12}

    def runs_out(self) -> bool:
        """Whether the judge reads an element there that is longer than all that is left."""
        given = self.theirs
        return given is not None and given.value is not None and len(given.value) < given.length


# --- the deliberate differences -------------------------------------------------------------------


def _is_parsed(parting: Parting) -> bool:
    return parting.kind == "parsed"


def _is_delimiter(parting: Parting) -> bool:
    tags = {one.tag for one in (parting.ours, parting.theirs) if one is not None}
    if 0xFFFE in {tag >> 16 for one in tags for tag in (one, _swapped(one))}:
        return True
    if parting.header.pages.fetch(max(0, parting.since - 8), 4) in ITEM_BYTES:
        return parting.kind == "length"  # what stands behind it is read in another form
    between = parting.header.pages.fetch(parting.since, min(parting.at - parting.since, 4096))
    found = [match[1] for match in _DELIMITER.finditer(between)]
    return any(length != bytes(4) for length in found) or (
        parting.kind == "nesting" and bool(found)
    )


_DELIMITER = re.compile(rb"(?:\xfe\xff[\x0d\xdd]\xe0|\xff\xfe\xe0[\x0d\xdd])(....)", re.DOTALL)


def _is_too_deep(parting: Parting) -> bool:
    flaws = dict(parting.header.flaws)
    return parting.at >= flaws.get("nesting-too-deep", ENDLESS)


def _is_in_other_order(parting: Parting) -> bool:
    one, other = parting.ours, parting.theirs
    if one is None or other is None or _swapped(one.tag) != other.tag:
        return False
    # a tag may be the same in either order: then the length tells them apart
    return one.tag != other.tag or _swapped(one.length) == other.length


def _swapped(tag: int) -> int:
    group, number = tag >> 16, tag & 0xFFFF
    return int.from_bytes(group.to_bytes(2, "little") + number.to_bytes(2, "little"), "big")


def _has_no_delimiter(parting: Parting) -> bool:
    one = parting.ours
    if parting.kind != "more" or one is None or one.vr == "SQ" or one.length != UNDEFINED:
        return False
    return bool({"truncated", "length-beyond-end", "too-many-fragments"} & parting.codes())


def _has_two_syntaxes(parting: Parting) -> bool:
    meta = parting.header.elements[: parting.header.meta]
    vrs = [element.vr for element in meta if element.tag == 0x00020010]
    return vrs not in ([], ["UI"])


def _goes_on(parting: Parting) -> bool:
    if parting.kind != "more" or parting.judgement.error:
        return False
    if parting.at >= parting.judgement.end:
        return True
    one = parting.ours
    while one is not None and one.parent >= 0:
        one = parting.header.elements[one.parent]
        if parting.judgement.inner.get(one.start, (ENDLESS, ""))[0] <= parting.at:
            return True
    return False


def _is_no_item(parting: Parting) -> bool:
    if parting.before is not None and _is_no_item(parting.before):
        return True
    strange = parting.judgement.strange
    if parting.kind == "more" and parting.judgement.unfinished:
        return any(at < parting.at for at in strange)
    return any(parting.since <= at < parting.at for at in strange)


def _is_pixels(parting: Parting) -> bool:
    return any(start < parting.at < end for start, end in parting.header.pixels)


def _is_odd_vr(parting: Parting) -> bool:
    return parting.kind == "vr" and _has_odd_vr(parting)


def _has_odd_vr(parting: Parting) -> bool:
    return _is_odd(parting, parting.at)


def _is_odd(parting: Parting, at: int) -> bool:
    """Whether the two bytes of VR are none in the head of the element whose value begins there."""
    raw = parting.header.pages.fetch(at - 4, 2)
    told = {"odd-vr", "implicit-in-explicit"} & parting.codes()
    return raw not in SHORT_FORM and raw not in LONG_FORM and bool(told)


def _reads_on(parting: Parting) -> bool:
    # The first element alone decides for pydicom whether all others have a VR.
    odd = _has_odd_vr(parting) or _is_odd(parting, parting.since)
    return odd and parting.runs_out()


def _breaks_off(parting: Parting) -> bool:
    told = {"truncated", "trailing-bytes"} & parting.codes()
    return parting.at_trailing() and parting.runs_out() and bool(told)


class Deliberate(NamedTuple):
    """A difference that is meant, and how it is known."""

    because: str
    holds: Callable[[Parting], bool]


DELIBERATE = {
    "unknown-parsed": Deliberate(
        "A value of VR UN that is items throughout is parsed (PS3.5 section 6.2.2); pydicom "
        "leaves it as bytes until its VR is looked up.",
        _is_parsed,
    ),
    "delimiter": Deliberate(
        "A delimiter is never an element, and eight bytes long; pydicom reads stray ones as "
        "elements with VR and value.",
        _is_delimiter,
    ),
    "nesting": Deliberate(
        "Sequences are followed 64 deep, and a loss is told; pydicom follows them until Python "
        "has enough of it.",
        _is_too_deep,
    ),
    "byte-order": Deliberate(
        "Where the transfer syntax is missing or belied, the order of bytes is the one in which "
        "the tags are known and rise; pydicom believes what is declared.",
        _is_in_other_order,
    ),
    "no-delimiter": Deliberate(
        "A value of undefined length without a delimiter reaches to the end of what holds it, "
        "and a loss is told; pydicom drops it.",
        _has_no_delimiter,
    ),
    "goes-on": Deliberate(
        "Behind a stray delimiter the data set goes on; pydicom ends it there in silence.",
        _goes_on,
    ),
    "no-item": Deliberate(
        "Only an item is one; pydicom takes whatever stands in a sequence for it.",
        _is_no_item,
    ),
    "two-syntaxes": Deliberate(
        "Of two transfer syntaxes the first that is a UID counts, whatever its VR; pydicom takes "
        "the last, and what its VR makes of it.",
        _has_two_syntaxes,
    ),
    "pixels": Deliberate(
        "Pixel data of undefined length are fragments even if their VR is SQ.", _is_pixels
    ),
    "odd-vr": Deliberate(
        "An element whose two bytes of VR are none has the VR of the dictionary; pydicom keeps "
        "what lies between AA and ZZ as bytes, lower case letters and control characters too.",
        _is_odd_vr,
    ),
    "reads-on": Deliberate(
        "pydicom loses the thread in bytes that are no VR, or behind them, and gives all that is "
        "left as one value that is shorter than its length; ours takes a form of the head that "
        "fits, and reads on.",
        _reads_on,
    ),
    "odd-form": Deliberate(
        "Where the VR is none, the form of the head is the one behind which the next element "
        "stands, or at least one that fits; pydicom goes by the bytes of the VR alone.",
        _has_odd_vr,
    ),
    "breaks-off": Deliberate(
        "Both lose the thread at the same byte: pydicom gives all that is left as one value that "
        "is shorter than its length, ours as trailing bytes, and says so.",
        _breaks_off,
    ),
    "trailing": Deliberate(
        "An unknown tag that falls below the one before, and leads to no other element, ends the "
        "data set: the rest is searched as trailing bytes; pydicom reads on.",
        Parting.at_trailing,
    ),
}
"""All in which the two differ. Each must occur in a long run of mutants; nothing else may."""


def named(parting: Parting) -> str:
    """The name of the deliberate difference that a parting is, or ""."""
    return next((name for name, one in DELIBERATE.items() if one.holds(parting)), "")


# --- the comparison -------------------------------------------------------------------------------


def partings(header: Header, judgement: Judgement) -> Iterator[Parting]:
    """Where reader and judge part; what follows is only compared where a length bounds it."""
    ours = {element.start: element for element in header.elements}
    theirs = {given.start: given for given in judgement.given}
    resume, since = -1, 0
    before: Parting | None = None
    for at in sorted(ours.keys() | theirs.keys()):
        if at <= resume:
            continue
        one, other = ours.get(at), theirs.get(at)
        kind = _kind(header, one, other)
        if kind and not (one and kind == "more" and _given_up(header, judgement, one)):
            before = Parting(kind, at, since, one, other, header, judgement, before)
            yield before
            resume = _resumed(header, one, other, kind, theirs)
        elif other is not None:
            before, since = None, at


def _given_up(header: Header, judgement: Judgement, one: Element) -> bool:
    """Whether the judge had raised before it came to an element."""
    last = max((given.start for given in judgement.given if given.limit == ENDLESS), default=-1)
    if judgement.error and (one.start > last or one.start in judgement.unfinished):
        return True
    while one.parent >= 0:
        if one.start in judgement.unfinished:
            return True
        start = one.start
        one = header.elements[one.parent]
        error = judgement.inner.get(one.start, (0, ""))[1]
        read = (given.start for given in judgement.given if one.start < given.start < one.end)
        if error and start > max(read, default=-1):
            return True
    return False


def _kind(header: Header, one: Element | None, other: Given | None) -> str:
    """In what they differ, or ""."""
    if one is None or other is None:
        return "lost" if one is None else "more"
    if one.tag != other.tag:
        return "tag"
    if one.length != other.length:
        return "length"
    if _place(header, one) != (other.holder, other.item):
        return "nesting"
    vrs = (other.vr or dictionary(other.tag)).split(" or ")
    if one.vr not in vrs:
        unknown = "UN" in vrs or one.tag & 0xFFFF == 0
        return "parsed" if one.vr == "SQ" and unknown else "vr"
    value = header.pages.fetch(one.start, one.end - one.start)
    return "bytes" if other.value not in {None, value} else ""


def _place(header: Header, one: Element) -> tuple[int, int]:
    return (header.elements[one.parent].start if one.parent >= 0 else -1), one.item


def _resumed(
    header: Header, one: Element | None, other: Given | None, kind: str, theirs: dict[int, Given]
) -> int:
    if kind == "parsed" and one is not None:
        return one.end
    if other is not None:
        return other.limit
    while one is not None and one.parent >= 0:
        one = header.elements[one.parent]
        if one.length != UNDEFINED and one.start in theirs:
            return one.end
    return ENDLESS
