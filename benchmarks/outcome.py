"""What a benchmark measured: one line a step, one a target, as a table and as JSON."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

_IDLE = 0.15


@dataclass(frozen=True, slots=True)
class Step:
    """What one step on one tree took; memory in MB, where it is told."""

    tree: str
    name: str
    files: int
    seconds: float
    cpu: float
    peak: float = 0.0
    together: float = 0.0
    note: str = ""

    @property
    def each(self) -> float:
        """Microseconds a file."""
        return self.seconds / self.files * 1e6 if self.files else 0.0

    @property
    def remark(self) -> str:
        """The note, and how much of the time passed off the core: on a busy machine, or waiting."""
        idle = 1 - self.cpu / self.seconds if self.seconds else 0.0
        waited = f"{idle:.0%} of the time not on a core" if idle > _IDLE else ""
        return ", ".join(filter(None, (self.note, waited)))


@dataclass(frozen=True, slots=True)
class Target:
    """A bound on a ratio or a size, and what was measured; None if it was not."""

    what: str
    measured: float | None
    sign: Literal["<=", ">="]
    bound: float
    unit: str
    note: str = ""

    @property
    def verdict(self) -> str:
        """Met, not met, or not measured."""
        if self.measured is None:
            return "not measured"
        met = self.measured <= self.bound if self.sign == "<=" else self.measured >= self.bound
        return "met" if met else "NOT met"


@dataclass(frozen=True, slots=True)
class Outcome:
    """Everything that a result holds."""

    date: str
    about: dict[str, str]
    steps: tuple[Step, ...]
    targets: tuple[Target, ...]
    missing: tuple[str, ...]

    def tables(self) -> str:
        """The result as Markdown, which reads well on a terminal too."""
        lines = [f"# Speed, {self.date}", ""]
        lines += [f"- {key}: {value}" for key, value in self.about.items()]
        lines += [f"- {line}" for line in self.missing]
        lines += ["", *table(_STEPS, self._steps()), "", *table(_TARGETS, self._targets()), ""]
        return "\n".join(lines)

    def write(self, folder: Path) -> Path:
        """Leaves the tables and the same as JSON in a folder; gives the path of the tables."""
        folder.mkdir(parents=True, exist_ok=True)
        page = folder / f"{self.date}-speed.md"
        page.write_text(self.tables(), encoding="utf-8")
        facts = asdict(self) | {
            "steps": [asdict(step) | {"microseconds": step.each} for step in self.steps],
            "targets": [asdict(one) | {"verdict": one.verdict} for one in self.targets],
        }
        text = json.dumps(facts, indent=1, ensure_ascii=False) + "\n"
        page.with_suffix(".json").write_text(text, encoding="utf-8")
        return page

    def _steps(self) -> Iterator[tuple[str, ...]]:
        floors = {step.tree: step.each for step in reversed(self.steps) if step.each}
        for step in self.steps:
            yield (
                step.tree,
                step.name,
                f"{step.files:,}",
                f"{step.each:,.1f}",
                f"{step.cpu / max(step.files, 1) * 1e6:,.1f}",
                f"{step.each / floors[step.tree]:.1f}" if step.tree in floors else "",
                f"{step.peak:.0f}" if step.peak else "",
                f"{step.together:.0f}" if step.together else "",
                step.remark,
            )

    def _targets(self) -> Iterator[tuple[str, ...]]:
        for target in self.targets:
            yield (
                target.what,
                "" if target.measured is None else f"{target.measured:.2f} {target.unit}",
                f"{target.sign} {target.bound:g} {target.unit}",
                target.verdict,
                target.note,
            )


_STEPS = (
    *("tree", "step", "files", "µs/file", "CPU µs/file", "x first", "peak MB", "all MB", "note"),
)
_TARGETS = ("target", "measured", "bound", "verdict", "note")


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """The lines of a Markdown table with aligned columns."""
    grid = [heads, *rows]
    widths = [max(len(row[column]) for row in grid) for column in range(len(heads))]
    for number, row in enumerate(grid):
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield f"| {' | '.join(cells)} |"
        if number == 0:
            yield f"|{'|'.join('-' * (width + 2) for width in widths)}|"
