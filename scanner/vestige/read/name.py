"""The name of an entry, and the target of a link, as observations."""

import errno
import os
from collections.abc import Iterator

from vestige.model import Entry, Kind, Observation, Place, Problem, Where
from vestige.read.unreadable import Unreadable
from vestige.sensitive import Sensitive
from vestige.text import readings

NAME = Place(Where.PATH, "name")
TARGET = Place(Where.PATH, "link target")


def observations(entry: Entry) -> Iterator[Observation | Problem]:
    """The entry's own name; of a link also its target, or the problem that kept it unread.

    A name whose bytes are no UTF-8 comes once for each encoding in which it may be written.
    """
    yield from (Observation(NAME, Sensitive(text)) for text in readings(entry.name))
    if entry.kind is Kind.LINK:
        yield from _target(entry)


def _target(entry: Entry) -> Iterator[Observation | Problem]:
    try:
        target = os.readlink(entry.path)
    except OSError as error:
        yield _refused(error).problem(entry)
        return
    yield from (Observation(TARGET, Sensitive(text)) for text in readings(target))


def _refused(error: OSError) -> Unreadable:
    """Why a target was not read; what is no link any more is an invalid argument of readlink."""
    if error.errno == errno.EINVAL:
        return Unreadable("replaced", "it is no link any more")
    return Unreadable.of(error)
