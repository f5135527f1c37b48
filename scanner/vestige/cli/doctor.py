"""The command that looks at the installation."""

import typer

from vestige.cli.exits import EXIT_USAGE
from vestige.cli.screen import out_console
from vestige.run.doctor import examine


def doctor() -> None:
    """Say whether everything that Vestige needs is in place on this machine."""
    findings = examine()
    for good, sentence in findings:
        out_console.print(f"{'ok   ' if good else 'wrong'}  {sentence}", soft_wrap=True)
    raise typer.Exit(0 if all(good for good, _ in findings) else EXIT_USAGE)
