"""Places of elements: one object for each, with the pointer that reports and rules know it by."""

from dataclasses import replace
from functools import lru_cache

from vestige.model import Place, Where
from vestige.sensitive import mask

PREAMBLE = Place(Where.PREAMBLE, "preamble")
TRAILING = Place(Where.TRAILING, "trailing")
SLACK = Place(Where.TRAILING, "pixel slack")

INSIDE = "UT"
"""The VR of texts inside a value: free text, of one value (PS3.5 section 6.2)."""

_LONGEST_CREATOR = 64
_META_GROUP = 0x0002
_FIRST_CREATOR, _LAST_CREATOR = 0x10, 0xFF


def is_private(tag: int) -> bool:
    """Whether an element's group is odd (PS3.5 section 7.8)."""
    return tag >> 16 & 1 == 1


def is_creator(tag: int) -> bool:
    """Whether an element reserves a block of private elements (PS3.5 section 7.8.1)."""
    return is_private(tag) and _FIRST_CREATOR <= tag & 0xFFFF <= _LAST_CREATOR


def creator_tag(tag: int) -> int:
    """The tag of the private creator that reserves the block of a private element; 0 if none."""
    block = tag >> 8 & 0xFF
    return tag & 0xFFFF0000 | block if block >= _FIRST_CREATOR else 0


@lru_cache(maxsize=1 << 16)
def step(tag: int, creator: str, *, known: bool) -> str:
    """One element in a pointer: "(0010,0010)", "(0029,xx10) SIEMENS CSA HEADER".

    A creator that no dictionary knows is masked: whoever wrote it may have named a person.
    """
    group, number = tag >> 16, tag & 0xFFFF
    if not is_private(tag):
        return f"({group:04X},{number:04X})"
    if is_creator(tag):
        return f"({group:04X},00xx) creator"
    if creator:
        name = creator[:_LONGEST_CREATOR]
        return f"({group:04X},xx{number & 0xFF:02X}) {name if known else mask(name)}"
    return f"({group:04X},{number:04X}) no creator"


@lru_cache(maxsize=1 << 12)
def reread(where: Place) -> Place:
    """The place of a text that was read in another character set than the declared one."""
    return replace(where, vr="")


@lru_cache(maxsize=1 << 16)
def place(pointer: str, tag: int, vr: str, creator: str, *, private: bool) -> Place:
    """The place of an element; `private` says that it, or a sequence above it, is private."""
    below = Where.PRIVATE if private else Where.HEADER
    where = Where.META if tag >> 16 == _META_GROUP else below
    return Place(where, pointer, tag, vr, creator)


@lru_cache(maxsize=1 << 14)
def within(around: Place, steps: tuple[str, ...], label: tuple[int, str, str]) -> Place:
    """The place of a text inside a value: the containers on the way, and its label.

    `label` is the tag, the VR and the keyword of the attribute it stands for; (0, "", "") if none.
    """
    tag, vr, keyword = label
    pointer = " > ".join((around.pointer, *steps, *([keyword] if keyword else ())))
    return Place(around.where, pointer, tag, vr or INSIDE)
