"""Encapsulated values (PS3.5 annex A.4): skipped fragment by fragment, without being read."""

from vestige.read.heads import SHORTEST
from vestige.read.pages import Pages
from vestige.read.raw import (
    END_BYTES,
    ITEM,
    MOST_FRAGMENTS,
    SEARCHED,
    SEQUENCE_END,
    UNDEFINED,
    Coding,
)

_WINDOW = 4096
_SEARCH_STEP = 256 << 10


def end_of_fragments(pages: Pages, start: int, limit: int, coding: Coding) -> tuple[int, str]:
    """The offset of the delimiter of a value that begins at `start`, and "".

    Without one, `limit` and the code of the flaw.
    """
    end = _hop(pages, start, limit, coding)
    if end is None:
        return limit, "too-many-fragments"
    if end < 0:
        end = _find(pages, start, limit, coding)
    return (end, "") if end >= 0 else (limit, "truncated")


def _hop(pages: Pages, start: int, limit: int, coding: Coding) -> int | None:
    """The offset of the delimiter; -1 if the fragments do not lead to it, None if too many do."""
    window, base, at = b"", start, start
    for _ in range(MOST_FRAGMENTS):
        if at + SHORTEST > base + len(window):
            window, base = pages.fetch(at, min(_WINDOW, limit - at)), at
        if at + SHORTEST > base + len(window):
            return -1
        group, number, length = coding.plain(window, at - base)
        tag = group << 16 | number
        if tag == SEQUENCE_END:
            return at
        if tag != ITEM or length == UNDEFINED or at + SHORTEST + length > limit:
            return -1
        at += SHORTEST + length
    return None


def _find(pages: Pages, start: int, limit: int, coding: Coding) -> int:
    """The offset of the next bytes that are an end of sequence; -1 if there are none near."""
    wanted = next(raw for raw, little in END_BYTES.items() if little == coding.little)
    for at in range(start, min(limit, start + SEARCHED), _SEARCH_STEP):
        found = pages.fetch(at, min(_SEARCH_STEP + 3, limit - at)).find(wanted)
        if found >= 0:
            return at + found
    return -1
