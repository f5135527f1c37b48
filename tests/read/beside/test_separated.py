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


def test_a_column_of_names_of_files_holds_no_persons() -> None:
    rows = "".join(f"{n},F,PSG{n}E0-Hypno.edf\n" for n in range(9))
    found = told(read, f"subject,sex,fname\n{rows}".encode())
    assert len(found["column 3"]) == 9
    found = told(read, b"subject,sex,fname\n1,F,Maria\n2,M,Jan.Par\n3,F,J.Smith\n")
    assert found["column 3 PersonName"] == ["J.Smith", "Jan.Par", "Maria"]


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


@pytest.mark.parametrize(
    ("text", "column", "cell"),
    [
        (
            "x1,1961-02-03,Quintero\nx2,1955-11-30,Kowalski\nx3,1970-01-01,Ferrari\n",
            2,
            "1961-02-03",
        ),
        ("Quintero,Maria,left\nKowalski,Jan,left\nFerrari,Ada,right\n", 1, "Quintero"),
        ("48291377\tQuintero\t\n48291388\tKowalski\t3\n48291399\tFerrari\t4\n", 1, "48291377"),
        ("QX-1;03.02.1961;12\nQX-22;04.03.1962;n/a\nQX-3;05.04.1963;7\n", 2, "03.02.1961"),
    ],
)
def test_a_first_row_that_is_no_heading_is_a_row(text: str, column: int, cell: str) -> None:
    found = told(read, text.encode())
    assert cell in found[f"column {column}"]
    assert not found["heading"]


@pytest.mark.parametrize(
    "text",
    [
        "onset\tduration\ttrial_type\n0.0\t1.0\tface\n2.5\t1.0\thouse\n",
        "Region,Volume,State\nThalamus,812.2,done\nCaudate,99.1,done\nPutamen,71.0,left\n",
        "who,side,Visit 1\nQuintero,left,0.3\nKowalski,right,0.2\nFerrari,left,0.1\n",
        "subject,scanned\nsub-01,2017-06-15\nsub-02,2017-06-16\nsub-03,2017-06-17\n",
    ],
)
def test_words_above_figures_are_headings(text: str) -> None:
    found = told(read, text.encode())
    cells = {cell for pointer, cells in found.items() if pointer != "heading" for cell in cells}
    assert cells.isdisjoint(text.splitlines()[0].replace("\t", ",").split(","))


def test_lines_between_the_rows_of_markdown_are_no_rows() -> None:
    text = "| no | Patient name |\n|----|:------------|\n| 1 | Quintero |\n| 2 | Vexley |\n"
    found = told(read, text.encode())
    assert found["column 3 PatientName"] == ["Quintero", "Vexley"]
