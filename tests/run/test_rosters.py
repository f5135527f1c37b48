import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vestige.identity import STRONG, Marker
from vestige.model import UsageError
from vestige.run.rosters import load, made, make, people

KEY = b"k" * 32
MARKER = Marker(KEY, lambda _word: False)
ANA = ("Quintero", "Ana", "0048291", "19610213")

TABLES = (
    "Surname,Given name,MRN,DOB\nQuintero,Ana,0048291,1961-02-13\nZargo,Ivo,,\n",
    "Apellidos;Nombre de pila;NHC;Fecha de nacimiento\nQuintero;Ana;0048291;13/02/1961\n",
    "patient_name\tpatient_id\tbirth_date\nQUINTERO^Ana\t0048291\t19610213\n",
    '"Quintero, Ana",0048291,13.02.1961\n"Zargo, Ivo",0048292,14.02.1961\n',
    "Quintero, Ana; 0048291; 13.02.1961\nZargo, Ivo; 0048292; 14.02.1961\n",
)


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_people_are_read_from_any_table(table: str, encoding: str) -> None:
    first = next(people(table.encode(encoding)))
    assert set(first.name.replace("^", " ").replace(",", " ").upper().split()) == {
        "QUINTERO",
        "ANA",
    }
    assert first.number == "0048291"
    assert "19610213" in first.birth.split("\\")
    roster = made(table.encode(encoding), MARKER)
    for text in ("QUINTERO_ANA", "ana quintero", "0048291.dcm", "AQ 13.02.1961"):
        assert {s.mark.form for s in MARKER.in_text(text) if s.mark in roster} & STRONG


@pytest.mark.parametrize("line", ["Ana Quintero", "QUINTERO^ANA", "Quintero, Ana", "0048291"])
def test_one_name_or_number_a_line_is_a_list(line: str) -> None:
    others = "Ivo Zargo\nPetra von der Lund\n\n"
    roster = made(f"{line}\n{others}".encode(), MARKER)
    assert roster.people == 3
    assert any(s.mark in roster and s.mark.form in STRONG for s in MARKER.in_text(line))


def test_a_roster_is_made_once_and_for_its_owner(tmp_path: Path) -> None:
    listed, out = tmp_path / "people.csv", tmp_path / "site.roster"
    listed.write_text(TABLES[0])
    assert make(listed, out, KEY, MARKER).people == 2
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert b"uintero" not in out.read_bytes()
    with pytest.raises(UsageError, match="exists already"):
        make(listed, out, KEY, MARKER)
    ready, straight = load(out, KEY, (), MARKER), load(listed, KEY, (), MARKER)
    assert set(ready.marks()) == set(straight.marks())
    with pytest.raises(UsageError, match="another key"):
        load(out, b"o" * 32, (), MARKER)


def test_a_roster_inside_the_volume_is_refused(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text(TABLES[0])
    with pytest.raises(UsageError, match="inside a scanned root"):
        load(tmp_path / "people.csv", KEY, (os.fsencode(tmp_path),), MARKER)


@pytest.mark.parametrize("raw", [b"", b"\n\n", b"surname,mrn\n,\n", b";;;\n"])
def test_a_list_of_nobody_is_refused(raw: bytes) -> None:
    with pytest.raises(UsageError, match="names nobody"):
        made(raw, MARKER)


@pytest.mark.parametrize("raw", [b"PK\x03\x04\0\0\0Quintero", b"# Vestige roster 2 {}\n\0\1"])
def test_what_is_no_text_is_no_list_of_people(raw: bytes) -> None:
    with pytest.raises(UsageError, match="is no text") as refused:
        made(raw, MARKER)
    assert "uintero" not in str(refused.value)


@given(st.binary(max_size=300))
def test_any_bytes_are_a_list_or_none(raw: bytes) -> None:
    try:
        roster = made(raw, MARKER)
    except UsageError:
        return
    assert roster.people > 0
