"""Files held: what is judged is what is digested."""

import hashlib
import multiprocessing
import os
import time
from dataclasses import replace
from pathlib import Path

import pytest

from tests.account import DIRTY
from tests.volumes import planted
from vestige import catalog, walk
from vestige.read import held
from vestige.read.file import Folder, Source
from vestige.read.held import BLOCK, WHOLE, Hold
from vestige.read.unreadable import Unreadable
from vestige.run.causes import Cause
from vestige.run.examine import Examiner
from vestige.run.repeated import Outcome
from vestige.walk import Siblings

CATALOG, KEY = catalog.load(), b"k" * 32
NAME = b"Probe^Paula"
LONG = WHOLE + 3 * BLOCK + 17


def long_bytes(size: int = LONG) -> bytes:
    return hashlib.shake_256(b"vestige").digest(size)


def groups(volume: Path) -> list[Siblings]:
    events = walk.walk([os.fsencode(volume)])
    return [event for event in events if isinstance(event, Siblings)]


def examiner(readers: int = 0, *, hold: bool = True) -> Examiner:
    policy = catalog.policy("gdpr")
    return Examiner(CATALOG, policy, KEY, readers, hold=Hold() if hold else None)


@pytest.mark.parametrize("readers", [0, 3])
def test_every_file_has_the_digest_of_its_bytes(tmp_path: Path, readers: int) -> None:
    volume = tmp_path / "v"
    (volume / "a").mkdir(parents=True)
    for number in range(6):
        (volume / "a" / f"{number}.dcm").write_bytes(DIRTY + bytes(2 * number))
        (volume / f"empty{number}").touch()
    (volume / "long").write_bytes(long_bytes())
    (volume / "block").write_bytes(long_bytes(BLOCK))
    (volume / "link").symlink_to("long")
    os.mkfifo(volume / "pipe")
    met = groups(volume)
    examined = examiner(readers).examine(met)
    files = {e.id: e.path for one in met for e in one.entries() if e.kind.value == "file"}
    told = {one.entry: (one.size, one.digest) for one in examined.digests}
    assert told == {
        number: (
            os.path.getsize(path),
            hashlib.sha256(Path(os.fsdecode(path)).read_bytes()).digest(),
        )
        for number, path in files.items()
    }
    assert len(told) == 14


@pytest.mark.parametrize("recipe", ["demo", "private-tags", "odd-encodings", "broken-files"])
@pytest.mark.parametrize("readers", [0, 2])
def test_holding_changes_nothing_of_what_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, recipe: str, readers: int
) -> None:
    planted(recipe, tmp_path / "v")
    for number in range(20):
        (tmp_path / "v" / f"{number:02}.dcm").write_bytes(DIRTY + bytes(number % 3))
    met = groups(tmp_path / "v")
    plain = examiner(hold=False).examine(met)
    assert plain.digests == ()
    for whole in (WHOLE, 700):
        # Files of more than 700 bytes are long ones then, read by blocks.
        monkeypatch.setattr(held, "WHOLE", whole)
        monkeypatch.setattr(held, "BLOCK", 512)
        kept = examiner(readers).examine(met)
        assert replace(kept, digests=()) == plain
        assert len(kept.digests) == sum(facts[1] == "file" for one in met for facts in one.listed)


def opened(path: Path) -> tuple[Hold, Source]:
    entry = groups(path.parent)[-1].entry(0)
    hold = Hold()
    return hold, hold.opened(entry, 16)


def test_what_is_read_is_what_was_digested_though_the_file_is_another_now(tmp_path: Path) -> None:
    path = tmp_path / "short"
    path.write_bytes(b"first" * 1000)
    _, source = opened(path)
    with path.open("r+b") as stream:
        stream.write(b"other" * 1000)
    assert source.read(0, 6000) == b"first" * 1000
    assert source.read(4998, 100) == b"st"
    source.close()


def test_other_bytes_of_a_long_file_are_never_given(tmp_path: Path) -> None:
    path = tmp_path / "long"
    data = long_bytes()
    path.write_bytes(data)
    facts = path.stat()
    hold, source = opened(path)
    assert source.read(BLOCK - 3, BLOCK + 10) == data[BLOCK - 3 : 2 * BLOCK + 7]
    assert source.read(LONG - 5, 100) == data[-5:]
    assert source.read(LONG + 5, 100) == b""
    assert source.problem is None
    with path.open("r+b") as stream:
        stream.seek(5 * BLOCK + 1)
        stream.write(b"x")
    os.utime(path, ns=(facts.st_atime_ns, facts.st_mtime_ns))
    assert source.read(5 * BLOCK, 10) == b""
    entry = groups(tmp_path)[-1].entry(0)
    assert source.problem is not None
    assert source.problem.code == "changed"
    assert source.changed(entry) is not None
    listed = groups(tmp_path)[-1]
    assert hold.taken(listed.above, listed.first, listed.listed) == []
    source.close()


