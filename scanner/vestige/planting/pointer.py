"""Pointers: where in a data set an element stands, as recipes, truths and findings write it."""

import re
from dataclasses import dataclass

from vestige.sensitive import mask

NO_CREATOR = "no creator"

_STEP = re.compile(
    r"\((?P<group>[0-9A-F]{4}),(?P<element>xx[0-9A-F]{2}|[0-9A-F]{4})\)"
    r"(?: (?P<creator>[^\[\]]+))?(?:\[(?P<item>\*|\d{1,3})\])?"
)
_INVENTED = re.compile(r"(?<= )VESTIGE [^\[\]/]+")
_NEXT = re.compile(r"(?<=\])/(?=\()")


@dataclass(frozen=True, slots=True)
class Step:
    """One element on the way: `item` counts from 0, and is -1 where the way ends.

    With a private creator, `element` is the low byte alone: the block is found when the data
    set is laid out (PS3.5 7.8.1).
    """

    group: int
    element: int
    creator: str
    item: int


@dataclass(frozen=True, slots=True)
class Pointer:
    """A way to an element, such as `(0040,0275)[*]/(0040,0007)`, one step for each level."""

    steps: tuple[Step, ...]
    place: str


def pointer(text: str) -> Pointer:
    """`text` as a pointer; ValueError if it is none.

    Hexadecimal digits are upper case. An item `[*]` is the first; `[1]` is the second, and so
    on; the place that is reported does not number them. Private creators that begin with VESTIGE
    are in no dictionary, and a place shows them masked.
    """
    steps = tuple(_step(part) for part in _NEXT.split(text))
    if any(step.item < 0 for step in steps[:-1]) or steps[-1].item >= 0:
        raise ValueError(f"{text!r}: every step but the last needs an item, as [*]")
    place = _INVENTED.sub(lambda match: mask(match.group()), re.sub(r"\[\d+\]", "[*]", text))
    return Pointer(steps, place)


def _step(text: str) -> Step:
    match = _STEP.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is no pointer, as (0010,0010) or (0029,xx10) CREATOR")
    group, element = int(match["group"], 16), match["element"]
    creator = match["creator"] or ""
    if element.startswith("xx") and (creator in ("", NO_CREATOR) or group % 2 == 0):
        raise ValueError(f"{text!r}: xx needs an odd group and a private creator")
    if not element.startswith("xx") and creator not in ("", NO_CREATOR):
        raise ValueError(f"{text!r}: the block of a private creator is written xx")
    item = match["item"]
    number = -1 if item is None else 0 if item == "*" else int(item)
    low = int(element.removeprefix("xx"), 16)
    return Step(group, low, "" if creator == NO_CREATOR else creator, number)
