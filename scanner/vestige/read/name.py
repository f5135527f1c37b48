"""The name of an entry, and the target of a link, as observations."""

import errno
import os
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from vestige.model import Entry, Kind, Observation, Place, Problem, Where
from vestige.read.charset import DEFAULT
from vestige.read.unreadable import Unreadable
from vestige.read.ways import Way
from vestige.sensitive import Sensitive
from vestige.text import readings

NAME = Place(Where.PATH, "name")
TARGET = Place(Where.PATH, "link target")


def read(way: Way, name: bytes) -> tuple[Observation, ...]:
    """A name as observations: one whose bytes are no UTF-8 once for each encoding it may be in."""
    return tuple(Observation(way.place, Sensitive(text)) for text in readings(name))


class Ways(NamedTuple):
    """How names are read, and the targets of links."""

    name: Way
    target: Way


ANYWHERE = Ways(Way(read, NAME, DEFAULT), Way(read, TARGET, DEFAULT))
IN_SOFTWARE = Ways(*(way._replace(place=replace(way.place, software=True)) for way in ANYWHERE))
WAY, TARGET_WAY = ANYWHERE


def target(entry: Entry) -> bytes | Problem:
    """The target of a link, or the problem that kept it unread."""
    try:
        return os.readlink(entry.path)
    except OSError as error:
        return _refused(error).problem(entry)


def observations(entry: Entry) -> Iterator[Observation | Problem]:
    """The entry's own name; of a link also its target, or the problem that kept it unread."""
    yield from WAY.observed(entry.name)
    if entry.kind is Kind.LINK:
        found = target(entry)
        yield from (found,) if isinstance(found, Problem) else TARGET_WAY.observed(found)


def _refused(error: OSError) -> Unreadable:
    """Why a target was not read; what is no link any more is an invalid argument of readlink."""
    if error.errno == errno.EINVAL:
        return Unreadable("replaced", "it is no link any more")
    return Unreadable.of(error)
