"""Scans with --paranoid: what changed is told by the digests of contents, not by times."""

import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from tests.reviewed import OLD, edited, planned, scanned, told
from tests.volumes import COMMAND, planted, vestige
from vestige.carried import Carried
from vestige.read.compared import Comparing, by_xxh3
from vestige.read.file import Folder
from vestige.run.compared import compared
from vestige.run.plan import Plan
from vestige.run.scan import scan
from vestige.walk import Siblings

RECIPES = ("broken-files", "dirty-headers", "links-and-loops", "phantom-directory")
KNOWN = Carried(7, 3, dicom=True, reason="", partly=False, instance=0, account=1, extra="")

NAME = b"\x10\x00\x10\x00PN"
"""Where Patient's Name begins in a file of explicit VR."""


@pytest.fixture
def volume(tmp_path: Path) -> Path:
    planted("dirty-headers", tmp_path / "volume" / "first", seed=4)
    made = tmp_path / "volume"
    for path in made.rglob("*"):
        os.utime(path, ns=(OLD, OLD))
    return made


def asked_for(volume: Path, home: Path) -> Plan:
    return planned(volume, home, paranoid=True)


def tampered(volume: Path) -> Path:
    """A file in which another name stands, with the times and the inode that it had."""
    named = {path: path.read_bytes().find(NAME) for path in sorted(volume.rglob("*.dcm"))}
    file, at = next((path, at) for path, at in named.items() if at > 0)
    before, data = file.stat(), bytearray(file.read_bytes())
    length = int.from_bytes(data[at + 6 : at + 8], "little")
    data[at + 8 : at + 8 + length] = b"Quintanilla^Rosamunda^Ines".ljust(length)[:length]
    assert data != file.read_bytes()
    with file.open("r+b") as stream:
        stream.write(data)
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert file.stat().st_mtime_ns == before.st_mtime_ns
    assert file.stat().st_ino == before.st_ino
    return file


def lying(scan_file: Path, changed: Path) -> None:
    """Let the earlier scan have met the time of change that a file has now.

    Nobody can set that time, but file systems lie: so it looks where one does.
    """
    facts = changed.stat()
    with closing(sqlite3.connect(scan_file)) as database, database:
        query = "UPDATE entry SET ctime_ns = ? WHERE inode = ? AND size = ?"
        done = database.execute(query, (facts.st_ctime_ns, facts.st_ino, facts.st_size))
        assert done.rowcount == 1
        database.execute("UPDATE scan SET value = '\"2999-01-01T00:00:00Z\"' WHERE key = 'started'")


def test_what_was_edited_in_place_with_its_times_put_back_is_found(
    tmp_path: Path, volume: Path
) -> None:
    asked = asked_for(volume, tmp_path)
    scanned(asked, tmp_path / "old")
    lying(tmp_path / "old" / "scan.sqlite", tampered(volume))
    scanned(replace(asked, paranoid=False), tmp_path / "full")
    by_times = scanned(replace(asked, paranoid=False), tmp_path / "times", tmp_path / "old")
    by_digest = scanned(asked, tmp_path / "digest", tmp_path / "old")
    assert by_digest.scan.coverage.carried == by_times.scan.coverage.carried - 1
    assert told(tmp_path / "digest") == told(tmp_path / "full")
    assert told(tmp_path / "times") != told(tmp_path / "full"), "times alone do not tell"


def test_what_was_touched_or_copied_to_another_disk_is_carried_over(
    tmp_path: Path, volume: Path
) -> None:
    asked = asked_for(volume, tmp_path)
    scanned(asked, tmp_path / "old")
    volume.rename(tmp_path / "before")
    shutil.copytree(tmp_path / "before", volume, symlinks=True)
    review = scanned(asked, tmp_path / "new", tmp_path / "old")
    scanned(asked, tmp_path / "full")
    files = sum(path.suffix == ".dcm" for path in volume.rglob("*"))
    assert review.scan.coverage.carried >= files
    assert told(tmp_path / "new") == told(tmp_path / "full")
    by_times = scanned(replace(asked, paranoid=False), tmp_path / "times", tmp_path / "old")
    assert by_times.scan.coverage.carried == 0


