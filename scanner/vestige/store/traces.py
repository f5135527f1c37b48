"""Traces as the scan file keeps them: of each set of them which entries hold it."""

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from vestige.model import Where
from vestige.trace import Kind, Trace


class Held(NamedTuple):
    """How far a trace goes: the outcome that holds it, its first entry, and how many there are."""

    trace: int
    outcome: int
    first: int
    entries: int


_EXTENTS = (
    "SELECT o.traces, o.id, min(e.id), count(*) FROM entry e JOIN outcome o ON o.id = e.outcome"
    " WHERE o.traces > 0 GROUP BY 1, 2"
)
_LIVING = (
    "SELECT id, kind, place_kind, place, marks FROM trace WHERE id IN (SELECT trace FROM trace_set"
    " WHERE id IN (SELECT traces FROM outcome o"
    " WHERE EXISTS (SELECT 1 FROM entry WHERE outcome = o.id)))"
    " AND kind IN (SELECT value FROM json_each(?)) ORDER BY id"
)


class Traces:
    """The traces of an open scan file; equal ones are kept once."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._db = database

    @cached_property
    def _numbers(self) -> dict[bytes, int]:
        rows = self._db.execute("SELECT id, kind, place_kind, place, marks FROM trace")
        return {_known_by(trace(row[1:])): row[0] for row in rows}

    @cached_property
    def _sets(self) -> dict[tuple[int, ...], int]:
        sets: dict[int, list[int]] = {}
        for number, one in self._db.execute("SELECT id, trace FROM trace_set"):
            sets.setdefault(number, []).append(one)
        return {tuple(sorted(members)): number for number, members in sets.items()}

    def number(self, trace: Trace) -> int:
        """The number of a trace, new or known."""
        key = _known_by(trace)
        number = self._numbers.get(key)
        if number is None:
            number = self._numbers[key] = len(self._numbers) + 1
            row = (number, int(trace.kind), trace.where.value, trace.place, trace.marks)
            self._db.execute("INSERT INTO trace VALUES (?, ?, ?, ?, ?)", row)
        return number

    def set_of(self, traces: tuple[int, ...]) -> int:
        """The number of a set of traces; 0 if it is empty."""
        key = tuple(sorted(set(traces)))
        if not key:
            return 0
        number = self._sets.get(key)
        if number is None:
            number = self._sets[key] = len(self._sets) + 1
            self._db.executemany(
                "INSERT INTO trace_set VALUES (?, ?)", [(number, one) for one in key]
            )
        return number

    def of_kinds(self, kinds: Iterable[Kind]) -> Iterator[tuple[int, Trace]]:
        """All traces of these kinds that an entry holds, by number."""
        wanted = json.dumps(sorted(map(int, kinds)))
        for row in self._db.execute(_LIVING, (wanted,)):
            yield row[0], trace(row[1:])

    def extents(self) -> "Extents":
        """How far all traces go, as entries are now."""
        return Extents(self._sets, self._db.execute(_EXTENTS))


class Extents:
    """Which outcomes and entries hold traces; what is attached to entries later is not in it."""

    def __init__(
        self,
        sets: Mapping[tuple[int, ...], int],
        outcomes: Iterable[tuple[int, int, int, int]],
    ) -> None:
        self._of_set: dict[int, list[tuple[int, int, int]]] = {}
        self._set_of: dict[int, int] = {}
        for members, *held in outcomes:
            self._of_set.setdefault(members, []).append((held[0], held[1], held[2]))
            self._set_of[held[0]] = members
        self._members = {number: members for members, number in sets.items()}
        self._sets: dict[int, list[int]] = {}
        for number in sorted(self._of_set):
            for trace in self._members[number]:
                self._sets.setdefault(trace, []).append(number)

    def held(self, traces: Iterable[int]) -> list[Held]:
        """How far traces go, by trace and outcome."""
        return [
            Held(trace, *one)
            for trace in sorted(set(traces))
            for number in self._sets.get(trace, ())
            for one in self._of_set[number]
        ]

    def beside(self, outcome: int) -> tuple[int, ...]:
        """The traces that an outcome holds."""
        return self._members[self._set_of[outcome]]


def trace(row: Sequence[Any]) -> Trace:
    """The trace of one row of its table, the number left out."""
    return Trace(Kind(row[0]), Where(row[1]), row[2], bytes(row[3]))


def _known_by(trace: Trace) -> bytes:
    """What a trace is known by in memory: its marks may be many."""
    head = f"{int(trace.kind)} {trace.where.value} {trace.place}\0".encode()
    return hashlib.blake2b(head + trace.marks, digest_size=12).digest()
