"""Met: what the walk alone knows of entries, before anybody has looked into them."""

from dataclasses import dataclass
from functools import lru_cache

from vestige.listing import Listing
from vestige.model import Problem, Stage, State

SPECIAL = "special-file"
OTHER_FILE_SYSTEM = "other-file-system"
LOOP = "loop"


@dataclass(frozen=True, slots=True)
class Met:
    """The state that the walk alone gives an entry; `reason` says why one is skipped.

    `owner` is the number of the user whose a directory is, if it was listed without a problem.
    """

    state: State
    reason: str = ""
    problem: Problem | None = None
    owner: int | None = None


def refused(number: int, code: str) -> Met:
    """An entry that stood in a listing, and of which the system refused to tell more."""
    detail = "it was listed, but the system says no more of it"
    return Met(State.UNREADABLE, "", Problem(number, Stage.WALK, code, detail))


def replaced(number: int, detail: str) -> Met:
    """An entry that is of another kind than when it was listed."""
    return Met(State.UNREADABLE, "", Problem(number, Stage.WALK, "replaced", detail))


@lru_cache(maxsize=1024)
def listed(owner: int) -> dict[int, Met]:
    """A directory that was listed and comes alone: the same for all of one owner."""
    return {0: Met(State.READ, owner=owner)}


def directory(number: int, skip: str, names: Listing, owner: int) -> dict[int, Met]:
    """A directory, which comes alone; `skip` says why it was not entered, "" if it was."""
    if skip == LOOP:
        problem = Problem(number, Stage.WALK, LOOP, "the directory is one of its own parents")
        return {0: Met(State.UNREADABLE, "", problem)}
    if skip:
        return {0: Met(State.SKIPPED, skip)}
    if not names.code:
        return listed(owner)
    problem = Problem(number, Stage.WALK, names.code, names.detail)
    partly = bool(names.others or names.folders)
    return {0: Met(State.PARTLY if partly else State.UNREADABLE, "", problem)}
