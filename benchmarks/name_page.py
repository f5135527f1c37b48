"""What a run of the benchmark of names says: bounds, tables and the same as JSON."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from benchmarks.decoys import BY_DESIGN
from benchmarks.name_figures import (
    CERTAIN,
    GRADES,
    MISSED,
    SIZES,
    Judged,
    Key,
    Recall,
    Share,
    Tally,
    Verdicts,
    summed,
)
from benchmarks.name_forms import OTHER, PAIRS, SETS, WEAK, Form
from benchmarks.name_judges import Tier
from benchmarks.name_lists import Names
from benchmarks.name_rates import Rates
from benchmarks.name_trees import IMAGING, SOFTWARE
from benchmarks.outcome import Target, table
from benchmarks.phantom import Phantom

_PAIR_BOUND, _WEAK_BOUND, _TWICE = 0.90, 0.75, 2.0
_FEWEST_LISTS, _FEWEST_SETS = 20, 5_000
_LISTED = 30


@dataclass(frozen=True, slots=True)
class Result:
    """Everything that a run measured; parts that were not asked for are empty."""

    date: str
    name: str
    about: Mapping[str, str]
    missing: tuple[str, ...]
    lists: tuple[Names, ...]
    known: Mapping[str, float]
    seen: frozenset[str]
    recall: Recall
    sets: Mapping[Key, Verdicts]
    decoys: Mapping[Key, Verdicts]
    trees: tuple[Judged, ...]
    scanned: Mapping[str, int]
    phantoms: tuple[Phantom, ...]
    rates: Rates | None

    # --- bounds ----------------------------------------------------------------------------------

    def targets(self) -> Iterator[Target]:
        """What is aimed at, beside what was measured."""
        yield from self._of_phantoms()
        yield from self._of_sets()
        yield from self._of_decoys()
        yield from self._of_trees()
        yield from self._of_forms()
        yield from _of_rates(self.rates)

    def _of_phantoms(self) -> Iterator[Target]:
        met = sum(one.met for one in self.phantoms) / len(self.phantoms) if self.phantoms else None
        yield Target(
            "phantom directory: one family, certain, first, alone", met, ">=", 1, "of trees"
        )

    def _of_sets(self) -> Iterator[Target]:
        for size in SIZES:
            cells = [v for (_, form, n), v in self.sets.items() if n == size and form == SETS[0]]
            total, note = summed(cells), f"{len(cells)} lists, at least {_FEWEST_LISTS} wanted"
            enough = len(cells) >= _FEWEST_LISTS
            missed = total.of(MISSED).value if enough else None
            yield Target(
                f"sets of {size}: missed", missed, "<=", 0.1 if size < _SMALL else 0, "", note
            )
            if size >= _SMALL:
                certain = total.of(CERTAIN).value if enough else None
                each = sum(cell.of(CERTAIN).value >= _SURE for cell in cells)
                note = f"{each} of {len(cells)} lists reach it alone"
                yield Target(f"sets of {size}: certain", certain, ">=", _SURE, "", note)

    def _of_decoys(self) -> Iterator[Target]:
        cells = [v for (title, _, _), v in self.decoys.items() if not title.startswith(BY_DESIGN)]
        count = float(summed(cells).counts[CERTAIN]) if cells else None
        sets = summed(cells).counts.total()
        yield Target("decoy sets: certain", count, "<=", 0, "sets", f"of {sets:,}")

    def _of_trees(self) -> Iterator[Target]:
        sets = sum(tree.sets for tree in self.trees)
        count = float(sum(tree.verdicts[CERTAIN] for tree in self.trees))
        note = f"of {sets:,} folders with six entries and more, {_FEWEST_SETS:,} wanted"
        enough = sets >= _FEWEST_SETS
        yield Target("real folders: certain", count if enough else None, "<=", 0, "sets", note)
        for title, names, bound in (
            ("software trees: names at high", SOFTWARE, 0.002),
            ("descriptions and subject IDs: at high", IMAGING, 0.001),
        ):
            found = [tree for tree in self.trees if any(name in tree.title for name in names)]
            for tree in found:
                share = tree.tally.at(Tier.HIGH)
                yield Target(f"{title}, {tree.title}", share.value, "<=", bound, "", str(share))
            if not found:
                yield Target(title, None, "<=", bound, "")

    def _of_forms(self) -> Iterator[Target]:
        for group in (*PAIRS, *WEAK):
            forms = [f for f in self.recall.by_form if f.group == group and not self._is_seen(f)]
            share = self._pooled(forms).at(Tier.SAID)
            before = max(
                (form.before for form in self.recall.by_form if form.group == group), default=0
            )
            bound = (
                _PAIR_BOUND if group in PAIRS else min(_WEAK_BOUND, _TWICE * before or _WEAK_BOUND)
            )
            measured = share.value if share.of else None
            yield Target(f"recall, {group}", measured, ">=", bound, "", str(share))
        high = self.recall.alone.at(Tier.HIGH)
        yield Target(
            "one surname alone: high", high.value if high.of else None, "<=", 0, "", str(high)
        )

    def _is_seen(self, form: Form) -> bool:
        return (
            form.template.lstrip("%").removeprefix("nfd:") in self.seen and form.template[0] == "{"
        )

    def _pooled(self, forms: Iterable[Form]) -> Tally:
        total = Tally()
        for form in forms:
            total.counts.update(self.recall.by_form[form].counts)
        return total

    # --- the page --------------------------------------------------------------------------------

    def page(self) -> str:
        """The result as Markdown, which reads well on a terminal too."""
        lines = [f"# Names, {self.name}, {self.date}", ""]
        lines += [f"- {key}: {value}" for key, value in self.about.items()]
        lines += [f"- {line}" for line in self.missing]
        for title, heads, rows in self._tables():
            found = list(rows)
            if found:
                lines += ["", f"## {title}", "", *table(heads, found)]
        return "\n".join(lines) + "\n"

    def _tables(self) -> Iterator[tuple[str, Sequence[str], Iterable[Sequence[str]]]]:
        tiers = ("names", "said", "medium", "high")
        yield (
            "Bounds",
            ("bound", "measured", "wanted", "verdict", "note"),
            map(_row, self.targets()),
        )
        yield "Single names by group", ("group", *tiers), self._by_group()
        yield (
            "Single names by template",
            ("group", "template", "seen", "before", *tiers),
            self._by_form(),
        )
        yield "Single names by list", ("list", "in lexicon", *tiers), self._by_list()
        strata = ((part, *_tiers(tally)) for part, tally in self.recall.by_stratum.items())
        yield "Single names by frequency", ("stratum", *tiers), strata
        heads = ("list", *(f"n = {size}" for size in SIZES))
        yield "Sets of surnames before a UUID by list", heads, self._by_set()
        yield (
            "Sets by template",
            ("template", "n", *GRADES, "covered", "share"),
            self._by_set_form(),
        )
        yield "Decoy sets by kind", ("kind", "n", *GRADES), self._by_kind()
        yield "Decoy sets with a verdict", ("decoy", "template", "n", *GRADES), self._alarming()
        heads = ("tree", *tiers, "folders", "of six", *GRADES[:3])
        yield "Real trees", heads, map(_of_tree, self.trees)
        yield (
            "Real trees as the command sees them",
            ("what", "entries"),
            ((what, f"{count:,}") for what, count in self.scanned.items()),
        )
        heads = (
            "people of",
            "entries",
            "families",
            "verdict",
            "rank",
            "band",
            "members",
            "others above",
        )
        yield "The phantom directory", heads, map(_of_phantom, self.phantoms)
        yield "Speed and size", ("what", "measured"), _of_speed(self.rates)

    def _by_group(self) -> Iterator[tuple[str, ...]]:
        for group in (*PAIRS, *WEAK, *OTHER):
            forms = [f for f in self.recall.by_form if f.group == group and not self._is_seen(f)]
            if forms:
                yield group, *_tiers(self._pooled(forms))

    def _by_form(self) -> Iterator[tuple[str, ...]]:
        for form, tally in self.recall.by_form.items():
            before = f"{form.before:.0%}" if form.before else ""
            seen = "seen" if self._is_seen(form) else ""
            yield form.group, f"`{form.template}`", seen, before, *_tiers(tally)

    def _by_list(self) -> Iterator[tuple[str, ...]]:
        for title, tally in self.recall.by_list.items():
            yield title, f"{self.known.get(title, 0):.0%}", *_tiers(tally)

    def _by_set(self) -> Iterator[tuple[str, ...]]:
        for title in dict.fromkeys(title for title, _, _ in self.sets):
            cells = (self.sets.get((title, SETS[0], size)) for size in SIZES)
            yield title, *("" if cell is None else _grades(cell) for cell in cells)
        if self.sets:
            yield "all", *(_grades(self._pooled_sets(SETS[0], size)) for size in SIZES)

    def _pooled_sets(self, form: str, size: int) -> Verdicts:
        return summed(v for (_, f, n), v in self.sets.items() if f == form and n == size)

    def _by_set_form(self) -> Iterator[tuple[str, ...]]:
        for form, size in dict.fromkeys((form, size) for _, form, size in self.sets):
            total = self._pooled_sets(form, size)
            count = total.counts.total()
            means = (f"{total.covered / count:.0%}", f"{total.share / count:.0%}")
            yield f"`{form}`", str(size), *_shares(total), *means

    def _by_kind(self) -> Iterator[tuple[str, ...]]:
        kinds: dict[tuple[str, int], list[Verdicts]] = defaultdict(list)
        for (title, _, size), verdicts in self.decoys.items():
            kinds[title.split(":")[0], size].append(verdicts)
        for (kind, size), cells in sorted(kinds.items(), key=lambda one: (one[0][0], -one[0][1])):
            yield kind, str(size), *_shares(summed(cells))

    def _alarming(self) -> Iterator[tuple[str, ...]]:
        for (title, form, size), verdicts in self.decoys.items():
            if verdicts.of(*GRADES[:2]).hits:
                yield title, f"`{form}`", str(size), *_shares(verdicts)

    def write(self, folder: Path) -> Path:
        """Leaves the page, and its figures as JSON, in a folder; gives the path of the page."""
        folder.mkdir(parents=True, exist_ok=True)
        page = folder / f"{self.date}-names-{self.name}.md"
        page.write_text(self.page(), encoding="utf-8")
        facts = {
            "date": self.date,
            "about": dict(self.about),
            "missing": self.missing,
            "tables": {
                title: [dict(zip(heads, row, strict=True)) for row in rows]
                for title, heads, rows in self._tables()
            },
        }
        text = json.dumps(facts, indent=1, ensure_ascii=False) + "\n"
        page.with_suffix(".json").write_text(text, encoding="utf-8")
        return page


_SMALL, _SURE = 30, 0.85


def _row(of: Target) -> tuple[str, ...]:
    measured = "" if of.measured is None else f"{of.measured:,.4g} {of.unit}".strip()
    return of.what, measured, f"{of.sign} {of.bound:g}", of.verdict, of.note


def _tiers(of: Tally) -> tuple[str, ...]:
    shares = (of.at(tier) for tier in (Tier.SAID, Tier.MEDIUM, Tier.HIGH))
    said, *others = shares
    return f"{said.of:,}", str(said), *(_percent(share) for share in others)


def _percent(share: Share) -> str:
    return f"{share.value:.2%}" if share.value < 0.1 else f"{share.value:.1%}"  # noqa: PLR2004


def _grades(of: Verdicts) -> str:
    return "/".join(f"{100 * of.of(grade).value:.0f}" for grade in GRADES)


def _shares(of: Verdicts) -> tuple[str, ...]:
    return tuple(f"{of.of(grade).value:.1%}" for grade in GRADES)


def _of_tree(tree: Judged) -> tuple[str, ...]:
    grades = (str(tree.verdicts[grade]) for grade in GRADES[:3])
    return tree.title, *_tiers(tree.tally), f"{tree.folders:,}", f"{tree.sets:,}", *grades


def _of_phantom(of: Phantom) -> tuple[str, ...]:
    return (
        *(of.names, f"{of.entries:,}", str(of.families), of.verdict, str(of.rank), of.band),
        *(f"{of.members:,}", str(of.above)),
    )


def _of_rates(of: Rates | None) -> Iterator[Target]:
    for what, measure, sign, bound, unit in _SPEED:
        yield Target(what, None if of is None else measure(of), sign, bound, unit)


_SPEED: tuple[tuple[str, Callable[[Rates], float], Literal["<=", ">="], float, str], ...] = (
    ("unseen names a second, detector", lambda of: of.unseen, ">=", 20_000, ""),
    ("unseen names a second, all rules", lambda of: of.unseen_rules, ">=", 20_000, ""),
    ("repeated names a second", lambda of: of.repeated, ">=", 1_000_000, ""),
    ("UUIDs, UIDs, serial names a second", lambda of: of.serial, ">=", 1_000_000, ""),
    ("lexicon: seconds to load", lambda of: of.load, "<=", 0.5, "s"),
    ("lexicon: memory", lambda of: of.memory - of.memory_before, "<=", 80, "MB"),
    ("lexicon: size", lambda of: of.size / 1e6, "<=", 3, "MB"),
)


def _of_speed(of: Rates | None) -> Iterator[tuple[str, str]]:
    if of is not None:
        yield "unseen names a second, detector", f"{of.unseen:,.0f}"
        yield "unseen names a second, all rules of names and numbers", f"{of.unseen_rules:,.0f}"
        yield "siblings a second, in sets of 1,000", f"{of.siblings:,.0f}"
        yield "names told by the pattern of serial names, a second", f"{of.opaque:,.0f}"
        yield "serial names as a worker asks, a second", f"{of.serial:,.0f}"
        yield "repeated names as a worker asks, a second", f"{of.repeated:,.0f}"
        yield "lexicon: seconds to load", f"{of.load:.2f}"
        yield "lexicon: MB in memory", f"{of.memory - of.memory_before:.0f}"
        yield "process with the lexicon: MB", f"{of.memory:.0f}"
        yield "lexicon: words, and MB on disk", f"{of.words:,}, {of.size / 1e6:.2f}"
