"""The benchmark of hunting runs to its end and leaves a page that tells no value."""

import json
import subprocess
import sys
from pathlib import Path

from benchmarks.hunting_places import PLACES

ROOT = Path(__file__).parents[2]
KINDS = ("zip member", "docx, name in two runs", "base64 in text", "behind the data set")


def test_there_are_places_of_more_than_forty_kinds() -> None:
    assert len(PLACES) >= 44


def test_the_command_plants_hunts_and_writes_its_page(tmp_path: Path) -> None:
    script = str(ROOT / "benchmarks" / "hunting.py")
    asked = ("--persons", "4", "--each", "2", "--locale", "fi", "--named", "header")
    run = subprocess.run(
        (sys.executable, script, *asked, "--only", *KINDS, "--out", str(tmp_path)),
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    (page,) = tmp_path.glob("*-hunting.md")
    facts = json.loads(page.with_suffix(".json").read_text(encoding="utf-8"))["header"]
    assert facts["leaks"] == 0
    assert {one["kind"]: one["strong"] for one in facts["kinds"]} == dict.fromkeys(KINDS, 2)
    assert all(one["twins"] == 2 for one in facts["kinds"])
