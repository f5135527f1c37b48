"""Outcomes: what the entries of a batch have given, by the numbers of the scan file."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from vestige.carried import Carried
from vestige.run.batch import Examined
from vestige.run.batch import Outcome as Told
from vestige.run.numbers import NOTHING_OWN, Numbered, Numbers, Own
from vestige.run.since import Carrier
from vestige.store import Outcome, Store


class Columns(NamedTuple):
    """Of each entry the number of its content and account, and what varies of the content."""

    contents: list[int]
    accounts: list[int]
    extras: list[str]


class Outcomes:
    """Gives outcomes and contents their numbers, those that are carried over among them."""

    def __init__(self, store: Store, numbers: Numbers, carrier: Carrier | None) -> None:
        self._store = store
        self._numbers = numbers
        self._carrier = carrier

    def of(
        self, ids: Sequence[int], examined: Examined, carried: Mapping[int, Carried]
    ) -> tuple[list[int], Columns]:
        """The number of the outcome of each entry of a batch, and what is kept beside it."""
        numbers, owns = self._outcomes(ids, examined, carried)
        return numbers, self._kept(ids, examined, carried, owns)

    def _outcomes(
        self, ids: Sequence[int], examined: Examined, carried: Mapping[int, Carried]
    ) -> tuple[list[int], list[Own]]:
        """The number of the outcome of each entry, given in the order of the entries.

        Beside it what a batch has of causes that differ from file to file, one by one.
        """
        if len(examined.outcomes) == 1 and len(examined.own) == 1 and not carried:
            told = examined.outcomes[0]
            all_named = self._numbers.of_set(examined, told.findings)
            return [self._outcome(told, all_named, examined, None)] * len(ids), [NOTHING_OWN]
        known: dict[tuple[object, ...], int] = {}
        named: dict[int, Numbered] = {}
        of_name: Numbered | None
        owns: dict[int, Own] = {0: NOTHING_OWN}
        numbers = []
        of_own = examined.own
        for number, code, place in zip(ids, examined.codes, examined.owns, strict=True):
            of_name = named.get(code)
            if of_name is None:
                one_set = examined.outcomes[code].findings
                of_name = named[code] = self._numbers.of_set(examined, one_set, of_own[place])
            own = owns.get(place)
            if own is None:
                own = owns[place] = self._numbers.own(examined, of_own[place])
            one = carried.get(number) if carried else None
            key = (code, own.traces) if one is None else (code, one.content, one.extra)
            found = known.get(key)
            if found is None:
                both = of_name._replace(traces=of_name.traces + own.traces)
                found = known[key] = self._outcome(examined.outcomes[code], both, examined, one)
            numbers.append(found)
        return numbers, [owns.get(place, NOTHING_OWN) for place in range(len(of_own))]

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
        if not (examined.contents or examined.accounts or carried):
            nothing = [0] * len(ids)
            return Columns(nothing, nothing, [""] * len(ids))
        contents = [self._numbers.content(examined, one) for one in examined.contents]
        accounts = [self._store.contents.account(one) for one in examined.accounts]
        of_content = [contents[one] if one >= 0 else 0 for one in examined.kept]
        of_bytes = [accounts[one] if one >= 0 else 0 for one in examined.sums]
        pairs = zip(examined.owns, examined.kept, strict=True)
        extras = [owns[one].written if kept >= 0 else "" for one, kept in pairs]
        if carried and self._carrier is not None:
            for place, number in enumerate(ids):
                one = carried.get(number)
                if one is not None:
                    content = self._carrier.content(one.content, one.extra, self._store)
                    of_content[place], extras[place] = content.number, content.extra
                    of_bytes[place] = self._carrier.account_number(one.account, self._store)
        return Columns(of_content, of_bytes, extras)
