"""The name of an entry, and the target of a link, as observations."""

import errno
import os
from collections.abc import Iterator

from vestige.model import Entry, Kind, Observation, Place, Problem, Sensitive, Where
from vestige.read.unreadable import Unreadable

NAME = Place(Where.PATH, "name")
TARGET = Place(Where.PATH, "link target")


def observations(entry: Entry) -> Iterator[Observation | Problem]:
    """The entry's own name; of a link also its target, or the problem that kept it unread.

    Bytes that are no text in the file system's encoding stay as surrogate escapes, so that the
    rest of the name is judged.
    """
    yield Observation(NAME, Sensitive(os.fsdecode(entry.name)))
    if entry.kind is Kind.LINK:
        yield _target(entry)


def _target(entry: Entry) -> Observation | Problem:
    try:
        target = os.readlink(entry.path)
    except OSError as error:
        return _refused(error).problem(entry)
    return Observation(TARGET, Sensitive(os.fsdecode(target)))


def _refused(error: OSError) -> Unreadable:
    """Why a target was not read; what is no link any more is an invalid argument of readlink."""
    if error.errno == errno.EINVAL:
        return Unreadable("replaced", "it is no link any more")
    return Unreadable.of(error)
