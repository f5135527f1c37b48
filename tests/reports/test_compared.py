"""Comparisons as a page, as JSON and as CSV: whole, escaped, and loading nothing."""

import csv
import io
import json
from dataclasses import replace

import pytest

from tests.test_comparison import FOUND, ROW
from vestige.comparison import Change, Comparison
from vestige.reports import compared

HOSTILE = replace(
    ROW, title="<script>alert(1)</script>", masked="=cmd|'\u202e", paths=("</table>\x1b[31m",)
)


def page(found: Comparison) -> str:
    stream = io.StringIO()
    compared.write_html(found, stream)
    return stream.getvalue()


def test_the_page_loads_nothing_and_lets_nothing_through() -> None:
    told = page(replace(FOUND, rows=(HOSTILE,), gaps=("<b>",), caveats=("<i>",)))
    assert "default-src 'none'" in told
    assert "<script" not in told
    assert "&lt;script&gt;alert(1)" in told
    assert "http" not in told.replace("http-equiv", "")
    assert all(raw not in told for raw in ("<b>", "<i>", "\x1b", "\u202e", "</table>\\x1b"))


@pytest.mark.parametrize("change", list(Change))
def test_every_change_has_its_heading(change: Change) -> None:
    told = page(replace(FOUND, rows=(replace(ROW, change=change),)))
    assert f'<h2 id="{change.name.lower()}-name">{compared.HEADINGS[change][0]}</h2>' in told


def test_of_very_many_the_page_shows_the_worst_and_says_so() -> None:
    rows = tuple(replace(ROW, fingerprint=f"{n:032x}") for n in range(compared.ROWS + 1))
    told = page(replace(FOUND, rows=rows))
    assert told.count("<tr>\n<td>") == compared.ROWS
    assert f"<strong>{compared.ROWS + 1}</strong>" in told


def test_the_verdict_says_what_it_comes_to() -> None:
    assert compared.verdict(FOUND) == "1 finding is new in band medium or worse."
    calm = replace(FOUND, rows=())
    assert compared.verdict(calm) == "Nothing is new in band medium or worse."
    assert compared.verdict(replace(calm, gaps=("x",))).endswith("but not all was seen.")


def test_json_and_csv_hold_every_row() -> None:
    stream = io.StringIO()
    compared.write_json(replace(FOUND, rows=(HOSTILE, ROW)), stream)
    told = json.loads(stream.getvalue())
    assert told["schema_version"] == compared.SCHEMA_VERSION
    assert told["counts"]["new"] == len(told["findings"]) == 2
    assert told["findings"][1]["fingerprint"] == "ab" * 16
    assert stream.getvalue().isascii()
    table = io.StringIO(newline="")
    compared.write_csv(replace(FOUND, rows=(HOSTILE, ROW)), table)
    head, first, second = csv.reader(io.StringIO(table.getvalue()))
    assert tuple(head) == compared.COLUMNS
    assert first[head.index("evidence")].startswith("'=cmd")
    assert len(first) == len(second) == len(head)
