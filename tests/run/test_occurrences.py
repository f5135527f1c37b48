"""Occurrences and problems of a real scan, one after the other."""

from pathlib import Path

from tests.run.test_known import image, text
from vestige import api, lexicon, shipped
from vestige.model import Problem, Stage
from vestige.run.occurrences import EVERY, Occurrences, Troubles, trouble
from vestige.run.paths import Paths
from vestige.store import Store


def test_of_a_finding_in_content_so_many_are_listed_as_are_asked_for(tmp_path: Path) -> None:
    volume = tmp_path / "volume"
    for number in range(1, 8):
        image(volume / f"{number}.dcm", number, text("PatientName", "Zargothy^Quillonia"))
    (volume / "8.dcm").write_bytes((volume / "1.dcm").read_bytes()[:-3])
    api.scan(volume, out=tmp_path / "out")
    store = Store.open(tmp_path / "out" / "scan.sqlite", read_only=True)
    paths = Paths(store, lexicon.load(shipped.rules() / "lexicons"))
    named = next(
        finding.id
        for finding in store.findings()
        if finding.place == "(0010,0010)" and finding.claim.rule.startswith("elements/")
    )
    listed = [
        [one.entry for one in Occurrences(store, paths, limit) if one.finding == f"F{named}"]
        for limit in (EVERY, 3)
    ]
    assert [len(one) for one in listed] == [store.reaches()[named].entries, 3]
    assert listed[0][:3] == listed[1]
    assert listed[0] == sorted(listed[0])
    told = list(Troubles(store, paths))
    assert [one.path for one in told] == ["volume/8.dcm"]
    problem = Problem(1, Stage.WALK, "io-error", "x")
    assert trouble(problem, paths).path == "volume"
    store.close()
