"""Scans killed at chance moments and resumed: nothing lost, nothing twice, the same reports.

`python -m tests.run.kills --tries 50 --seed 1` kills as many scans; the tests kill a handful.
"""

import argparse
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from pydicom.uid import ExplicitVRLittleEndian

from tests.read.test_containers import zipped
from tests.run.test_series import empty
from tests.run.test_volume import write
from tests.volumes import COMMAND, planted
from vestige.reports.wording import moment

RECIPES = ("phantom-directory", "dirty-headers", "broken-files", "claims", "identifiers")
ROSTER = "Surname,Given name,MRN,DOB\nZargothy,Ivo,0048291,1961-02-13\n"
REPORTS = (
    "report.html",
    "findings.csv",
    "occurrences.csv",
    "families.csv",
    "problems.csv",
    "summary.json",
)
INTERRUPTED = 130
_PATIENCE = 300.0
_ROWS = (
    "SELECT e.id, e.parent, e.name, e.kind, e.size, e.mtime_ns, e.ctime_ns, e.inode, o.state,"
    " o.reason, o.dicom, o.finding_set, s.digest FROM entry e JOIN outcome o ON o.id = e.outcome"
    " LEFT JOIN subject s ON s.id = o.subject ORDER BY e.id"
)
_SETS = (
    "SELECT x.id, f.rule, f.place_kind, f.place, f.digest, f.title FROM finding_set x"
    " JOIN finding f ON f.id = x.finding ORDER BY 1, 2, 3, 4, 5, 6"
)
_WHOLE = {
    "problem": "SELECT * FROM problem ORDER BY 1, 2, 3, 4",
    "folder": "SELECT * FROM folder ORDER BY id",
    "software": "SELECT * FROM software ORDER BY first",
    "batch": "SELECT sum(parsed), sum(searched), sum(pixels), sum(opaque) FROM batch",
    "family": "SELECT f.rule, y.* FROM family y JOIN finding f ON f.id = y.finding ORDER BY 1, 3",
    "member": "SELECT f.rule, f.place, m.entry FROM family_member m JOIN finding f"
    " ON f.id = m.finding ORDER BY 1, 2, 3",
    "value": "SELECT f.rule, f.place, f.digest, v.digest, v.masked FROM value v JOIN finding f"
    " ON f.id = v.finding ORDER BY 1, 2, 3, 4, 5",
}


@dataclass(frozen=True, slots=True)
class Case:
    """A volume that was planted, and how it is scanned."""

    top: Path
    options: tuple[str, ...]

    def command(self, out: Path, *more: str) -> list[str]:
        """The command of a scan into a folder."""
        volume = os.fspath(self.top / "volume")
        return [*COMMAND, "scan", volume, "--out", os.fspath(out), *self.options, *more]

    def begun(self, out: Path, *more: str) -> "subprocess.Popen[bytes]":
        """A scan that runs."""
        environment = os.environ | {"XDG_DATA_HOME": os.fspath(self.top / "data")}
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE}
        return subprocess.Popen(self.command(out, *more), env=environment, **quiet)  # type: ignore[call-overload,no-any-return]

    def ran(self, out: Path, *more: str) -> int:
        """The exit code of a scan that nobody disturbs."""
        process = self.begun(out, *more)
        _, said = process.communicate(timeout=_PATIENCE)
        if process.returncode not in (1, 3):
            raise AssertionError(said.decode("utf-8", "replace"))
        return int(process.returncode)


def case(top: Path, parts: int = 2, series: int = 600) -> Case:
    """A volume with people in names, headers, tails and archives, and a roster of others."""
    volume = top / "volume"
    for part in range(parts):
        for recipe in RECIPES:
            planted(recipe, volume / f"{recipe}-{part}", seed=part)
    write(volume / "raw" / "1.dcm", 1, PatientName="Zebrinsky^Quexotl", PatientID="48291377")
    write(volume / "out" / "2.dcm", 2, PatientName="ANON")
    with (volume / "out" / "2.dcm").open("ab") as file:
        file.write(bytes(4) + b"Zebrinsky, Quexotl and Zargothy, Ivo")
    (volume / "notes.txt").write_text("about Quexotl Zebrinsky\nand Ivo Zargothy\n")
    (volume / "a.zip").write_bytes(zipped(**{"x/1.txt": b"id 48291377 and more\n"}))
    (volume / "Zargothy_Ivo").mkdir()
    for number in range(series * parts):
        folder = volume / "series" / f"{number // 200}"
        folder.mkdir(parents=True, exist_ok=True)
        data = empty(f"1.2.3.{number}", ExplicitVRLittleEndian)
        data.SOPInstanceUID = f"1.2.3.{number}"
        data.ImageComments = f"note {number} for Mrs. Quintero"
        data.save_as(folder / f"IM{number}")
    roster = top / "people.csv"
    roster.write_text(ROSTER, encoding="utf-8")
    return Case(top, ("--jobs", "2", "--hunt", "--roster", os.fspath(roster)))


def rows(out: Path) -> Iterator[tuple[str, tuple[object, ...]]]:
    """All that a scan file holds of entries and findings, without numbers that chance gives."""
    with closing(sqlite3.connect(out / "scan.sqlite")) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        sets: dict[int, list[tuple[str, ...]]] = {}
        for number, *finding in db.execute(_SETS):
            sets.setdefault(number, []).append(tuple(finding))
        for *row, finding_set, subject in db.execute(_ROWS):
            yield "entry", (*row, tuple(sets.get(finding_set, ())), subject)
        for table, query in _WHOLE.items():
            for row in db.execute(query):
                # The number of a family's finding stands second.
                yield table, (row[0], *row[2:]) if table == "family" else tuple(row)


