"""Scans end to end, by the real command on real trees."""

import csv
import json
import os
import random
import signal
import sqlite3
import subprocess
import time
from pathlib import Path

import pytest
from pydicom.uid import ExplicitVRLittleEndian

from tests.run.test_series import empty
from tests.volumes import COMMAND, planted, vestige

OUTPUTS = {
    "scan.sqlite",
    "report.html",
    "findings.csv",
    "occurrences.csv",
    "families.csv",
    "problems.csv",
    "summary.json",
}


def findings(out: Path) -> list[dict[str, str]]:
    with (out / "findings.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_the_phantom_directory_comes_first(tmp_path: Path) -> None:
    planted("phantom-directory", tmp_path / "volume")
    ran = vestige("scan", tmp_path / "volume", "--out", tmp_path / "out", home=tmp_path)
    assert ran.code == 1, ran.text
    assert {p.name for p in (tmp_path / "out").iterdir()} == OUTPUTS
    assert all(p.stat().st_mode & 0o077 == 0 for p in (tmp_path / "out").iterdir())
    first = findings(tmp_path / "out")[0]
    assert first["rule"] == "tree/phantom-directory"
    assert first["band"] == "critical"


def test_a_clean_export_has_no_finding_and_what_is_unknown_in_it_is_not_called_clean(
    tmp_path: Path,
) -> None:
    planted("clean-export", tmp_path / "volume")
    ran = vestige("scan", tmp_path / "volume", "--out", tmp_path / "out", home=tmp_path)
    assert findings(tmp_path / "out") == []
    assert ran.code == 0, ran.text
    (tmp_path / "volume" / "code.bin").write_bytes(b"\0\1\2\3" * 9)
    ran = vestige("scan", tmp_path / "volume", "--out", tmp_path / "again", home=tmp_path)
    assert ran.code == 3, ran.text


@pytest.mark.parametrize("recipe", ["dirty-headers", "broken-files", "private-tags"])
def test_the_number_of_workers_changes_nothing(tmp_path: Path, recipe: str) -> None:
    planted(recipe, tmp_path / "volume")
    texts = []
    for jobs in (1, 3):
        out = tmp_path / f"out{jobs}"
        vestige("scan", tmp_path / "volume", "--out", out, "--jobs", jobs, home=tmp_path)
        names = sorted(OUTPUTS - {"scan.sqlite", "report.html", "summary.json"})
        texts.append([(out / name).read_bytes() for name in names])
    assert texts[0] == texts[1]


def test_explanations_are_of_the_first_value_whatever_the_number_of_workers(tmp_path: Path) -> None:
    given = ("Quillonia", "Maria", "Juanita", "Agnieszka", "Page", "Ottokar", "Rose")
    chance = random.Random(5)  # noqa: S311 - chance, not secrecy
    for number in range(1_400):
        folder = tmp_path / "volume" / f"series{number // 200}"
        folder.mkdir(parents=True, exist_ok=True)
        data = empty(f"1.2.3.{number}", ExplicitVRLittleEndian)
        data.SOPInstanceUID = f"1.2.3.{number}"
        data.ImageComments = f"seen with Mrs. {chance.choice(given)} Quintero"
        data.save_as(folder / f"IM{number}")
    told = []
    for jobs in (1, 3):
        out = tmp_path / f"out{jobs}"
        vestige("scan", tmp_path / "volume", "--out", out, "--jobs", jobs, home=tmp_path)
        told.append([(row["rule"], row["explanation"]) for row in findings(out)])
    assert told[0] == told[1]
    explained = [said for rule, said in told[0] if rule.startswith("names/")]
    assert explained
    assert all(explained)


def test_every_entry_is_accounted_for(tmp_path: Path) -> None:
    planted("broken-files", tmp_path / "volume")
    ran = vestige("scan", tmp_path / "volume", "--out", tmp_path / "out", home=tmp_path)
    assert "Traceback" not in ran.text
    coverage = json.loads((tmp_path / "out" / "summary.json").read_text())["coverage"]
    on_disk = 1 + sum(len(d) + len(f) for _, d, f in os.walk(tmp_path / "volume"))
    assert coverage["seen"] == on_disk
    assert coverage["read"] + coverage["unreadable"] + coverage["skipped"] == on_disk


def test_an_interrupted_scan_is_consistent_and_resumes_to_the_same_findings(
    tmp_path: Path,
) -> None:
    for part in range(12):
        planted("dirty-headers", tmp_path / "volume" / f"part{part}", seed=part)
    volume, out = tmp_path / "volume", tmp_path / "out"
    environment = os.environ | {"XDG_DATA_HOME": os.fspath(tmp_path / "data")}
    command = [*COMMAND, "scan", os.fspath(volume), "--out", os.fspath(out), "--jobs", "1"]
    process = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE)
    while not (out / "scan.sqlite").exists() and process.poll() is None:
        time.sleep(0.01)
    time.sleep(0.3)
    process.send_signal(signal.SIGINT)
    process.communicate()
    if process.returncode == 130:
        with sqlite3.connect(out / "scan.sqlite") as db:
            assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        db.close()
        shown = vestige("report", out, home=tmp_path)
        assert shown.code == 0, shown.text
        ran = vestige("scan", volume, "--out", out, "--resume", home=tmp_path)
        assert ran.code == 1, ran.text
    vestige("scan", volume, "--out", tmp_path / "whole", home=tmp_path)
    for name in ("findings.csv", "occurrences.csv", "problems.csv"):
        assert (out / name).read_bytes() == (tmp_path / "whole" / name).read_bytes()


