"""The benchmark of detection runs to its end and leaves a page that tells no value."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from benchmarks.deidentifiers import Left, left
from benchmarks.matching import Seen, matched
from benchmarks.planter import Plant
from benchmarks.verdicts import RECALL, Detection
from vestige.model import Band

ROOT = Path(__file__).parents[2]
PLANTED, CLAIMED = True, False
NAME = Plant(
    *("dirty/0/1.dcm", "(0010,0010)", "patient-name", "direct", PLANTED, CLAIMED, "fi", "0" * 16)
)
SEEN = Seen("dirty/0/1.dcm", "(0010,0010)", "elements/direct-identifier", Band.CRITICAL)


def test_targets_are_judged_and_what_was_not_measured_is_said() -> None:
    found = Detection("2031-01-02", "x", {}, matched([NAME], [SEEN]))
    verdicts = {target.what: target.verdict for target in found.targets()}
    assert verdicts["recall, direct"] == "met"
    assert verdicts["recall, blob"] == "not measured"
    assert len(verdicts) == len(RECALL) + 2


def test_a_miss_of_one_is_not_met() -> None:
    found = Detection("2031-01-02", "x", {}, matched([NAME], []))
    assert next(found.targets()).verdict == "NOT met"
    assert "| patient-name | 1" in found.page()


def test_findings_left_are_counted_by_attribute_the_gravest_first() -> None:
    mild = Seen("a", "(0010,0020)", "r/s", Band.LOW)
    grave = Seen("a", "(0008,0090)", "r/s", Band.HIGH)
    assert left([mild, grave, SEEN, SEEN, replace(SEEN, file="b")]) == (
        Left(SEEN.rule, SEEN.pointer, "critical", 2),
        Left("r/s", "(0008,0090)", "high", 1),
    )


def test_the_command_plants_scans_and_writes_its_page(tmp_path: Path) -> None:
    script = str(ROOT / "benchmarks" / "detection.py")
    asked = (
        "--files",
        "6",
        "--locale",
        "fi",
        "de",
        "--samples",
        "absent",
        "--only",
        "direct",
        "--beside",
        "0",
    )
    run = subprocess.run(
        (sys.executable, script, *asked, "--out", str(tmp_path), "--name", "try"),
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    (page,) = tmp_path.glob("*-detection-try.md")
    facts = json.loads(page.with_suffix(".json").read_text(encoding="utf-8"))
    (figure,) = facts["figures"]
    assert figure["category"] == "direct"
    assert figure["plants"] > 20
    assert figure["found"] == figure["plants"]
    assert facts["misses"] == []
