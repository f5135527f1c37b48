"""Write docs/rules.md and docs/csv.md from rules and columns themselves: python docs/build.py."""

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from vestige import catalog
from vestige.catalog import Example, Rule
from vestige.reports.schema import DTYPES, SCHEMA

_SHOWN = 6
"""Found values that an example lists."""

PAGE = Path(__file__).with_name("rules.md")
HEAD = """\
# Rules

Every rule is one file in `rules/`; its path is its id. This page is made from them by
`python docs/build.py`. Severity is the harm if a claim is true, certainty how often it is true
where it is claimed; `rank` makes a risk of both. All people in the examples are invented.
"""


CSV_PAGE = Path(__file__).with_name("csv.md")
CSV_HEAD = """\
# The CSV files

`vestige scan` and `vestige report --format csv` write four tables. The tables below are made from
the code by `python docs/build.py`.

- UTF-8, commas, a header row, quotes as in RFC 4180, lines that end in a line feed. Rows are
  written one by one, so that a table of millions of rows needs no more memory than a short one.
- Texts of the volume are masked. Controls, line ends, NUL, invisible and bidirectional characters
  are written as escapes (`\\x0a`, `\\u202e`), so that a row is one line.
- A text that a spreadsheet could take for a formula has an apostrophe before it: one that begins
  with `=`, `+`, `-`, `@`, a minus sign, a tab or a line end, in full-width and small forms too, and
  behind blanks. In cells of several texts each of them has.
- A cell has at most 32,000 characters; what is beyond is left out in its middle.
- Whatever the language of the page, the words here are English, numbers have a point before
  decimals and none between thousands, days and times are ISO 8601 in UTC.
- A column keeps its name, its type and its meaning; a new one is added at the end of its table.

## In a spreadsheet

LibreOffice asks how to read a CSV file: choose UTF-8 and comma. Without a screen it takes files for
Windows-1252 unless it is told: `soffice --headless --infilter="CSV:44,34,76,1" --convert-to xlsx
findings.csv`. Excel takes a file for UTF-8 only
if it begins with a byte order mark: ask for it with `--csv-bom` (in a workspace `csv-bom = true`).
Where the regional setting separates lists by semicolons and decimals by commas, as in Spain, do not
open the file by a double click: take *Data, From Text/CSV*, with UTF-8, comma, and English (United
States) as the locale of numbers. A sheet holds 1,048,576 rows; `occurrences.csv` can have more.

## In pandas

Read with these types a table has the same ones whatever it holds, and empty too. Empty cells of
words and texts are empty strings; a text like `NA` stays one. `utf-8-sig` reads files with a byte
order mark and without.

```python
import pandas as pd
from vestige.reports.schema import DTYPES

name = "findings.csv"
types = DTYPES[name]
missing = {column: [""] for column, kind in types.items() if kind == "Int64"}
table = pd.read_csv(
    name, dtype=types, keep_default_na=False, na_values=missing, encoding="utf-8-sig"
)
```

Days and times are read as strings; `pd.to_datetime(table["first_written"], utc=True)` makes times.
"""


def main() -> None:
    """Write the pages."""
    PAGE.write_text(page(), encoding="utf-8")
    CSV_PAGE.write_text(csv_page(), encoding="utf-8")


def csv_page() -> str:
    """The page of the CSV files."""
    return "\n".join((CSV_HEAD, *map(_table, SCHEMA)))


def _table(file: str) -> str:
    rows = (
        f"| `{one.name}` | {one.type.value} | `{DTYPES[file][one.name]}` | {one.meaning} |"
        for one in SCHEMA[file]
    )
    head = ("| column | holds | type in pandas | meaning |", "|---|---|---|---|")
    return "\n".join((f"## {file}\n", *head, *rows)) + "\n"


def page() -> str:
    """The whole page."""
    rules = sorted(catalog.load().rules, key=lambda rule: rule.id)
    parts = [HEAD]
    for subject, group in groupby(rules, key=lambda rule: rule.id.split("/")[0]):
        parts.append(f"## {subject}\n")
        parts.extend("\n".join(_rule(rule)) + "\n" for rule in group)
    return "\n".join(parts)


def _rule(rule: Rule) -> Iterator[str]:
    yield f"### {rule.id}\n"
    yield f"**{rule.title}.** {rule.why}\n"
    yield f"- Severity {rule.severity.word}, certainty {rule.certainty:.2f}"
    yield f"- Identifies: {rule.identifies}"
    yield f"- Looks at: {', '.join(sorted(rule.where))}"
    yield f"- Basis: {'; '.join(rule.basis)}"
    yield f"- What to do: {rule.remedy}"
    for example in rule.examples:
        yield f"- {_example(example)}"


def _example(example: Example) -> str:
    text = _objects(example) or (
        f"{len(example.names)} siblings such as `{example.names[0]}`"
        if example.names
        else (f"`{example.text}`" + (f" at `{example.place}`" if example.place != "name" else ""))
    )
    if not example.finds:
        return f"Passes over {text}: {example.because}"
    found = [f"`{one}`" for one in example.finds]
    rest = f" and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
    return f"Finds {', '.join(found[:_SHOWN])}{rest} in {text}"


def _objects(example: Example) -> str:
    """The objects of an example: one is written out, of several their number."""
    if len(example.objects) != 1:
        return f"{len(example.objects)} objects" if example.objects else ""
    return "an object with " + ", ".join(f"`{at}` = `{v}`" for at, v in example.objects[0].items())


if __name__ == "__main__":
    main()
