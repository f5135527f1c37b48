"""The command that finds a person, for requests of access and erasure."""

import getpass
import os
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from vestige.cli.progress import progress
from vestige.cli.screen import err_console, out_console, safe
from vestige.model import UsageError
from vestige.reports import locations
from vestige.review import Located, Locating, Strength
from vestige.run import erasure, outputs
from vestige.run import key as keys
from vestige.run.locating import Asked, located, path_of, scan_file, scanned
from vestige.run.plan import Request
from vestige.run.rosters import Person
from vestige.run.scan import Listener
from vestige.store import Store

_TOP = 40
_WRITERS = {"csv": locations.write_csv, "json": locations.write_json}


def locate(  # noqa: PLR0913, PLR0917 - one parameter for each option that a user may give
    context: typer.Context,
    target: Annotated[
        Path,
        typer.Argument(
            metavar="SCAN|ROOT",
            help="A scan (scan.sqlite, or the folder that holds it), or a folder to be scanned "
            "first.",
            show_default=False,
        ),
    ],
    roster: Annotated[
        str,
        typer.Option(
            help="A list of people, or a roster made by `vestige roster`; - reads a list from the "
            "standard input.",
        ),
    ] = "",
    mapping: Annotated[
        Path | None,
        typer.Option(help="A table that maps persons to pseudonyms, kept elsewhere (CSV or JSON)."),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            help="Folder for --format, and for the scan of a ROOT, else removed at the end."
        ),
    ] = None,
    formats: Annotated[
        list[str] | None, typer.Option("--format", help="csv or json: all places, into --out.")
    ] = None,
    files_from0: Annotated[
        Path | None,
        typer.Option(
            "--files-from0",
            help="Write the paths of the files and folders concerned, in clear, each ended by a "
            "zero byte: for xargs -0 or rsync --from0. Vestige deletes nothing.",
        ),
    ] = None,
    key: Annotated[
        Path | None, typer.Option(help="Key with which the scan was made. Default: your own.")
    ] = None,
    *,
    name: Annotated[bool, typer.Option("--name", help="Ask for a name; it is not shown.")] = False,
    number: Annotated[
        bool, typer.Option("--id", help="Ask for a Patient ID or another number; it is not shown.")
    ] = False,
    birth: Annotated[
        bool,
        typer.Option("--birth", help="Ask for the birth date too (1961-02-03): fewer namesakes."),
    ] = False,
    near: Annotated[
        bool, typer.Option("--near", help="Also names with one letter more, less or other.")
    ] = False,
    reveal: Annotated[bool, typer.Option("--reveal", help="Show paths in clear.")] = False,
) -> None:
    """Find all places where a person stands: for access and erasure (GDPR Art. 15 and 17).

    Names of files and folders, headers (private and nested elements too), tables, and files that
    tell of names are asked; then what these lead to: a Patient ID that stands beside the name, and
    pseudonyms, where a table on the volume or one that you give (--mapping) holds them.

    Who is sought is read from a prompt that does not show it, from a file or from the standard
    input, never from the command line, where it would stay in the history of the shell. It is not
    stored, and stands in no output. A scan is asked by its key (--key), and the volume is not read
    again but for tables in which the person is listed; a ROOT is scanned first.

    Evidence is strong, likely (the person is led to) or weak (one name alone, a short number, or a
    namesake with another birth date). Exit codes: 0 nobody was found and all was read, 1 somebody
    was found, 3 nobody was found, but not everything was read.
    """
    if context.args:
        raise UsageError(
            "only SCAN or ROOT and options may stand on the command line: a name there stays in "
            "the history of the shell, so that it was not used; --name and --id ask for it"
        )
    _demand_formats(formats or [], out)
    asked = _asked(roster, mapping, wanted=(name, number, birth), near=near)
    request = Request(roots=(target,), out=out, key=key)
    with _telling(target) as listener, scanned(target, request, listener) as store:
        secret = keys.load(key, store.root_paths())
        found = located(store, secret, asked)
        if reveal:
            err_console.print("In clear: what follows is personal data.", style="red")
        _write(store, found, formats or [], out or Path(), reveal=reveal)
        _say(store, found, reveal=reveal)
        if files_from0 is not None:
            _list(store, found, files_from0)
    raise typer.Exit(found.exit_code)


@contextmanager
def _telling(target: Path) -> Iterator[Listener]:
    """Tells how far a scan is, if one is to be made."""
    if scan_file(target) is None:
        with progress() as listener:
            yield listener
    else:
        yield lambda _progress: None


