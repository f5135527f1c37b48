"""Whether the reader and its judge agree on a file, and if not, where and why they part."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from tests.read.judge import ENDLESS, UNDEFINED, Given, Judgement, dictionary
from vestige.read.header import Header
from vestige.read.heads import is_vr_shaped
from vestige.read.raw import DEEPEST, ITEM_BYTES, LONG_FORM, SHORT_FORM, Element

KNOWN = frozenset({*SHORT_FORM.values(), *LONG_FORM.values()})


class Parting(NamedTuple):
    """Where the two part: what stands at offset `at` by the one and by the other."""

    kind: str
    at: int
    ours: Element | None
    theirs: Given | None
    header: Header
    judgement: Judgement

    def codes(self) -> set[str]:
        """The flaws of which ours tells."""
        return {flaw.code for flaw in self.header.flaws}

    def at_trailing(self) -> bool:
        """Whether the judge goes on, at the top, where ours has the trailing bytes begin."""
        begins = self.header.trailing[0]
        given = self.theirs
        return given is not None and given.holder < 0 and self.at - begins in {8, 12}

    def in_order(self) -> bool:
        """Whether the judge reads the very bytes that the file has for it."""
        given = self.theirs
        return given is not None and given.value is not None and len(given.value) == given.length


# --- the deliberate differences -------------------------------------------------------------------


def _is_delimiter(parting: Parting) -> bool:
    given = parting.theirs
    return given is not None and given.tag >> 16 == 0xFFFE


def _goes_on(parting: Parting) -> bool:
    return parting.kind == "more" and not parting.judgement.error


def _is_no_item(parting: Parting) -> bool:
    if parting.kind != "lost" or parting.theirs is None or parting.theirs.holder < 0:
        return False
    heads = (parting.header.pages.fetch(parting.at - back, 4) for back in (16, 20))
    return not any(raw in ITEM_BYTES for raw in heads)


def _is_too_deep(parting: Parting) -> bool:
    return "nesting-too-deep" in parting.codes()


def _is_no_vr(parting: Parting) -> bool:
    raw = parting.header.pages.fetch(parting.at - 4, 2)
    return not is_vr_shaped(raw) and bool({"odd-vr", "implicit-in-explicit"} & parting.codes())


def _is_in_other_order(parting: Parting) -> bool:
    one, other = parting.ours, parting.theirs
    if one is None or other is None or parting.kind != "tag":
        return False
    return _swapped(one.tag) == other.tag


def _swapped(tag: int) -> int:
    group, number = tag >> 16, tag & 0xFFFF
    return int.from_bytes(
        group.to_bytes(2, "little") + number.to_bytes(2, "little"), "big"
    )


def _is_parsed(parting: Parting) -> bool:
    return parting.kind == "parsed"


def _is_trailing(parting: Parting) -> bool:
    return parting.at_trailing()


class Deliberate(NamedTuple):
    """A difference that is meant, and how it is known."""

    because: str
    holds: Callable[[Parting], bool]


DELIBERATE = {
    "unknown-parsed": Deliberate("x", _is_parsed),
    "delimiter": Deliberate("x", _is_delimiter),
    "nesting": Deliberate("x", _is_too_deep),
    "byte-order": Deliberate("x", _is_in_other_order),
    "goes-on": Deliberate("x", _goes_on),
    "no-item": Deliberate("x", _is_no_item),
    "trailing": Deliberate("x", _is_trailing),
    "no-vr": Deliberate("x", _is_no_vr),
}


def named(parting: Parting) -> str:
    """The name of the deliberate difference that a parting is, or ""."""
    return next((name for name, one in DELIBERATE.items() if one.holds(parting)), "")


# --- the comparison -------------------------------------------------------------------------------


def partings(header: Header, judgement: Judgement) -> Iterator[Parting]:
    """Where reader and judge part; what follows is only compared where a length bounds it."""
    ours = {element.start: element for element in header.elements}
    theirs = {given.start: given for given in judgement.given}
    resume = -1
    for at in sorted(ours.keys() | theirs.keys()):
        if at < resume:
            continue
        one, other = ours.get(at), theirs.get(at)
        kind = _kind(header, one, other)
        if kind and not (one and kind == "more" and _given_up(header, judgement, one)):
            yield Parting(kind, at, one, other, header, judgement)
            resume = _resumed(header, one, other, kind, theirs)


def _given_up(header: Header, judgement: Judgement, one: Element) -> bool:
    """Whether the judge had raised before it came to an element."""
    if judgement.error and (one.start >= judgement.end or one.start in judgement.unfinished):
        return True
    while one.parent >= 0:
        if one.start in judgement.unfinished:
            return True
        start = one.start
        one = header.elements[one.parent]
        end, error = judgement.inner.get(one.start, (0, ""))
        if error and start >= end:
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
        return "parsed" if one.vr == "SQ" and "UN" in vrs else "vr"
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
