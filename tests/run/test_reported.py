"""The review of a scan that was just made: with its baseline, its reports written and noted."""

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from tests.accepted import Site, accepted, counting, reviewed
from vestige.reports.csv import MARK
from vestige.review import Outcome
from vestige.run.acceptance import Answering, today
from vestige.run.outputs import OCCURRENCES, Manner
from vestige.run.plan import plan
from vestige.run.reported import reported
from vestige.run.review import open_review
from vestige.run.scan import scan
from vestige.run.unchanged import digest_of
from vestige.store import Store


def test_reports_are_written_and_known_again_and_the_baseline_counts(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.plant()
    first, baseline = site.scan(), tmp_path / "b.toml"
    for one in counting(reviewed(first, day=today())):
        accepted(first, baseline, one, day=today())
    asked = plan(site.request(tmp_path / "out", baseline=baseline))
    review = reported(asked, scan(asked, lambda _: None))
    assert review.verdict.outcome is Outcome.PASS
    store = Store.open(tmp_path / "out" / "scan.sqlite")
    noted = store.noted("outputs")
    store.close()
    assert isinstance(noted, dict)
    assert "report.html" in noted
    for name, digest in noted.items():
        assert digest_of((tmp_path / "out" / name).read_bytes()) == digest


@pytest.mark.parametrize("answered", [False, True])
def test_pictures_drawn_beside_are_the_same(tmp_path: Path, *, answered: bool) -> None:
    site = Site(tmp_path)
    site.plant()
    file, baseline = site.scan(), tmp_path / "b.toml"
    for one in counting(reviewed(file, day=today()))[:1]:
        accepted(file, baseline, one, day=today())
    asked = plan(site.request(tmp_path / "out", baseline=baseline if answered else None))
    drawn = []
    for aside in (False, True):
        store, review = open_review(file, 0, Answering(asked.key, asked.baseline), aside=aside)
        with closing(store):
            assert review.pictures is not None
            drawn.append(review.pictures())
    assert drawn[0] == drawn[1]
    assert drawn[0].roots
    assert sum(not one.counts for one in review.findings) == answered


@pytest.mark.parametrize("csv_bom", [False, True])
def test_reports_are_the_same_for_any_number_of_jobs(tmp_path: Path, *, csv_bom: bool) -> None:
    site = Site(tmp_path)
    site.plant()
    manner = Manner(csv_bom=csv_bom)
    written = []
    for jobs in (1, 2):
        asked = replace(plan(site.request(tmp_path / f"out{jobs}")), jobs=jobs)
        reported(asked, scan(asked, lambda _: None), manner)
        written.append((asked.out / OCCURRENCES).read_bytes())
    assert written[0] == written[1]
    assert written[0].startswith(MARK.encode()) is csv_bom
    assert written[0].count(b"\n") > 1
