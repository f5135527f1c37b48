"""What the walk alone knows of entries."""

import os
from pathlib import Path

from vestige import met
from vestige.listing import Listing
from vestige.model import Problem, Stage, State
from vestige.walk import Siblings, roots, walk


def test_directories_that_were_listed_tell_whose_they_are(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "file").touch()
    groups = [event for event in walk(roots([tmp_path])) if isinstance(event, Siblings)]
    folders = [one.met for one in groups if one.met]
    assert folders == [met.listed(os.getuid())] * 3
    assert all(one is folders[0] for one in folders)
    assert met.listed(4711)[0].owner == 4711


def test_what_is_amiss_with_a_directory_is_told_with_what_was_seen() -> None:
    def told(skip: str, names: Listing) -> tuple[State, str, str, int | None]:
        (one,) = met.directory(7, skip, names, 4711).values()
        return one.state, one.reason, one.problem.code if one.problem else "", one.owner

    refused = Listing(code="permission", detail="the directory cannot be opened")
    broken = Listing([b"a"], code="io-error", detail="the listing broke off")
    assert told("", Listing()) == (State.READ, "", "", 4711)
    assert told("", refused) == (State.UNREADABLE, "", "permission", None)
    assert told("", broken) == (State.PARTLY, "", "io-error", None)
    assert told(met.LOOP, Listing()) == (State.UNREADABLE, "", met.LOOP, None)
    assert told(met.OTHER_FILE_SYSTEM, Listing()) == (
        *(State.SKIPPED, met.OTHER_FILE_SYSTEM),
        *("", None),
    )


def test_what_was_refused_or_replaced_cannot_be_read() -> None:
    gone = met.refused(7, "vanished")
    assert (gone.state, gone.reason) == (State.UNREADABLE, "")
    assert gone.problem is not None
    assert (gone.problem.entry, gone.problem.stage) == (7, Stage.WALK)
    assert gone.problem.code == "vanished"
    assert met.replaced(7, "it is none").problem == Problem(7, Stage.WALK, "replaced", "it is none")
