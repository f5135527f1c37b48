"""The CSV files, read back by the standard library and by pandas."""

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TextIO

import pandas as pd
import pytest

from vestige.reports.csv import (
    FINDINGS,
    LONGEST,
    text,
    write_families,
    write_findings,
    write_marked,
    write_occurrences,
    write_problems,
)
from vestige.review import Occurrence, Review

Writer = Callable[[Review, TextIO], None]
WRITERS = (write_findings, write_occurrences, write_families, write_problems)


def text_of(write: Writer, review: Review) -> str:
    stream = io.StringIO(newline="")
    write(review, stream)
    return stream.getvalue()


def rows_of(write: Writer, review: Review) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text_of(write, review)), strict=True))


def test_findings_begin_with_the_promised_columns() -> None:
    assert ", ".join(FINDINGS) == (
        "rank, finding, band, score, severity, certainty, rule, title, where, location, evidence, "
        "entries, files, bytes, subjects, path, basis, why, remedy, distinct, reasons, "
        "explanation, standing, decision, accepted_by, accepted_because, accepted_on, "
        "accepted_until, key_tells, key_columns, key_codes, key_linked, key_of, key_files"
    )


def test_findings(realistic: Review) -> None:
    rows = rows_of(write_findings, realistic)
    assert [row["rank"] for row in rows] == [str(item.rank) for item in realistic.findings]
    first, private, unknown = rows[0], rows[3], rows[4]
    assert first["finding"] == "F11"
    assert (first["band"], first["score"], first["certainty"]) == ("critical", "99.2", "0.98")
    assert (first["where"], first["location"]) == ("path", "{word}_{uuid}")
    assert first["path"] == "research/export_v1"
    assert first["basis"] == "GDPR Art. 4(1); 45 CFR 164.514"
    assert first["reasons"].count("; ") == 2
    assert private["location"] == "(0029,xx10) SIEMENS CSA HEADER"
    assert unknown["subjects"] == ""
    assert first["explanation"].startswith("shape: two words with a caret")


def test_findings_have_stable_types(realistic: Review, clean: Review) -> None:
    frame = pd.read_csv(io.StringIO(text_of(write_findings, realistic)))
    for column in ("rank", "entries", "files", "bytes", "distinct"):
        assert pd.api.types.is_integer_dtype(frame[column]), column
    for column in ("score", "certainty", "subjects"):
        assert pd.api.types.is_float_dtype(frame[column]), column
    assert frame["bytes"].sum() == sum(item.reach.bytes for item in realistic.findings)
    assert frame["subjects"].isna().sum() == 3 - 1
    nothing = pd.read_csv(io.StringIO(text_of(write_findings, clean)))
    assert list(nothing.columns) == list(frame.columns)
    assert nothing.empty


def test_families(realistic: Review) -> None:
    rows = rows_of(write_families, realistic)
    assert [row["finding"] for row in rows] == ["F11", "F16"]
    assert rows[0]["first_written"] == "2019-03-08T00:00:00Z"
    assert rows[0]["members"] == "1043"
    assert rows[0]["share"] == "0.97"
    assert {row["kind"] for row in rows} == {"names"}
    assert rows[0]["examples"].startswith("Q*******_3f2a…; V**********_9c04…")
    frame = pd.read_csv(
        io.StringIO(text_of(write_families, realistic)),
        parse_dates=["first_written", "last_written"],
    )
    assert str(frame["first_written"].dt.tz) == "UTC"


@pytest.mark.parametrize("written", [0, 2**63 * 2**30])
def test_a_time_that_is_not_known_is_empty(realistic: Review, written: int) -> None:
    first = realistic.findings[0]
    assert first.family is not None
    family = replace(first.family, first_written=written)
    review = replace(realistic, findings=(replace(first, family=family),))
    (row,) = rows_of(write_families, review)
    assert row["first_written"] == ""
    assert row["last_written"] == "2019-03-25T08:00:00Z"


