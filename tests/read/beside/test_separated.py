"""Tables as text, column by column."""

import pytest

from tests.read.beside.told import told
from vestige.read.beside.separated import COLUMNS, dialect
from vestige.read.beside.texts import read

ROWS = ("id{0}surname{0}age", "a1{0}Quintero{0}33", "a2{0}Kowalski{0}41", "a3{0}Quintero{0}29")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("title", ["", "Export of the study\n\n"])
def test_columns_are_found_in_any_dialect(delimiter: str, title: str) -> None:
    text = title + "".join(row.format(delimiter) + "\r\n" for row in ROWS)
    found = told(read, text.encode())
    assert found["column 2 PersonName"] == ["Kowalski", "Quintero"]
    assert found["column 1"] == ["a1", "a2", "a3"]
    assert "column 3" not in found, "numbers say nothing"


def test_quoted_cells_hold_delimiters_and_lines() -> None:
    found = told(read, b'surname,note\n"Quintero, M.","two\nlines"\nKowalski,x\n')
    assert found["column 1 PersonName"] == ["Kowalski", "Quintero, M."]
    assert found["column 2"] == ["lines", "two", "x"]


def test_a_quote_that_is_never_closed_loses_no_row() -> None:
    rows = b"".join(b"%d,Quintero\n" % n for n in range(20_000))
    found = told(read, b'id,surname\n1,"Kowalski\n' + rows)
    assert "Quintero" in found["column 2 PersonName"]


def test_a_name_is_a_persons_beside_a_birth_date_only() -> None:
    assert "column 1 PersonName" in told(read, b"name,dob\nx,1961-02-03\ny,\n")
    assert "column 1" in told(read, b"name,version\nx,a\ny,b\nz,c\n")


def test_days_before_1926_are_shifted_ones_but_those_of_births() -> None:
    table = (
        b"filename\tacq_time\nanat/a.nii\t1877-06-15T10:00:00\nanat/b.nii\t2017-06-15T10:00:00\n"
    )
    assert told(read, table)["column 2 AcquisitionDateTime"] == ["2017-06-15T10:00:00"]
    assert told(read, b"id,dob\n1,1921-01-02\n2,x\n")["column 2 PatientBirthDate"] == [
        "1921-01-02",
        "x",
    ]


def test_prose_with_commas_and_logs_are_no_tables() -> None:
    prose = "We saw the patient, who had moved, and therefore scanned again on the next free day.\n"
    assert dialect(prose * 3) is None
    assert dialect("2024-03-01 10:00:01,123 INFO done\n" * 5) is None
    assert dialect("one line") is None


def test_columns_behind_the_last_are_read_as_one() -> None:
    row = ",".join(f"v{n}x" for n in range(COLUMNS + 5)) + "\n"
    found = told(read, (row + row + row).encode())
    assert found["column"] == [f"v{n}x" for n in range(COLUMNS, COLUMNS + 5)]
