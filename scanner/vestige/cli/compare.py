"""The command that compares two scans of a volume."""

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from vestige.cli.options import BaselineFile, KeyOfScan, band
from vestige.cli.screen import out_console, safe
from vestige.comparison import Change, Compared, Comparison
from vestige.model import UsageError, bands
from vestige.reports.compared import verdict
from vestige.run import comparisons
from vestige.run.compare import compare as run_compare

_TOP = 20
"""Rows of the screen; all of them stand in the files of --out."""


def compare(  # noqa: PLR0913, PLR0917 - one parameter for each option that a user may give
    old: Annotated[Path, typer.Argument(help="The older scan: scan.sqlite, or its folder.")],
    new: Annotated[Path, typer.Argument(help="The newer scan: scan.sqlite, or its folder.")],
    fail_on: Annotated[
        str,
        typer.Option(
            help=f"Least band that gives exit code 1: {', '.join(bands())}. Default: that of NEW."
        ),
    ] = "",
    formats: Annotated[
        list[str] | None,
        typer.Option("--format", help="html, json or csv, into --out; all by default."),
    ] = None,
    out: Annotated[Path | None, typer.Option(help="Folder for the files; none by default.")] = None,
    baseline: BaselineFile = None,
    key: KeyOfScan = None,
) -> None:
    """Compare two scans of one volume: what is new, gone, moved, and as it was.

    A finding is known again by its fingerprint: rule, keyed digest of its value, and place. It is
    new if the older scan has no such finding, grown if it has more values or stands at more places,
    moved if its directory was renamed or moved, persisting if nothing of it has changed. What is
    missing is gone only if the newer scan has looked where it stood; if it could not (a directory
    that may not be read, a volume that is not mounted), it is not seen.

    With a baseline, what somebody answers for is accepted and does not count, though it be new;
    what an acceptance no longer covers, as its last day is over or there is more now, is expired.

    Both scans must be made with one key. Exit codes: 0 nothing new, 1 something new or grown at or
    above the band, 2 the two cannot be compared, 3 nothing new, but the newer scan did not see all,
    4 a scan file is damaged or of another version.
    """
    chosen = tuple(formats or comparisons.FORMATS)
    unknown = sorted(set(chosen) - comparisons.FORMATS.keys())
    if unknown:
        raise UsageError(f"no format {unknown[0]!r}; formats are {', '.join(comparisons.FORMATS)}")
    if formats and out is None:
        raise UsageError("--format needs --out, the folder for the files")
    decided = comparisons.decided(new, baseline, key)
    found = run_compare(old, new, band(fail_on), decided)
    _say(found)
    if out is not None:
        for path in comparisons.write(found, out, (old, new), chosen):
            out_console.print(str(path), soft_wrap=True)
    raise typer.Exit(found.exit_code)


def _say(found: Comparison) -> None:
    """The comparison on one screen."""
    shown = [row for row in found.rows if row.change not in (Change.PERSISTING, Change.ACCEPTED)]
    if shown:
        out_console.print(_table(shown[:_TOP]))
    if len(shown) > _TOP:
        out_console.print(f"… and {len(shown) - _TOP:,} more; --out FOLDER writes them all")
    for sentence in (*found.caveats, *found.gaps):
        out_console.print(sentence, soft_wrap=True)
    counted = ", ".join(f"{count:,} {change}" for change, count in found.counts.items() if count)
    out_console.print(f"Findings: {counted or 'none in either scan'}.", soft_wrap=True)
    out_console.print(f"Verdict: {verdict(found)}", soft_wrap=True)


def _table(rows: list[Compared]) -> Table:
    table = Table(box=None, pad_edge=False)
    for column in ("change", "old", "new", "band", "score", "what", "entries", "values"):
        right = column in ("score", "entries", "values")
        table.add_column(column, justify="right" if right else "left")
    for row in rows:
        table.add_row(
            row.change.value,
            row.old,
            row.new,
            row.band.word,
            f"{row.score:.1f}",
            Text(safe(f"{row.title}  {row.masked}"), overflow="fold"),
            _step(row.before.entries, row.now.entries),
            _step(row.before.values, row.now.values),
        )
    return table


def _step(before: int, now: int) -> str:
    return f"{now:,}" if before == now else f"{before:,} → {now:,}"
