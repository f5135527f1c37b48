"""Known persons hunted down: how many of those whom one place names are found at all others.

    python benchmarks/hunting.py [--seed 1] [--persons 60] [--each 20] [--named header table]
                                 [--locale fi_FI ...] [--no-hunt] [--keep FOLDER]

names synthetic persons openly at one place of a volume (headers, a table, a roster), plants each of
them at other places of more than fifty kinds, and persons whom nothing names into twins of the same
files, runs `vestige scan --hunt`, and prints by kind of place how many were hunted down with both
places named, and what was said of the twins. No name is printed. The same stands afterwards in
benchmarks/results/.

Locales with an underscore need Faker: `pip install -e ".[benchmark]"`.
"""

import argparse
import csv
import datetime as dt
import json
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # a script's neighbours are found from the checkout's top

from benchmarks.hunting_places import PLACES, Plant, dirty, saved, spelled  # noqa: E402
from benchmarks.identities import HELD_OUT, Identity, identity  # noqa: E402
from benchmarks.matching import wilson  # noqa: E402
from vestige.planting.people import People  # noqa: E402
from vestige.planting.people import people as all_people  # noqa: E402
from vestige.text import folds, normal  # noqa: E402

STRONG = frozenset({"linkage/known-person", "linkage/hunted-person"})
WEAK = frozenset({"linkage/maybe-known-person", "linkage/hunted-trace"})
"""The rules that name both places; the weak ones of a single name."""

VESTIGE = (sys.executable, "-c", "from vestige.cli import main; main()")
NAMED = ("header", "table", "roster")
NAMES_OF_ENTRIES = frozenset({"folder name", "file name"})
SCAN_CODES = (0, 1, 3)
_GOAL = 0.9
_SHORTEST = 5
_BOTH = re.compile(r"also stands?\b")


class Planted(NamedTuple):
    """A person at a place: kind, path of the entry, and whether anything names the person."""

    kind: str
    path: str
    known: bool


class Score(NamedTuple):
    """How many of a kind were hunted down, outright or as a trace, and alarms about the twins."""

    kind: str
    plants: int
    strong: int
    found: int
    twins: int
    alarms: int
    hints: int


def main() -> None:
    """Plant, scan, score, print, write."""
    options = _options()
    results = {}
    for named in options.named:
        with tempfile.TemporaryDirectory(prefix="vestige-hunting-") as made:
            work = options.keep / named if options.keep else Path(made)
            work.mkdir(parents=True, exist_ok=True)
            told = _measured(named, work, options)
        if told is not None:
            results[named] = told
            print(_page(named, told), flush=True)
    date = dt.datetime.now(dt.UTC).date().isoformat()
    options.out.mkdir(parents=True, exist_ok=True)
    stem = options.out / f"{date}-hunting{'-' + options.name if options.name else ''}"
    pages = [_page(named, told) for named, told in results.items()]
    about = f"seed {options.seed}, {options.persons} persons of {', '.join(options.locale)}"
    head = f"# Known persons hunted down, {date}\n\n{about}, {options.each} plants a kind.\n"
    stem.with_suffix(".md").write_text("\n".join((head, *pages)), encoding="utf-8")
    facts = {
        named: {"kinds": [one._asdict() for one in told[0]], **told[1]}
        for named, told in results.items()
    }
    stem.with_suffix(".json").write_text(json.dumps(facts, indent=1) + "\n", encoding="utf-8")
    print(stem.with_suffix(".md"))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--persons", type=int, default=60)
    parser.add_argument("--each", type=int, default=20, help="plants of each kind of place")
    parser.add_argument("--named", nargs="+", choices=NAMED, default=NAMED)
    parser.add_argument("--locale", nargs="+", default=HELD_OUT)
    parser.add_argument("--only", nargs="+", default=tuple(PLACES), help="kinds of places")
    parser.add_argument("--no-hunt", action="store_true", help="scan without the second pass")
    parser.add_argument("--keep", type=Path, default=None)
    parser.add_argument("--name", default="")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "results")
    return parser.parse_args()


Told = tuple[Sequence[Score], dict[str, object]]


def _measured(named: str, work: Path, options: argparse.Namespace) -> Told | None:
    people = all_people()
    known = _people(people, options, 0)
    strangers = _people(people, options, options.persons)
    # Whose folder is named after them is named, and rightly found elsewhere: they are others.
    named_alone = _people(people, options, 2 * options.persons)
    arguments = _names(named, known, work)
    if arguments is None:
        print(f"{named}: left out, for this version of Vestige takes no roster")
        return None
    planted = [*_planted(dict.fromkeys(options.only, known), work, options, known=True)]
    twins = {k: named_alone if k in NAMES_OF_ENTRIES else strangers for k in options.only}
    planted += _planted(twins, work, options, known=False)
    if not options.no_hunt and _takes("--hunt"):
        arguments = [*arguments, "--hunt"]
    said = _scan(work, arguments)
    scores = list(_scores(planted, _found(work)))
    leaks = _leaks(work / "out", said, (*known, *strangers, *named_alone))
    return scores, {"leaks": leaks, "options": " ".join(a for a in arguments if "/" not in a)}


def _people(people: People, options: argparse.Namespace, first: int) -> list[Identity]:
    locales = options.locale
    return [
        identity(people, options.seed, locales[n % len(locales)], n)
        for n in range(first, first + options.persons)
    ]


def _takes(option: str) -> bool:
    said = subprocess.run(
        (*VESTIGE, "scan", "--help"),
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "COLUMNS": "300"},
    )
    return option in said.stdout


