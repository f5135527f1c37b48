"""The command `vestige accept`, and what follows for exit codes and reports."""

import csv
import json
import re
from datetime import timedelta
from pathlib import Path

from tests.accepted import MORE, SURNAMES, Site, texts
from tests.volumes import vestige
from vestige.run.acceptance import today

CANARIES = (*SURNAMES, *MORE, "Zargothy", "Quillonia", "48291377")


def numbers(out: Path) -> list[str]:
    with (out / "findings.csv").open(newline="") as stream:
        bands = {"critical", "high", "medium"}
        return [row["finding"] for row in csv.DictReader(stream) if row["band"] in bands]


def test_from_findings_to_a_baseline_to_a_pass(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.plant()
    key = ("--key", site.key)
    ran = vestige("scan", site.volume, "--out", tmp_path / "a", *key, home=tmp_path)
    assert ran.code == 1, ran.text
    for number in numbers(tmp_path / "a"):
        options = ("--by", "DPO", "--because", "sealed copy", "--until", soon(), *key)
        ran = vestige("accept", tmp_path / "a", number, *options, home=tmp_path)
        assert ran.code == 0, ran.text
        line = rf"{number} \(.+ (entries|names)\) is accepted by DPO until .*baseline.toml\n"
        assert re.fullmatch(line, ran.text)
    file = tmp_path / "vestige-baseline.toml"
    given = ("--baseline", file, *key)
    ran = vestige("scan", site.volume, "--out", tmp_path / "b", *given, home=tmp_path)
    assert ran.code == 0, ran.text
    count = len(numbers(tmp_path / "a"))
    assert f"{count} findings are accepted in vestige-baseline.toml" in ran.text
    assert "The acceptance ends in 10 days" in ran.text
    summary = json.loads((tmp_path / "b" / "summary.json").read_text())
    assert summary["findings"]["accepted"] == count
    assert summary["baseline"]["standings"]["expires soon"] == count
    with (tmp_path / "b" / "findings.csv").open(newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["standing"]]
    assert {row["accepted_because"] for row in rows} == {"sealed copy"}
    told = texts(tmp_path / "b") + ran.text + file.read_text()
    assert not [word for word in CANARIES if word.lower() in told.lower()]


def test_a_report_that_is_written_again_asks_for_the_baseline_again(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.plant()
    key = ("--key", site.key)
    vestige("scan", site.volume, "--out", tmp_path / "b", *key, home=tmp_path)
    file = tmp_path / "vestige-baseline.toml"
    for number in numbers(tmp_path / "b"):
        options = ("--by", "DPO", "--because", "sealed copy", "--until", soon(), *key)
        vestige("accept", tmp_path / "b", number, *options, home=tmp_path)
    given = ("--baseline", file, *key)
    ran = vestige("report", tmp_path / "b", "--out", tmp_path / "c", *given, home=tmp_path)
    assert ran.code == 0, ran.text
    assert "Accepted, not counted" in (tmp_path / "c" / "report.html").read_text()
    ran = vestige("report", tmp_path / "b", "--out", tmp_path / "d", *key, home=tmp_path)
    assert (
        json.loads((tmp_path / "d" / "summary.json").read_text())["verdict"]["outcome"] == "block"
    )
    again = vestige("scan", site.volume, "--out", tmp_path / "e", "--baseline", file, home=tmp_path)
    assert again.code == 2
    assert "--key" in again.text


def soon() -> str:
    return (today() + timedelta(days=10)).isoformat()


def test_a_day_that_is_none_is_wrong_usage(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.plant()
    vestige("scan", site.volume, "--out", tmp_path / "a", home=tmp_path)
    options = ("--by", "DPO", "--because", "sealed", "--until", "next year")
    ran = vestige("accept", tmp_path / "a", "F1", *options, home=tmp_path)
    assert ran.code == 2
    assert "as 2027-01-31" in ran.text
    inside = site.volume / "b.toml"
    inside.write_text("version = 1\n")
    ran = vestige("scan", site.volume, "--out", tmp_path / "b", "--baseline", inside, home=tmp_path)
    assert ran.code == 2
    assert "inside a scanned root" in ran.text
