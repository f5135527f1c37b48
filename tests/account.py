"""What a scan says of each entry, held against itself: sums agree, problems are understood."""

import csv
import json
import os
import sqlite3
from dataclasses import dataclass
from pathlib import Path

from tests.read.build import part_10, patient
from tests.volumes import Ran, vestige
from vestige.reports.wording import CODES

DIRTY = part_10(patient(b"Probe^Paula"))
CLEAN = part_10(patient(b""))

STATES = ("read", "partly", "unreadable", "skipped")


@dataclass(frozen=True, slots=True)
class Account:
    """What a scan says of each entry, by its path from the root."""

    code: int
    text: str
    states: dict[bytes, tuple[str, str]]
    problems: dict[bytes, set[str]]
    named: frozenset[bytes]
    coverage: dict[str, int]


def account(ran: Ran, out: Path) -> Account:
    """The account of a scan, whose sums must agree wherever they stand."""
    assert "Traceback" not in ran.text, ran.text
    assert "internal error" not in ran.text, ran.text
    assert "Paula" not in ran.text
    assert (out / "summary.json").exists(), ran.text
    paths, states = _entries(out / "scan.sqlite")
    coverage = json.loads((out / "summary.json").read_text())["coverage"]
    assert coverage["seen"] == len(paths)
    assert coverage["seen"] == coverage["read"] + coverage["unreadable"] + coverage["skipped"]
    counts = {state: [one for one, _ in states.values()].count(state) for state in STATES}
    assert coverage["read"] == counts["read"] + counts["partly"]
    assert (coverage["partly"], coverage["unreadable"]) == (counts["partly"], counts["unreadable"])
    problems = _problems(out, paths)
    broken = {path for path, (state, _) in states.items() if state in {"partly", "unreadable"}}
    assert broken == problems.keys(), "a state without its problem, or the reverse"
    named = {paths[int(row["entry"])] for row in rows(out, "occurrences.csv") if _is_name(row)}
    return Account(ran.code, ran.text, states, problems, frozenset(named), coverage)


def _is_name(row: dict[str, str]) -> bool:
    return row["location"] == "(0010,0010)"


def _entries(file: Path) -> tuple[dict[int, bytes], dict[bytes, tuple[str, str]]]:
    """Paths by number, and states with reasons by path."""
    paths: dict[int, bytes] = {}
    states: dict[bytes, tuple[str, str]] = {}
    db = sqlite3.connect(file)
    query = "SELECT id, parent, name, state, reason FROM examined ORDER BY id"
    for number, parent, own, state, reason in db.execute(query):
        above = paths.get(parent, b"")
        paths[number] = b"/".join(part for part in (above, own if parent else b"") if part)
        states[paths[number]] = (state, reason)
    db.close()
    return paths, states


def _problems(out: Path, paths: dict[int, bytes]) -> dict[bytes, set[str]]:
    """Codes by path; every problem is a row of problems.csv that a reader can understand."""
    db = sqlite3.connect(out / "scan.sqlite")
    kept = list(db.execute("SELECT entry, stage, code, detail FROM problem"))
    db.close()
    shown = rows(out, "problems.csv")
    assert sorted((row["stage"], row["code"], row["detail"]) for row in shown) == sorted(
        (stage, code, detail) for _, stage, code, detail in kept
    )
    found: dict[bytes, set[str]] = {}
    for number, _, code, detail in kept:
        assert code in CODES
        assert " " in detail, "a detail is a sentence, not the name of an error"
        assert "Probe" not in detail
        found.setdefault(paths[number], set()).add(code)
    return found


def rows(out: Path, file: str) -> list[dict[str, str]]:
    with (out / file).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def scanned(volume: Path, home: Path, *options: object) -> Account:
    out = home / "out"
    return account(vestige("scan", volume, "--out", out, *options, home=home), out)


def tree(folder: Path) -> dict[bytes, tuple[int, int, int]]:
    """Mode, size and time of all that lies at and below a folder."""
    below = [os.fsencode(folder)]
    for top, folders, files in os.walk(os.fsencode(folder)):
        below.extend(os.path.join(top, one) for one in (*folders, *files))
    status = {path: os.lstat(path) for path in below}
    return {path: (one.st_mode, one.st_size, one.st_mtime_ns) for path, one in status.items()}


def put(folder: bytes, own: bytes, content: bytes) -> None:
    """Write a file below a folder, whose name may be no text."""
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, own), "wb") as stream:
        stream.write(content)
