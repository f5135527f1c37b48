"""Causes: what findings are known by, each once for a worker, and the values seen of each."""

from dataclasses import dataclass
from typing import NamedTuple

from vestige.model import Claim, Where
from vestige.sensitive import Sensitive
from vestige.store import VALUES_KEPT, SeriesFacts
from vestige.trace import Trace

_SERIES = 50_000
"""Series of which a worker remembers that it has told of them."""


@dataclass(frozen=True, slots=True)
class Cause:
    """What a finding is known by: its claim, its place, and the value's digest in names."""

    claim: Claim
    where: Where
    place: str
    digest: str


class Value(NamedTuple):
    """A value seen for the first time by this worker: the number of its cause, digest, mask."""

    cause: int
    digest: str
    masked: str


class Causes:
    """The causes that a worker has met, by number, and the values that are new.

    Traces are silent causes: they say nothing of an entry by themselves. Their numbers are
    negative, and count from -1.
    """

    def __init__(self, key: bytes) -> None:
        self.key = key
        self._numbers: dict[Cause, int] = {}
        self._seen: list[set[str]] = []
        self.known: list[Cause] = []
        self.fresh: list[Value] = []
        self._told = 0
        self._traces: dict[Trace, int] = {}
        self._fresh_traces: dict[int, Trace] = {}
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

    def number(self, cause: Cause) -> int:
        """The number of a cause, new or known."""
        number = self._numbers.get(cause)
        if number is None:
            number = self._numbers[cause] = len(self.known)
            self.known.append(cause)
            self._seen.append(set())
        return number

    def known_trace(self, trace: Trace) -> int | None:
        """The number of a trace that was left before; None if it is new."""
        return self._traces.get(trace)

    def trace(self, trace: Trace) -> int:
        """The number of a trace, new or known."""
        number = self._traces.get(trace)
        if number is None:
            number = self._traces[trace] = -1 - len(self._traces)
            self._fresh_traces[number] = trace
        return number

    def note(self, cause: int, text: str) -> bool:
        """Count a value of a cause; whether further ones still count.

        The scan file keeps so many of each, in the order of the entries: what a worker leaves out
        beyond that, the file would leave out too.
        """
        seen = self._seen[cause]
        if text not in seen:
            if len(seen) >= VALUES_KEPT:
                return False
            seen.add(text)
            value = Sensitive(text)
            self.fresh.append(Value(cause, self.digest(value), value.masked))
        return True

    def untold(self) -> tuple[dict[int, Cause | Trace], tuple[Value, ...]]:
        """The causes, traces and values that were met since this was asked for last."""
        causes: dict[int, Cause | Trace] = dict(enumerate(self.known[self._told :], self._told))
        causes.update(self._fresh_traces)
        self._fresh_traces = {}
        fresh, self.fresh = tuple(self.fresh), []
        self._told = len(self.known)
        return causes, fresh

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
