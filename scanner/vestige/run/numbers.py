"""Numbers: what workers tell by numbers of their own, by the numbers of the scan file."""

from collections.abc import Sequence
from itertools import islice
from typing import NamedTuple

from vestige.run.batch import Examined, Held
from vestige.run.causes import SETS, Cause, Value
from vestige.store import Kept, SeriesFacts, Store
from vestige.trace import Trace


class Numbered(NamedTuple):
    """A set of causes by the numbers of the scan file; findings and values in their order."""

    findings: tuple[int, ...]
    traces: tuple[int, ...]
    seen: tuple[int, ...]


class Own(NamedTuple):
    """What differs from file to file of one series: traces, and all of it as the file keeps it."""

    traces: tuple[int, ...]
    written: str


NOTHING_OWN = Own((), "")
_EMPTY = Numbered((), (), ())

_SETS_KEPT = 3 * SETS
"""Sets of one worker that are remembered."""

_CONTENTS = 20_000
"""Contents that are remembered."""


class Numbers:
    """Gives what workers tell its number in the scan file, in the order in which it is told."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: dict[int, tuple[Cause | Trace | Value, int]] = {}
        self._sets: dict[int, tuple[dict[int, tuple[int, ...]], dict[int, Numbered]]] = {}
        self._contents: dict[tuple[int, Held], int] = {}
        self._series: dict[int, tuple[dict[int, SeriesFacts], dict[int, int]]] = {}

    def of_set(self, examined: Examined, number: int, own: Sequence[int] = ()) -> Numbered:
        """The numbers of a set of a worker; `own` are causes that its first file has besides."""
        if not number:
            return _EMPTY
        told = examined.sets
        _, known = self._sets.setdefault(id(told), (told, {}))
        found = known.get(number)
        if found is None:
            if len(known) >= _SETS_KEPT:
                # A worker that has so many new ones has forgotten those that it told first.
                for oldest in list(islice(known, SETS)):
                    del known[oldest]
            found = known[number] = self.of_causes(examined, told.pop(number), own)
        return found

    def of_causes(
        self, examined: Examined, causes: Sequence[int], own: Sequence[int] = ()
    ) -> Numbered:
        """The numbers of some causes of a worker."""
        told = [examined.causes[cause] for cause in causes]
        firsts: dict[int, Value] = {}
        for one in (*told, *(examined.causes[number] for number in own)):
            if isinstance(one, Value):
                firsts.setdefault(one.cause, one)
        findings: list[int] = []
        traces: list[int] = []
        seen: list[int] = []
        for cause, one in zip(causes, told, strict=True):
            if isinstance(one, Cause):
                findings.append(self.cause(one, firsts.get(cause)))
            elif isinstance(one, Trace):
                traces.append(self._trace(one))
            else:
                seen.append(self._value(examined, one, firsts[one.cause]))
        return Numbered(tuple(findings), tuple(traces), tuple(seen))

    def _value(self, examined: Examined, value: Value, first: Value) -> int:
        known = self._known.get(id(value))
        if known is not None and known[0] is value:
            return known[1]
        cause = examined.causes[value.cause]
        if not isinstance(cause, Cause):
            raise TypeError("a value is that of a cause")
        number = self.cause(cause, first)
        number = self._store.value(number, value.digest, value.masked, value.explanation)
        self._known[id(value)] = value, number
        return number

    def cause(self, cause: Cause, first: Value | None = None) -> int:
        """The number of a cause's finding; causes live as long as their workers do."""
        known = self._known.get(id(cause))
        if known is not None and known[0] is cause:
            return known[1]
        masked, explanation = ("", cause.explanation) if first is None else first[2:]
        claim, where = cause.claim, cause.where
        told = (cause.place, cause.digest, masked, explanation or cause.explanation)
        number = self._store.finding(claim, where, *told)
        self._known[id(cause)] = cause, number
        return number

    def _trace(self, trace: Trace) -> int:
        known = self._known.get(id(trace))
        if known is not None and known[0] is trace:
            return known[1]
        number = self._store.traces.number(trace)
        self._known[id(trace)] = trace, number
        return number

    def series(self, told: dict[int, SeriesFacts], series: int) -> int:
        """The store's number of a worker's series, of which a worker tells once."""
        if not series:
            return 0
        _, numbers = self._series.setdefault(id(told), (told, {}))
        facts = told.pop(series, None)
        if facts is not None:
            numbers[series] = self._store.series(facts)
        return numbers[series]

    def own(self, examined: Examined, silent: Sequence[int]) -> Own:
        """The numbers of what differs from file to file of one series."""
        traces: list[int] = []
        found: list[int] = []
        for number in silent:
            one = examined.causes[number]
            if isinstance(one, Trace):
                traces.append(self._trace(one))
                found.append(-traces[-1])
            elif isinstance(one, Value):
                found.append(self._value(examined, one, one))
        return Own(tuple(traces), " ".join(map(str, found)))

    def content(self, examined: Examined, held: Held) -> int:
        """The number of a content as it was read."""
        key = (id(examined.sets), held)
        number = self._contents.get(key)
        if number is None:
            told = self.of_set(examined, held.findings)
            series = self.series(examined.series, held.series)
            whose = (self._store.subject(held.subject), series)
            traces = self._store.traces.set_of(told.traces)
            kept = Kept(told.findings, told.seen, traces, *whose, held.dicom, held.reason)
            if len(self._contents) >= _CONTENTS:
                self._contents.clear()
            number = self._contents[key] = self._store.contents.content(kept)
        return number