def reports(out: Path) -> dict[str, bytes]:
    """The reports of a scan, without its id and times."""
    scan = json.loads((out / "summary.json").read_bytes())["scan"]
    texts = {name: (out / name).read_text(encoding="utf-8") for name in REPORTS}
    for key in ("id", "started", "finished"):
        for own in (scan[key], moment(scan[key])):
            texts = {name: text.replace(own, f"({key[0]})") for name, text in texts.items()}
    # Begun and ended may be the same minute in one scan and not in the other.
    return {name: _timeless(text).encode() for name, text in texts.items()}


def _timeless(text: str) -> str:
    return text.replace("(f)", "(s)")


def differences(one: Path, other: Path) -> list[str]:
    """What differs between two scans of one volume: names of tables and reports."""
    found = []
    mine, others = Counter(rows(one)), Counter(rows(other))
    for table, _ in ((mine - others) + (others - mine)).elements():
        found.append(f"rows of {table}")
    here, there = reports(one), reports(other)
    found += [name for name in REPORTS if here[name] != there[name]]
    left = sorted(path.name for path in one.iterdir() if path.name not in {*REPORTS, "scan.sqlite"})
    return sorted(set(found)) + left


def phase(out: Path) -> str:
    """How far a killed scan had come."""
    if not (out / "scan.sqlite").exists():
        return "before the scan file"
    with closing(sqlite3.connect(out / "scan.sqlite")) as db:
        notes = dict(db.execute("SELECT key, value FROM scan"))
        indexed = db.execute("SELECT 1 FROM sqlite_master WHERE name = 'entry_outcome'").fetchone()
    if json.loads(notes["state"]) == "complete":
        there = all((out / name).exists() for name in REPORTS)
        return "after the reports" if there else "in the reports"
    return "in the conclusion or hunt" if indexed else "in the walk"


_MARKS = ("", "scan.sqlite", "index", ".report.html.part", "findings.csv")
"""What is waited for before chance waits on: nothing, the scan file, all entries, reports."""


def moments(seed: int, tries: int, seconds: float) -> Iterator[tuple[str, float]]:
    """For each try, what to wait for, and how many seconds more; all phases get their share."""
    chance = random.Random(seed)  # noqa: S311 - chance, not secrecy
    for number in range(tries):
        mark = _MARKS[number % len(_MARKS)]
        most = {"": 0.9, "scan.sqlite": 0.5, "index": 0.5}.get(mark, 0.08)
        yield mark, chance.uniform(0.0, most * seconds if most > 0.1 else most)


def _there(out: Path, mark: str) -> bool:
    if mark != "index":
        return not mark or (out / mark).exists()
    if not (out / "scan.sqlite").exists():
        return False
    with closing(sqlite3.connect(out / "scan.sqlite", timeout=0)) as db:
        try:
            query = "SELECT 1 FROM sqlite_master WHERE name = 'entry_outcome'"
            return db.execute(query).fetchone() is not None
        except sqlite3.OperationalError:
            return False


def killed(
    given: Case,
    out: Path,
    moment_: tuple[str, float],
    *more: str,
    by: signal.Signals = signal.SIGKILL,
) -> str:
    """Kill a scan at a moment, and say in which phase it was; "ended" if it came to its end."""
    mark, delay = moment_
    process = given.begun(out, *more)
    end = time.monotonic() + _PATIENCE
    while process.poll() is None and not _there(out, mark) and time.monotonic() < end:
        time.sleep(0.002)
    time.sleep(delay)
    process.send_signal(by)
    # A worker that outlived the scan would hold the pipe.
    process.communicate(timeout=_PATIENCE)
    # Python hears of a signal only once it runs.
    return phase(out) if process.returncode in (-by, INTERRUPTED) else "ended"


def resumed(given: Case, out: Path) -> int:
    """Go on with a killed scan; one that was killed before its file stood there begins anew."""
    return given.ran(out, *(("--resume",) if (out / "scan.sqlite").exists() else ()))


def tried(
    given: Case, whole: Path, plan: Sequence[tuple[str, float]]
) -> Iterator[tuple[str, list[str]]]:
    """For each moment the phase in which a scan was killed, and what differs once it is resumed.

    Every third scan is killed once more while it is resumed.
    """
    for number, moment_ in enumerate(plan):
        out = given.top / f"killed{number}"
        where = killed(given, out, moment_)
        if number % 3 == 2 and (out / "scan.sqlite").exists():
            where = f"{where}, then {killed(given, out, plan[number - 1], '--resume')}"
        resumed(given, out)
        yield where, differences(out, whole)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main(arguments: Sequence[str]) -> int:
    """Kill as many scans as asked for, and print what became of each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tries", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--parts", type=int, default=2)
    given = parser.parse_args(arguments)
    bad = 0
    with tempfile.TemporaryDirectory() as folder:
        planted_case = case(Path(folder), given.parts)
        began = time.monotonic()
        planted_case.ran(planted_case.top / "whole")
        seconds = time.monotonic() - began
        _say(f"an uninterrupted scan takes {seconds:.1f} s")
        plan = list(moments(given.seed, given.tries, seconds))
        phases: Counter[str] = Counter()
        for number, (where, differs) in enumerate(
            tried(planted_case, planted_case.top / "whole", plan)
        ):
            phases[where] += 1
            bad += bool(differs)
            _say(f"{number + 1:3} {where}: {', '.join(differs) or 'the same'}")
    for where, count in phases.most_common():
        _say(f"{count:4} {where}")
    _say(f"{given.tries} tries, {bad} with differences")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
