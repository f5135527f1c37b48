"""The recipes about what lies beside the images, planted for people of any locale, and compared.

Each file below `planted` is a plant, found if one of its truths was found in a band of medium or
worse: that rule, at that place of the file.
What a recipe keeps below `control` holds nobody: a finding of high or worse there is a false alarm.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks.beside import Figure, Seen
from vestige.model import Band
from vestige.planting import Planting, Truth, load, plant
from vestige.planting.people import people

RECIPES = ("side-cars", "documents-and-archives", "left-behind")

UNLISTED = ("fi", "hu", "ka", "eu", "ta")
"""Locales whose surnames the lexicon hardly holds."""

_OF_PLACES = ("tree/",)
"""Subjects of rules that speak of folders: they say where to look, not who is there."""


def planted(
    root: Path, seed: int, persons: int, *, held_out: bool
) -> Mapping[str, tuple[Truth, ...]]:
    """Plants the recipes, each in a folder of its own; gives what must be found, by recipe."""
    found = {}
    for name in RECIPES:
        recipe = load(name)
        listed = tuple(one for one in people().locales if one not in UNLISTED)
        asked = replace(recipe, persons=persons, locales=UNLISTED if held_out else listed)
        found[name] = plant(asked, root / name, Planting(seed))
    return found


def figures(
    root: Path, truths: Mapping[str, tuple[Truth, ...]], found: Mapping[str, tuple[Seen, ...]]
) -> Iterator[Figure]:
    """For each recipe how many of its truths were found, and at how many controls something."""
    for name, told in truths.items():
        wanted = [one for one in told if one.rule and not one.rule.startswith(_OF_PLACES)]
        files = {one.path for one in wanted if one.path.startswith(b"planted/")}
        hit = {one.path for one in wanted if _is_told(f"{name}/{one.path.decode()}", one, found)}
        controls = [path for path in _files(root / name) if path.startswith("control/")]
        rung = sum(any(s.band >= Band.HIGH for s in found.get(f"{name}/{p}", ())) for p in controls)
        yield Figure(f"recipe {name}", len(files), len(files & hit), len(controls), rung)


def _is_told(path: str, truth: Truth, found: Mapping[str, Sequence[Seen]]) -> bool:
    return any((o.rule, o.place) == (truth.rule, truth.location) for o in found.get(path, ()))


def _files(folder: Path) -> Iterator[str]:
    """The paths of all files below a folder."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.relative_to(folder).as_posix()
