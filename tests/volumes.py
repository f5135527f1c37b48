"""Volumes planted for tests, and scans of them through the real command."""

import os
import signal
import sys
import tempfile
import traceback
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import IO, NamedTuple

from vestige import catalog, planting
from vestige.cli import main
from vestige.cli.commands import COMMANDS
from vestige.cli.custody import COMMANDS as OF_CUSTODY
from vestige.model import Entry, Problem, State
from vestige.walk import Left, Siblings

COMMAND = (sys.executable, "-c", "from vestige.cli import main; main()")


class Seen(NamedTuple):
    """An entry as the walk meets it, with the state that the walk alone gives it, if any."""

    entry: Entry
    state: State | None
    reason: str
    problem: Problem | None


def seen_in(events: Iterable[Siblings | Left]) -> Iterator[Seen]:
    """The entries of a walk, one by one."""
    for event in events:
        if isinstance(event, Siblings):
            for place, entry in enumerate(event.entries()):
                met = event.met.get(place)
                yield (
                    Seen(entry, met.state, met.reason, met.problem)
                    if met
                    else Seen(entry, None, "", None)
                )


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command left: exit code, and all that it printed."""

    code: int
    text: str


def vestige(*arguments: object, home: Path) -> Ran:
    """Run the command in `home`, with a data folder of its own, in a child of this process.

    The child has inherited what commands load, so that it begins at once. That a command begins
    from nothing as well, other tests show by COMMAND.
    """
    _load()
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        with warnings.catch_warnings():
            # Of threads of the test runner, from Python 3.12 on.
            warnings.simplefilter("ignore", DeprecationWarning)
            child = os.fork()
        if child == 0:
            os._exit(_command(list(map(str, arguments)), home, (out.fileno(), err.fileno())))
        _, status = os.waitpid(child, 0)
        said = b"".join(_whole(stream) for stream in (out, err))
    return Ran(os.waitstatus_to_exitcode(status), said.decode("utf-8", "replace"))


@cache
def _load() -> None:
    """What commands load, and the rules with their expressions compiled."""
    for known in (*COMMANDS, *OF_CUSTODY):
        import_module(f"vestige.cli.{known.place.split(':')[0]}")
    catalog.load()


def _command(arguments: list[str], home: Path, streams: tuple[int, int]) -> int:
    """The exit code of the command, which has this process for itself."""
    signal.alarm(_PATIENCE)
    for number, stream in enumerate(streams, 1):
        os.dup2(stream, number)
    sys.stdin = os.fdopen(0, encoding="utf-8", closefd=False)
    sys.stdout = os.fdopen(1, "w", encoding="utf-8", closefd=False)
    sys.stderr = os.fdopen(2, "w", encoding="utf-8", closefd=False)
    os.chdir(home)
    os.environ["XDG_DATA_HOME"] = os.fspath(home / "data")
    sys.argv = ["vestige", *arguments]
    code: object = "the command has not ended by an exit code"
    try:
        main()
    except SystemExit as ended:
        code = ended.code
    except BaseException:  # noqa: BLE001 - nothing of the test runner may go on in this process
        traceback.print_exc()
    sys.stdout.flush()
    sys.stderr.flush()
    return code if isinstance(code, int) else _BROKEN


_PATIENCE = 300
"""Seconds that a command may take."""
_BROKEN = 99
"""What no command ends with."""


def _whole(stream: IO[bytes]) -> bytes:
    stream.seek(0)
    return stream.read()


def planted(recipe: str, volume: Path, seed: int = 7) -> tuple[planting.Truth, ...]:
    """Plant a recipe, and give the truth about it."""
    volume.mkdir(parents=True, exist_ok=True)
    return planting.plant(planting.load(recipe), volume, planting.Planting(seed=seed))
