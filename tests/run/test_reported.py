"""The review of a scan that was just made: with its baseline, its reports written and noted."""

from pathlib import Path

from tests.accepted import Site, accepted, counting, reviewed
from vestige.review import Outcome
from vestige.run.acceptance import today
from vestige.run.plan import plan
from vestige.run.reported import reported
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
