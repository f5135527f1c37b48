"""Causes: what findings are known by, each once for a worker, and the values seen of each."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from vestige.model import Claim, Where
from vestige.sensitive import Sensitive
from vestige.store import VALUES_KEPT, SeriesFacts
from vestige.trace import Trace

_SERIES = 50_000
"""Series of which a worker remembers that it has told of them."""

SETS = 8_000
"""Sets of causes that a worker knows by number; with one more it begins anew."""


@dataclass(frozen=True, slots=True)
class Cause:
    """What a finding is known by: its claim, its place, and the value's digest in names.

    `explanation` is that of the first value of which it was said, and no part of the cause.
    """

    claim: Claim
    where: Where
    place: str
    digest: str
    explanation: str = field(default="", compare=False)


class Value(NamedTuple):
    """A value seen for the first time by this worker: the number of its cause, digest, mask.

    `explanation` says what it was judged by. Without a digest it stands for all values of a cause
    that were not counted, as it has so many.
    """

    cause: int
    digest: str
    masked: str
    explanation: str = ""


Told = Cause | Trace | Value
"""What a number stands for: a cause if it is positive, else something silent."""


class Causes:
    """The causes that a worker has met, by number, and the values that are new.

    Traces and values are silent causes: they say nothing of an entry by themselves. Their numbers
    are negative, and count from -1.
    """

    def __init__(self, key: bytes) -> None:
        self.key = key
        self._numbers: dict[Cause, int] = {}
        self._seen: list[dict[str, int]] = []
        self._more: dict[int, int] = {}
        self._silent = 0
        self.known: list[Cause] = []
        self.fresh: list[Value] = []
        self._told = 0
        self._traces: dict[Trace, int] = {}
        self._fresh_silent: dict[int, Trace | Value] = {}
        self._sets: dict[tuple[int, ...], int] = {}
        self._fresh_sets: dict[int, tuple[int, ...]] = {0: ()}
        self._last_set = 0
        self._series: dict[bytes, int] = {}
        self._fresh_series: dict[int, SeriesFacts] = {}
        self._last_series = 0

    def series(self, facts: SeriesFacts) -> int:
        """The number of what is kept of a series, new or known; numbers count from 1."""
        number = self._series.get(facts.digest)
        if number is None:
            if len(self._series) >= _SERIES:
                self._series.clear()
            self._last_series += 1
            number = self._series[facts.digest] = self._last_series
            self._fresh_series[number] = facts
        return number

    def set_of(self, causes: tuple[int, ...]) -> int:
        """The number of a set of causes, 0 of the empty one; numbers count from 1."""
        if not causes:
            return 0
        number = self._sets.get(causes)
        if number is None:
            if len(self._sets) >= SETS:
                self._sets.clear()
            self._last_set += 1
            number = self._sets[causes] = self._last_set
            self._fresh_sets[number] = causes
        return number

    def number(self, cause: Cause, explain: Callable[[], str] | None = None) -> int:
        """The number of a cause, new or known; a new one is explained."""
        number = self._numbers.get(cause)
        if number is None:
            cause = replace(cause, explanation=explain()) if explain else cause
            number = self._numbers[cause] = len(self.known)
            self.known.append(cause)
            self._seen.append({})
        return number

    def known_trace(self, trace: Trace) -> int | None:
        """The number of a trace that was left before; None if it is new."""
        return self._traces.get(trace)

    def trace(self, trace: Trace) -> int:
        """The number of a trace, new or known."""
        number = self._traces.get(trace)
        if number is None:
            number = self._traces[trace] = self._next(trace)
        return number

    def _next(self, silent: Trace | Value) -> int:
        """The number of something silent that is new."""
        self._silent -= 1
        self._fresh_silent[self._silent] = silent
        return self._silent

    def note(self, cause: int, text: str, explain: Callable[[], str] | None = None) -> int | None:
        """Count a value of a cause, and give its number; None if it is not counted any more.

        The scan file keeps so many of each, in the order of the entries: what a worker leaves out
        beyond that, the file would leave out too.
        """
        seen = self._seen[cause]
        number = seen.get(text)
        if number is None and len(seen) < VALUES_KEPT:
            hidden = Sensitive(text)
            told = ""
            if explain is not None:
                # What a new cause was explained by is its first value.
                told = explain() if seen else self.known[cause].explanation or explain()
            value = Value(cause, self.digest(hidden), hidden.masked, told)
            self.fresh.append(value)
            number = seen[text] = self._next(value)
        return number

    def more(self, cause: int) -> int:
        """The number that stands for all values of a cause that are not counted."""
        number = self._more.get(cause)
        if number is None:
            number = self._more[cause] = self._next(Value(cause, "", ""))
        return number

    def keep(self, cause: int, value: Sensitive) -> None:
        """Count a value of a cause, known by its digest alone."""
        digest = self.digest(value)
        seen = self._seen[cause]
        if digest not in seen and len(seen) < VALUES_KEPT:
            seen[digest] = 0
            self.fresh.append(Value(cause, digest, value.masked))

    def untold(self) -> tuple[dict[int, Told], tuple[Value, ...]]:
        """The causes, traces and values that were met since this was asked for last."""
        causes: dict[int, Told] = dict(enumerate(self.known[self._told :], self._told))
        causes.update(self._fresh_silent)
        self._fresh_silent = {}
        fresh, self.fresh = tuple(self.fresh), []
        self._told = len(self.known)
        return causes, fresh

    def untold_sets(self) -> dict[int, tuple[int, ...]]:
        """The sets that were met since this was asked for last."""
        fresh, self._fresh_sets = self._fresh_sets, {0: ()}
        return fresh

    def untold_series(self) -> dict[int, SeriesFacts]:
        """What is kept of series that were met since this was asked for last."""
        fresh, self._fresh_series = self._fresh_series, {}
        return fresh

    def code(self, text: str) -> bytes:
        """The short keyed digest by which equal codes of one scan are known to be equal."""
        return code(text, self.key)

    def digest(self, value: Sensitive) -> str:
        """The keyed digest of a value."""
        return value.digest(self.key)


_CODE = 8
"""Bytes of a digest that is only compared with others of the same scan."""


def code(text: str, key: bytes) -> bytes:
    """The short keyed digest of a code, its case and its spaces aside."""
    return bytes.fromhex(Sensitive(" ".join(text.casefold().split())).digest(key))[:_CODE]
