"""How well names of people are told in names of files and folders, and how often wrongly.

    python benchmarks/names.py [--seed 1] [--names FOLDER] [--real FOLDER] [--dictionaries FOLDER]
                               [--quick] [--only recall sets decoys trees phantom speed]

measures on lists of names that no lexicon of Vestige was built from (packages, Faker's held-out
locales, lists in --names called `locale-source.surnames.txt` and `.given.txt`, a name a line, a
count behind a tab): single names by template, list and frequency; sets of siblings; decoys; real
trees; the phantom directory by the real command; speed. It prints which bounds are met, and leaves
the same in benchmarks/results/. One seed gives one result, but for speed and real trees.

The packages: `pip install -e ".[benchmark]"`. What is absent is named, and the rest is measured.
"""

import argparse
import datetime as dt
import sys
import sysconfig
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # a script's neighbours are found from the checkout's top

from benchmarks import name_figures, name_forms, name_lists, name_rates, name_trees  # noqa: E402
from benchmarks import phantom as phantoms  # noqa: E402
from benchmarks.decoys import DICTIONARIES, decoys  # noqa: E402
from benchmarks.name_figures import Recall, Tally  # noqa: E402
from benchmarks.name_judges import NAMING, Judges  # noqa: E402
from benchmarks.name_lists import Names  # noqa: E402
from benchmarks.name_page import Result  # noqa: E402
from benchmarks.phantom import Phantom  # noqa: E402

PARTS = ("recall", "sets", "decoys", "trees", "phantom", "speed")
_LEXICONS = ROOT / "rules" / "lexicons"


@dataclass(frozen=True, slots=True)
class Extent:
    """How much is measured: people of a list and template, sizes of sets, entries, rates."""

    each: int
    sizes: tuple[int, ...]
    ordinary: int
    counted: int
    forms: bool


_WHOLE = Extent(20, name_figures.SIZES, phantoms.ORDINARY, 12_000, forms=True)
_QUICK = Extent(4, (200, 30, 12), 10_000, 12_000, forms=False)


def main() -> None:
    """Measure, print, write."""
    options = _options()
    extent = _QUICK if options.quick else _WHOLE
    parts = set(options.only or PARTS)
    taught = name_lists.taught(_LEXICONS / "SOURCES.csv")
    lists, missing = name_lists.gathered(options.names, taught)
    if not lists:
        sys.exit('no list of names: pip install -e ".[benchmark]", or --names FOLDER')
    judges = Judges()
    codes = judges.catalog.lexicon.codes
    result = Result(
        date=dt.datetime.now(dt.UTC).date().isoformat(),
        name=options.name or ("quick" if options.quick else "held-out"),
        about=_about(options, lists),
        missing=missing,
        lists=lists,
        known={names.title: name_lists.known_share(names, codes) for names in lists},
        seen=name_forms.seen(_LEXICONS / "shapes.py"),
        recall=Recall({}, {}, {}, Tally()),
        sets={},
        decoys={},
        trees=(),
        scanned={},
        phantoms=(),
        rates=None,
    )
    with tempfile.TemporaryDirectory(prefix="vestige-names-") as folder:
        run = _Run(judges, lists, options, extent, Path(folder))
        for part in PARTS:
            if part in parts:
                print(f"measuring {part}", file=sys.stderr, flush=True)
                result = _STEPS[part](run, result)
    print(result.page())
    print(result.write(options.out))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    default = Path(__file__).parent / "results"
    real = ROOT.parent / "shared" / "data" / "names"
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--names", type=Path, help="folder of further lists of names")
    parser.add_argument("--real", type=Path, default=real, help="folder of lists of public names")
    parser.add_argument("--dictionaries", type=Path, default=DICTIONARIES, help="word lists")
    parser.add_argument("--quick", action="store_true", help="a small run, below a minute")
    parser.add_argument("--only", nargs="+", choices=PARTS, metavar="PART", help=", ".join(PARTS))
    parser.add_argument("--out", type=Path, default=default, help="folder for the result")
    parser.add_argument("--name", default="", help="of the result, in its file name")
    return parser.parse_args()


