"""The command that turns a list of people into a roster."""

from pathlib import Path
from typing import Annotated

import typer

from vestige import lexicon, shipped
from vestige.cli.screen import out_console
from vestige.identity import Marker
from vestige.run import key as keys
from vestige.run import rosters


def roster(
    people: Annotated[
        Path,
        typer.Argument(
            help="A table with headings (surname, given name, patient id, birth date, in many "
            "languages), or one name or number a line.",
            show_default=False,
        ),
    ],
    out: Annotated[Path, typer.Option(help="The roster to write; it must not exist yet.")],
    key: Annotated[
        Path | None,
        typer.Option(help="Key of the digests: scans need the same. Default: your own."),
    ] = None,
    *,
    near: Annotated[
        bool,
        typer.Option("--near", help="Find names with one letter more, less or other, too."),
    ] = False,
) -> None:
    """Turn a list of people into a roster, a file of keyed digests, for `vestige scan --roster`.

    The roster holds no name, number or date. But whoever has both roster and key can try every
    name: keep them apart, and treat the two together as you treat the list. A salt that lies
    beside digests of names protects nobody, for names can be counted through.
    """
    secret = keys.load(key, ())
    words = lexicon.load(shipped.rules() / "lexicons")
    made = rosters.make(people, out, secret, Marker(secret, words.ordinary, near=near))
    out_console.print(f"{made.people:,} people, {len(made):,} digests: {out}", soft_wrap=True)
