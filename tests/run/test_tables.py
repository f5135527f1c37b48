"""Tables of persons on a real volume, and what they map to."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.read.beside.papers import package
from tests.run.test_known import FAMILY, GIVEN, NUMBER, STRONG, image, scanned, text, where
from vestige.model import Band
from vestige.run.keys import parts
from vestige.store import Store

MAPPING = "linkage/mapping-table"
HEAD = "Apellidos;Nombre;NHC;Fecha nacimiento;pseudo\n"
ROWS = f"{FAMILY};{GIVEN};{NUMBER};03/02/1961;SUBJ-01\nQuexotl;Bela;48291399;1/2/1970;SUBJ-02\n"


def told(volume: Path) -> list[tuple[str, Band, tuple[str, ...]]]:
    _, found = scanned(volume)
    return [
        (one.finding.claim.title, one.finding.claim.severity, one.paths)
        for one in found
        if one.finding.claim.rule == MAPPING
    ]


@pytest.mark.parametrize("place", ["SUBJ-01", "SUBJ-01_CT", "by-header"])
def test_a_table_that_maps_persons_to_codes_of_the_volume(tmp_path: Path, place: str) -> None:
    volume = tmp_path / "volume"
    for number in (1, 2):
        make = text("PatientID", f"SUBJ-0{number}") if place == "by-header" else None
        image(volume / place.replace("1", str(number)) / f"{number}.dcm", number, make)
    (volume / "key.csv").write_text(HEAD + ROWS)
    ((title, severity, paths),) = told(volume)
    assert title == "A table that maps persons to codes of this volume stands on it"
    assert (severity, paths) == (Band.CRITICAL, ("volume/key.csv",))


def test_a_table_of_persons_with_other_codes_lists_them(tmp_path: Path) -> None:
    volume = tmp_path / "volume"
    image(volume / "a" / "1.dcm", 1)
    (volume / "list.csv").write_text(HEAD + ROWS)
    ((title, severity, _),) = told(volume)
    assert title.startswith("A table that maps persons to codes stands on the volume; no code")
    assert severity is Band.HIGH


def test_persons_of_a_table_are_sought(tmp_path: Path) -> None:
    volume = tmp_path / "volume"
    image(volume / "a" / "1.dcm", 1, text("ImageComments", f"for {GIVEN} {FAMILY}"))
    (volume / f"{FAMILY.upper()} 3.2.1961").mkdir()
    (volume / "key.csv").write_text(HEAD + ROWS)
    out, found = scanned(volume)
    store = Store.open(out / "scan.sqlite")
    assert where(store, STRONG) == {"a/1.dcm", f"{FAMILY.upper()} 3.2.1961"}
    assert store.problem_counts() == []
    assert store.coverage().complete
    stored = (out / "scan.sqlite").read_bytes().decode("latin-1")
    assert "Quexotl" not in stored
    store.close()
    titles = [one.finding.claim.title for one in found if one.finding.claim.rule == STRONG]
    assert all(one.startswith("A person listed in the table volume/key.csv") for one in titles)


def test_columns_called_name_hold_names_of_people_or_nothing(tmp_path: Path) -> None:
    volume = tmp_path / "volume"
    image(volume / "a" / "1.dcm", 1, text("ImageComments", f"for {GIVEN} {FAMILY}"))
    (volume / "packages.csv").write_text("name,version\nnumpy,1\nscikit image,2\n")
    (volume / "notes.txt").write_text("just a text\n")
    out, found = scanned(volume)
    store = Store.open(out / "scan.sqlite")
    assert store.skipped_counts() == []
    store.close()
    assert found == []


def test_a_name_is_looked_at_in_its_parts() -> None:
    assert list(parts("S-17_b.nii.gz")) == ["S-17_b.nii.gz", "S-17_b", "S-17", "b"]


def test_a_database_that_maps_persons_to_codes_of_the_volume(tmp_path: Path) -> None:
    volume = tmp_path / "volume"
    for number in (1, 2):
        image(volume / f"SUBJ-0{number}" / f"{number}.dcm", number)
    with closing(sqlite3.connect(volume / "cache.bin")) as database:
        database.execute("CREATE TABLE t (apellidos, nombre, nhc, pseudo)")
        rows = [(FAMILY, GIVEN, NUMBER, "SUBJ-01"), ("Quexotl", "Bela", "48291399", "SUBJ-02")]
        database.executemany("INSERT INTO t VALUES (?, ?, ?, ?)", rows)
        database.commit()
    ((title, severity, paths),) = told(volume)
    assert title == "A table that maps persons to codes of this volume stands on it"
    assert (severity, paths) == (Band.CRITICAL, ("volume/cache.bin",))


def test_a_spreadsheet_maps_persons_to_codes_too(tmp_path: Path) -> None:
    volume = tmp_path / "volume"
    for number in (1, 2):
        image(volume / f"SUBJ-0{number}" / f"{number}.dcm", number)
    rows = "".join(
        "<row>" + "".join(f'<c t="str"><v>{cell}</v></c>' for cell in line.split(";")) + "</row>"
        for line in (HEAD + ROWS).splitlines()
    )
    sheet = f"<worksheet><sheetData>{rows}</sheetData></worksheet>"
    (volume / "key.xlsx").write_bytes(package(xl__worksheets__sheet1=sheet))
    ((title, severity, paths),) = told(volume)
    assert title == "A table that maps persons to codes of this volume stands on it"
    assert (severity, paths) == (Band.CRITICAL, ("volume/key.xlsx",))
