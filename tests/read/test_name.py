import os
from pathlib import Path

import pytest

from vestige.model import Entry, Kind, Observation, Problem
from vestige.read.name import NAME, TARGET, observations


def entry(path: bytes, kind: Kind) -> Entry:
    return Entry(9, 1, os.path.basename(path), path, kind, 0, 0, 0, 0)


@pytest.mark.parametrize("kind", [Kind.FILE, Kind.DIRECTORY, Kind.SPECIAL])
def test_an_entry_gives_its_own_name_once(kind: Kind) -> None:
    (seen,) = observations(entry(b"/export/Probe^Paula", kind))
    assert isinstance(seen, Observation)
    assert seen.place is NAME
    assert seen.text.reveal() == "Probe^Paula"


def test_bytes_that_are_no_utf_8_are_read_as_older_encodings() -> None:
    (seen,) = observations(entry(b"/export/Probe_N\xfa\xf1ez", Kind.FILE))
    assert isinstance(seen, Observation)
    assert seen.text.reveal() == "Probe_N\u00fa\u00f1ez"
    native = "\u5c71\u7530\u592a\u90ce"
    found = list(observations(entry(b"/export/" + native.encode("shift_jis"), Kind.FILE)))
    assert native in [o.text.reveal() for o in found if isinstance(o, Observation)]


def test_a_link_gives_its_target_too(tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to("/archive/Probe^Paula")
    found = list(observations(entry(os.fsencode(link), Kind.LINK)))
    assert [(o.place, o.text.reveal()) for o in found if isinstance(o, Observation)] == [
        (NAME, "link"),
        (TARGET, "/archive/Probe^Paula"),
    ]


def test_a_link_that_cannot_be_read_is_a_problem_beside_its_name(tmp_path: Path) -> None:
    gone = entry(os.fsencode(tmp_path / "gone"), Kind.LINK)
    name, problem = observations(gone)
    assert isinstance(name, Observation)
    assert isinstance(problem, Problem)
    assert (problem.entry, problem.code) == (9, "vanished")
    assert problem.detail == "it is not there any more"
    (tmp_path / "file").write_bytes(b"")
    _, problem = observations(entry(os.fsencode(tmp_path / "file"), Kind.LINK))
    assert isinstance(problem, Problem)
    assert (problem.code, problem.detail) == ("replaced", "it is no link any more")