def test_problems_and_occurrences(realistic: Review) -> None:
    problems = rows_of(write_problems, realistic)
    assert len(problems) == 33
    assert problems[0] == {
        "path": "research/import/late/S001/0001.dcm",
        "stage": "read",
        "code": "permission",
        "detail": "EACCES",
    }
    occurrences = rows_of(write_occurrences, realistic)
    assert occurrences[1]["location"] == "(0010,0010)"
    assert occurrences[1]["entry"] == "400001"


@pytest.mark.parametrize("write", WRITERS)
def test_hostile_texts_are_harmless(write: Writer, hostile: Review) -> None:
    text = text_of(write, hostile)
    text.encode()
    lines = text.removesuffix("\n").split("\n")
    assert len(lines) == 1 + 15, "a newline of the volume stays inside its line"
    assert all(char.isprintable() for line in lines for char in line)
    for row in rows_of(write, hostile):
        for column, cell in row.items():
            assert not cell.lstrip().startswith(tuple("=+-@\t\r")), column
            assert not any(part.startswith(tuple("=+-@")) for part in cell.split("; ")), column


def test_numbers_of_ours_stay_numbers(hostile: Review) -> None:
    rows = rows_of(write_findings, hostile)
    assert [int(row["rank"]) for row in rows] == list(range(1, 16))
    assert {float(row["score"]) for row in rows} == {90.0}


@pytest.mark.parametrize("write", WRITERS)
def test_same_review_same_bytes(write: Writer, realistic: Review) -> None:
    assert text_of(write, realistic) == text_of(write, realistic)


def test_occurrences_stream(clean: Review) -> None:
    """Rows are written while occurrences come: none is held back until the last."""
    stream = io.StringIO(newline="")
    seen: list[int] = []

    def occurrences() -> Iterator[Occurrence]:
        for entry in range(1_000):
            yield Occurrence("F1", entry, "a", "name")
            seen.append(stream.getvalue().count("\n"))

    write_occurrences(replace(clean, occurrences=occurrences()), stream)
    assert seen == list(range(2, 1_002))


@pytest.mark.parametrize(
    "raw",
    [
        "=1+1",
        "+1",
        "-1",
        "@a",
        "＝1",
        "＋1",
        "－1",
        "＠a",
        "﹢1",
        "﹦1",
        "﹣1",
        "﹫a",
        "⁺1",
        "₌1",
        "\u22121",
        "\t=1",
        "\r=1",
        "\n=1",
        "\x00=1",
        "  =1",
        "\u3000=1",
        "\u00a0+1",
    ],
)
def test_no_text_begins_a_formula(raw: str) -> None:
    assert text(raw).startswith("'")
    assert text(raw).isprintable()


@pytest.mark.parametrize("raw", ["", " ", "a=1", "(0010,0010)", "#1", "12-3", "ªb", "½", "–1"])
def test_other_texts_stay_as_they_are(raw: str) -> None:
    assert text(raw) == raw


def test_no_cell_is_longer_than_a_spreadsheet_takes(realistic: Review) -> None:
    first = realistic.findings[0]
    long = replace(first, paths=("/".join(["\x07" * 200] * 400),), why="w" * 100_000)
    claim = replace(first.finding.claim, basis=("b" * 500,) * 400)
    long = replace(long, finding=replace(first.finding, claim=claim))
    (row,) = rows_of(write_findings, replace(realistic, findings=(long,)))
    assert {column: len(cell) for column, cell in row.items() if len(cell) > LONGEST} == {}
    assert len(row["why"]) == LONGEST


def test_a_byte_order_mark_stands_first_and_nothing_else_changes(realistic: Review) -> None:
    stream = io.StringIO(newline="")
    write_marked(write_problems, realistic, stream)
    assert stream.getvalue() == "\ufeff" + text_of(write_problems, realistic)
