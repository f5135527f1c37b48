"""Outcomes: what the entries of a batch have given, by the numbers of the scan file."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from vestige.carried import NONE_CARRIED, Carried
from vestige.run.batch import Examined
from vestige.run.numbers import NOTHING_OWN, Numbered, Numbers, Own
from vestige.run.repeated import REPEATED
from vestige.run.repeated import Outcome as Told
from vestige.run.since import Carrier
from vestige.store import Outcome, Store
from vestige.walk import Siblings

_KEPT = 3 * REPEATED
"""Outcomes of one worker that are remembered."""


class Columns(NamedTuple):
    """Of each entry the number of its content and account, and what varies of the content."""

    contents: list[int]
    accounts: list[int]
    extras: list[str]


class _OfWorker(NamedTuple):
    """What is known of the outcomes of one worker, by their numbers, from their first use on.

    `plain` are the numbers in the scan file of those to which the files add nothing of their own.
    """

    untold: dict[int, Told]
    named: dict[int, tuple[Told, Numbered]]
    plain: dict[int, int]

    def bound(self) -> None:
        """Forget those that were used first, if they are many: the worker has forgotten them."""
        if len(self.named) > _KEPT:
            for oldest in list(islice(self.named, REPEATED)):
                del self.named[oldest]
                self.plain.pop(oldest, None)


class Outcomes:
    """Gives outcomes and contents their numbers, those that are carried over among them."""

    def __init__(self, store: Store, numbers: Numbers, carrier: Carrier | None) -> None:
        self._store = store
        self._numbers = numbers
        self._carrier = carrier
        self._workers: dict[int, _OfWorker] = {}

    def of(
        self, ids: Sequence[int], examined: Examined, carried: Mapping[int, Carried]
    ) -> tuple[list[int], Columns]:
        """The number of the outcome of each entry of a batch, and what is kept beside it."""
        numbers, owns = self._outcomes(ids, examined, carried)
        return numbers, self._kept(ids, examined, carried, owns)

    def carried(
        self, batch: Iterable[Siblings], ids: Sequence[int], examined: Examined
    ) -> Mapping[int, Carried]:
        """What was carried over in a batch, by entry; some was given up, as its name was none."""
        given = {s.first + place: one for s in batch for place, one in s.carried.items()}
        if not given:
            return NONE_CARRIED
        known = self._of_worker(examined)
        ended = zip(ids, examined.codes, strict=True)
        return {n: given[n] for n, code in ended if _told(known, code).carried}

    def _of_worker(self, examined: Examined) -> _OfWorker:
        """What is known of the outcomes of the worker that told of these."""
        untold = examined.outcomes
        known = self._workers.setdefault(id(untold), _OfWorker(untold, {}, {}))
        known.bound()
        return known

    def _outcomes(
        self, ids: Sequence[int], examined: Examined, carried: Mapping[int, Carried]
    ) -> tuple[list[int], list[Own]]:
        """The number of the outcome of each entry, given in the order of the entries.

        Beside it what a batch has of causes that differ from file to file, one by one.
        """
        known = self._of_worker(examined)
        every = None if carried else self._numbers.owns(examined)
        if every is not None:
            return self._all_plain(known, examined), every
        others: dict[tuple[object, ...], int] = {}
        owns: dict[int, Own] = {0: NOTHING_OWN}
        numbers = []
        plain, of_own = known.plain.get, examined.own
        for number, code, place in zip(ids, examined.codes, examined.owns, strict=True):
            own = owns.get(place)
            if own is None:
                # A finding that is new here shows a value of this file.
                self._named(known, code, examined, of_own[place])
                own = owns[place] = self._numbers.own(examined, of_own[place])
            one = carried.get(number) if carried else None
            if one is None and not own.traces:
                found = plain(code)
                if found is None:
                    found = self._plainly(known, code, examined, of_own[place])
            else:
                key = (code, own.traces) if one is None else (code, one.content, one.extra)
                found = others.get(key)
                if found is None:
                    told, named = self._named(known, code, examined, of_own[place])
                    both = named._replace(traces=named.traces + own.traces)
                    found = others[key] = self._outcome(told, both, examined, one)
            numbers.append(found)
        return numbers, [owns.get(place, NOTHING_OWN) for place in range(len(of_own))]

    def _all_plain(self, known: _OfWorker, examined: Examined) -> list[int]:
        """The numbers of outcomes where no file adds anything of its own that is new."""
        codes = dict.fromkeys(examined.codes)
        for code in codes:
            if code not in known.plain:
                first = examined.owns[examined.codes.index(code)]
                self._plainly(known, code, examined, examined.own[first])
        if len(codes) == 1:
            return [known.plain[code]] * len(examined.codes)
        return list(map(known.plain.__getitem__, examined.codes))

    def _plainly(self, known: _OfWorker, code: int, examined: Examined, own: Sequence[int]) -> int:
        """The number of an outcome to which a file adds nothing of its own, used first here."""
        told, named = self._named(known, code, examined, own)
        number = known.plain[code] = self._outcome(told, named, examined, None)
        return number

    def _named(
        self, known: _OfWorker, code: int, examined: Examined, own: Sequence[int]
    ) -> tuple[Told, Numbered]:
        """An outcome with its set; `own` are causes that the first file has besides."""
        found = known.named.get(code)
        if found is None:
            told = known.untold.pop(code)
            set_of = self._numbers.of_set(examined, told.findings, own)
            found = known.named[code] = told, set_of
        return found

    def _outcome(
        self, one: Told, named: Numbered, examined: Examined, carried: Carried | None
    ) -> int:
        """The number of an outcome: of what is in the name, and of the content."""
        findings, subject, series, traces = named.findings, one.subject, 0, named.traces
        if carried is not None and self._carrier is not None:
            content = self._carrier.content(carried.content, carried.extra, self._store)
            subject, series = content.subject, content.series
            findings, traces = (*findings, *content.findings), (*traces, *content.traces)
        else:
            series = self._numbers.series(examined.series, one.series)
        return self._store.outcome(
            Outcome(one.state, one.reason, findings, subject, series, one.dicom, traces)
        )

    def _kept(
        self,
        ids: Sequence[int],
        examined: Examined,
        carried: Mapping[int, Carried],
        owns: Sequence[Own],
    ) -> Columns:
        """Of each entry the number of its content and account, and what varies of the content."""
        if not (carried or any(examined.kept) or any(examined.sums)):
            nothing = [0] * len(ids)
            return Columns(nothing, nothing, [""] * len(ids))
        of_content = self._numbers.contents(examined)
        of_bytes = self._numbers.accounts(examined)
        pairs = zip(examined.owns, examined.kept, strict=True)
        extras = [owns[one].written if kept else "" for one, kept in pairs]
        if carried and self._carrier is not None:
            for place, number in enumerate(ids):
                one = carried.get(number)
                if one is not None:
                    content = self._carrier.content(one.content, one.extra, self._store)
                    of_content[place], extras[place] = content.number, content.extra
                    of_bytes[place] = self._carrier.account_number(one.account, self._store)
        return Columns(of_content, of_bytes, extras)


def _told(known: _OfWorker, code: int) -> Told:
    """An outcome, whether it was used before or not."""
    found = known.named.get(code)
    return known.untold[code] if found is None else found[0]
