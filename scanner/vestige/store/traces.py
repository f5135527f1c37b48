"""Traces as the scan file keeps them: of each set of them which entries hold it."""

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from vestige.model import Where
from vestige.trace import Kind, Trace


class Held(NamedTuple):
    """How far a trace goes: the outcome that holds it, its first entry, and how many there are."""

    trace: int
    outcome: int
    first: int
    entries: int


_HELD = (
    "SELECT t.trace, o.id, g.first, g.n FROM trace_set t JOIN outcome o ON o.traces = t.id"
    " JOIN (SELECT outcome, min(id) first, count(*) n FROM entry GROUP BY 1) g ON g.outcome = o.id"
    " WHERE t.trace IN (SELECT value FROM json_each(?)) ORDER BY 1, 2"
)
_LIVING = (
    "SELECT id, kind, place_kind, place, marks FROM trace WHERE id IN (SELECT trace FROM trace_set"
    " WHERE id IN (SELECT traces FROM outcome WHERE id IN (SELECT outcome FROM entry)))"
    " AND kind IN (SELECT value FROM json_each(?)) ORDER BY id"
)


class Traces:
    """The traces of an open scan file; equal ones are kept once."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._db = database
        rows = database.execute("SELECT id, kind, place_kind, place, marks FROM trace")
        self._numbers = {_known_by(_trace(row[1:])): row[0] for row in rows}
        sets: dict[int, list[int]] = {}
        for number, trace in database.execute("SELECT id, trace FROM trace_set"):
            sets.setdefault(number, []).append(trace)
        self._sets = {tuple(sorted(members)): number for number, members in sets.items()}

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
            yield row[0], _trace(row[1:])

    def held(self, traces: Iterable[int]) -> list[Held]:
        """How far traces go, by trace and outcome; ask it when the entries are indexed."""
        return [Held(*row) for row in self._db.execute(_HELD, (json.dumps(sorted(traces)),))]

    def beside(self, outcomes: Iterable[int]) -> dict[int, frozenset[int]]:
        """The traces that each outcome holds."""
        found: dict[int, set[int]] = {}
        query = (
            "SELECT o.id, t.trace FROM outcome o JOIN trace_set t ON t.id = o.traces"
            " WHERE o.id IN (SELECT value FROM json_each(?))"
        )
        for outcome, trace in self._db.execute(query, (json.dumps(sorted(outcomes)),)):
            found.setdefault(outcome, set()).add(trace)
        return {outcome: frozenset(traces) for outcome, traces in found.items()}


def _trace(row: tuple[int, str, str, bytes]) -> Trace:
    return Trace(Kind(row[0]), Where(row[1]), row[2], bytes(row[3]))


def _known_by(trace: Trace) -> bytes:
    """What a trace is known by in memory: its marks may be many."""
    head = f"{int(trace.kind)} {trace.where.value} {trace.place}\0".encode()
    return hashlib.blake2b(head + trace.marks, digest_size=12).digest()
