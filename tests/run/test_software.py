"""Trees of software in whole scans: what is said of their names, and what the coverage tells."""

import csv
import json
import os
import shutil
import sqlite3
import subprocess
import sysconfig
from pathlib import Path

import pytest

from tests.volumes import planted, vestige

PACKAGES = Path(sysconfig.get_path("purelib"))
COPIED = ("pygments", "click")
OUTPUTS = ("findings.csv", "occurrences.csv", "families.csv", "problems.csv")


def installed(folder: Path) -> Path:
    """A copy of some packages of this Python, as an installer laid them out."""
    for name in COPIED:
        for found in PACKAGES.glob(f"{name}*"):
            if found.is_dir():
                shutil.copytree(found, folder / found.name)
    return folder


def node_modules(folder: Path) -> Path:
    for name in ("lodash", "chalk", "debug", "martin", "rosario"):
        (folder / name).mkdir(parents=True)
        (folder / name / "package.json").write_text("{}")
    return folder


def scanned(volume: Path, out: Path, *options: object) -> list[dict[str, str]]:
    """The findings in names; occurrences and the rest lie in `out`."""
    vestige("scan", volume, "--out", out, *options, home=out.parent)
    with (out / "findings.csv").open(encoding="utf-8", newline="") as stream:
        return [row for row in csv.DictReader(stream) if row["where"] == "path"]


def software_of(out: Path) -> dict[str, object] | None:
    found: dict[str, object] | None = json.loads((out / "summary.json").read_text())["coverage"][
        "software"
    ]
    return found


def families(out: Path) -> list[str]:
    with (out / "families.csv").open(encoding="utf-8", newline="") as stream:
        return [row["verdict"] for row in csv.DictReader(stream)]


def test_names_of_installed_packages_are_no_people(tmp_path: Path) -> None:
    packages = installed(tmp_path / "volume" / "site-packages")
    for name in ("maria_rodriguez.py", "Juanita_Rodriguez.py", "rodriguez.py"):
        (packages / "click" / name).write_text("")
    subprocess.run(["git", "init", "-q", tmp_path / "volume" / "project"], check=True)
    as_data = scanned(tmp_path / "volume", tmp_path / "data", "--software-as-data")
    found = scanned(tmp_path / "volume", tmp_path / "out")
    assert {row["band"] for row in as_data} & {"critical", "high"}
    assert {row["band"] for row in found} <= {"medium", "low", "info"}
    assert len(found) <= len(as_data)
    assert software_of(tmp_path / "data") is None
    told = software_of(tmp_path / "out")
    assert told is not None
    assert told["trees"] == 2
    assert told["kinds"] == ["site-packages", "repository"]
    inside = sum(
        len(folders) + len(files)
        for top in ("volume/site-packages", "volume/project/.git")
        for _, folders, files in os.walk(tmp_path / top)
    )
    assert told["entries"] == inside
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert f"{inside:,} entries lie in 2 software trees (site-packages, repository)" in page


def test_a_phantom_directory_counts_fully_where_software_lies(tmp_path: Path) -> None:
    planted("phantom-directory", tmp_path / "volume" / "node_modules" / "lodash")
    node_modules(tmp_path / "volume" / "node_modules" / "lodash" / "node_modules")
    (tmp_path / "volume" / "node_modules" / "lodash" / "package.json").write_text("{}")
    found = scanned(tmp_path / "volume", tmp_path / "out")
    assert software_of(tmp_path / "out") is not None
    assert found[0]["rule"] == "tree/phantom-directory"
    assert found[0]["band"] == "critical"
    scanned(tmp_path / "volume", tmp_path / "data", "--software-as-data")
    assert families(tmp_path / "out") == families(tmp_path / "data") != []


@pytest.mark.parametrize("name", ["site-packages", "node_modules"])
def test_a_folder_with_the_name_alone_is_judged_like_any_other(tmp_path: Path, name: str) -> None:
    planted("phantom-directory", tmp_path / "volume" / name)
    (tmp_path / "volume" / name / "Quintero_Maria").mkdir()
    found = scanned(tmp_path / "volume", tmp_path / "out")
    assert software_of(tmp_path / "out") is None
    assert found == scanned(tmp_path / "volume", tmp_path / "data", "--software-as-data")
    assert found[0]["rule"] == "tree/phantom-directory"


def test_images_in_software_are_read_as_ever(tmp_path: Path) -> None:
    modules = node_modules(tmp_path / "volume" / "node_modules")
    planted("dirty-headers", modules / "lodash" / "data")
    told = []
    for options in ((), ("--software-as-data",)):
        out = tmp_path / f"out{len(options)}"
        scanned(tmp_path / "volume", out, *options)
        with (out / "findings.csv").open(encoding="utf-8", newline="") as stream:
            rows = [row for row in csv.DictReader(stream) if row["where"] != "path"]
        told.append([(row["rule"], row["location"], row["band"], row["entries"]) for row in rows])
    assert told[0] == told[1] != []


