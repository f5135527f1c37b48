"""The name of an entry, and the target of a link, as observations."""

import errno
import os
from collections.abc import Iterator
from dataclasses import dataclass

from vestige.model import Entry, Kind, Observation, Place, Problem, Sensitive, Stage, Where

NAME = Place(Where.PATH, "name")
TARGET = Place(Where.PATH, "link target")

_CODES = {
    errno.EACCES: "permission",
    errno.EPERM: "permission",
    errno.ENOENT: "vanished",
    errno.ENOTDIR: "vanished",
    errno.EINVAL: "replaced",
    errno.ENAMETOOLONG: "path-too-long",
}


@dataclass(frozen=True, slots=True)
class Named:
    """What the name of an entry, and the target of a link, give."""

    observations: tuple[Observation, ...]
    problems: tuple[Problem, ...]


def read(entry: Entry) -> Named:
    """The observations and problems of an entry's name, apart."""
    found = tuple(observations(entry))
    return Named(
        tuple(one for one in found if isinstance(one, Observation)),
        tuple(one for one in found if isinstance(one, Problem)),
    )


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
        reason = errno.errorcode.get(error.errno or 0, "unknown error")
        return Problem(entry.id, Stage.READ, _CODES.get(error.errno or 0, "io-error"), reason)
    return Observation(TARGET, Sensitive(os.fsdecode(target)))
