"""Lines of texts, their labelled values, and paths in them."""

import base64
import textwrap
from random import Random

import pytest

from tests.read.beside.told import told
from vestige.read.beside.texts import read


def test_lines_are_told_once_and_without_the_time_of_the_log() -> None:
    log = b"2024-03-01 10:00:01,123 INFO done\n2024-03-02 11:00:01,999 INFO done\n" * 3
    assert told(read, log) == {"text": ["INFO done"]}


def test_days_of_releases_are_no_dates_of_anybody() -> None:
    assert told(read, b"1.0.1 2019-08-14\n  - first public release of it\n")["text"] == [
        "  - first public release of it"
    ]


@pytest.mark.parametrize(
    ("line", "pointer", "value"),
    [
        ("Patient name: Maria Quintero", "PatientName", "Maria Quintero"),
        ('patient_name = "Maria Quintero"', "PatientName", "Maria Quintero"),
        ("export PATIENT_ID=4711", "PatientID", "4711"),
        ("- Geburtsdatum: 03.02.1961", "PatientBirthDate", "19610203"),
    ],
)
def test_a_key_announces_the_value_behind_it(line: str, pointer: str, value: str) -> None:
    assert told(read, f"a note\n{line}\n".encode())[pointer] == [value]


def test_empty_values_are_none() -> None:
    found = told(read, b"a note\nPatient name: n/a\nPatient ID: unknown\nDOB: none\n")
    assert found.keys() == {"text"}


def test_the_names_in_paths_are_told_apart() -> None:
    text = b"cp /data/Quintero_Maria/im.dcm .\ncopy D:\\export\\Kowalski\\a.dcm\nsee https://a.org/b/c\n"
    found = told(read, text)["path in a text"]
    assert found == ["data", "Quintero_Maria", "im.dcm", "export", "Kowalski", "a.dcm"]


def test_a_long_line_is_told_in_pieces_that_overlap() -> None:
    line = "word " * 2000 + "Quintero, Maria" + " word" * 2000
    pieces = told(read, line.encode())["text"]
    assert max(map(len, pieces)) <= 2048
    assert any("Quintero, Maria" in one for one in pieces)


@pytest.mark.parametrize("width", [60, 76, 100_000])
def test_base64_of_numbers_or_pixels_is_no_text(width: int) -> None:
    array = base64.b64encode(Random(width).randbytes(40_000)).decode()  # noqa: S311 - no secret
    text = f"points\n{textwrap.fill(array, width)}\nQuintero, Maria\n"
    assert told(read, text.encode()) == {"text": ["points", "Quintero, Maria"]}


@pytest.mark.parametrize("width", [64, 100_000])
def test_base64_of_a_text_is_told_as_that_text(width: int) -> None:
    letter = " ".join(f"Report {n} on Maria Quintero, born 3 February 1961." for n in range(60))
    coded = textwrap.fill(base64.b64encode(letter.encode()).decode(), width)
    assert any("Maria Quintero" in one for one in told(read, f"a\n{coded}\nb".encode())["text"])


@pytest.mark.parametrize(
    "line",
    [
        "Export/QuinteroLopezMaria/19610203/MR/Series{n:03}/Image0001/Frame{n:04}",
        "EXPORT/QUINTEROLOPEZMARIA/19610203/SERIES{n:03}/IMAGE0001/FRAME{n:04}AB",
        "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f0{n:04}",
    ],
)
def test_paths_and_digests_are_no_base64(line: str) -> None:
    lines = [line.format(n=n) for n in range(40)]
    assert told(read, "\n".join(lines).encode())["text"] == lines


def test_credits_of_programs_and_names_of_namespaces_say_nothing() -> None:
    credit = "# Copyright (c) 2006, 2008 Junio C Hamano"
    banner = "Chris Rorden's dcm2niiX version v1.0.20230411"
    text = f"{credit}\n{banner}\nurn:hl7-org:v3\nURN: 4711233\n"
    found = told(read, text.encode())
    assert found["text"] == ["urn:hl7-org:v3", "URN: 4711233"]
    assert found["PatientID"] == ["4711233"]


def test_a_history_of_zsh_is_no_table() -> None:
    lines = b": 1700000100:0;cp -r /mnt/Quintero_M sub-01\n: 1700000200:0;ls\n: 1700000300:0;pwd\n"
    assert told(read, lines)["text"] == ["cp -r /mnt/Quintero_M sub-01", "ls", "pwd"]


def test_lines_that_differ_in_their_digits_are_read_as_each_would_be() -> None:
    lines = [
        *(f"2024-03-{day:02} 10:00:{day:02},{day * 7:03} INFO took {day}.5 s" for day in range(30)),
        *(f"1.{n}.0 2019-08-{n + 10}" for n in range(9)),
        *(f"# Copyright (c) {year} Junio C Hamano" for year in (1999, 2006, 3017)),
        *(f"Patient ID: {number}" for number in range(4710, 4730)),
        *(f"(0010,00{number}): {number}11" for number in range(10, 50)),
        *(f" 2024-03-01 10:00:0{n} indented = {n}" for n in range(3)),
    ]
    whole = told(read, "\n".join(lines).encode())
    apart: dict[str, list[str]] = {}
    for line in lines:
        for pointer, texts in told(read, f"{line}\n".encode()).items():
            apart.setdefault(pointer, []).extend(texts)
    assert whole == {pointer: list(dict.fromkeys(texts)) for pointer, texts in apart.items()}
    assert len(whole["PatientID"]) > 1
