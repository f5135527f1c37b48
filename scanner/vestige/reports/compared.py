"""A Comparison as one self-contained HTML page, as JSON, and as CSV; all of it masked."""

import csv
import json
from collections.abc import Iterator
from typing import TextIO

from markupsafe import Markup

from vestige.comparison import Amount, Change, Compared, Comparison, Side
from vestige.reports.csv import Cell, text
from vestige.reports.environment import environment, hashed, source
from vestige.reports.visible import visible

SCHEMA_VERSION = 1
"""Counts up when a key changes its meaning or goes; new keys do not change it."""

ROWS = 500
"""Findings of each change that the page holds; all of them stand in compare.csv."""

COLUMNS = (
    *("change", "old", "new", "band", "score", "rule", "title", "where", "location", "evidence"),
    *("entries_before", "entries_now", "values_before", "values_now", "values_new"),
    *("path", "fingerprint"),
)
HEADINGS = {
    Change.NEW: ("New", "The older scan has no such finding."),
    Change.GROWN: ("Grown", "It was known, and now has more values or stands at more places."),
    Change.EXPIRED: (
        "Expired",
        "It was accepted and no longer is: its last day is over, or there is more or worse now.",
    ),
    Change.MOVED: ("Moved", "Its directory was renamed or moved; it is as it was elsewhere."),
    Change.PERSISTING: ("Persisting", "Nothing of it has changed."),
    Change.ACCEPTED: ("Accepted", "Somebody took it upon themselves, for a reason and a time."),
    Change.UNSEEN: ("Not seen", "The newer scan could not look where it stood."),
    Change.GONE: ("Gone", "The newer scan looked where it stood, and found it no more."),
}


def write_html(found: Comparison, stream: TextIO) -> None:
    """The page of the comparison, written to a stream of UTF-8 text."""
    style = source("report.css")
    groups = [
        (change, *HEADINGS[change], rows[:ROWS], len(rows))
        for change in Change
        if (rows := found.of(change))
    ]
    page = environment().get_template("compare.html.j2")
    stream.write(
        page.render(
            found=found,
            groups=groups,
            verdict=verdict(found),
            outcome={0: "pass", 1: "block", 3: "incomplete"}[found.exit_code],
            style=Markup(style),  # noqa: S704 - our own file
            style_hash=hashed(style),
        )
    )


def verdict(found: Comparison) -> str:
    """What the comparison comes to, in a sentence."""
    least = f"in band {found.fail_on.word} or worse"
    if found.blocking:
        noun = "finding is" if len(found.blocking) == 1 else "findings are"
        return f"{len(found.blocking):,} {noun} new {least}."
    return f"Nothing is new {least}{', but not all was seen' if found.gaps else ''}."


def write_json(found: Comparison, stream: TextIO) -> None:
    """The comparison as indented ASCII JSON, with one line feed at its end."""
    said = {
        "schema_version": SCHEMA_VERSION,
        "old": _side(found.old),
        "new": _side(found.new),
        "fail_on": found.fail_on.word,
        "exit_code": found.exit_code,
        "verdict": verdict(found),
        "caveats": list(map(visible, found.caveats)),
        "gaps": list(map(visible, found.gaps)),
        "counts": found.counts,
        "findings": [_row(row) for row in found.rows],
    }
    json.dump(said, stream, indent=2)
    stream.write("\n")


def write_csv(found: Comparison, stream: TextIO) -> None:
    """One row for each finding, safe to open in any program."""
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(tuple(_cells(row)) for row in found.rows)


def _cells(row: Compared) -> Iterator[Cell]:
    yield from (row.change.value, row.old, row.new, row.band.word, round(row.score, 4))
    yield from map(text, (row.rule, row.title, row.where, row.place, row.masked))
    yield from (row.before.entries, row.now.entries, row.before.values, row.now.values, row.more)
    yield from (text(row.paths[0]) if row.paths else "", row.fingerprint)


def _side(side: Side) -> dict[str, object]:
    return {
        "id": visible(side.scan),
        "started": visible(side.started),
        "roots": list(map(visible, side.roots)),
        "version": visible(side.version),
        "findings": side.findings,
    }


def _row(row: Compared) -> dict[str, object]:
    return {
        "change": row.change.value,
        "fingerprint": row.fingerprint,
        "old": row.old or None,
        "new": row.new or None,
        "band": row.band.word,
        "score": round(row.score, 4),
        "rule": visible(row.rule),
        "title": visible(row.title),
        "where": row.where,
        "location": visible(row.place),
        "evidence": visible(row.masked),
        "before": _amount(row.before),
        "now": _amount(row.now),
        "values_new": row.more,
        "paths": list(map(visible, row.paths)),
    }


def _amount(amount: Amount) -> dict[str, int]:
    return {"entries": amount.entries, "values": amount.values}
