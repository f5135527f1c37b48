"""Keys on a real volume: found, linked, first of all, and nothing of them told."""

import csv
import json
import os
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.run.test_known import image, text
from tests.test_secrecy import LEXICON, everything, told
from tests.volumes import Ran, vestige
from vestige import planting
from vestige.planting.people import people, person
from vestige.planting.sheet import written
from vestige.review import Ranked
from vestige.run.review import open_review

RECIPE, RULE, SEED = "mapping-table", "linkage/mapping-table", 7
PERSONS, RELEASED = 30, 24


class Scanned(NamedTuple):
    truth: frozenset[tuple[str, str]]
    found: frozenset[tuple[str, str]]
    findings: tuple[Ranked, ...]
    volume: Path
    out: Path
    ran: Ran


@pytest.fixture(scope="module", name="scan")
def scan_fixture(tmp_path_factory: pytest.TempPathFactory) -> Scanned:
    home = tmp_path_factory.mktemp("keys")
    volume, out = home / "volume", home / "out"
    planted = planting.plant(planting.load(RECIPE), volume, planting.Planting(SEED))
    ran = vestige("scan", volume, "--out", out, "--jobs", 2, home=home)
    assert ran.code == 1, ran.text
    store, review = open_review(out / "scan.sqlite")
    numbers = {one.number for one in review.findings if one.finding.claim.rule == RULE}
    found = {(one.path, one.location) for one in review.occurrences if one.finding in numbers}
    findings = review.findings
    store.close()
    truth = {
        (f"volume/{os.fsdecode(one.path)}", one.location) for one in planted if one.rule == RULE
    }
    return Scanned(frozenset(truth), frozenset(found), findings, volume, out, ran)


def keys(scan: Scanned) -> list[Ranked]:
    return [one for one in scan.findings if one.key is not None]


def test_keys_are_found_in_every_form_and_nothing_else_is_one(scan: Scanned) -> None:
    bare = {(path.partition("!")[0], at) for path, at in scan.found}
    assert scan.truth - bare == set()
    assert bare - scan.truth == set()


def test_keys_are_linked_to_the_codes_of_the_volume(scan: Scanned) -> None:
    linked = {(one.key.linked, one.key.of) for one in keys(scan) if one.key}
    assert linked == {(0, PERSONS), (RELEASED, PERSONS), (PERSONS, PERSONS)}
    in_names = [one.key for one in keys(scan) if one.key and one.key.linked == RELEASED]
    assert {one.files for one in in_names} == {2 * RELEASED}


def test_keys_come_first_and_those_to_other_codes_later(scan: Scanned) -> None:
    undoing = [one.rank for one in keys(scan) if one.key and one.key.undoes]
    assert undoing == list(range(1, len(undoing) + 1))
    (other,) = [one for one in keys(scan) if one.key and not one.key.linked]
    assert other.risk.band.word == "high"
    assert other.rank > max(undoing)
    rules = [one.finding.claim.rule for one in scan.findings[len(undoing) :]]
    assert {"tree/phantom-directory", "elements/direct-identifier"} <= set(rules)


def test_nothing_of_a_key_stands_in_any_output(scan: Scanned) -> None:
    known = people()
    locales = planting.load(RECIPE).locales
    planted = [
        person(known, SEED, locales[(number - 1) % len(locales)], number)
        for number in range(1, PERSONS + 1)
    ]
    numbers = {text for one in planted for text in (one.mrn, one.birth_date)}
    names = {word for one in planted for word in (*one.surname, *one.given) if is_telling(word)}
    assert min(len(numbers), len(names)) > PERSONS
    assert told(everything(scan.out).decode() + scan.ran.text, numbers | names) == set()
    stored = (scan.out / "scan.sqlite").read_bytes().decode("latin-1")
    assert told(stored, numbers) == set()


def is_telling(word: str) -> bool:
    return word.isalpha() and len(word) > len("Weber") and not LEXICON.ordinary(word)


def test_reports_say_what_a_key_undoes(scan: Scanned) -> None:
    with (scan.out / "findings.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["key_of"]]
    row = next(row for row in rows if row["key_columns"].startswith("1 (surname)"))
    assert row["key_tells"] == "names; record numbers; birth dates"
    assert (row["key_linked"], row["key_of"]) == (str(RELEASED), str(PERSONS))
    assert "the data set is pseudonymised at best" in row["explanation"]
    summary = json.loads((scan.out / "summary.json").read_text())
    assert summary["findings"]["top"][0]["key"]["linked"] >= RELEASED
    assert "pseudonymised at best" in summary["verdict"]["reasons"][-1]
    page = (scan.out / "report.html").read_text()
    first = page[: page.index("What to do first")]
    assert "A table on this volume undoes its codes: the data set is pseudonymised at best" in first


def test_controls_are_never_critical_by_the_rule(scan: Scanned) -> None:
    """A list of authors names persons; what prices, scanners and ages stand in names nobody."""
    controls = ("controls/", "participants.tsv")
    told_of = [one for one in scan.findings if any(c in p for c in controls for p in one.paths)]
    (authors,) = [one for one in told_of if one.finding.claim.rule == RULE]
    assert authors.key is None
    assert authors.risk.band.word == "high"


def test_a_heading_that_names_somebody_is_told_by_its_place(tmp_path: Path) -> None:
    volume, out = tmp_path / "volume", tmp_path / "out"
    for number in (1, 2):
        image(volume / "a" / f"{number}.dcm", number, text("PatientID", f"ANON_004{number}"))
    rows = [("48291377", "ANON_0041"), ("10293847", "ANON_0042"), ("77362514", "ANON_0043")]
    rows += [("93847561", "ANON_0044"), ("65748392", "ANON_0045")]
    (volume / "notes").write_bytes(written("csv", ("Zargothy Quillonia", "anon id"), rows))
    ran = vestige("scan", volume, "--out", out, "--crack-seconds", 0, home=tmp_path)
    store, review = open_review(out / "scan.sqlite")
    store.close()
    found = next(one.key for one in review.findings if one.key)
    assert (found.columns, found.codes, found.linked, found.files) == ("1", "2 (anon id)", 2, 2)
    assert not found.sure
    assert told(everything(out).decode() + ran.text, {"Quillonia", "48291377"}) == set()
