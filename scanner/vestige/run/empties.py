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


class Packed(NamedTuple):
    """Entries up to the first empty file, and the names of the empty files that follow.

    No more need be told of those; the names are parted by slashes.
    """

    siblings: Siblings
    names: bytes

    def rest(self) -> Siblings:
        """The empty files, of which inode and times are not told."""
        listed: list[Listed] = [(name, _FILE, 0, 0, 0, 0) for name in self.names.split(_BETWEEN)]
        first = self.siblings.first + len(self.siblings.listed)
        return self.siblings._replace(first=first, listed=listed, met={})


_BETWEEN = b"/"
_FEWEST = 16
"""Empty files from which on they are packed."""


def packed(siblings: Siblings) -> Siblings | Packed:
    """Entries as they are sent to a worker that holds none of them whole."""
    if len(siblings.listed) <= _FEWEST:
        return siblings
    begin = _empty_from(siblings)
    count = len(siblings.listed) - begin
    if not begin or count < _FEWEST or siblings.carried:
        return siblings
    names = _BETWEEN.join([listed[0] for listed in siblings.listed[begin:]])
    if names.count(_BETWEEN) + 1 != count:
        return siblings
    return Packed(siblings._replace(listed=siblings.listed[:begin]), names)


def in_parts(sent: Siblings | Packed, names: Names, batch: Batch, one_by_one: OneByOne) -> None:
    """The outcomes of entries of one directory; of empty files in which they end at once."""
    if isinstance(sent, Siblings):
        one_by_one(sent, None)
        return
    empty = one_by_one(sent.siblings, None)
    speaking = names.speaking(sent.names) if empty is not None else []
    count = sent.names.count(_BETWEEN) + 1
    if empty is not None and not speaking:
        batch.empty(count)
        return
    rest = sent.rest()
    if empty is None or len(speaking) * _SPEAKING > count:
        one_by_one(rest if empty is not None else _looked_at(rest), empty)
        return
    done = 0
    for place in speaking:
        batch.empty(place - done)
        done = place + 1
        one_by_one(rest.part(place, done), empty)
    batch.empty(count - done)


def _empty_from(siblings: Siblings) -> int:
    """The place behind the first empty file, if all that follow are empty files too; else 0."""
    if siblings.empty:
        return 1 if len(siblings.listed) > 1 else 0
    sizes = [listed[2] for listed in siblings.listed]
    begin = sizes.index(0) + 1 if 0 in sizes else 0
    if not begin or begin == len(sizes) or any(sizes[begin:]) or siblings.met:
        return 0
    return begin if {listed[1] for listed in siblings.listed[begin - 1 :]} == {_FILE} else 0


def weight(siblings: Siblings) -> int:
    """How many entries of a batch they count as."""
    if len(siblings.listed) == 1:
        return 1
    if siblings.empty:
        return -(-len(siblings.listed) // _LIGHT)
    count = len(siblings.listed)
    light = [one[2] for one in siblings.listed].count(0)
    if not light:
        return count
    light = [one[1] for one in siblings.listed if not one[2]].count(_FILE)
    return count - light + -(-light // _LIGHT)


def _looked_at(seeming: Siblings) -> Siblings:
    """Files that seemed to be empty, with the facts that were not sent, as one of them is not."""
    found: list[Listed] = []
    for one in seeming.listed:
        facts = one
        with suppress(OSError):
            name, _, *rest = listing.facts(one[0], os.lstat(seeming.above + one[0]))
            facts = (name, _FILE, rest[0], rest[1], rest[2], rest[3])
        found.append(facts)
    return seeming._replace(listed=found)


def to_open(sent: Siblings | Packed) -> list[tuple[bytes, int]]:
    """Name and size of the entries that are opened: files, of the empty ones the first."""
    found, empty = [], False
    siblings = sent.siblings if isinstance(sent, Packed) else sent
    for place, listed in enumerate(siblings.listed):
        if listed[1] == _FILE and place not in siblings.met and not (empty and listed[2] == 0):
            found.append((listed[0], listed[2]))
            empty = empty or listed[2] == 0
    return found