def _demand_formats(formats: list[str], out: Path | None) -> None:
    unknown = sorted(set(formats) - _WRITERS.keys())
    if unknown:
        raise UsageError("--format: formats are csv and json")
    if formats and out is None:
        raise UsageError("--format needs --out, the folder to write to")


def _asked(
    roster: str, mapping: Path | None, *, wanted: tuple[bool, bool, bool], near: bool
) -> Asked:
    """Who is sought; UsageError if nobody is asked for, or in two ways."""
    name, number, birth = wanted
    if bool(roster) == (name or number):
        raise UsageError("say who is sought by --name, --id or both, or by --roster")
    if roster:
        return Asked((), _listed(roster), mapping, near)
    person = Person(
        _prompted("Name (surname, given name): ") if name else "",
        _prompted("Patient ID or other number: ") if number else "",
        _prompted("Birth date (as 1961-02-03): ").replace("-", "") if birth else "",
    )
    return Asked((person,), b"", mapping, near)


def _prompted(question: str) -> str:
    """A line from the terminal, which does not show it, or from the standard input."""
    told = getpass.getpass(question) if sys.stdin.isatty() else sys.stdin.readline()
    if not told.strip():
        raise UsageError("nothing was given: nobody is sought")
    return told.strip()


def _listed(roster: str) -> bytes:
    try:
        raw = sys.stdin.buffer.read() if roster == "-" else Path(roster).read_bytes()
    except OSError as error:
        raise UsageError(f"--roster: the list cannot be read ({error.strerror})") from None
    if not raw.strip():
        raise UsageError("--roster: the list is empty: nobody is sought")
    return raw


def _write(store: Store, found: Locating, formats: list[str], out: Path, *, reveal: bool) -> None:
    if not formats:
        return
    folder = outputs.folder(out, store.root_paths())
    named = path_of(store, found, reveal=reveal)
    for one in dict.fromkeys(formats):
        file = folder / f"located.{one}"
        outputs.write_text(file, partial(_WRITERS[one], found, named))
        out_console.print(str(file), soft_wrap=True)


def _say(store: Store, found: Locating, *, reveal: bool) -> None:
    """The result on one screen, places of one kind in a line."""
    groups: dict[tuple[object, ...], list[Located]] = {}
    order = list(Strength)
    for one in sorted(found.found, key=lambda one: order.index(one.strength)):
        told = (one.person, one.strength.value, one.where.value, one.place, one.why)
        groups.setdefault(told, []).append(one)
    if groups:
        out_console.print(_table(store, found, groups))
    if len(groups) > _TOP:
        out_console.print(f"… and {len(groups) - _TOP:,} more lines with --format csv --out FOLDER")
    if reveal:
        named = path_of(store, found, reveal=True)
        for entry in dict.fromkeys(one.entry for one in found.found):
            out_console.print(safe(named(entry)), soft_wrap=True)
    by_strength = Counter(one.strength for one in found.found)
    entries = len({one.entry for one in found.found})
    evidence = ", ".join(f"{by_strength[one]:,} {one.value}" for one in order)
    out_console.print(f"Sought: {found.sought:,}. Found: {entries:,} entries; {evidence}.")
    for sentence in found.unseen:
        out_console.print(f"Not looked at: {safe(sentence)}", soft_wrap=True)
    for sentence in found.limits:
        out_console.print(f"Not checked: {safe(sentence)}", soft_wrap=True)


def _table(store: Store, found: Locating, groups: dict[tuple[object, ...], list[Located]]) -> Table:
    """Places of one kind in a line, with the masked path of the first."""
    table = Table(box=None, pad_edge=False)
    for column in ("who", "evidence", "where", "place", "why", "entries", "first"):
        table.add_column(column, justify="right" if column == "entries" else "left")
    named = path_of(store, found, reveal=False)
    for told, places in list(groups.items())[:_TOP]:
        cells = [Text(safe(str(cell)), overflow="fold") for cell in told]
        first = Text(safe(named(places[0].entry)), overflow="fold")
        table.add_row(*cells, f"{len(places):,}", first)
    return table


def _list(store: Store, found: Locating, file: Path) -> None:
    told = erasure.concerned(store, found)
    erasure.write(store, told.entries, file)
    err_console.print(
        f"In clear: {os.fspath(file)} holds {len(told.entries):,} paths, which are personal data.",
        style="red",
        soft_wrap=True,
    )
    if told.shared or told.doubtful:
        err_console.print(
            f"Not in it: {told.shared:,} entries that are about others too (tables, lists of "
            f"names), and {told.doubtful:,} with weak evidence alone: look at them yourself.",
            soft_wrap=True,
        )
