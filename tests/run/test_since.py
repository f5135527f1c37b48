"""Scans that go on from an earlier one: the same is found as by a scan of everything."""

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

from tests.reviewed import edited, planned, scanned, told
from tests.volumes import COMMAND, planted, vestige
from vestige import store as stores
from vestige.model import StoreError, UsageError
from vestige.run import since
from vestige.run.scan import scan
from vestige.store import values

RECIPES = ("broken-files", "dirty-headers", "kindred", "links-and-loops", "phantom-directory")


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files count as old at once: tests do not wait."""
    monkeypatch.setattr(since, "RACY_NS", -(10**15))


@pytest.fixture
def volume(tmp_path: Path) -> Path:
    planted("phantom-directory", tmp_path / "volume" / "first", seed=3)
    planted("dirty-headers", tmp_path / "volume" / "second", seed=4)
    return tmp_path / "volume"


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize("seed", range(2))
def test_after_any_edits_the_reports_are_those_of_a_full_scan(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - chance, not secrecy
    volume = tmp_path / "volume"
    for recipe in chance.sample(RECIPES, 3):
        planted(recipe, volume / recipe, seed=chance.randrange(99))
    asked = planned(volume, tmp_path)
    scanned(asked, tmp_path / "out0")
    for step in range(1, 4):
        edited(volume, chance, chance.randrange(8))
        review = scanned(asked, tmp_path / f"out{step}", tmp_path / f"out{step - 1}")
        scanned(asked, tmp_path / f"full{step}")
        assert told(tmp_path / f"out{step}") == told(tmp_path / f"full{step}")
        assert review.scan.coverage.carried > 0


@pytest.mark.usefixtures("at_once")
def test_of_a_renamed_directory_the_contents_are_carried_over(tmp_path: Path, volume: Path) -> None:
    asked = planned(volume, tmp_path)
    scanned(asked, tmp_path / "old")
    (volume / "second").rename(volume / "first" / "elsewhere")
    review = scanned(asked, tmp_path / "new", tmp_path / "old")
    scanned(asked, tmp_path / "full")
    files = sum(path.is_file() and path.suffix == ".dcm" for path in volume.rglob("*"))
    assert review.scan.coverage.carried >= files
    assert told(tmp_path / "new") == told(tmp_path / "full")


def test_what_was_written_while_it_was_read_is_read_again(tmp_path: Path, volume: Path) -> None:
    asked = planned(volume, tmp_path)
    scanned(asked, tmp_path / "old")
    review = scanned(asked, tmp_path / "new", tmp_path / "old")
    assert review.scan.coverage.carried == 0, "its files are no older than the scan"


@pytest.mark.usefixtures("at_once")
def test_a_clock_that_jumped_back_hides_no_change(tmp_path: Path, volume: Path) -> None:
    asked = planned(volume, tmp_path)
    scanned(asked, tmp_path / "old")
    file = max(volume.rglob("*.dcm"))
    size = file.stat().st_size
    data = file.read_bytes().replace(b"CT", b"MR")
    file.write_bytes(data[:size])
    os.utime(file, ns=(1, 1))
    with closing(sqlite3.connect(tmp_path / "old" / "scan.sqlite")) as database, database:
        database.execute("UPDATE scan SET value = '\"2999-01-01T00:00:00Z\"' WHERE key = 'started'")
    review = scanned(asked, tmp_path / "new", tmp_path / "old")
    scanned(asked, tmp_path / "full")
    assert review.scan.coverage.carried > 0
    assert told(tmp_path / "new") == told(tmp_path / "full")


@pytest.mark.usefixtures("at_once")
def test_values_that_did_not_count_count_once_others_are_gone(
    tmp_path: Path, volume: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(values, "VALUES_KEPT", 2)
    monkeypatch.setattr(since, "VALUES_KEPT", 2)
    asked = planned(volume, tmp_path)
    scanned(asked, tmp_path / "old")
    for path in sorted(volume.rglob("*.dcm"))[:6]:
        path.unlink()
    scanned(asked, tmp_path / "new", tmp_path / "old")
    scanned(asked, tmp_path / "full")
    assert told(tmp_path / "new") == told(tmp_path / "full")


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize(
    ("key", "says"),
    [("catalog", "rules, tables"), ("key", "another key"), ("version", "another version")],
)
def test_where_it_cannot_serve_all_is_read_and_it_is_said_why(
    tmp_path: Path, volume: Path, key: str, says: str
) -> None:
    asked = planned(volume, tmp_path)
    scanned(asked, tmp_path / "old")
    with closing(sqlite3.connect(tmp_path / "old" / "scan.sqlite")) as database, database:
        database.execute("UPDATE scan SET value = '\"other\"' WHERE key = ?", (key,))
    review = scanned(asked, tmp_path / "new", tmp_path / "old")
    assert review.scan.coverage.carried == 0
    assert review.scan.since is not None
    assert says in review.scan.since.anew


@pytest.mark.usefixtures("at_once")
def test_the_earlier_scan_is_never_changed_and_may_lie_where_nothing_can_be_written(
    tmp_path: Path, volume: Path
) -> None:
    asked = planned(volume, tmp_path)
    scanned(asked, tmp_path / "old")
    file = tmp_path / "old" / "scan.sqlite"
    before = file.read_bytes()
    file.chmod(0o400)
    (tmp_path / "old").chmod(0o500)
    try:
        review = scanned(asked, tmp_path / "new", tmp_path / "old")
    finally:
        (tmp_path / "old").chmod(0o700)
    assert review.scan.coverage.carried > 0
    assert file.read_bytes() == before
    assert sorted(path.name for path in (tmp_path / "old").glob("*sqlite*")) == ["scan.sqlite"]


def test_what_cannot_serve_is_refused_with_what_to_do_next(tmp_path: Path, volume: Path) -> None:
    asked = planned(volume, tmp_path)
    scanned(asked, tmp_path / "old")
    file = tmp_path / "old" / "scan.sqlite"

    def refused(path: Path, error: type[Exception], says: str) -> None:
        with pytest.raises(error, match=says):
            scan(replace(asked, out=tmp_path / "new", since=path), lambda _: None)
        assert not (tmp_path / "new" / "scan.sqlite").exists()

    refused(tmp_path / "missing", UsageError, "does not exist")
    text = tmp_path / "text"
    text.write_bytes(b"no database " * 400)
    refused(text, StoreError, "no scan file")
    cut = tmp_path / "cut"
    cut.write_bytes(file.read_bytes()[:9_000])
    refused(cut, StoreError, "damaged|cannot be read")
    foreign = tmp_path / "foreign"
    with closing(sqlite3.connect(foreign)) as database, database:
        database.execute("CREATE TABLE other (id)")
    refused(foreign, StoreError, "another database")
    for version, says in ((99, "newer Vestige"), (1, "older Vestige")):
        other = tmp_path / f"schema{version}"
        shutil.copy(file, other)
        with closing(sqlite3.connect(other)) as database, database:
            database.execute(f"PRAGMA user_version = {version}")
        refused(other, StoreError, says)
    with pytest.raises(UsageError, match="would write"):
        scan(replace(asked, out=tmp_path / "old", since=file, resume=True), lambda _: None)


def test_a_scan_that_is_being_written_or_was_interrupted_does_not_serve(
    tmp_path: Path, volume: Path
) -> None:
    asked = planned(volume, tmp_path)
    scanned(asked, tmp_path / "old")
    file = tmp_path / "old" / "scan.sqlite"
    going_on = replace(asked, out=tmp_path / "new", since=file)
    with closing(sqlite3.connect(file, timeout=0)) as database:
        database.execute("UPDATE scan SET value = '\"interrupted\"' WHERE key = 'state'")
        database.execute("PRAGMA locking_mode = EXCLUSIVE")
        database.commit()
        database.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreError, match="being written"):
            scan(going_on, lambda _: None)
    with pytest.raises(UsageError, match="--resume first"):
        scan(going_on, lambda _: None)


@pytest.mark.usefixtures("at_once")
def test_a_scan_that_was_interrupted_goes_on_with_what_it_carries_over(
    tmp_path: Path, volume: Path
) -> None:
    asked = planned(volume, tmp_path)
    scanned(asked, tmp_path / "old")
    max(volume.rglob("*.dcm")).unlink()
    out = tmp_path / "new"

    def interrupt(_progress: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        scan(replace(asked, out=out, since=tmp_path / "old"), interrupt)
    with pytest.raises(UsageError, match="other since"):
        scan(replace(asked, out=out, resume=True), lambda _: None)
    scanned(replace(asked, resume=True), out, tmp_path / "old")
    scanned(asked, tmp_path / "full")
    assert told(out) == told(tmp_path / "full")


def test_killed_at_any_moment_it_goes_on_to_the_same_report(tmp_path: Path, volume: Path) -> None:
    for path in volume.rglob("*"):
        os.utime(path, ns=(10**18, 10**18))
    vestige("scan", volume, "--out", tmp_path / "old", "--jobs", 1, home=tmp_path)
    max(volume.rglob("*.dcm")).unlink()
    environment = os.environ | {"XDG_DATA_HOME": os.fspath(tmp_path / "data")}
    given = ("scan", volume, "--since", tmp_path / "old", "--out", tmp_path / "new", "--jobs", "1")
    process = subprocess.Popen([*COMMAND, *map(str, given)], env=environment, cwd=tmp_path)
    while not (tmp_path / "new" / "scan.sqlite").exists() and process.poll() is None:
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()
    vestige(*given, "--resume", home=tmp_path)
    vestige("scan", volume, "--out", tmp_path / "full", "--jobs", 1, home=tmp_path)
    assert told(tmp_path / "new") == told(tmp_path / "full")


def test_only_what_lasts_has_a_content(tmp_path: Path, volume: Path) -> None:
    (volume / "gone.lst").write_text("0\n", encoding="utf-8")
    (volume / "empty.dcm").write_bytes(b"")
    asked = planned(volume, tmp_path)
    scanned(asked, tmp_path / "old")
    store = stores.Earlier.open(tmp_path / "old" / "scan.sqlite")
    with closing(store):
        root = next(one for one in store.directories() if not one.parent)
        assert b"empty.dcm" not in store.files(root.entry)


def test_a_full_disk_ends_with_what_to_do_and_leaves_the_earlier_scan(
    tmp_path: Path, volume: Path
) -> None:
    vestige("scan", volume, "--out", tmp_path / "old", "--jobs", 1, home=tmp_path)
    before = (tmp_path / "old" / "scan.sqlite").read_bytes()
    max(volume.rglob("*.dcm")).unlink()
    environment = os.environ | {"XDG_DATA_HOME": os.fspath(tmp_path / "data")}
    given = ("scan", volume, "--since", tmp_path / "old", "--out", tmp_path / "new", "--jobs", "1")
    limit = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (170_000, 170_000)); "
    command = [COMMAND[0], COMMAND[1], limit + COMMAND[2], *map(str, given)]
    done = subprocess.run(command, capture_output=True, check=False, cwd=tmp_path, env=environment)
    said = done.stderr.decode()
    assert done.returncode == 4, said
    assert "space" in said
    assert "Traceback" not in said
    assert (tmp_path / "old" / "scan.sqlite").read_bytes() == before
