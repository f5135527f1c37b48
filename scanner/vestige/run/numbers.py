"""Numbers: what workers tell by numbers of their own, by the numbers of the scan file."""

from collections.abc import Sequence
from typing import NamedTuple

from vestige.run.batch import Examined
from vestige.run.causes import Cause, Value
from vestige.run.objects import Content
from vestige.store import Kept, SeriesFacts, Store, written
from vestige.trace import Trace


class Numbered(NamedTuple):
    """A set of causes by the numbers of the scan file, and all that is said in its order."""

    findings: tuple[int, ...]
    traces: tuple[int, ...]
    said: tuple[int | str, ...]


class Numbers:
    """Gives what workers tell its number in the scan file, in the order in which it is told."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: dict[int, tuple[Cause | Trace, int]] = {}
        self._series: dict[int, tuple[dict[int, SeriesFacts], dict[int, int]]] = {}

    def of_set(self, examined: Examined, causes: Sequence[int]) -> Numbered:
        """The numbers of one set of a batch."""
        told = [examined.causes[cause] for cause in causes]
        firsts: dict[int, Value] = {}
        for one in told:
            if isinstance(one, Value):
                firsts.setdefault(one.cause, one)
        said: list[int | str] = []
        for cause, one in zip(causes, told, strict=True):
            if isinstance(one, Value):
                of_whom = examined.causes[one.cause]
                number = self.cause(of_whom, firsts[one.cause]) if isinstance(of_whom, Cause) else 0
                said.append(str(self._store.value(number, one.digest, one.masked, one.explanation)))
            elif isinstance(one, Trace):
                said.append(-self._trace(one))
            else:
                said.append(self.cause(one, firsts.get(cause)))
        findings = tuple(one for one in said if isinstance(one, int) and one > 0)
        traces = tuple(-one for one in said if isinstance(one, int) and one < 0)
        return Numbered(findings, traces, tuple(said))

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

    def content(self, examined: Examined, content: Content) -> int:
        """The number of a content as it was read."""
        said = written(self.of_set(examined, content.causes).said)
        series = self.series(examined.series, content.series)
        whose = (self._store.subject(content.subject), series)
        return self._store.contents.content(Kept(said, *whose, content.dicom, content.reason))
