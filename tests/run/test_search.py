import os
from pathlib import Path

from tests.correlate.test_hunt import KNOWN, MARKER
from tests.read.test_containers import zipped
from vestige.identity import Form
from vestige.model import Entry, Kind
from vestige.run.hunters import Hunted
from vestige.run.search import Searching, numbers, sources

FORMS = tuple(Form)


def searching() -> Searching:
    return Searching(KNOWN, MARKER, lambda word: word.lower() in {"ward", "txt"}, {})


def search(path: Path) -> Hunted:
    s = path.lstat()
    kind = Kind.FILE if path.is_file() else Kind.DIRECTORY
    name = os.fsencode(path.name)
    entry = Entry(7, 1, name, os.fsencode(path), kind, s.st_size, s.st_mtime_ns, 0, s.st_ino)
    return searching().search((entry,))


def test_a_person_is_told_once_in_the_most_telling_form(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("Quintero, Quintero Ana, QUINTERO")
    (seen,) = search(path).seen
    assert (seen.entry, FORMS[seen.form], seen.strong) == (7, Form.NAMES, True)
    assert (seen.what, seen.way, seen.member) == ("text files", "bytes", "")


def test_members_are_told_masked_and_no_known_word_is_shown(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(zipped(**{"ward/Quintero.txt": b"QUINTERO ANA"}))
    found = [one for one in search(path).seen if one.member]
    assert found
    assert all("uintero" not in one.member for one in found)
    assert any("ward" in one.member for one in found)


def test_what_cannot_be_read_is_a_problem(tmp_path: Path) -> None:
    path = tmp_path / "gone"
    path.write_bytes(b"x")
    entry = Entry(9, 1, b"gone", os.fsencode(path), Kind.FILE, 1, 0, 0, 0)
    path.unlink()
    found = searching().search((entry,))
    assert [(p.entry, p.code) for p in found.problems] == [(9, "vanished")]
    assert found.files == 0


def test_every_source_has_a_place_among_all() -> None:
    every = sources(KNOWN)
    assert len(every) == len(numbers(KNOWN)) == 4