@pytest.mark.parametrize("seed", range(2))
def test_after_any_edits_the_reports_are_those_of_a_full_scan(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - chance, not secrecy
    volume = tmp_path / "volume"
    for recipe in chance.sample(RECIPES, 2):
        planted(recipe, volume / recipe, seed=chance.randrange(99))
    asked = asked_for(volume, tmp_path)
    scanned(asked, tmp_path / "out0")
    for step in range(1, 3):
        edited(volume, chance, chance.randrange(8))
        review = scanned(asked, tmp_path / f"out{step}", tmp_path / f"out{step - 1}")
        scanned(replace(asked, paranoid=False), tmp_path / f"full{step}")
        assert told(tmp_path / f"out{step}") == told(tmp_path / f"full{step}")
        assert review.scan.coverage.carried > 0


def digests(out: Path) -> int:
    with closing(sqlite3.connect(out / "scan.sqlite")) as database:
        return int(database.execute("SELECT count(*) FROM content_xxh3").fetchone()[0])


def test_where_no_digests_were_kept_all_is_read_and_said_and_kept_for_the_next(
    tmp_path: Path, volume: Path
) -> None:
    asked = asked_for(volume, tmp_path)
    scanned(replace(asked, paranoid=False), tmp_path / "old")
    assert digests(tmp_path / "old") == 0
    given = ("scan", volume, "--paranoid", "--jobs", 2, "--key", tmp_path / "key", "--out")
    ran = vestige(*given, tmp_path / "new", "--since", tmp_path / "old", home=tmp_path)
    assert "kept no digests" in " ".join(ran.text.split())
    assert digests(tmp_path / "new") == sum(path.is_file() for path in volume.rglob("*"))
    with closing(sqlite3.connect(tmp_path / "new" / "scan.sqlite")) as database, database:
        # All files are older than that scan: without --paranoid the short way would be taken.
        database.execute("UPDATE scan SET value = '\"2999-01-01T00:00:00Z\"' WHERE key = 'started'")
    ran = vestige(*given, tmp_path / "next", "--since", tmp_path / "new", home=tmp_path)
    assert "by the digests of their contents" in " ".join(ran.text.split())
    assert digests(tmp_path / "next") == digests(tmp_path / "new")
    scan_of = json.loads((tmp_path / "next" / "summary.json").read_bytes())
    assert scan_of["scan"]["since"]["by_digest"] is True
    assert scan_of["coverage"]["carried"] > 0
    assert told(tmp_path / "next") == told(tmp_path / "new")


def test_what_cannot_be_read_or_is_gone_has_no_digest_and_is_tried_again(
    tmp_path: Path, volume: Path
) -> None:
    asked = asked_for(volume, tmp_path)
    first = min(volume.rglob("*.dcm"))
    second = first.with_name("second.dcm")
    shutil.copy(first, second)
    size, raw = first.stat().st_size, by_xxh3(asked.key).block(first.read_bytes())
    listed = [(os.fsencode(one.name), "file", size, 0, 0, 0) for one in (first, second)]
    comparing, above = Comparing(asked.key), os.fsencode(first.parent) + b"/"
    scanned(asked, tmp_path / "old")
    known = dict.fromkeys((0, 1), KNOWN._replace(digest=raw))
    siblings = Siblings(1, 0, above, listed, {}, 0.0, carried=known)
    with comparing.folder(above, 2) as folder:
        assert compared(siblings, folder) == siblings
        first.unlink()
        assert list(compared(siblings, folder).carried) == [1]
        second.unlink()
        assert not compared(siblings, folder).carried
        first.mkdir()
        assert not compared(siblings, folder).carried
        without = {1: KNOWN}
        assert not compared(siblings._replace(carried=without), folder).carried
    with Folder(above, 2) as folder:
        assert compared(siblings, folder) is siblings, "times decided"
    scanned(asked, tmp_path / "new", tmp_path / "old")
    scanned(replace(asked, paranoid=False), tmp_path / "full")
    assert told(tmp_path / "new") == told(tmp_path / "full")


def test_killed_at_any_moment_it_goes_on_with_digests_to_the_same_report(
    tmp_path: Path, volume: Path
) -> None:
    planted("phantom-directory", volume / "second", seed=3)
    vestige("scan", volume, "--paranoid", "--out", tmp_path / "old", "--jobs", 1, home=tmp_path)
    tampered(volume)
    environment = os.environ | {"XDG_DATA_HOME": os.fspath(tmp_path / "data")}
    given = ("scan", volume, "--since", tmp_path / "old", "--out", tmp_path / "new", "--paranoid")
    process = subprocess.Popen([*COMMAND, *map(str, given)], env=environment, cwd=tmp_path)
    while not (tmp_path / "new" / "scan.sqlite").exists() and process.poll() is None:
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()
    vestige(*given, "--resume", home=tmp_path)
    vestige("scan", volume, "--out", tmp_path / "full", "--jobs", 1, home=tmp_path)
    assert told(tmp_path / "new") == told(tmp_path / "full")
    assert digests(tmp_path / "new") == sum(path.is_file() for path in volume.rglob("*"))


def test_interrupted_it_keeps_the_digests_of_what_was_judged(tmp_path: Path, volume: Path) -> None:
    asked = asked_for(volume, tmp_path)
    out = tmp_path / "new"

    def interrupt(_progress: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        scan(replace(asked, out=out), interrupt)
    with pytest.raises(Exception, match="other paranoid"):
        scan(replace(asked, out=out, resume=True, paranoid=False), lambda _: None)
    scanned(replace(asked, resume=True), out)
    scanned(asked, tmp_path / "full")
    assert told(out) == told(tmp_path / "full")
    assert digests(out) == digests(tmp_path / "full") > 0
