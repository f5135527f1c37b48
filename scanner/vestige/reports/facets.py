"""Facets: by which kinds, rules and folders the findings of a page can be told apart."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from vestige.reports.visible import clip
from vestige.reports.wording import KINDS
from vestige.review import Ranked

MOST = 60
"""Values of one facet; the text filter finds what they leave out."""

_DEPTH = 2
"""Folders of a path that make a place: the root, and what lies in it."""


class Facet(NamedTuple):
    """One value to filter findings by, in the words of the page, and how many findings have it."""

    value: str
    label: str
    findings: int


class Facets(NamedTuple):
    """The values of each facet, those with most findings first; kinds stand worst first."""

    kinds: tuple[Facet, ...]
    rules: tuple[Facet, ...]
    folders: tuple[Facet, ...]

    def folders_of(self, ranked: Ranked) -> str:
        """The values of the folders in which a finding is known to stand, with spaces between."""
        mine = _folders(ranked)
        return " ".join(facet.value for facet in self.folders if facet.label in mine)


def facets(findings: Sequence[Ranked]) -> Facets:
    """The facets of findings; folders are known by number, so that no path is a value."""
    kinds = Counter(one.finding.claim.identifies for one in findings)
    rules = _most(clip(one.finding.claim.rule, 100) for one in findings)
    folders = _most(folder for one in findings for folder in _folders(one))
    return Facets(
        tuple(Facet(kind, label, kinds[kind]) for kind, label in KINDS.items() if kinds[kind]),
        tuple(Facet(rule, rule, count) for rule, count in rules),
        tuple(Facet(str(at), folder, count) for at, (folder, count) in enumerate(folders)),
    )


def _most(values: Iterable[str]) -> list[tuple[str, int]]:
    """The most frequent values, equal ones in the order of letters."""
    counts = Counter(values)
    return sorted(counts.items(), key=lambda one: (-one[1], one[0]))[:MOST]


def _folders(ranked: Ranked) -> frozenset[str]:
    """The folders, two deep, of the first places of a finding; of a family, its own."""
    above = [path if ranked.family else path.rpartition("/")[0] for path in ranked.paths]
    return frozenset(clip("/".join(path.split("/")[:_DEPTH]), 100) for path in above if path)
