import io
from dataclasses import replace
from pathlib import Path
from typing import TextIO

import pandas as pd
import pytest

from vestige.reports import csv
from vestige.reports.schema import DTYPES, SCHEMA, Type, names
from vestige.review import Review

WRITERS = {
    "findings.csv": csv.write_findings,
    "occurrences.csv": csv.write_occurrences,
    "families.csv": csv.write_families,
    "problems.csv": csv.write_problems,
}
EMPTY_TYPES = {"Int64"}


def read(file: str, review: Review, *, marked: bool = False) -> pd.DataFrame:
    """The table as docs/csv.md says that it is to be read."""

    def write(stream: TextIO) -> None:
        if marked:
            csv.write_marked(WRITERS[file], review, stream)
        else:
            WRITERS[file](review, stream)

    stream = io.StringIO(newline="")
    write(stream)
    types = dict(DTYPES[file])
    missing = {column: [""] for column, kind in types.items() if kind in EMPTY_TYPES}
    raw = io.BytesIO(stream.getvalue().encode())
    return pd.read_csv(
        raw, dtype=types, keep_default_na=False, na_values=missing, encoding="utf-8-sig"
    )


@pytest.mark.parametrize("file", SCHEMA)
def test_types_are_the_same_whatever_a_table_holds(
    file: str, realistic: Review, clean: Review, hostile: Review
) -> None:
    many = replace(realistic, findings=realistic.findings * 200)
    for review, marked in ((realistic, True), (clean, False), (hostile, False), (many, False)):
        table = read(file, review, marked=marked)
        assert tuple(table.columns) == names(file)
        assert {name: str(kind) for name, kind in table.dtypes.items()} == dict(DTYPES[file])


def test_words_that_mean_nothing_to_pandas_stay_words(realistic: Review) -> None:
    first = realistic.findings[0]
    named = replace(first, finding=replace(first.finding, masked="NA"), paths=("None",))
    table = read("findings.csv", replace(realistic, findings=(named,)))
    assert table.loc[0, "evidence"] == "NA"
    assert table.loc[0, "path"] == "None"
    assert table.loc[0, "decision"] == ""


def test_a_number_that_is_not_known_is_missing_and_zero_is_not(realistic: Review) -> None:
    first, second = realistic.findings[:2]
    reviewed = replace(
        realistic,
        findings=(
            replace(first, reach=replace(first.reach, subjects=None)),
            replace(second, reach=replace(second.reach, subjects=0)),
        ),
    )
    subjects = read("findings.csv", reviewed)["subjects"]
    assert subjects.isna().tolist() == [True, False]
    assert subjects[1] == 0


def test_the_page_of_the_tables_is_fresh() -> None:
    page = (Path(__file__).parents[2] / "docs" / "csv.md").read_text(encoding="utf-8")
    for file, columns in SCHEMA.items():
        section = page.split(f"## {file}\n")[1].split("\n## ")[0]
        rows = [line.split(" | ") for line in section.splitlines() if line.startswith("| `")]
        assert [row[0].strip("|` ") for row in rows] == [one.name for one in columns]
        assert [row[1] for row in rows] == [one.type.value for one in columns]
        assert [row[2].strip("`") for row in rows] == list(DTYPES[file].values())
        assert [row[3].rstrip("| ") for row in rows] == [one.meaning for one in columns]


def test_only_what_can_be_empty_is_said_to_be() -> None:
    empty = {
        (file, one.name)
        for file, all_ in SCHEMA.items()
        for one in all_
        if one.type is Type.WHOLE_OR_EMPTY
    }
    of_keys = {("findings.csv", f"key_{one}") for one in ("linked", "of", "files")}
    assert empty == {("findings.csv", "subjects"), *of_keys}
