"""Singling out: who is alone with what is left of them (GDPR recital 26), over keyed digests."""

from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from hashlib import blake2b
from operator import xor

from vestige.anonymity import Attribute, Removal, SinglingOut

ATTRIBUTES = (
    *("sex", "age", "size", "weight", "ethnic", "date", "institution", "station", "serial"),
    *("model", "description", "modality", "part"),
)
"""Facts that may single somebody out, as they are kept of series."""

SUBJECTS = 200_000
"""Subjects that are compared at most; the first ones."""

_FEW = 5
_SMALLEST = 5
_STEPS = 3
_BYTES = 8
_SHIFTED = frozenset({"MODIFIED", "REMOVED"})
_SHIFTS = "113107"
"""The method that shifts dates (PS3.16 CID 7050): days that are shifted single nobody out."""

Facts = Mapping[str, str]


class Crowd:
    """Subjects, and what is left of them; takes one series after the other."""

    def __init__(self) -> None:
        self._subjects: dict[int, dict[str, set[str]]] = {}

    def add(self, subject: int, facts: Facts) -> None:
        """One series of a subject; 0 is nobody."""
        known = self._subjects.get(subject)
        if known is None:
            if not subject or len(self._subjects) >= SUBJECTS:
                return
            known = self._subjects[subject] = {}
        for name in ATTRIBUTES:
            value = facts.get(name)
            if value and not (name == "date" and _is_shifted(facts)):
                known.setdefault(name, set()).add(value)

    def alone(self) -> frozenset[int]:
        """The subjects that share all facts with nobody."""
        rows = _joined(self._columns().values(), len(self._subjects))
        counts = Counter(rows)
        pairs = zip(self._subjects, rows, strict=True)
        return frozenset(subject for subject, row in pairs if counts[row] == 1)

    def singling_out(self) -> SinglingOut:
        """How far the subjects are singled out."""
        columns = self._columns()
        number = len(self._subjects)
        rows = _joined(columns.values(), number)
        classes = Counter(Counter(rows).values())
        attributes = [
            Attribute(name, _share(column), _share(_without(rows, column)))
            for name, column in columns.items()
        ]
        return SinglingOut(
            subjects=number,
            unique=classes[1],
            below_five=sum(size * many for size, many in classes.items() if size < _FEW),
            smallest=tuple(sorted(classes.items())[:_SMALLEST]),
            attributes=tuple(sorted(attributes, key=lambda one: (-one.alone, one.without))),
            removals=_removals(columns, rows),
        )

    def _columns(self) -> dict[str, "array[int]"]:
        """Of each fact that somebody has, a number for each subject; none is a value too."""
        there = {name for facts in self._subjects.values() for name in facts}
        return {
            name: array(
                "Q",
                (_number(name, facts.get(name, ())) for facts in self._subjects.values()),
            )
            for name in ATTRIBUTES
            if name in there
        }


def singling_out(series: Iterable[tuple[int, Facts]]) -> SinglingOut:
    """How far subjects are singled out by what is kept of their series, taken together."""
    crowd = Crowd()
    for subject, facts in series:
        crowd.add(subject, facts)
    return crowd.singling_out()


def _is_shifted(facts: Facts) -> bool:
    return facts.get("temporal", "") in _SHIFTED or _SHIFTS in facts.get("codes", "").split()


def _number(name: str, values: Iterable[str]) -> int:
    """A number for a fact and its values; numbers of facts are joined by exclusive or."""
    told = "\x1f".join((name, *sorted(values)))
    return int.from_bytes(blake2b(told.encode(), digest_size=_BYTES).digest(), "big")


def _joined(columns: Iterable[Sequence[int]], number: int) -> Sequence[int]:
    """Equal numbers where all facts are equal."""
    return reduce(_without, columns, array("Q", bytes(_BYTES * number)))


def _without(rows: Sequence[int], column: Sequence[int]) -> Sequence[int]:
    """The rows without a fact that they hold, or with one that they do not."""
    return array("Q", map(xor, rows, column))


def _share(rows: Sequence[int]) -> float:
    """The share of rows that are like no other."""
    if not rows:
        return 0.0
    return sum(1 for count in Counter(rows).values() if count == 1) / len(rows)


def _removals(columns: Mapping[str, Sequence[int]], rows: Sequence[int]) -> tuple[Removal, ...]:
    """Which facts to leave out, one after the other, so that each time fewest stay unique.

    Where none helps alone, as two say the same, it is the one that singles out most by itself.
    """
    left = dict(columns)
    alone = {name: _share(column) for name, column in columns.items()}
    found: list[Removal] = []
    unique = _share(rows)
    while left and unique > 0 and len(found) < _STEPS:
        trials = {name: _without(rows, column) for name, column in left.items()}
        best = min(trials, key=lambda name: (_share(trials[name]), -alone[name]))
        rows = trials[best]
        unique = _share(rows)
        del left[best]
        found.append(Removal(best, unique))
    return tuple(found)
