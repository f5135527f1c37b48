"""What a workspace keeps: names in order, records that end a review, and what may go."""

import os
import stat
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vestige.model import Band, StoreError
from vestige.review import Outcome, Point
from vestige.run.kept import OWN, RECORD, SCAN_FILE, Record, Shelf, last_full, seconds_since

NOON = datetime(2030, 1, 31, 12, tzinfo=UTC)
POINT = Point("2030-01-31T12:00:00Z", Outcome.PASS, ((Band.CRITICAL, 0),), complete=True)
WHOLE = Record(POINT, 0, "2030-01-31T12:05:00Z", ("Nothing was found.",), new=2, gone=1)
NO_SCAN = replace(WHOLE, point=replace(POINT, bands=None))


def shelf(folder: Path) -> Shelf:
    made = Shelf(folder)
    made.make()
    return made


def reviewed(on: Shelf, *records: Record | None, start: datetime = NOON) -> list[str]:
    """Folders of reviews, an hour between them; None came to no end."""
    names = []
    for number, record in enumerate(records):
        one = on.fresh(start + timedelta(hours=number))
        one.folder.mkdir()
        (one.folder / SCAN_FILE).touch()
        names.append(one.name)
        if record is not None:
            on.keep(one, record)
    return names


def test_a_record_is_kept_as_it_was_and_ends_its_review(tmp_path: Path) -> None:
    on = shelf(tmp_path)
    (name,) = reviewed(on, WHOLE)
    (one,) = on.kept()
    assert (one.name, one.record) == (name, WHOLE)
    assert stat.S_IMODE((one.folder / RECORD).stat().st_mode) == 0o600
    assert on.unfinished() is None


@pytest.mark.parametrize("torn", [b"", b"{", b"[]", b'{"schema_version": 2}', b"\xff", b"{}"])
def test_a_torn_record_is_none(tmp_path: Path, torn: bytes) -> None:
    on = shelf(tmp_path)
    (name,) = reviewed(on, WHOLE)
    (on.folder / name / RECORD).write_bytes(torn)
    assert on.kept()[0].record is None
    assert on.ended() == []
    last = on.unfinished()
    assert last is not None
    assert last.name == name


def test_the_last_review_without_an_end_is_gone_on_with(tmp_path: Path) -> None:
    on = shelf(tmp_path)
    names = reviewed(on, WHOLE, None, NO_SCAN)
    last = on.unfinished()
    assert last is not None
    assert last.name == names[1]
    reviewed(on, WHOLE, start=NOON + timedelta(days=1))
    assert on.unfinished() is None


@given(st.lists(st.integers(min_value=-3_000, max_value=3_000), min_size=1, max_size=12))
def test_names_stay_unique_and_in_order_whatever_the_clock_does(
    tmp_path_factory: pytest.TempPathFactory, hours: list[int]
) -> None:
    on = shelf(tmp_path_factory.mktemp("clock"))
    names = []
    for hour in hours:
        one = on.fresh(NOON + timedelta(hours=hour))
        one.folder.mkdir()
        names.append(one.name)
    assert names == sorted(set(names))
    assert [one.name for one in on.kept()] == names


def test_only_whole_old_reviews_are_taken_away(tmp_path: Path) -> None:
    on = shelf(tmp_path)
    names = reviewed(on, WHOLE, None, WHOLE, NO_SCAN, WHOLE, WHOLE, WHOLE)
    (on.folder / names[2] / "letter.txt").write_text("of somebody else")
    (on.folder / "20300131T000000Z-of-mine").mkdir()
    (on.folder / "20200131T000000Z").symlink_to(tmp_path)
    gone, left = on.prune(2, needed={names[4]})
    assert gone == [names[0], names[3]]
    assert left == [names[2]]
    there = {path.name for path in on.folder.iterdir()}
    assert there == {*names, "20300131T000000Z-of-mine", "20200131T000000Z"} - set(gone)
    assert (on.folder / names[2] / "letter.txt").exists()


def test_fewer_than_are_kept_all_stay(tmp_path: Path) -> None:
    on = shelf(tmp_path)
    names = reviewed(on, WHOLE, WHOLE)
    assert on.prune(2) == ([], [])
    assert [one.name for one in on.kept()] == names


def test_what_was_half_taken_away_goes_next_time_and_is_no_review(tmp_path: Path) -> None:
    on = shelf(tmp_path)
    (name,) = reviewed(on, WHOLE)
    (on.folder / name).rename(on.folder / f".going-{name}")
    (on.folder / ".going-home").mkdir()
    assert on.kept() == []
    on.prune(5)
    assert [path.name for path in on.folder.iterdir()] == [".going-home"]


def test_latest_leads_to_one_review_at_any_time(tmp_path: Path) -> None:
    on = shelf(tmp_path)
    reviewed(on, WHOLE, WHOLE)
    first, second = on.kept()
    assert on.point_at(first)
    assert on.point_at(second)
    assert os.path.realpath(tmp_path / "latest") == os.path.realpath(second.folder)
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_a_folder_stands_where_latest_should(tmp_path: Path) -> None:
    on = shelf(tmp_path)
    reviewed(on, WHOLE)
    (tmp_path / "latest").mkdir()
    assert not on.point_at(on.kept()[0])


def test_when_everything_was_read_last(tmp_path: Path) -> None:
    on = shelf(tmp_path)
    part = replace(WHOLE, full=False)
    reviewed(on, WHOLE, part, part)
    assert last_full(on.kept()) == (2, POINT.started)
    assert last_full([]) == (0, "")
    assert seconds_since(POINT.started, NOON + timedelta(days=1)) == 86_400
    assert seconds_since(POINT.started, NOON - timedelta(days=1)) == float("inf")
    assert seconds_since("", NOON) == float("inf")


def test_where_nothing_can_be_written_it_is_said(tmp_path: Path) -> None:
    (tmp_path / "scans").write_text("a file")
    with pytest.raises(StoreError, match="cannot be written"):
        Shelf(tmp_path).make()
    assert Shelf(tmp_path).kept() == []


def test_the_files_of_a_review_are_known() -> None:
    assert {"run.json", "scan.sqlite", "report.html", "summary.json"} <= OWN