def test_a_time_of_modification_put_back_does_not_hide_a_change(tmp_path: Path) -> None:
    path = tmp_path / "short"
    path.write_bytes(b"first")
    entry, facts = groups(tmp_path)[-1].entry(0), path.stat()
    path.write_bytes(b"other")
    os.utime(path, ns=(facts.st_atime_ns, facts.st_mtime_ns))
    source = Hold().opened(entry, 16)
    problem = source.changed(entry)
    assert problem is not None
    assert problem.code == "changed"
    source.close()


@pytest.mark.parametrize("there", ["grows", "shrinks"])
def test_a_file_that_keeps_not_still_has_no_digest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: str
) -> None:
    path = tmp_path / "busy"
    path.write_bytes(long_bytes(3 * BLOCK))
    plain = held._read

    def meanwhile(descriptor: int, offset: int, length: int) -> bytes:
        if offset == BLOCK:
            os.truncate(path, 4 * BLOCK if there == "grows" else BLOCK)
        return plain(descriptor, offset, length)

    monkeypatch.setattr(held, "_read", meanwhile)
    entry = groups(tmp_path)[-1].entry(0)
    with pytest.raises(Unreadable, match="changed"):
        Hold().opened(entry, 16)


def test_a_file_said_to_be_empty_is_believed_only_when_it_was_opened(tmp_path: Path) -> None:
    (tmp_path / "a").touch()
    (tmp_path / "b").touch()
    met = groups(tmp_path)[-1]
    (tmp_path / "b").write_bytes(b"not empty")
    hold = Hold()
    assert [one.entry for one in hold.taken(met.above, met.first, met.listed)] == [met.first]
    assert hold.taken(met.above, met.first, met.listed, {0, 1}) == []


def test_what_is_no_regular_file_has_no_digest(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "file").write_bytes(b"abc")
    hold = Hold()
    with hold.folder(os.fsencode(tmp_path) + b"/", 1) as folder:
        assert held.sha256(folder, b"file") == (3, hashlib.sha256(b"abc").digest())
        for name in (b"pipe", b"gone"):
            with pytest.raises(Unreadable):
                held.sha256(folder, name)
    assert isinstance(folder, Folder)


def test_what_is_said_is_of_the_bytes_that_were_digested_whoever_writes(tmp_path: Path) -> None:
    clean = DIRTY.replace(NAME, b" " * len(NAME))
    assert clean != DIRTY
    assert len(clean) == len(DIRTY)
    path = tmp_path / "v" / "busy.dcm"
    path.parent.mkdir()
    path.write_bytes(DIRTY)
    kinds = {hashlib.sha256(DIRTY).digest(): True, hashlib.sha256(clean).digest(): False}
    writer = multiprocessing.get_context("fork").Process(
        target=rewriting, args=(path, (clean, DIRTY)), daemon=True
    )
    writer.start()
    judged: list[bool] = []
    named: set[int] = set()
    sets: dict[int, tuple[int, ...]] = {}
    outcomes: dict[int, Outcome] = {}
    one = examiner()
    try:
        for examined in (one.examine(groups(path.parent)) for _ in range(3_000)):
            named |= {
                number
                for number, cause in examined.causes.items()
                if isinstance(cause, Cause) and cause.claim.rule == "elements/direct-identifier"
            }
            sets.update(examined.sets)
            outcomes.update(examined.outcomes)
            said = (sets[outcomes[code].findings] for code in set(examined.codes))
            found = any(cause in named for causes in said for cause in causes)
            for digest in examined.digests:
                if digest.digest in kinds:
                    assert found == kinds[digest.digest]
                    judged.append(found)
            if len(judged) >= 200 and len(set(judged)) > 1:
                break
    finally:
        writer.kill()
        writer.join()
    assert set(judged) == {True, False}


def rewriting(path: Path, contents: tuple[bytes, ...]) -> None:
    """Writes each content over the file in place, again and again."""
    with path.open("r+b", buffering=0) as stream:
        while True:
            for content in contents:
                os.pwrite(stream.fileno(), content, 0)
                time.sleep(0.002)
