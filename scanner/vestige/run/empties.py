"""Empties: files without content, of which there may be millions, examined many at a time."""

import os
from collections.abc import Callable
from contextlib import suppress
from typing import NamedTuple

from vestige import listing
from vestige.listing import Listed
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
    if empty is None:
        siblings = siblings._replace(listed=_looked_at(siblings))
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
    kinds, sizes = [one[1] for one in siblings.listed], [one[2] for one in siblings.listed]
    light = sizes.count(0)
    if kinds.count(_FILE) < len(kinds):
        light = list(zip(kinds, sizes, strict=True)).count((_FILE, 0))
    return len(siblings.listed) - light + -(-light // _LIGHT)


# --- on the way to a worker ----------------------------------------------------------------------


class Packed(NamedTuple):
    """Entries that end in empty files, of which nothing but the names need be told."""

    siblings: Siblings
    names: bytes


_BETWEEN = b"/"
_FEWEST = 16
"""Empty files from which on they are packed."""


def packed(siblings: Siblings) -> Siblings | Packed:
    """Entries as they are sent to a worker that holds none of them whole."""
    begin = _empty_from(siblings)
    count = len(siblings.listed) - begin
    if not begin or count < _FEWEST or siblings.carried:
        return siblings
    names = _BETWEEN.join([listed[0] for listed in siblings.listed[begin:]])
    if names.count(_BETWEEN) + 1 != count:
        return siblings
    return Packed(siblings._replace(listed=siblings.listed[:begin]), names)


def unpacked(sent: Siblings | Packed) -> Siblings:
    """The entries again; of those of which the name was told, inode and times are 0."""
    if isinstance(sent, Siblings):
        return sent
    told: list[Listed] = [(name, _FILE, 0, 0, 0, 0) for name in sent.names.split(_BETWEEN)]
    return sent.siblings._replace(listed=sent.siblings.listed + told)


def _looked_at(siblings: Siblings) -> list[Listed]:
    """Files with the facts that were not sent, where a file that seemed empty was not."""
    found: list[Listed] = []
    for one in siblings.listed:
        facts = one
        if not one[-1]:
            with suppress(OSError):
                name, _, *rest = listing.facts(one[0], os.lstat(siblings.above + one[0]))
                facts = (name, _FILE, rest[0], rest[1], rest[2], rest[3])
        found.append(facts)
    return found


def to_open(siblings: Siblings) -> list[tuple[bytes, int]]:
    """Name and size of the entries that are opened: files, of the empty ones the first."""
    found, empty = [], False
    for place, listed in enumerate(siblings.listed):
        if listed[1] == _FILE and place not in siblings.met and not (empty and listed[2] == 0):
            found.append((listed[0], listed[2]))
            empty = empty or listed[2] == 0
    return found
