"""Empties: files without content, of which there may be millions, examined many at a time."""

from collections.abc import Callable

from vestige.model import Kind
from vestige.run.batch import Batch
from vestige.run.named import Names
from vestige.run.objects import Content
from vestige.walk import Siblings

_FILE = Kind.FILE.value
_SPEAKING = 4
"""One name in so many may say something, up to which empty files are not taken one by one."""

_LIGHT = 8
"""Empty files that count as one entry of a batch: there is nothing to read in them."""

OneByOne = Callable[[Siblings, Content | None], Content | None]
"""Examines entries one by one; told, and giving, what is said of an empty file without a look."""


def in_parts(siblings: Siblings, names: Names, batch: Batch, one_by_one: OneByOne) -> None:
    """The outcomes of entries of one directory; if they end in empty files, of these at once."""
    begin = _empty_from(siblings)
    if not begin:
        one_by_one(siblings, None)
        return
    empty = one_by_one(siblings.part(0, begin), None)
    siblings = siblings.part(begin, len(siblings.listed))
    raws = [listed[0] for listed in siblings.listed]
    speaking = names.speaking(raws) if empty is not None else ()
    if empty is None or len(speaking) * _SPEAKING > len(raws):
        one_by_one(siblings, empty)
        return
    done = 0
    for place in speaking:
        batch.empty(place - done)
        done = place + 1
        one_by_one(siblings.part(place, done), empty)
    batch.empty(len(raws) - done)


def _empty_from(siblings: Siblings) -> int:
    """The place behind the first empty file, if all that follow are empty files too; else 0."""
    sizes = [listed[2] for listed in siblings.listed]
    begin = sizes.index(0) + 1 if 0 in sizes else 0
    if not begin or begin == len(sizes) or any(sizes[begin:]) or siblings.met:
        return 0
    return begin if {listed[1] for listed in siblings.listed[begin - 1 :]} == {_FILE} else 0


def weight(siblings: Siblings) -> int:
    """How many entries of a batch they count as."""
    light = sum(not listed[2] and listed[1] == _FILE for listed in siblings.listed)
    return len(siblings.listed) - light + -(-light // _LIGHT)
