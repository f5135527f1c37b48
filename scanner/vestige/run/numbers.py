"""Numbers: what workers tell by numbers of their own, by the numbers of the scan file."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple

from vestige.account import Account
from vestige.run.batch import Examined
from vestige.run.causes import SETS, Cause, Told, Value
from vestige.run.repeated import REPEATED, Held
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


@dataclass(slots=True)
class _Known:
    """The numbers of the scan file by those of a worker, which it gives once: of `told`.

    `written` is how a file keeps what it alone has: values, and traces below zero. `owns` are those
    of files that have values alone: files of many series have the same ones.
    """

    told: set[int] = field(default_factory=set)
    findings: dict[int, int] = field(default_factory=dict)
    traces: dict[int, int] = field(default_factory=dict)
    values: dict[int, int] = field(default_factory=dict)
    written: dict[int, str] = field(default_factory=dict)
    owns: dict[tuple[int, ...], Own] = field(default_factory=dict)


NOTHING_OWN = Own((), "")
_EMPTY = Numbered((), (), ())

_OWNS_KEPT = 1 << 14
"""Sets of what files alone have that are remembered of one worker."""

_SETS_KEPT = 3 * SETS
"""Sets of one worker that are remembered."""

_KEPT = 3 * REPEATED
"""Contents, and accounts, of one worker that are remembered."""


class Numbers:
    """Gives what workers tell its number in the scan file, in the order in which it is told."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: dict[int, tuple[Cause, int]] = {}
        self._workers: dict[int, tuple[dict[int, Told], _Known]] = {}
        self._told: dict[int, Told] = {}
        self._of_told = _Known()
        self._sets: dict[int, tuple[dict[int, tuple[int, ...]], dict[int, Numbered]]] = {}
        self._contents: dict[int, tuple[dict[int, Held], dict[int, int]]] = {}
        self._accounts: dict[int, tuple[dict[int, Account], dict[int, int]]] = {}
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
        known = self._of_worker(examined)
        strange = [one for one in causes if one not in known.told]
        if strange:
            self._tell(examined, known, strange, (*causes, *own))
        kinds = (known.findings, known.traces, known.values)
        return Numbered(
            *(tuple(map(one.__getitem__, filter(one.__contains__, causes))) for one in kinds)
        )

    def _of_worker(self, examined: Examined) -> _Known:
        """What is known of the numbers of the worker that told of these."""
        if self._told is not examined.causes:
            self._told = examined.causes
            _, self._of_told = self._workers.setdefault(id(self._told), (self._told, _Known()))
        return self._of_told

    def _tell(
        self, examined: Examined, known: _Known, strange: Iterable[int], beside: Sequence[int]
    ) -> None:
        """Give causes their numbers; a new finding shows the first of its values `beside` it."""
        for number in strange:
            one = examined.causes[number]
            if isinstance(one, Cause):
                known.findings[number] = self._finding(examined, number, beside)
            elif isinstance(one, Trace):
                known.traces[number] = self._store.traces.number(one)
            else:
                finding = self._finding(examined, one.cause, beside)
                told = one.digest, one.masked, one.explanation
                known.values[number] = self._store.value(finding, *told)
            known.told.add(number)

    def _finding(self, examined: Examined, number: int, beside: Sequence[int]) -> int:
        """The number of the finding of a worker's cause."""
        cause = examined.causes[number]
        if not isinstance(cause, Cause):
            raise TypeError("a value is that of a cause")
        known = self._known.get(id(cause))
        if known is not None and known[0] is cause:
            return known[1]
        every = map(examined.causes.__getitem__, beside)
        values = (one for one in every if isinstance(one, Value) and one.cause == number)
        return self.cause(cause, next(values, None))

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

    def series(self, told: dict[int, SeriesFacts], series: int) -> int:
        """The store's number of a worker's series, of which a worker tells once."""
        if not series:
            return 0
        _, numbers = self._series.setdefault(id(told), (told, {}))
        facts = told.pop(series, None)
        if facts is not None:
            numbers[series] = self._store.series(facts)
        return numbers[series]

    def owns(self, examined: Examined) -> list[Own] | None:
        """What differs from file to file in a batch; None unless it is known, and values alone."""
        known = self._of_worker(examined).owns
        found = list(filter(None, map(known.get, examined.own[1:])))
        return [NOTHING_OWN, *found] if len(found) == len(examined.own) - 1 else None

    def own(self, examined: Examined, silent: tuple[int, ...]) -> Own:
        """The numbers of what differs from file to file of one series."""
        if not silent:
            return NOTHING_OWN
        known = self._of_worker(examined)
        try:
            written = " ".join(map(known.written.__getitem__, silent))
        except KeyError:
            self._write(examined, known, silent)
            written = " ".join(map(known.written.__getitem__, silent))
        if "-" not in written:
            if len(known.owns) >= _OWNS_KEPT:
                known.owns.clear()
            own = known.owns[silent] = Own((), written)
            return own
        traced = filter(known.traces.__contains__, silent)
        return Own(tuple(map(known.traces.__getitem__, traced)), written)

    def _write(self, examined: Examined, known: _Known, silent: Sequence[int]) -> None:
        """Give their numbers to what differs from file to file, each by itself."""
        for number in silent:
            if number not in known.told:
                self._tell(examined, known, (number,), (number,))
            trace = known.traces.get(number)
            known.written[number] = str(known.values[number] if trace is None else -trace)

    def contents(self, examined: Examined) -> list[int]:
        """The numbers of what is kept of the entries of a batch, 0 where nothing is."""
        untold = examined.contents
        _, known = self._contents.setdefault(id(untold), (untold, {0: 0}))
        for one in dict.fromkeys(examined.kept):
            if one not in known:
                known[one] = self.content(examined, untold.pop(one))
        return _taken(known, examined.kept)

    def content(self, examined: Examined, held: Held) -> int:
        """The number of a content as it was read."""
        told = self.of_set(examined, held.findings)
        series = self.series(examined.series, held.series)
        whose = (self._store.subject(held.subject), series)
        traces = self._store.traces.set_of(told.traces)
        kept = Kept(told.findings, told.seen, traces, *whose, held.dicom, held.reason)
        return self._store.contents.content(kept)

    def accounts(self, examined: Examined) -> list[int]:
        """The numbers of the accounts of the entries of a batch, 0 where there is none."""
        untold = examined.accounts
        _, known = self._accounts.setdefault(id(untold), (untold, {0: 0}))
        for one in dict.fromkeys(examined.sums):
            if one not in known:
                known[one] = self._store.contents.account(untold.pop(one))
        return _taken(known, examined.sums)


def _taken(known: dict[int, int], told: Sequence[int]) -> list[int]:
    """What stands for numbers of a worker; of many, those used first are forgotten."""
    found = list(map(known.__getitem__, told))
    if len(known) > _KEPT:
        for oldest in list(islice(known, 1, REPEATED)):
            del known[oldest]
    return found
