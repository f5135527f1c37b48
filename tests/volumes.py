"""Volumes planted for tests, and scans of them through the real command."""

import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from vestige import planting
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
    """Run the command with a data folder of its own."""
    environment = os.environ | {"XDG_DATA_HOME": os.fspath(home / "data")}
    done = subprocess.run(
        [*COMMAND, *map(str, arguments)],
        capture_output=True,
        check=False,
        cwd=home,
        env=environment,
        timeout=300,
    )
    return Ran(done.returncode, (done.stdout + done.stderr).decode("utf-8", "replace"))


def planted(recipe: str, volume: Path, seed: int = 7) -> tuple[planting.Truth, ...]:
    """Plant a recipe, and give the truth about it."""
    volume.mkdir(parents=True, exist_ok=True)
    return planting.plant(planting.load(recipe), volume, planting.Planting(seed=seed))
