"""Volumes planted for tests, and scans of them through the real command."""

import os
import signal
import sys
import tempfile
import traceback
import warnings
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
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
    """What a command left: exit code, and all that it printed; `out` came on standard output."""

    code: int
    text: str
    out: str = ""
    err: str = ""


def vestige(*arguments: object, home: Path, at: Path | None = None, told: str = "") -> Ran:
    """Run the command `at` a folder, with the data folder of `home`, in a child of this process.

    It finds what is `told` on its standard input. Scans try no numbers on codes, which takes most
    of a second, unless --crack-seconds is among the arguments. The child has inherited what
    commands load, so that it begins at once; that a command begins from nothing too, other tests
    show by COMMAND.
    """
    _load()
    with ExitStack() as streams:
        given, out, err = (streams.enter_context(tempfile.TemporaryFile()) for _ in range(3))
        given.write(told.encode())
        given.seek(0)
        with warnings.catch_warnings():
            # Of threads of the test runner, from Python 3.12 on.
            warnings.simplefilter("ignore", DeprecationWarning)
            child = os.fork()
        if child == 0:
            for number, stream in enumerate((given, out, err)):
                os.dup2(stream.fileno(), number)
            os.chdir(at or home)
            os._exit(_command([*map(str, arguments), *_uncracked(arguments)], home / "data"))
        _, status = os.waitpid(child, 0)
        printed, warned = _whole(out), _whole(err)
    return Ran(os.waitstatus_to_exitcode(status), printed + warned, printed, warned)


def _uncracked(arguments: tuple[object, ...]) -> tuple[str, ...]:
    """The option by which a scan or a gate tries no numbers, where another is not given."""
    given = [str(one) for one in arguments]
    scans = given[:1] == ["scan"] or (given[:1] == ["gate"] and given[1:2] != ["verify"])
    asked = any(one.startswith(("--crack-seconds", "--help")) for one in given)
    return ("--crack-seconds", "0") if scans and len(given) > 1 and not asked else ()


@cache
def _load() -> None:
    """What commands load, and the rules with their expressions compiled."""
    for known in (*COMMANDS, *OF_CUSTODY):
        import_module(f"vestige.cli.{known.place.split(':')[0]}")
    catalog.load()


def _command(arguments: list[str], data: Path) -> int:
    """The exit code of the command, which has this process for itself."""
    signal.alarm(_PATIENCE)
    sys.stdin = os.fdopen(0, encoding="utf-8", closefd=False)
    sys.stdout = os.fdopen(1, "w", encoding="utf-8", closefd=False)
    sys.stderr = os.fdopen(2, "w", encoding="utf-8", closefd=False)
    os.environ["XDG_DATA_HOME"] = os.fspath(data)
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


def _whole(stream: IO[bytes]) -> str:
    stream.seek(0)
    return stream.read().decode("utf-8", "replace")


def planted(recipe: str, volume: Path, seed: int = 7) -> tuple[planting.Truth, ...]:
    """Plant a recipe, and give the truth about it."""
    volume.mkdir(parents=True, exist_ok=True)
    return planting.plant(planting.load(recipe), volume, planting.Planting(seed=seed))
