"""The benchmark of reports builds what it says, and the page and tables of it tell all; small."""

import csv
import json
import shutil
import sys
from pathlib import Path

import pytest

from benchmarks import report
from vestige.run.occurrences import EVERY
from vestige.run.review import open_review

FILES, FINDINGS = 1_000, 40


@pytest.fixture(scope="module")
def scan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("scan") / "scan.sqlite"
    report.build(path, FILES, FINDINGS)
    return path


def test_every_file_is_one_occurrence(scan: Path) -> None:
    store, review = open_review(scan, EVERY)
    assert review.scan.coverage.files == FILES
    assert len(review.findings) == FINDINGS
    assert sum(one.reach.entries for one in review.findings) == FILES
    assert sum(1 for _ in review.occurrences) == FILES
    assert review.pictures is not None
    made = review.pictures()
    assert [(one.files, one.found) for one in made.roots] == [(FILES, FILES)]
    assert made.timeline is not None
    assert made.timeline.files == FILES
    store.close()


def test_it_measures_and_leaves_a_result(
    scan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if shutil.which("chromium") is None:
        pytest.skip("no chromium on this machine: no page can be opened")
    (tmp_path / "scan").mkdir()
    shutil.copy(scan, tmp_path / "scan")
    given = ["--keep", str(tmp_path), "--out", str(tmp_path), "--formats", "html", "csv"]
    monkeypatch.setattr(sys, "argv", ["report.py", *given, "--files", "1000", "--findings", "40"])
    report.main()
    (result,) = tmp_path.glob("*-report.json")
    told = json.loads(result.read_text(encoding="utf-8"))
    assert set(told["formats"]) == {"html", "csv"}
    assert 0 < told["page_bytes"] < report.LIMITS["page_bytes"]
    assert told["browser"]["load_seconds"] > 0
    with (tmp_path / "csv" / "occurrences.csv").open(newline="", encoding="utf-8") as stream:
        assert sum(1 for _ in csv.reader(stream)) == 1 + FILES
