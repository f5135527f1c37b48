"""The command that plants a small volume and scans it."""

import tempfile
from pathlib import Path

import typer

from vestige.cli.exits import EXIT_INTERNAL
from vestige.cli.options import Jobs, Out
from vestige.cli.scan import perform
from vestige.cli.screen import out_console
from vestige.run import demo as demonstration
from vestige.run.plan import Request


def demo(
    out: Out = None,
    jobs: Jobs = 0,
) -> None:
    """Plant a small synthetic volume with a phantom directory, scan it, and show the result."""
    folder = out or Path(tempfile.mkdtemp(prefix="vestige-demo-"))
    volume = demonstration.plant(folder)
    out_console.print(f"A synthetic volume was planted in {volume}", soft_wrap=True)
    key = demonstration.key(folder)
    code = perform(Request(roots=(volume,), out=folder / "scan", key=key, jobs=jobs))
    out_console.print("The people are invented. Now: vestige scan FOLDER")
    raise typer.Exit(0 if code == 1 else EXIT_INTERNAL)
