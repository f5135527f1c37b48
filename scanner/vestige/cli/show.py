"""The command that shows one finding."""

from typing import Annotated

import typer

from vestige.cli.options import ScanFile, scan_path
from vestige.cli.result import lines
from vestige.cli.screen import err_console, out_console, safe
from vestige.run.review import open_review
from vestige.run.show import ranked
from vestige.run.show import reveal as read_again


def show(
    scan_file: ScanFile,
    finding: Annotated[str, typer.Argument(help="The finding, as F12.")],
    *,
    reveal: Annotated[
        bool, typer.Option("--reveal", help="Read the values again and show them in clear.")
    ] = False,
) -> None:
    """Show one finding: masked, or in clear with --reveal on the machine with the volume."""
    store, review = open_review(scan_path(scan_file))
    try:
        one = ranked(review, finding)
        for line in lines(one):
            out_console.print(line, soft_wrap=True)
        if reveal:
            err_console.print("In clear: what follows is personal data.")
            for revealed in read_again(store, one):
                values = "; ".join(revealed.values)
                out_console.print(safe(f"{revealed.path}  {values}"), soft_wrap=True)
    finally:
        store.close()
