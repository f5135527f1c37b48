"""The name of an entry, and the target of a link, as observations."""

import errno
import os
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
    problems: tuple[Problem, ...] = ()


def read(entry: Entry) -> Named:
    """The entry's own name; of a link also its target, or the problem that kept it unread.

    Bytes that are no text in the file system's encoding stay as surrogate escapes, so that the
    rest of the name is judged.
    """
    own = Observation(NAME, Sensitive(os.fsdecode(entry.name)))
    if entry.kind is not Kind.LINK:
        return Named((own,))
    target = _target(entry)
    if isinstance(target, Problem):
        return Named((own,), (target,))
    return Named((own, target))


def _target(entry: Entry) -> Observation | Problem:
    try:
        target = os.readlink(entry.path)
    except OSError as error:
        reason = errno.errorcode.get(error.errno or 0, "unknown error")
        return Problem(entry.id, Stage.READ, _CODES.get(error.errno or 0, "io-error"), reason)
    except ValueError:
        return Problem(entry.id, Stage.READ, "vanished", "its name is none that can be opened")
    return Observation(TARGET, Sensitive(os.fsdecode(target)))
