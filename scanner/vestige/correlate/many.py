"""Many: the names of a directory looked at all at once, as one text with a name a line.

What is asked of each of millions of names is asked of their forms, of which there are few.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

from vestige.digits import form
from vestige.pieces import numbered_ending
from vestige.text import opaque

_GAP = "\n"
_FEW = 4
"""Names of each form, from which the forms are asked first."""
_UUID_FIRST = re.compile(r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}")
_HEX = str.maketrans("123456789abcdefABCDEF", "0" * 21)
_UUID = "00000000-0000-0000-0000-000000000000"
"""The form of a UUID whose digits, of base sixteen, are all alike."""
_TWIN = "3f2504e0-4f89-41d3-9a0c-0305e82c3301"
"""A UUID that is opaque by nothing else."""


def one_text(names: Sequence[str]) -> str | None:
    """Names as one text, a line each; None if a name has several lines itself."""
    text = _GAP.join(names)
    return text if text.count(_GAP) == len(names) - 1 else None


def lines(text: str) -> list[str]:
    """The names, or forms of names, of which a text was made."""
    return text.split(_GAP)


def forms(names: Sequence[str]) -> list[str]:
    """The form of each of the names: their digits are alike."""
    text = one_text(names)
    return [form(name) for name in names] if text is None else lines(form(text))


def worded(names: Sequence[str], every: Sequence[str]) -> Sequence[int]:
    """The places of the names that may hold words: those that are not opaque.

    `every` are the forms of the names.
    """
    kinds = set(every)
    if len(kinds) * _FEW <= len(names):
        known = {kind: _opaque_by_form(kind) for kind in kinds}
        if all(known.values()):
            return ()
        open_ones = ((p, name) for p, name in enumerate(names) if not known[every[p]])
        return [p for p, name in open_ones if known[every[p]] is False or not opaque(name)]
    text = one_text(names)
    if text is None:
        return _not_opaque(enumerate(names))
    alike = lines(text.translate(_HEX))
    return _not_opaque((p, names[p]) for p, one in enumerate(alike) if not _is_uuid(one, names[p]))


def are_uuids(names: Sequence[str]) -> bool:
    """Whether all names are UUIDs with one ending, and hold no words."""
    ending = names[0][len(_UUID) :] if names else ""
    if not names or not _is_uuid(names[0].translate(_HEX), names[0]):
        return False
    text = one_text(names)
    if text is None or text.translate(_HEX) != _GAP.join(
        [_UUID + ending.translate(_HEX)] * len(names)
    ):
        return False
    return not ending or (text + _GAP).count(ending + _GAP) == len(names)


_MIDDLE = slice(9, 23)
"""The three short parts of a UUID."""
_KINDS = str.maketrans("123456789abcdefABCDEF", "0" * 9 + "a" * 12)


def of_kindred_uuids(names: Sequence[str], fewest: int) -> list[int]:
    """The places of UUIDs in whose middle digits and letters stand as in so many of them at least.

    However the longer parts are read, others are of no one form with so many.
    """
    middles = lines(_GAP.join([name[_MIDDLE] for name in names]).translate(_KINDS))
    counts = Counter(middles)
    return [place for place, middle in enumerate(middles) if counts[middle] >= fewest]


def _not_opaque(named: Iterable[tuple[int, str]]) -> list[int]:
    return [place for place, name in named if not opaque(name)]


def _is_uuid(alike: str, name: str) -> bool:
    """Whether a name is a UUID with an ending that makes it no less opaque."""
    return alike.startswith(_UUID) and _ends_opaque(name[len(_UUID) :])


def is_uuid(name: str) -> bool:
    """Whether a name is a UUID, with an ending at most that makes it no less opaque."""
    found = _UUID_FIRST.match(name)
    return found is not None and _ends_opaque(name[len(_UUID) :])


@lru_cache(maxsize=1 << 10)
def _ends_opaque(ending: str) -> bool:
    return opaque(_TWIN + ending)


@lru_cache(maxsize=1 << 12)
def _opaque_by_form(kind: str) -> bool | None:
    """Whether all names of a form are opaque (True) or none (False); None if their digits matter.

    They do in extensions, and at the beginning of a UID, where 0 to 2 may stand.
    """
    least = opaque(kind)
    if numbered_ending().search(kind) or opaque(kind.replace("9", "1")) is not least:
        return None
    return least
