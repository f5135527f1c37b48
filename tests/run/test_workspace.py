"""Reviews that repeat, in real workspaces: kept, compared, told, gone on with, and never lost."""

import json
import os
import shutil
import sqlite3
import stat
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.account import CLEAN, DIRTY
from tests.read.build import part_10, patient
from vestige.catalog.workspace import workspace
from vestige.comparison import Change
from vestige.model import BusyError, StoreError, UsageError, WorkspaceError
from vestige.review import Outcome
from vestige.run.accept import Wish, accept
from vestige.run.acceptance import Answering, today
from vestige.run.events import Fact
from vestige.run.kept import RECORD, SCAN_FILE, Kept, Shelf
from vestige.run.lock import locked
from vestige.run.review import open_review
from vestige.run.scan import Progress
from vestige.run.workspace import Asked, Ended, Voice, latest_state, run

NOON = datetime(2030, 1, 31, 12, tzinfo=UTC)


@dataclass
class Site:
    """A volume, a workspace, and what is told of it."""

    top: Path
    more: str = ""
    start: datetime = NOON
    told: list[tuple[str, Mapping[str, Fact]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        (self.top / "vol").mkdir()
        (self.top / "vol" / "clean.dcm").write_bytes(CLEAN)
        (self.top / "key").write_bytes(b"k" * 32)
        self.state('key = "key"\njobs = 1\nnice = 0\nkeep = 2\n' + self.more)

    def state(self, text: str) -> None:
        text = f'roots = ["vol"]\nworkspace = "ws"\n{text}'
        (self.top / "site.toml").write_text(text, encoding="utf-8")

    def run(self, hours: int = 0, *, storage_changed: bool = False, full: bool = False) -> Ended:
        space = workspace(self.top / "site.toml")
        voice = Voice(self.heard, lambda event, facts: self.told.append((event, facts)))
        asked = Asked(full, storage_changed, self.start + timedelta(hours=hours))
        return run(space, voice, asked)

    def heard(self, _progress: Progress) -> None:
        """What happens while a scan runs."""

    @property
    def shelf(self) -> Shelf:
        return Shelf(self.top / "ws")

    @property
    def events(self) -> list[str]:
        return [event for event, _ in self.told]


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path)


def test_reviews_are_kept_compared_and_pointed_at(site: Site) -> None:
    first = site.run()
    assert (first.record.code, first.record.new, first.record.gone) == (0, None, None)
    (site.top / "vol" / "dirty.dcm").write_bytes(DIRTY)
    second = site.run(1)
    assert second.record.code == 1
    assert second.record.new == len(second.new) > 0
    (site.top / "vol" / "dirty.dcm").unlink()
    third = site.run(2)
    assert (third.record.code, third.record.new) == (0, 0)
    assert third.record.gone == second.record.new
    assert [one.name for one in site.shelf.kept()] == ["20300131T130000Z", "20300131T140000Z"]
    assert os.readlink(site.top / "ws" / "latest") == "scans/20300131T140000Z"
    summary = json.loads((site.top / "ws" / "latest" / "summary.json").read_text())
    assert [one["outcome"] for one in summary["trend"]] == ["pass", "block", "pass"]
    assert all(one["complete"] for one in summary["trend"])
    assert "pruned" in site.events


def test_all_is_for_the_owner_alone(site: Site) -> None:
    site.run()
    ws = site.top / "ws"
    for path in (ws, *ws.rglob("*")):
        assert path.is_symlink() or not path.stat().st_mode & 0o077, path
    ws.chmod(0o755)
    with pytest.raises(WorkspaceError, match=r"site\.toml: workspace: .*chmod 700"):
        site.run(1)


@pytest.mark.parametrize("damage", ["missing", "empty", "file"])
def test_a_root_that_is_not_there_is_neither_clean_nor_gone(site: Site, damage: str) -> None:
    (site.top / "vol" / "dirty.dcm").write_bytes(DIRTY)
    first = site.run()
    shutil.move(site.top / "vol", site.top / "away")
    if damage == "empty":
        (site.top / "vol").mkdir()
    elif damage == "file":
        (site.top / "vol").touch()
    second = site.run(1)
    assert second.record.code == 3
    assert second.record.point.outcome is Outcome.INCOMPLETE
    assert second.record.point.bands is None
    assert (second.record.new, second.record.gone, second.review) == (None, None, None)
    assert os.readlink(site.top / "ws" / "latest") == f"scans/{first.kept.name}"
    if damage != "missing":
        (site.top / "vol").rmdir() if damage == "empty" else (site.top / "vol").unlink()
    shutil.move(site.top / "away", site.top / "vol")
    third = site.run(2)
    assert (third.record.code, third.record.new, third.record.gone) == (1, 0, 0)
    trend = json.loads((third.kept.folder / "summary.json").read_text())["trend"]
    assert [one["bands"] is None for one in trend] == [False, True, False]


def test_storage_that_changed_is_told_until_it_is_accepted(site: Site) -> None:
    first = site.run()
    with closing(sqlite3.connect(first.kept.folder / SCAN_FILE)) as db:
        (noted,) = db.execute("SELECT value FROM scan WHERE key = 'storage'").fetchone()
        moved = {root: ["/elsewhere", *rest] for root, (_, *rest) in json.loads(noted).items()}
        db.execute("UPDATE scan SET value = ? WHERE key = 'storage'", (json.dumps(moved),))
        db.commit()
    assert site.run(1).record.code == 3
    assert site.run(2, storage_changed=True).record.code == 0
    assert site.run(3).record.code == 0


def test_a_review_that_was_broken_off_is_gone_on_with(site: Site) -> None:
    (site.top / "vol" / "dirty.dcm").write_bytes(DIRTY)

    def interrupt(_progress: Progress) -> None:
        raise KeyboardInterrupt

    site.heard = interrupt  # type: ignore[method-assign]
    with pytest.raises(KeyboardInterrupt):
        site.run()
    (broken,) = site.shelf.kept()
    assert broken.record is None
    assert latest_state(broken) == "interrupted"
    del site.heard
    ended = site.run(1)
    assert ended.kept.name == broken.name
    assert ended.record.code == 1
    assert [one.name for one in site.shelf.kept()] == [broken.name]


@pytest.mark.parametrize("damage", ["settings", "torn"])
def test_one_that_cannot_be_gone_on_with_blocks_nothing(site: Site, damage: str) -> None:
    first = site.run()
    (first.kept.folder / RECORD).unlink()
    if damage == "torn":
        (first.kept.folder / SCAN_FILE).write_bytes(b"no database")
    else:
        site.state('key = "key"\njobs = 1\nnice = 0\npolicy = "hipaa"\n')
    ended = site.run(1)
    assert ended.kept.name != first.kept.name
    assert ended.record.code == 0
    assert "not-resumed" in site.events
    assert first.kept.folder.exists()


def test_reports_that_are_missing_are_written_by_the_next_review(site: Site) -> None:
    first = site.run()
    for name in (RECORD, "report.html"):
        (first.kept.folder / name).unlink()
    assert latest_state(first.kept) == "reports missing"
    again = site.run(1)
    assert again.kept.name == first.kept.name
    assert (again.kept.folder / "report.html").exists()


def test_a_clock_that_went_back_is_told_and_the_order_stays(site: Site) -> None:
    names = [site.run(hours).kept.name for hours in (5, 0)]
    assert names == sorted(names)
    assert "clock-went-back" in site.events


def test_who_is_second_is_told_who_is_first(site: Site) -> None:
    site.run()
    with locked(site.top / "ws" / "lock"):
        child = os.fork()
        if not child:
            try:
                site.run(1)
            except BusyError as error:
                os._exit(0 if f"process {os.getppid()} on" in str(error) else 1)
            os._exit(2)
        assert os.waitpid(child, 0)[1] == 0


def test_the_notification_is_told_how_it_ended_and_its_failure_loses_nothing(
    tmp_path: Path,
) -> None:
    script = tmp_path / "tell"
    script.write_text('#!/bin/sh\ncat > "$1"\nexit 5\n')
    script.chmod(stat.S_IRWXU)
    more = f'notify = ["{script}", "{tmp_path}/told"]\n'
    site = Site(tmp_path, more)
    (tmp_path / "vol" / "Zebrinsky_Quexotl.dcm").write_bytes(DIRTY)
    ended = site.run()
    said = json.loads((tmp_path / "told").read_text())
    assert (said["verdict"], said["code"], said["new"]) == ("block", "1", "")
    assert said["report"] == os.fspath(ended.kept.folder / "report.html")
    assert "Zebrinsky" not in json.dumps(said)
    assert ended.record.code == 1
    assert ("not-notified", {"why": "the notification command ended with exit code 5"}) in site.told


def test_only_what_is_not_clean_is_told_if_that_is_asked_for(tmp_path: Path) -> None:
    told = tmp_path / "told"
    more = f'notify = ["touch", "{told}"]\nnotify-when = "not-clean"\n'
    site = Site(tmp_path, more)
    site.run()
    assert not told.exists()
    (tmp_path / "vol" / "dirty.dcm").write_bytes(DIRTY)
    site.run(1)
    assert told.exists()


def test_a_review_that_fails_is_told(tmp_path: Path) -> None:
    more = f'notify = ["sh", "-c", "echo $VESTIGE_VERDICT $VESTIGE_CODE > {tmp_path}/told"]\n'
    site = Site(tmp_path, more)
    (tmp_path / "key").write_bytes(b"short")
    with pytest.raises(Exception, match="fewer than"):
        site.run()
    assert (tmp_path / "told").read_text() == "failed 2\n"


def test_a_workspace_that_cannot_be_written_is_said(site: Site) -> None:
    (site.top / "ws").write_text("a file stands there")
    with pytest.raises(StoreError, match="cannot be made"):
        site.run()


def test_a_folder_without_a_scan_says_so(tmp_path: Path) -> None:
    assert latest_state(Kept("x", tmp_path, None)) == "no scan"


def test_everything_is_read_when_it_is_time(tmp_path: Path) -> None:
    site = Site(tmp_path, 'full-every = "2 days"\n', start=datetime.now(UTC))
    full = [site.run(hours).record.full for hours in (0, 24, 47, 49)]
    assert full == [True, False, False, True]
    site.state('key = "key"\njobs = 1\nnice = 0\nfull-every = 2\n')
    assert [site.run(hours).record.full for hours in (70, 80, 90)] == [False, True, False]
    assert site.run(100, full=True).record.full


def test_a_scan_that_another_vestige_made_stops_nothing(site: Site) -> None:
    first = site.run()
    with closing(sqlite3.connect(first.kept.folder / SCAN_FILE)) as db:
        db.execute("PRAGMA user_version = 3")
    second = site.run(1)
    assert (second.record.code, second.record.full, second.record.new) == (0, True, None)
    assert "earlier-unusable" in site.events
    assert not site.run(2).record.full


def test_one_broken_off_that_reads_changes_alone_is_gone_on_with(site: Site) -> None:
    site.run()
    (site.top / "vol" / "dirty.dcm").write_bytes(DIRTY)

    def interrupt(_progress: Progress) -> None:
        raise KeyboardInterrupt

    site.heard = interrupt  # type: ignore[method-assign]
    with pytest.raises(KeyboardInterrupt):
        site.run(1)
    broken = site.shelf.unfinished()
    assert broken is not None
    del site.heard
    ended = site.run(2)
    assert ended.kept.name == broken.name
    assert not ended.record.full
    assert ended.record.code == 1
    assert ended.record.new == len(ended.new) > 0


def test_a_volume_that_goes_away_in_mid_review_leaves_nothing_gone(site: Site) -> None:
    for number in range(3):
        (site.top / "vol" / f"d{number}").mkdir()
        (site.top / "vol" / f"d{number}" / "dirty.dcm").write_bytes(DIRTY)
    first = site.run()
    away = site.top / "away"

    def unmount(_progress: Progress) -> None:
        if not away.exists():
            shutil.move(site.top / "vol", away)
            (site.top / "vol").mkdir()

    site.heard = unmount  # type: ignore[method-assign]
    second = site.run(1, full=True)
    assert not second.record.point.complete
    assert second.record.gone == 0
    del site.heard
    (site.top / "vol").rmdir()
    shutil.move(away, site.top / "vol")
    third = site.run(2)
    assert (third.record.code, third.record.new) == (1, 0)
    assert third.record.point.complete
    assert third.record.point.bands == first.record.point.bands


IMPOSSIBLE = """
title = "T"
why = "w"
remedy = "r"
severity = "high"
certainty = 0.5
where = ["path"]
identifies = "direct"
basis = ["b"]
since = "0.1"
[match.pattern]
regex = '''(?P<value>zzz)'''
[[example]]
text = "yyy"
finds = ["yyy"]
[[example]]
text = "xxx"
finds = []
because = "no"
"""


def test_rules_of_a_site_must_bear_out_their_examples(site: Site) -> None:
    (site.top / "rules" / "mine").mkdir(parents=True)
    (site.top / "rules" / "mine" / "impossible.toml").write_text(IMPOSSIBLE)
    site.state('key = "key"\njobs = 1\nnice = 0\nrules = ["rules"]\n')
    with pytest.raises(UsageError, match=r"mine/impossible: example 1 is not borne out"):
        site.run()


ANSWERED = 'key = "key"\njobs = 1\nnice = 0\nbaseline = "accepted.toml"\n'


def answer(site: Site, scan: Path, until: int) -> None:
    """Somebody answers from now on, until some days later, for all that counts in a scan."""
    day = today()
    store, review = open_review(scan / SCAN_FILE, 0, Answering(b"k" * 32, None, day))
    for one in review.findings:
        wish = Wish(one.number, "DPO", "a copy is sealed", day + timedelta(days=until))
        accept(store, review, wish, site.top / "accepted.toml", b"k" * 32, day)
    store.close()


@pytest.fixture
def accepting(tmp_path: Path) -> Site:
    """A site with a dirty volume, reviewed once, and then accepted for ten days."""
    site = Site(tmp_path, start=datetime.now(UTC))
    (site.top / "vol" / "dirty.dcm").write_bytes(DIRTY)
    ended = site.run()
    assert (ended.record.code, ended.record.new) == (1, None)
    answer(site, ended.kept.folder, until=10)
    site.state(ANSWERED)
    return site


def test_what_is_accepted_counts_in_no_verdict_trend_or_notification(accepting: Site) -> None:
    out = accepting.top / "told"
    accepting.state(f'{ANSWERED}notify = ["/bin/sh", "-c", "env > {out}"]\n')
    ended = accepting.run(1)
    assert (ended.record.code, ended.record.new, ended.record.gone) == (0, 0, 0)
    assert {count for _, count in ended.record.point.bands or ()} == {0}
    told = dict(line.split("=", 1) for line in out.read_text().splitlines() if "=" in line)
    assert (told["VESTIGE_VERDICT"], told["VESTIGE_NEW"]) == ("pass", "0")
    assert {told[f"VESTIGE_{band}"] for band in ("CRITICAL", "HIGH", "MEDIUM", "LOW")} == {"0"}
    summary = json.loads((ended.kept.folder / "summary.json").read_text())
    assert summary["findings"]["accepted"] == len(ended.review.findings if ended.review else ())
    before, now = summary["trend"]
    assert sum(before["bands"].values()) > 0 == sum(now["bands"].values())


def test_what_expires_between_two_reviews_of_an_unchanged_volume_is_new_once(
    accepting: Site,
) -> None:
    held = accepting.run(24 * 10)
    over = accepting.run(24 * 11)
    again = accepting.run(24 * 12)
    assert held.review is not None
    accepted = len(held.review.findings)
    assert [one.record.code for one in (held, over, again)] == [0, 1, 1]
    assert [one.record.new for one in (held, over, again)] == [0, accepted, 0]
    assert {row.change for row in over.new} == {Change.EXPIRED}
    assert over.record.point.bands == again.record.point.bands != held.record.point.bands


def test_a_first_review_counts_with_its_baseline(accepting: Site) -> None:
    accepting.state(ANSWERED.replace("jobs", 'fail-on = "low"\njobs'))
    shutil.rmtree(accepting.top / "ws")
    first = accepting.run()
    assert (first.record.code, first.record.new) == (0, None)
    accepting.state('key = "key"\njobs = 1\nnice = 0\nfail-on = "low"\n')
    without = accepting.run(1)
    assert (without.record.code, {row.change for row in without.new}) == (1, {Change.EXPIRED})


def test_something_new_beside_what_is_accepted_is_new(accepting: Site) -> None:
    accepting.run(1)
    (accepting.top / "vol" / "second.dcm").write_bytes(part_10(patient(b"Other^Olga")))
    grown = accepting.run(2)
    assert grown.record.code == 1
    changes = {row.rule: row.change for row in grown.new}
    assert changes["elements/direct-identifier"] is Change.GROWN
    assert Change.EXPIRED not in changes.values()