def account(out: Path) -> dict[str, int]:
    summary = json.loads((out / "summary.json").read_text())
    return dict(summary["coverage"]["account"])


def test_what_became_of_bytes_is_the_same_for_a_resumed_scan(tmp_path: Path) -> None:
    volume, out = tmp_path / "volume", tmp_path / "out"
    for part in range(4):
        planted("dirty-headers", volume / f"part{part}", seed=part)
    vestige("scan", volume, "--out", out, home=tmp_path)
    whole = account(out)
    sizes = sum(path.stat().st_size for path in volume.rglob("*.dcm"))
    assert sum(whole.values()) == sizes
    with sqlite3.connect(out / "scan.sqlite") as db:
        db.execute("UPDATE scan SET value = '\"interrupted\"' WHERE key = 'state'")
    db.close()
    last = max(volume.rglob("*.dcm"))
    os.utime(last, ns=(1, 1))
    ran = vestige("scan", volume, "--out", out, "--resume", home=tmp_path)
    assert ran.code == 1, ran.text
    assert account(out) == whole
    with last.open("ab") as stream:
        stream.write(b"appended")
    with sqlite3.connect(out / "scan.sqlite") as db:
        db.execute("UPDATE scan SET value = '\"interrupted\"' WHERE key = 'state'")
    db.close()
    vestige("scan", volume, "--out", out, "--resume", home=tmp_path)
    assert account(out) == whole | {"searched": whole["searched"] + 8}


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("scan", "{volume}", "--out", "{volume}/out"), 2, "inside a scanned root"),
        (("scan", "{volume}/missing"), 2, "does not exist"),
        (("scan", "{volume}/file"), 2, "not a folder"),
        (("scan", "{volume}", "--key", "{volume}/file"), 2, "inside a scanned root"),
        (("scan", "{volume}", "--policy", "nonesuch"), 2, "no policy"),
        (("scan", "{volume}", "--rules", "{volume}"), 2, "holds no rule"),
        (("scan", "{volume}", "--fail-on", "dire"), 2, "no band"),
        (("scan", "{volume}", "--resume"), 2, "--out"),
        (("report", "{volume}/file"), 4, "no scan file"),
        (("nonesuch",), 2, "No such command"),
    ],
)
def test_wrong_usage_is_said_plainly(
    tmp_path: Path, arguments: tuple[str, ...], code: int, says: str
) -> None:
    volume = tmp_path / "volume"
    volume.mkdir()
    (volume / "file").write_bytes(b"x" * 64)
    ran = vestige(*(a.format(volume=volume) for a in arguments), home=tmp_path)
    assert ran.code == code, ran.text
    assert says in " ".join(ran.text.split())
    assert "Traceback" not in ran.text


def test_an_empty_root_is_incomplete(tmp_path: Path) -> None:
    (tmp_path / "volume").mkdir()
    ran = vestige("scan", tmp_path / "volume", "--out", tmp_path / "out", home=tmp_path)
    assert ran.code == 3, ran.text


def test_show_reveals_only_when_asked(tmp_path: Path) -> None:
    planted("dirty-headers", tmp_path / "volume")
    out = tmp_path / "out"
    vestige("scan", tmp_path / "volume", "--out", out, home=tmp_path)
    number = next(f["finding"] for f in findings(out) if "(0010,0010)" in f["location"])
    masked = vestige("show", out, number, home=tmp_path)
    clear = vestige("show", out, number, "--reveal", home=tmp_path)
    assert masked.code == clear.code == 0
    assert "^" in clear.text
    assert len(clear.text) > len(masked.text)