def _names(named: str, known: Sequence[Identity], work: Path) -> list[str] | None:
    """Names the persons at one place; gives the options of the scan, None if it takes none."""
    raw = work / "tree" / "raw"
    raw.mkdir(parents=True)
    if named == "header":
        for number, person in enumerate(known):
            (raw / f"{number:03}").mkdir()
            saved(dirty(person, number), raw / f"{number:03}" / "1.dcm")
        return []
    table = raw / "key.csv" if named == "table" else work / "roster.csv"
    with table.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(("patient_name", "patient_id", "birth_date", "code"))
        for number, one in enumerate(known):
            code = f"SUBJ-{number:05}"
            rows.writerow((f"{one.family}, {one.given}", one.mrn, f"{one.born:%Y-%m-%d}", code))
    if named == "table":
        return []
    return ["--roster", str(table)] if _takes("--roster") else None


def _planted(
    of: Mapping[str, Sequence[Identity]], work: Path, options: argparse.Namespace, *, known: bool
) -> Iterator[Planted]:
    """Plants persons at each kind of place."""
    top = work / "tree" / ("a" if known else "b")
    for place, (kind, persons) in enumerate(of.items()):
        for number in range(options.each):
            person = persons[(number * 7 + place) % len(persons)]
            folder = top / f"{place:02}" / f"{number:03}"
            folder.mkdir(parents=True)
            it = Plant(person, spelled(person, number), number)
            try:
                path = PLACES[kind](folder, it)
            except OSError as error:
                print(f"{kind}: left out ({error.strerror})", file=sys.stderr)
                break
            yield Planted(kind, path.relative_to(work / "tree").as_posix(), known)


def _scan(work: Path, arguments: Sequence[str]) -> str:
    key = work / "key"
    key.write_bytes(b"k" * 32)
    key.chmod(0o600)
    command = (*VESTIGE, "scan", str(work / "tree"))
    done = subprocess.run(
        (*command, "--out", str(work / "out"), "--key", str(key), *arguments),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode not in SCAN_CODES:
        sys.exit(f"the scan ended with {done.returncode}: {done.stderr[-2000:]}")
    return done.stdout + done.stderr


def _found(work: Path) -> dict[str, set[str]]:
    """The rules about known persons that hold in each entry, those that name both places alone."""
    with (work / "out" / "findings.csv").open(encoding="utf-8", newline="") as file:
        rules = {
            row["finding"]: row["rule"]
            for row in csv.DictReader(file)
            if row["rule"] in WEAK or (row["rule"] in STRONG and _BOTH.search(row["title"]))
        }
    paths = _paths(work / "out" / "scan.sqlite")
    found: dict[str, set[str]] = {}
    with (work / "out" / "occurrences.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["finding"] in rules:
                found.setdefault(paths[int(row["entry"])], set()).add(rules[row["finding"]])
    return found


def _paths(scan_file: Path) -> dict[int, str]:
    database = sqlite3.connect(scan_file)
    paths: dict[int, str] = {0: ""}
    for number, parent, name in database.execute("SELECT id, parent, name FROM entry ORDER BY id"):
        above = paths[parent]
        own = bytes(name).decode("utf-8", "replace")
        paths[number] = "" if not parent else f"{above}/{own}" if above else own
    database.close()
    return paths


def _scores(planted: Sequence[Planted], found: Mapping[str, set[str]]) -> Iterator[Score]:
    counts: dict[str, Counter[str]] = {}
    for one in planted:
        rules = found.get(one.path, set())
        count = counts.setdefault(one.kind, Counter())
        strong, either = bool(rules & STRONG), bool(rules & (STRONG | WEAK))
        if one.known:
            count.update(plants=1, strong=strong, found=either)
        else:
            count.update(twins=1, alarms=strong, hints=either)
    for kind, count in counts.items():
        yield Score(kind, *(count[name] for name in Score._fields[1:]))


def _leaks(out: Path, said: str, persons: Sequence[Identity]) -> int:
    """How many of the words and numbers of all persons stand in any output."""
    texts = [path.read_text(encoding="utf-8") for path in out.iterdir() if path.suffix in _TEXTS]
    words = set(re.findall(r"[^\W_]+", "\n".join((*texts, said)).casefold()))
    tokens = {
        form
        for one in persons
        for word in (*one.family.split(), *one.given.split(), one.mrn)
        if len(word) >= _SHORTEST
        for form in (normal(word).casefold(), *folds(word))
    }
    return len(tokens & words)


_TEXTS = frozenset({".html", ".csv", ".json"})


def _page(named: str, told: Told) -> str:
    scores, facts = told
    lines = [
        f"## Named in a {named}\n",
        f"`vestige scan {facts['options']}`; tokens of persons in any output: {facts['leaks']}.\n",
        "| place | hunted down | at least (95 %) | or as a trace | twins accused | or hinted at |",
        "|---|---|---|---|---|---|",
    ]
    for one in (*scores, _sum(scores)):
        low, _ = wilson(one.strong, one.plants)
        lines.append(
            f"| {one.kind} | {one.strong}/{one.plants} | {low:.0%} | {one.found}/{one.plants} "
            f"| {one.alarms}/{one.twins} | {one.hints}/{one.twins} |"
        )
    met = sum(one.plants > 0 and one.strong >= _GOAL * one.plants for one in scores)
    lines.append(f"\n{met} of {len(scores)} kinds of places at {_GOAL:.0%} or more.\n")
    return "\n".join(lines)


def _sum(scores: Sequence[Score]) -> Score:
    columns = zip(*(one[1:] for one in scores), strict=True)
    return Score("all", *(sum(column) for column in columns))


if __name__ == "__main__":
    main()
