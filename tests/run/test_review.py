"""A scan file as reports see it: ranked, masked, complete or not."""

import re
from pathlib import Path

import pytest

from tests.volumes import planted, vestige
from vestige.model import UsageError
from vestige.review import Outcome
from vestige.run.review import open_review


@pytest.fixture(scope="module")
def scan_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("review")
    planted("demo", folder / "volume")
    vestige("scan", folder / "volume", "--out", folder / "out", home=folder)
    return folder / "out" / "scan.sqlite"


def test_findings_are_ranked_by_risk(scan_file: Path) -> None:
    store, review = open_review(scan_file)
    scores = [one.risk.score for one in review.findings]
    assert scores == sorted(scores, reverse=True)
    assert [one.rank for one in review.findings] == list(range(1, len(scores) + 1))
    assert review.verdict.outcome is Outcome.BLOCK
    assert len({one.number for one in review.findings}) == len(scores)
    store.close()


def test_paths_and_values_are_masked(scan_file: Path) -> None:
    store, review = open_review(scan_file)
    names = {
        word.lower()
        for row in store.rows()
        for word in re.findall(r"[A-Z]{5,}", row.name.decode("utf-8", "ignore"))
    }
    told = " ".join(
        text
        for one in review.findings
        for text in (*one.paths, *one.values, one.finding.masked, *(one.risk.reasons))
    ).lower()
    assert len(names) >= 12
    assert {name for name in names if name in told} == set()
    store.close()


def test_occurrences_agree_with_reach(scan_file: Path) -> None:
    store, review = open_review(scan_file)
    counts: dict[str, int] = {}
    for occurrence in review.occurrences:
        counts[occurrence.finding] = counts.get(occurrence.finding, 0) + 1
    assert counts == {one.number: one.reach.entries for one in review.findings}
    assert list(review.occurrences) == list(review.occurrences)
    store.close()


def test_an_unfinished_scan_is_never_called_clean(tmp_path: Path) -> None:
    planted("clean-export", tmp_path / "volume")
    for path in (tmp_path / "volume").rglob("*.txt"):
        path.unlink()
    vestige("scan", tmp_path / "volume", "--out", tmp_path / "out", home=tmp_path)
    store, review = open_review(tmp_path / "out" / "scan.sqlite")
    assert review.verdict.outcome is Outcome.PASS
    store.note("state", "interrupted")
    store.close()
    store, review = open_review(tmp_path / "out" / "scan.sqlite")
    assert review.verdict.outcome is Outcome.INCOMPLETE
    store.close()


def test_a_missing_scan_is_said(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="does not exist"):
        open_review(tmp_path / "scan.sqlite")
