"""The benchmark runs to its end and says of every target whether it is met; nothing is timed."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.outcome import Outcome, Step, Target
from benchmarks.targets import DICOMQC, FIND, FLOOR, GDCM, LEAST, PYDICOM, SCAN, SCAN_2, targets

ROOT = Path(__file__).parents[2]

STEPS = (
    Step("series", FLOOR, 1000, 0.01, 0.01),
    Step("series", SCAN, 1000, 0.03, 0.03, 90, 120),
    Step("series", SCAN_2, 1000, 0.02, 0.03, 90, 180),
    Step("series", GDCM, 100, 0.03, 0.03),
    Step("series", PYDICOM, 100, 0.06, 0.06),
    Step("series", DICOMQC, 100, 0.30, 0.30),
    Step("names", FIND, 1_000_000, 2.0, 2.0),
    Step("names", SCAN, 1_000_000, 9.0, 9.0, 399, 500),
    Step("start-up", SCAN, 1, 0.5, 0.5, 60, 60),
    Step("growth 10,000", SCAN, 10_000, 1.5, 1.5, 80, 90),
    Step("growth 1,000,000", SCAN, 1_000_000, 110.0, 110.0, 401, 500),
)


def verdicts(*steps: Step) -> dict[str, str]:
    return {target.what: target.verdict for target in targets(steps)}


def test_each_target_is_judged_by_its_ratio() -> None:
    assert list(verdicts(*STEPS).values()) == [
        "met",
        "met",
        "NOT met",
        "met",
        "NOT met",
        "not measured",
        "NOT met",
        "met",
        "NOT met",
        "met",
    ]


def test_nothing_measured_is_nothing_met() -> None:
    assert set(verdicts().values()) == {"not measured"}


def test_targets_of_a_million_are_not_judged_on_fewer() -> None:
    fewer = [
        Step("names", SCAN, 5000, 1, 1, 90, 90),
        Step("start-up", SCAN, 1, 0.5, 0.5, 60, 60),
        Step("growth 10", SCAN, 10, 1, 1, 90, 90),
        Step("growth 20", SCAN, 20, 1, 1, 90, 90),
    ]
    assert set(verdicts(*fewer).values()) == {"not measured"}
    assert [target.note for target in targets(fewer) if target.note] == [
        "90 MB at 5,000",
        "90 MB at 20",
        "-50 % at 20 beside 10, start-up of 0.50 s taken off",
    ]


def test_a_result_is_a_page_and_the_same_as_json(tmp_path: Path) -> None:
    outcome = Outcome(
        "2031-01-02", {"python": "3"}, STEPS, tuple(targets(STEPS)), ("gdcm: absent",)
    )
    page = outcome.write(tmp_path)
    assert page.name == "2031-01-02-speed.md"
    text = page.read_text(encoding="utf-8")
    assert "- gdcm: absent" in text
    row = next(line for line in text.splitlines() if SCAN_2 in line)
    cells = [cell.strip() for cell in row.strip("|").split("|")]
    assert cells == ["series", SCAN_2, "1,000", "20.0", "30.0", "2.0", "90", "180", ""]
    facts = json.loads(page.with_suffix(".json").read_text(encoding="utf-8"))
    assert facts["steps"][2]["microseconds"] == pytest.approx(20)
    assert len(facts["targets"]) == 10


def test_time_off_the_core_is_told() -> None:
    assert Step("series", SCAN, 10, 2.0, 1.9).remark == ""
    assert Step("series", SCAN_2, 10, 2.0, 3.9).remark == ""
    told = Step("series", GDCM, 10, 2.0, 1.0, note="sample of 10").remark
    assert told == "sample of 10, 50% of the time not on a core"


def test_a_bound_itself_is_met() -> None:
    assert Target("", 4.0, "<=", 4, "x").verdict == Target("", 4.0, ">=", 4, "x").verdict == "met"


def test_the_command_measures_every_tree(tmp_path: Path) -> None:
    sizes = (
        "--files 6 --names 9 --other 3 --private 1 --sample 2 --growth --few 2 --many 3 --repeat 1"
    )
    where = ("--samples", tmp_path, "--keep", tmp_path / "kept", "--out", tmp_path / "out")
    script = ROOT / "benchmarks" / "speed.py"
    ran = subprocess.run(
        [sys.executable, script, *sizes.split(), *where],
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert ran.returncode == 0, ran.stderr
    (page,) = (tmp_path / "out").glob("*.json")
    facts = json.loads(page.read_text(encoding="utf-8"))
    done = {(step["tree"], step["name"]): step["files"] for step in facts["steps"]}
    for tree, files in (("series", 6), ("interleaved", 6), ("other", 3), ("growth 3", 3)):
        assert done[tree, FLOOR] == done[tree, SCAN] == files
    assert done["series", LEAST] == done["interleaved", LEAST] == done["series", SCAN_2] == 6
    assert done["series", PYDICOM] == 2
    assert done["names", SCAN] == 9
    assert facts["about"]["python"] in ran.stdout
    assert (tmp_path / "kept" / "series-6.complete").exists()
