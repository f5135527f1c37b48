"""Places of elements: one object for each, with the pointer that reports and rules know it by."""

from functools import lru_cache

from vestige.model import Place, Where, mask

PREAMBLE = Place(Where.PREAMBLE, "preamble")
TRAILING = Place(Where.TRAILING, "trailing")

_LONGEST_CREATOR = 64
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


def shown_creator(creator: str, *, known: bool) -> str:
    """A private creator as it may be shown: one that no dictionary knows may name a person."""
    return creator[:_LONGEST_CREATOR] if known else mask(creator[:_LONGEST_CREATOR])


@lru_cache(maxsize=1 << 16)
def step(tag: int, creator: str) -> str:
    """One element in a pointer: "(0010,0010)", "(0029,xx10) SIEMENS CSA HEADER"."""
    group, number = tag >> 16, tag & 0xFFFF
    if not is_private(tag):
        return f"({group:04X},{number:04X})"
    if is_creator(tag):
        return f"({group:04X},00{number:02X}) creator"
    if creator:
        return f"({group:04X},xx{number & 0xFF:02X}) {creator}"
    return f"({group:04X},{number:04X}) no creator"


@lru_cache(maxsize=1 << 16)
def place(above: str, tag: int, vr: str, creator: str, *, private: bool) -> Place:
    """The place of an element below `above`, the pointer of its item, or "" at the top."""
    if not above and tag >> 16 == 0x0002:  # noqa: PLR2004 - the file meta group
        where = Where.META
    else:
        where = Where.PRIVATE if private or is_private(tag) else Where.HEADER
    return Place(where, above + step(tag, creator), tag, vr, creator)