def _about(options: argparse.Namespace, lists: Sequence[Names]) -> dict[str, str]:
    kin = "; ".join(f"{names.title}: {names.kin}" for names in lists if names.kin)
    return {
        "seed": str(options.seed),
        "lists of names": f"{len(lists)}, in none of which the lexicon was built",
        "kin of the lexicon": kin or "none",
        "said": "a rule of names speaks of the entry (severity medium and more)",
        "medium, high": "the finding ranks in that band, were the entry the only one",
        "slips of the key": f"{name_forms.TYPOS:.0%} of single names, "
        f"{name_forms.TYPOS_OF_SETS:.0%} in sets",
        "spelling": "marks kept, stripped, decomposed, or ä as ae; title case, capitals or small",
        "cells of sets": "certain/likely/review/missed in %",
    }


# --- parts ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Run:
    judges: Judges
    lists: tuple[Names, ...]
    options: argparse.Namespace
    extent: Extent
    work: Path


def _recall(run: _Run, result: Result) -> Result:
    seed, each = run.options.seed, run.extent.each
    return replace(result, recall=name_figures.recall(run.judges, run.lists, seed, each))


def _sets(run: _Run, result: Result) -> Result:
    extent, seed = run.extent, run.options.seed
    found = name_figures.named_sets(run.judges, run.lists, seed, extent.sizes, forms=extent.forms)
    return replace(result, sets=found)


def _decoys(run: _Run, result: Result) -> Result:
    made, missing = decoys(run.options.dictionaries)
    sizes = [size for size in run.extent.sizes if size >= 30]  # noqa: PLR2004 - certain from 10 on
    found = name_figures.decoy_sets(run.judges, made, run.options.seed, sizes)
    return replace(result, decoys=found, missing=(*result.missing, *missing))


def _trees(run: _Run, result: Result) -> Result:
    found = name_trees.trees(run.work, run.options.real, quick=run.options.quick)
    judged = tuple(name_figures.judged_tree(run.judges, tree) for tree in found)
    scanned = {} if run.options.quick else dict(_scanned(run))
    return replace(result, trees=judged, scanned=scanned)


def _scanned(run: _Run) -> Iterator[tuple[str, int]]:
    """What the command says of the names of software, in its place, the files being empty."""
    roots = [Path(sysconfig.get_paths()["purelib"])]
    modules = run.work / "node" / "node_modules"
    roots += [modules] if modules.is_dir() else []
    yield "entries", name_trees.skeleton(tuple(roots), run.work / "software")
    reports = phantoms.scanned(run.work / "software", run.work / "software-out")
    found: Counter[str] = Counter()
    for row in phantoms.rows(reports / "findings.csv"):
        if row["rule"].startswith((NAMING, "tree/")):
            found[f"{row['rule']} at {row['band']}"] += int(row["entries"])
    yield from sorted(found.items())


def _phantom(run: _Run, result: Result) -> Result:
    return replace(result, phantoms=tuple(_phantoms(run)))


def _phantoms(run: _Run) -> Iterator[Phantom]:
    """People of all lists and of two alone in one folder, and of all in a few or many folders."""
    latin = [names for names in run.lists if not names.native]
    chosen: list[tuple[str, list[Names], int]] = [("all lists", latin, 1)]
    if not run.options.quick:
        step = max(1, len(latin) // 2)
        chosen += [(names.title, [names], 1) for names in latin[1::step][:2]]
        chosen += [(f"all lists below {n} folders", latin, n) for n in (12, phantoms.MEMBERS)]
    volume = run.work / "phantom"
    ordinary = phantoms.built(volume, run.extent.ordinary, run.options.seed)
    for number, (title, lists, parents) in enumerate(chosen):
        seed = run.options.seed + number
        entries = ordinary + phantoms.peopled(volume, lists, seed, parents)
        reports = phantoms.scanned(volume, run.work / f"phantom-out-{number}")
        yield phantoms.told(reports, title, entries)


def _speed(run: _Run, result: Result) -> Result:
    latin = [names for names in run.lists if not names.native]
    return replace(result, rates=name_rates.rates(run.judges, latin, run.extent.counted))


_STEPS: dict[str, Callable[[_Run, Result], Result]] = {
    "recall": _recall,
    "sets": _sets,
    "decoys": _decoys,
    "trees": _trees,
    "phantom": _phantom,
    "speed": _speed,
}


if __name__ == "__main__":
    main()
