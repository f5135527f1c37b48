"""Two scans compared: what is new, gone, moved, grown, as it was, and not seen."""

import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from tests.reviewed import planned, scanned
from tests.volumes import planted
from vestige.comparison import Change, Comparison
from vestige.model import Band, UsageError
from vestige.run.compare import compare


@pytest.fixture
def volume(tmp_path: Path) -> Path:
    planted("phantom-directory", tmp_path / "volume" / "first", seed=3)
    planted("private-tags", tmp_path / "volume" / "second", seed=4)
    scanned(planned(tmp_path / "volume", tmp_path), tmp_path / "old")
    return tmp_path / "volume"


def compared(volume: Path, decided: dict[str, Change] | None = None) -> Comparison:
    home = volume.parent
    if not (home / "new").exists():
        scanned(planned(volume, home), home / "new")
    return compare(home / "old", home / "new", None, decided)


def changes(found: Comparison) -> dict[str, int]:
    return {change: count for change, count in found.counts.items() if count}


def test_of_the_same_tree_all_persists(volume: Path) -> None:
    found = compared(volume)
    assert changes(found) == {"persisting": len(found.rows)}
    assert (found.exit_code, found.gaps, found.caveats) == (0, (), ())


def test_a_new_phantom_directory_is_new_and_stops(volume: Path) -> None:
    planted("phantom-directory", volume / "third", seed=9)
    found = compared(volume)
    new = [row for row in found.of(Change.NEW) if row.rule == "tree/phantom-directory"]
    assert new
    assert found.exit_code == 1
    assert compare(volume.parent / "new", volume.parent / "old").of(Change.GONE)


def test_a_value_more_at_a_known_place_has_grown(volume: Path) -> None:
    planted("private-tags", volume / "second" / "again", seed=11)
    found = compared(volume)
    grown = found.of(Change.GROWN)
    assert any(row.more for row in grown)
    assert found.exit_code == 1


def test_what_is_gone_is_gone_and_stops_nothing(volume: Path) -> None:
    shutil.rmtree(volume / "first")
    found = compared(volume)
    assert set(changes(found)) == {"persisting", "gone"}
    assert found.exit_code == 0


def test_a_renamed_directory_has_moved_what_lies_in_it(volume: Path) -> None:
    (volume / "first").rename(volume / "second" / "renamed")
    found = compared(volume)
    moved = {row.rule for row in found.of(Change.MOVED)}
    assert "tree/phantom-directory" in moved
    assert set(changes(found)) <= {"moved", "persisting"}
    assert found.exit_code == 0


def test_what_could_not_be_looked_at_is_not_seen_and_never_gone(volume: Path) -> None:
    scanned(planned(volume, volume.parent), volume.parent / "new")
    with closing(sqlite3.connect(volume.parent / "new" / "scan.sqlite")) as database, database:
        first = database.execute("SELECT id FROM entry WHERE name = ?", (b"first",)).fetchone()[0]
        last = database.execute("SELECT last FROM folder WHERE id = ?", (first,)).fetchone()[0]
        database.execute("DELETE FROM entry WHERE id > ? AND id <= ?", (first, last))
        database.execute("DELETE FROM family")
        database.execute("DELETE FROM family_member")
        database.execute("INSERT INTO outcome VALUES (9999, 'unreadable', '', 0, 0, 0, 0, 0)")
        database.execute("UPDATE entry SET outcome = 9999 WHERE id = ?", (first,))
    found = compared(volume)
    lost = [row for row in found.rows if row.rule == "tree/phantom-directory"]
    assert [row.change for row in lost] == [Change.UNSEEN]
    assert not found.of(Change.GONE)


def test_a_volume_that_is_not_mounted_has_lost_nothing(volume: Path) -> None:
    volume.rename(volume.parent / "away")
    volume.mkdir()
    found = compared(volume)
    assert set(changes(found)) == {"not seen"}
    assert found.exit_code == 3
    assert any("unmounted" in gap for gap in found.gaps)


def test_what_was_accepted_stops_nothing_and_what_expired_does(volume: Path) -> None:
    worst = compared(volume).rows[0].fingerprint
    accepted = compared(volume, {worst: Change.ACCEPTED})
    assert [row.fingerprint for row in accepted.of(Change.ACCEPTED)] == [worst]
    assert accepted.exit_code == 0
    assert compared(volume, {worst: Change.EXPIRED}).exit_code == 1


def test_scans_that_cannot_be_compared_are_refused(volume: Path, tmp_path: Path) -> None:
    other = tmp_path / "elsewhere"
    planted("phantom-directory", other, seed=3)
    scanned(planned(other, tmp_path), tmp_path / "new")
    with pytest.raises(UsageError, match="different roots"):
        compared(volume)
    shutil.rmtree(tmp_path / "new")
    scanned(replace(planned(volume, tmp_path), key=b"o" * 32), tmp_path / "new")
    with pytest.raises(UsageError, match="different keys"):
        compared(volume)


def test_what_makes_them_differ_is_said(volume: Path, tmp_path: Path) -> None:
    scanned(planned(volume, tmp_path), tmp_path / "new")
    with closing(sqlite3.connect(tmp_path / "new" / "scan.sqlite")) as database, database:
        for key in ("catalog", "policy_digest"):
            database.execute("UPDATE scan SET value = '\"x\"' WHERE key = ?", (key,))
        database.execute("UPDATE scan SET value = '\"2001-01-01T00:00:00Z\"' WHERE key = 'started'")
        database.execute("UPDATE scan SET value = '\"interrupted\"' WHERE key = 'state'")
    found = compared(volume)
    said = " ".join(found.caveats)
    assert all(word in said for word in ("other rules", "another policy", "older one"))
    assert found.exit_code == 3


def test_the_band_is_that_of_the_newer_scan_or_as_asked(volume: Path) -> None:
    planted("phantom-directory", volume / "third", seed=9)
    assert compared(volume).fail_on is Band.MEDIUM
    found = compare(volume.parent / "old", volume.parent / "new", Band.LOW)
    assert len(found.blocking) >= len(compared(volume).blocking)
