"""The way into a command and out of it: signals, errors, exit codes."""

import gc
import io
import os
import signal
import sys
from pathlib import Path
from threading import Timer
from typing import TYPE_CHECKING, NoReturn

from vestige.cli.commands import app
from vestige.cli.exits import EXIT_INTERNAL, EXIT_INTERRUPTED, EXIT_USAGE, code_of
from vestige.cli.screen import err_console, safe
from vestige.model import VestigeError

if TYPE_CHECKING:
    from sys import UnraisableHookArgs

EXIT_OUTPUT_CLOSED = 141
"""As the shell gives for a command that wrote to a closed pipe."""


def main() -> NoReturn:
    """Run a command; every way out has its own exit code, and no traceback shows a value."""
    signal.signal(signal.SIGTERM, _interrupt)
    gc.set_threshold(_RARELY)
    sys.unraisablehook = _lost
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # What the terminal cannot show must not end a scan.
            stream.reconfigure(errors="backslashreplace")
    sys.exit(_run())


def _run() -> int:
    """Run a command, and give its exit code."""
    try:
        # Without standalone mode a command that ends by typer.Exit gives its code back, and typer
        # makes 130 of an interrupt.
        ended = app(standalone_mode=False)
    except SystemExit as ending:
        return _closed(ending)
    except VestigeError as error:
        err_console.print(f"vestige: {safe(str(error))}", soft_wrap=True)
        return code_of(error)
    except Exception as error:  # noqa: BLE001 - a traceback would print values
        return _unexpected(error)
    code = ended if isinstance(ended, int) else 0
    if code == EXIT_INTERRUPTED:
        goes_on = sys.argv[1:2] in _RESUMED
        err_console.print(f"interrupted{_GOES_ON if goes_on else ''}", soft_wrap=True)
    return code


_RESUMED = (["scan"], ["gate"])
_GOES_ON = ": the scan file is consistent; the same command with --resume goes on"


def _closed(ending: SystemExit) -> int:
    """The exit code where whoever read the output has seen enough; typer would say 1: findings."""
    if not isinstance(ending.__context__, BrokenPipeError):
        raise ending
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return EXIT_OUTPUT_CLOSED


def _interrupt(_signal: int, _frame: object) -> NoReturn:
    raise KeyboardInterrupt


_RARELY = 200_000
"""New objects after which garbage is looked for: what a command loads at its start is none."""

_SOON = 0.05
"""Seconds after which an interrupt comes again."""


def _lost(told: "UnraisableHookArgs") -> None:
    """What is raised in a destructor, where Python goes on as if nothing had been.

    An interrupt that fell there comes once more; of anything else the kind is told, and no value.
    """
    if told.exc_type is KeyboardInterrupt:
        again = Timer(_SOON, os.kill, (os.getpid(), signal.SIGTERM))
        again.daemon = True
        again.start()
    else:
        err_console.print(f"vestige: {told.exc_type.__name__} while something was put away")


def _unexpected(error: Exception) -> int:
    """What to say of an error that nobody foresaw: where it arose, without its text."""
    kind = type(error)
    if kind.__module__.startswith(("click", "typer")):
        format_message = getattr(error, "format_message", None)
        err_console.print(f"vestige: {format_message() if format_message else kind.__name__}")
        return int(getattr(error, "exit_code", EXIT_USAGE))
    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    where = f"{Path(place.tb_frame.f_code.co_filename).name}:{place.tb_lineno}" if place else "?"
    err_console.print(f"vestige: internal error {kind.__name__} at {where}; please report it")
    return EXIT_INTERNAL
