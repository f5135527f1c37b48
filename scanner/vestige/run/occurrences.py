"""Occurrences and problems as reports list them, read from the store as they are asked for."""

from collections.abc import Iterable, Iterator, Mapping

from vestige.model import Problem, Where
from vestige.review import Occurrence, Trouble
from vestige.run.paths import Paths
from vestige.store import Row, Store

OCCURRENCES = 1_000
"""Occurrences of a finding in content that a scan lists by itself: a volume has millions."""

EVERY = 1 << 62
"""As many occurrences as there are."""

_IN_VAIN = 1_000
"""Entries that give nothing, after which those alone are read that may still give something.

It doubles each time.
"""


class Troubles:
    """All problems, read from the store as they are asked for."""

    def __init__(self, store: Store, paths: Paths) -> None:
        self._store = store
        self._paths = paths

    def __iter__(self) -> Iterator[Trouble]:
        return (trouble(one, self._paths) for one in self._store.problem_rows())


class Occurrences:
    """Occurrences in the order of the entries, read from the store as they are asked for.

    `limit` is how many of a finding in content are given; those in names are given all.
    """

    def __init__(self, store: Store, paths: Paths, limit: int) -> None:
        self._store = store
        self._paths = paths
        self._limit = limit

    def __iter__(self) -> Iterator[Occurrence]:
        sets = self._store.sets()
        findings = {finding.id: finding for finding in self._store.findings()}
        families = self._store.outline.families()
        inside = self._store.within.entries()
        left = {
            number: EVERY if finding.where is Where.PATH else self._limit
            for number, finding in findings.items()
        }
        named = {number: (f"F{number}", finding.place) for number, finding in findings.items()}
        for row, held in self._rows(sets, left):
            family = families.family(row.id)
            numbers = [one for one in held if not (family and findings[one].gives_way)]
            for number, path in self._places((row, family, numbers), sets, inside):
                left[number] -= 1
                if left[number] >= 0:
                    name, place = named[number]
                    yield Occurrence(name, row.id, path, place)

    def _rows(
        self, sets: Mapping[int, tuple[int, ...]], left: Mapping[int, int]
    ) -> Iterator[tuple[Row, list[int]]]:
        """The entries that hold findings of which some are left to give, with these.

        All members of families are among them.
        """
        members = self._store.outline.members()
        open_sets = {number: list(held) for number, held in sets.items()}
        rows, patience = self._store.outline.found(), _IN_VAIN
        while True:
            in_vain = 0
            for row in rows:
                numbers = _left(open_sets.get(row.finding_set, ()), left)
                open_sets[row.finding_set] = numbers
                if numbers or row.id in members:
                    yield row, numbers
                    continue
                in_vain += 1
                if in_vain == patience:
                    break
            else:
                return
            patience *= 2
            open_sets = {number: _left(held, left) for number, held in open_sets.items()}
            telling = [number for number, held in open_sets.items() if held]
            rows = self._store.outline.found_in(telling, row.id)

    def _places(
        self,
        told: tuple[Row, int | None, list[int]],
        sets: dict[int, tuple[int, ...]],
        inside: frozenset[int],
    ) -> Iterator[tuple[int, str]]:
        """The findings of an entry, each with the path to where it stands: into it, or to it."""
        row, family, numbers = told
        within: set[int] = set()
        if row.id in inside:
            asked = frozenset(numbers)
            for way, found in self._store.within.of(row.id):
                held = [one for one in sets.get(found, ()) if one in asked]
                path = self._paths.within(row.id, way) if held else ""
                for number in held:
                    within.add(number)
                    yield number, path
        path = self._paths.of(row)
        for number in (*((family,) if family else ()), *numbers):
            if number not in within:
                yield number, path


def _left(numbers: Iterable[int], left: Mapping[int, int]) -> list[int]:
    """The findings of which some are left to give."""
    return [number for number in numbers if left[number] > 0]


def trouble(problem: Problem, paths: Paths) -> Trouble:
    """A problem as reports list it, with the masked path of its entry."""
    return Trouble(paths.path(problem.entry), problem.stage, problem.code, problem.detail)
