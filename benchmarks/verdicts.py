"""What a run of the detection benchmark says: figures, targets, misses and alarms, as a page."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from benchmarks.beside import RECALL as RECALL_BESIDE
from benchmarks.beside import Beside
from benchmarks.beside import Figure as FigureBeside
from benchmarks.deidentifiers import Left
from benchmarks.matching import Figure, Matched, by_case, figures, wilson
from benchmarks.outcome import Target, table
from vestige.model import Band

RECALL = {
    "direct": 0.99,
    "dates": 0.99,
    "nested": 0.99,
    "private": 0.97,
    "text": 0.97,
    "sr": 0.97,
    "blob": 0.95,
    "encapsulated": 0.95,
}
"""The least recall of a category that is aimed at."""

_ALARMED_FILES = 0.005
_LISTED = 40


@dataclass(frozen=True, slots=True)
class Detection:
    """Everything that a result holds; `left` is by de-identification tool."""

    date: str
    name: str
    about: Mapping[str, str]
    matched: Matched
    left: Mapping[str, tuple[Left, ...]] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    beside: Beside | None = None

    def targets(self) -> Iterator[Target]:
        """What is aimed at, beside what was measured."""
        measured = {figure.category: figure for figure in figures(self.matched)}
        for category, bound in RECALL.items():
            figure = measured.get(category)
            recall = figure.recall if figure and figure.plants else None
            yield Target(f"recall, {category}", recall, ">=", bound, "")
        grave = {a.seen.file for a in self.matched.alarms if a.seen.band >= Band.HIGH}
        some = {a.seen.file for a in self.matched.alarms if a.seen.band == Band.MEDIUM}
        clean = self.matched.clean_files
        counted = float(len(grave)) if clean else None
        yield Target("clean files with an alarm at high or critical", counted, "<=", 0, "files")
        share = len(some) / clean if clean else None
        yield Target("clean files with an alarm at medium", share, "<=", _ALARMED_FILES, "")
        if self.beside is not None:
            every = self.beside.all()
            yield Target("recall, all places beside", every.recall, ">=", RECALL_BESIDE, "")
            yield Target("controls beside with an alarm", float(every.alarmed), "<=", 0, "files")

    def page(self) -> str:
        """The result as Markdown, which reads well on a terminal too."""
        lines = [f"# Detection, {self.name}, {self.date}", ""]
        lines += [f"- {key}: {value}" for key, value in self.about.items()]
        lines += [f"- {line}" for line in self.missing]
        for title, claimed in _PARTS.items():
            lines += ["", f"## {title}", ""]
            lines += table(_FIGURES, (_row(one) for one in figures(self.matched, claimed=claimed)))
        lines += self._beside()
        lines += ["", "## Targets", "", *table(_TARGETS, map(_target, self.targets()))]
        lines += ["", "## Misses by case", ""]
        lines += table(_MISSES, ((c, str(n), said) for c, n, said in by_case(self.matched.misses)))
        lines += ["", "## False alarms", "", *table(_ALARMS, self._alarms())]
        for tool, rows in self.left.items():
            lines += [
                "",
                f"## Left by {tool}",
                "",
                f"{len(rows)} attributes with findings at medium or worse.",
                "",
            ]
            lines += table(_LEFT, ((o.pointer, o.band, str(o.files), o.rules) for o in rows))
        return "\n".join(lines) + "\n"

    def _beside(self) -> Iterator[str]:
        """What lies beside the images, by kind of place, and the kinds that are not as aimed at."""
        if self.beside is None:
            return
        yield from ("", "## Beside the images", "")
        of_all = (*self.beside.by_place(), self.beside.all(), *self.beside.recipes)
        yield from table(_BESIDE, map(_row_beside, of_all))
        off = [one for one in self.beside.by_kind() if one.found < one.plants or one.alarmed]
        yield from ("", "### Kinds with a miss or an alarm", "")
        yield from table(_BESIDE, map(_row_beside, off))
        rules = Counter(rule for rules in self.beside.alarms.values() for rule in set(rules))
        yield from ("", "### Rules of alarms at high or worse", "")
        yield from table(("rule", "files"), ((rule, str(n)) for rule, n in rules.most_common()))

    def _alarms(self) -> Iterator[tuple[str, ...]]:
        counts = Counter(
            (alarm.case or "(beside)", alarm.seen.rule, alarm.seen.pointer, alarm.seen.band)
            for alarm in self.matched.alarms
        )
        for (case, rule, pointer, band), count in counts.most_common(_LISTED):
            yield case, rule, pointer, band.word, str(count)

    def write(self, folder: Path) -> Path:
        """Leaves the page, and its figures as JSON, in a folder; gives the path of the page."""
        folder.mkdir(parents=True, exist_ok=True)
        page = folder / f"{self.date}-detection-{self.name}.md"
        page.write_text(self.page(), encoding="utf-8")
        facts = {
            "date": self.date,
            "about": dict(self.about),
            "figures": [asdict(figure) for figure in figures(self.matched)],
            "targets": [asdict(one) | {"verdict": one.verdict} for one in self.targets()],
            "misses": [
                {"file": m.plant.file, "case": m.plant.case, "pointer": m.plant.pointer}
                for m in self.matched.misses
            ],
            "beside": [asdict(one) for one in self.beside.by_kind()] if self.beside else [],
            "left": {tool: [asdict(one) for one in rows] for tool, rows in self.left.items()},
        }
        text = json.dumps(facts, indent=1, ensure_ascii=False) + "\n"
        page.with_suffix(".json").write_text(text, encoding="utf-8")
        return page


_PARTS = {
    "All objects": None,
    "Objects that claim nothing": False,
    "Objects that claim 113105 and 113107": True,
}
_FIGURES = ("category", "plants", "recall", "95 %", "by name", "controls", "alarms", "precision")
_BESIDE = ("kind", "plants", "found", "recall", "95 %", "controls", "alarms at high")
_TARGETS = ("target", "measured", "bound", "verdict")
_MISSES = ("case", "missed", "what was said at low or info")
_ALARMS = ("case", "rule", "element", "band", "times")
_LEFT = ("element", "band", "files", "rules")


def _row(of: Figure) -> tuple[str, ...]:
    low, high = wilson(of.found, of.plants)
    return (
        of.category,
        str(of.plants),
        f"{of.recall:.3f}" if of.plants else "",
        f"{low:.3f}-{high:.3f}" if of.plants else "",
        f"{of.named / of.plants:.3f}" if of.plants else "",
        str(of.controls),
        str(of.alarmed),
        f"{of.precision:.3f}",
    )


def _row_beside(of: FigureBeside) -> tuple[str, ...]:
    low, high = of.interval
    recall = f"{of.recall:.3f}", f"{low:.3f}-{high:.3f}"
    return of.name, str(of.plants), str(of.found), *recall, str(of.controls), str(of.alarmed)


def _target(of: Target) -> tuple[str, ...]:
    measured = "" if of.measured is None else f"{of.measured:.4f} {of.unit}".strip()
    return of.what, measured, f"{of.sign} {of.bound:g}", of.verdict
