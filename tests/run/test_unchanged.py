"""Unchanged volumes: found again without a scan, and never where anything may be other."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from tests.reviewed import planned, scanned, told
from tests.volumes import planted
from vestige.run import unchanged as module
from vestige.run.gate import Wanted, gate
from vestige.run.plan import Request, plan
from vestige.run.unchanged import Asked, Found, digest_of, unchanged
from vestige.store import Store


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files count as old at once: tests do not wait."""
    monkeypatch.setattr(module, "RACY_NS", -(10**15))


@pytest.fixture
def volume(tmp_path: Path) -> Path:
    planted("phantom-directory", tmp_path / "volume", seed=3)
    scanned(planned(tmp_path / "volume", tmp_path), tmp_path / "old")
    return tmp_path / "volume"


def asked(volume: Path, out: str = "new") -> Asked:
    home = volume.parent
    return Asked(
        (volume,), home / out, home / "old", "gdpr", (), None, home / "key", {"crack_seconds": 0}
    )


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize("clearing", [False, True])
def test_a_gate_is_never_found_again_as_a_scan(volume: Path, *, clearing: bool) -> None:
    home = volume.parent
    wanted = Wanted(clearance=home / "clearance" if clearing else None)
    gate(planned(volume, home, out=home / "gate"), wanted, lambda _: None)
    assert unchanged(replace_since(asked(volume), home / "gate")) is None
    store = Store.open(home / "gate" / "scan.sqlite")
    written = ("report.html", "summary.json")
    store.note("outputs", {n: digest_of((home / "gate" / n).read_bytes()) for n in written})
    store.close()
    assert unchanged(replace_since(asked(volume), home / "gate")) is None


@pytest.mark.usefixtures("at_once")
def test_what_is_found_again_is_what_a_scan_would_find(volume: Path) -> None:
    found = unchanged(asked(volume))
    assert isinstance(found, Found)
    new = volume.parent / "new"
    assert told(new) == told(volume.parent / "old")
    page = (new / "report.html").read_text(encoding="utf-8")
    assert found.words in page
    assert found.summary["scan"]["id"] in page
    store = Store.open(new / "scan.sqlite")
    assert store.noted("id") == found.summary["scan"]["id"]
    coverage = store.coverage()
    assert coverage.carried == coverage.seen == found.summary["coverage"]["carried"]
    store.close()
    again = unchanged(replace_since(asked(volume, "third"), new))
    assert again is not None, "such a scan serves as the earlier one of the next"
    assert again.summary["scan"]["since"]["scan"] == found.summary["scan"]["id"]


def replace_since(given: Asked, since: Path) -> Asked:
    return given._replace(since=since)


def _touch(volume: Path) -> None:
    os.utime(max(volume.rglob("*.dcm")), ns=(1, 2))


def _add(volume: Path) -> None:
    (volume / "new").mkdir()


def _rename(volume: Path) -> None:
    folder = max(path for path in volume.rglob("*") if path.is_dir())
    folder.rename(folder.with_name("other"))


def _drop(volume: Path) -> None:
    max(volume.rglob("*.dcm")).unlink()


def _reports(volume: Path) -> None:
    (volume.parent / "old" / "findings.csv").write_text("edited by hand")


def _standing(volume: Path) -> None:
    (volume.parent / "new").mkdir()
    (volume.parent / "new" / "scan.sqlite").write_bytes(b"")


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize("change", [_touch, _add, _rename, _drop, _reports, _standing])
def test_whatever_has_changed_it_is_not_found_again(volume: Path, change: object) -> None:
    assert callable(change)
    change(volume)
    assert unchanged(asked(volume)) is None


@pytest.mark.usefixtures("at_once")
def test_other_options_keys_and_policies_are_another_scan(volume: Path, tmp_path: Path) -> None:
    (tmp_path / "other.key").write_bytes(b"o" * 32)
    for other in (
        asked(volume)._replace(policy="hipaa", options={"policy": "hipaa"}),
        asked(volume)._replace(options={"hunt": True}),
        asked(volume)._replace(key=tmp_path / "other.key"),
        asked(volume)._replace(since=tmp_path / "missing"),
        asked(volume)._replace(roots=(volume / "missing",)),
    ):
        assert unchanged(other) is None


def test_what_was_written_while_it_was_read_is_not_trusted(volume: Path) -> None:
    assert unchanged(asked(volume)) is None


@pytest.mark.usefixtures("at_once")
def test_options_have_the_same_digest_as_in_a_plan(volume: Path, tmp_path: Path) -> None:
    request = Request((volume,), tmp_path / "out", key=tmp_path / "key", crack_seconds=0.5)
    one = plan(request)
    scanned(replace(one, jobs=1), tmp_path / "half")
    given = asked(volume)._replace(since=tmp_path / "half", options={"crack_seconds": 0.5})
    assert unchanged(given) is not None


def test_files_are_known_by_their_bytes() -> None:
    assert digest_of(b"a") != digest_of(b"b")