def test_words_alone_are_weak_in_software_and_the_rest_counts(tmp_path: Path) -> None:
    modules = node_modules(tmp_path / "volume" / "node_modules")
    for name in ("Quintero^Maria", "QUINTERO_MARIA_19610203", "Quintero_Maria", "rodriguez"):
        (modules / "lodash" / name).mkdir()
    found = scanned(tmp_path / "volume", tmp_path / "out")
    said = sorted((row["evidence"], row["band"]) for row in found if row["severity"] != "low")
    assert said == [
        ("########", "medium"),
        ("Q*******^M****", "critical"),
        ("Q*******_M****", "critical"),
        ("Q*******_M****", "medium"),
    ]


def test_a_root_inside_a_tree_is_judged_like_the_tree(tmp_path: Path) -> None:
    packages = installed(tmp_path / "volume" / "site-packages")
    found = scanned(packages / "pygments", tmp_path / "out")
    assert {row["band"] for row in found} <= {"medium", "low", "info"}
    told = software_of(tmp_path / "out")
    assert told is not None
    files = [len(folders) + len(files) for _, folders, files in os.walk(packages / "pygments")]
    assert told["entries"] == 1 + sum(files)


def test_workers_and_interrupts_change_nothing(tmp_path: Path) -> None:
    volume = tmp_path / "volume"
    installed(volume / "site-packages")
    node_modules(volume / "x" / "node_modules")
    planted("phantom-directory", volume / "x" / "node_modules" / "lodash" / "export")
    scanned(volume, tmp_path / "one", "--jobs", 1)
    scanned(volume, tmp_path / "three", "--jobs", 3)
    scanned(volume, tmp_path / "again", "--jobs", 1)
    _cut(tmp_path / "again" / "scan.sqlite")
    for name in OUTPUTS:
        (tmp_path / "again" / name).unlink()
    scanned(volume, tmp_path / "again", "--jobs", 2, "--resume")
    for name in OUTPUTS:
        texts = {(tmp_path / one / name).read_bytes() for one in ("one", "three", "again")}
        assert len(texts) == 1, name
    told = [software_of(tmp_path / one) for one in ("one", "three", "again")]
    assert told[0] == told[1] == told[2]
    assert told[0] is not None


def _cut(scan_file: Path) -> None:
    """Make a complete scan one that was interrupted half-way, in the middle of a tree."""
    with sqlite3.connect(scan_file) as database:
        query = "SELECT first FROM batch ORDER BY first"
        firsts = [row[0] for row in database.execute(query)]
        half = firsts[len(firsts) // 2]
        assert half > 1
        for table, key in (("batch", "first"), ("entry", "id"), ("folder", "id")):
            database.execute(f"DELETE FROM {table} WHERE {key} >= ?", (half,))  # noqa: S608
        database.execute("DELETE FROM software")
        for table in ("family", "family_member"):
            database.execute(f"DELETE FROM {table}")  # noqa: S608
        database.execute("UPDATE scan SET value = '\"interrupted\"' WHERE key = 'state'")


def test_a_scan_is_not_resumed_with_another_expectation(tmp_path: Path) -> None:
    node_modules(tmp_path / "volume" / "node_modules")
    out = tmp_path / "out"
    scanned(tmp_path / "volume", out)
    again = ("scan", tmp_path / "volume", "--out", out, "--resume", "--software-as-data")
    ran = vestige(*again, home=tmp_path)
    assert ran.code == 2, ran.text
    assert "software as data" in ran.text


def test_source_code_of_software_is_not_read_and_its_tables_are(tmp_path: Path) -> None:
    modules = node_modules(tmp_path / "volume" / "node_modules")
    (modules / "lodash" / "index.js").write_text("// PatientName: Quintero^Maria\n")
    (modules / "lodash" / "people.csv").write_text("apellidos,nombre\nQuintero,Maria\n")
    vestige("scan", tmp_path / "volume", "--out", tmp_path / "out", home=tmp_path)
    with (tmp_path / "out" / "occurrences.csv").open(encoding="utf-8", newline="") as stream:
        paths = {row["path"].rpartition("/")[2] for row in csv.DictReader(stream)}
    assert "index.js" not in paths
    assert "people.csv" in paths
    told = json.loads((tmp_path / "out" / "summary.json").read_text())
    assert told["skipped"] == {"software-code": 1}
