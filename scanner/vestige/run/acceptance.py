"""Acceptances: which findings of a scan somebody answers for, and which no longer.

An acceptance covers what was there when it was made, and never more: every entry and every value
that was not accepted lets the finding count again, and so does a worse band.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

from vestige.acceptance import Acceptance, Accepting, Extent, Scope, Standing
from vestige.catalog.baseline import Baseline, Grant
from vestige.model import UsageError
from vestige.review import Ranked, ScanState
from vestige.run.identities import Forms, Found, Identities, Places
from vestige.sensitive import Sensitive
from vestige.store import Store

WARN_DAYS = 14
"""Days before the last one on which an acceptance is said to expire soon."""


def key_print(key: bytes) -> str:
    """What tells one key from another, and nothing of it; scan files note it too."""
    return Sensitive("vestige").digest(key)


def today() -> date:
    """The day in UTC, by which all acceptances end."""
    return datetime.now(UTC).date()


IDENTIFIED = 5_000
"""Findings of which a report can need the identities: it shows fewer, the worst."""


@dataclass(frozen=True, slots=True)
class Answering:
    """The key of a scan, and the baseline that its findings are held against, on a day.

    `identified` is how many findings are given identities beside those of which the baseline can
    tell, the worst ones; None stands for all.
    """

    key: bytes = field(repr=False)
    baseline: Baseline | None = None
    today: date = field(default_factory=today)
    identified: int | None = None


# --- what is accepted ----------------------------------------------------------------------------


def answered(
    store: Store, answering: Answering, ranked: Sequence[Ranked]
) -> tuple[tuple[Ranked, ...], Accepting | None]:
    """The findings with their identities and acceptances, and what became of the baseline.

    UsageError if the key is not that of the scan, PolicyError if it is not that of the baseline.
    """
    printed = key_print(answering.key)
    if store.noted("key") != printed:
        raise UsageError("the scan was made under another key; name its key file with --key")
    found = [Found(one.finding, one.family, one.reach.entries) for one in _asked(answering, ranked)]
    identities = Identities(store, answering.key, printed).of(found)
    known = tuple(replace(one, identity=identities.get(one.finding.id)) for one in ranked)
    if answering.baseline is None:
        return known, None
    answering.baseline.demand_key(printed)
    judge = _Judge(store, answering.baseline, answering.today, Places(store, answering.key))
    judged = tuple(replace(one, accepted=judge.acceptance(one)) for one in known)
    return judged, judge.accepting(is_whole=_is_whole(store))


def _asked(answering: Answering, ranked: Sequence[Ranked]) -> Iterator[Ranked]:
    """The findings whose identities are asked for: digests of all their entries are in them."""
    grants = answering.baseline.grants if answering.baseline else ()
    rules = {grant.rule for grant in grants}
    most = len(ranked) if answering.identified is None else answering.identified
    for place, one in enumerate(ranked):
        if place < most or one.finding.claim.rule in rules:
            yield one


def _is_whole(store: Store) -> bool:
    """Whether the scan saw all, so that what it did not find is not there."""
    return store.noted("state") == ScanState.COMPLETE and not store.coverage().unreadable


class _Judge:
    """Holds findings against the acceptances of a baseline."""

    def __init__(self, store: Store, baseline: Baseline, day: date, places: Places) -> None:
        self._store = store
        self._baseline = baseline
        self._day = day
        self._places = places
        self._met: Counter[Grant] = Counter()
        self._by_print: dict[tuple[str, str], list[Grant]] = {}
        self._below: dict[str, list[Grant]] = {}
        for grant in baseline.grants:
            if grant.scope is Scope.BELOW:
                self._below.setdefault(grant.rule, []).append(grant)
            else:
                self._by_print.setdefault((grant.rule, grant.fingerprint), []).append(grant)
        self._spans = Spans(store) if self._below else None

    def acceptance(self, one: Ranked) -> Acceptance | None:
        """The acceptance of a finding that says most for it; None if there is none."""
        if one.identity is None:
            return None
        rule = one.finding.claim.rule
        direct = self._by_print.get((rule, one.identity.fingerprint), ())
        above = self._grants_above(one) if rule in self._below else ()
        told = []
        for grant in (*direct, *above):
            self._met[grant] += 1
            told.append(self._told(grant, one, one.identity.extent))
        order = tuple(Standing)
        return min(
            told, key=lambda a: (order.index(a.standing), -a.until.toordinal()), default=None
        )

    def _grants_above(self, one: Ranked) -> Iterator[Grant]:
        """The acceptances of a rule below a directory that holds all of a finding."""
        if self._spans is None:
            return
        above = {self._places.of(n).hex() for n in self._spans.folders_above(one)}
        for grant in self._below[one.finding.claim.rule]:
            if grant.fingerprint in above:
                yield grant

    def _told(self, grant: Grant, one: Ranked, extent: Extent) -> Acceptance:
        if self._day > grant.until:
            return _shown(grant, Standing.EXPIRED, f"The acceptance ended on {grant.until}.")
        if one.risk.band > grant.band:
            return _shown(
                grant,
                Standing.WORSE,
                f"It was accepted as {grant.band.word}, and is {one.risk.band.word} now.",
            )
        grown = _grown(grant, extent) if grant.scope is not Scope.BELOW else ""
        if grown:
            return _shown(grant, Standing.OUTGROWN, grown)
        if grant.until - self._day <= timedelta(days=WARN_DAYS):
            days = (grant.until - self._day).days
            left = "today" if days == 0 else "tomorrow" if days == 1 else f"in {days} days"
            return _shown(grant, Standing.SOON, f"The acceptance ends {left}, on {grant.until}.")
        return _shown(grant, Standing.HOLDS)

    def accepting(self, *, is_whole: bool) -> Accepting:
        """What became of the baseline as a whole."""
        unneeded = [grant for grant in self._baseline.grants if not self._met[grant] and is_whole]
        detail = "Nothing that it covers was found."
        return Accepting(
            self._baseline.name,
            self._baseline.digest,
            len(self._baseline.grants),
            tuple(_shown(grant, Standing.UNNEEDED, detail) for grant in unneeded),
        )


def deadlines(baseline: Baseline, day: date) -> tuple[str, ...]:
    """When acceptances of a baseline end, in sentences: the next one, those soon, those over."""
    held = sorted(grant.until for grant in baseline.grants if grant.until >= day)
    soon = sum(until - day <= timedelta(days=WARN_DAYS) for until in held)
    over = len(baseline.grants) - len(held)
    said = [f"{_acceptances(len(baseline.grants))} in {baseline.name}."]
    if held:
        said[0] = f"{said[0][:-1]}; the next one ends on {held[0]}."
    if soon:
        said.append(f"Warning: {_acceptances(soon)} will end within {WARN_DAYS} days.")
    if over:
        said.append(f"{_acceptances(over)} ended: what was accepted counts again.")
    return tuple(said)


def _acceptances(count: int) -> str:
    return "1 acceptance" if count == 1 else f"{count:,} acceptances"


def _grown(grant: Grant, extent: Extent) -> str:
    """What is there that was not accepted, in a sentence; "" if nothing is."""
    if not _is_within(extent.places, grant.held):
        return (
            f"It holds where it was not accepted: {_entries(grant.entries)} accepted, "
            f"{_entries(extent.entries)} now, and not all of them the same."
        )
    if not _is_within(extent.found or ((),), grant.values):
        return "It holds values that were not accepted."
    return ""


def _is_within(forms: Forms, accepted: Sequence[str]) -> bool:
    """Whether all parts were accepted, in the form in which they were."""
    known = set(accepted)
    return any(known.issuperset(form) for form in forms)


def _entries(count: int) -> str:
    return "1 entry" if count == 1 else f"{count:,} entries"


def _shown(grant: Grant, standing: Standing, detail: str = "") -> Acceptance:
    return Acceptance(
        grant.decision,
        grant.scope,
        grant.rule,
        grant.by,
        grant.because,
        grant.accepted_on,
        grant.until,
        standing,
        detail,
    )


class Spans:
    """Between which entries findings hold."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._families = store.holdings.spans_of_families()
        self._findings: dict[int, tuple[int, int]] = {}
        sets = store.sets()
        for number, (first, last) in store.holdings.spans().items():
            for finding in sets.get(number, ()):
                known = self._findings.get(finding, (first, last))
                self._findings[finding] = min(first, known[0]), max(last, known[1])

    def folders_above(self, one: Ranked) -> list[int]:
        """The directories at or below which all of a finding holds, the innermost first."""
        first, last = self._span(one)
        above: list[int] = []
        number = first
        while number:
            above.append(number)
            number = self._store.row(number).parent
        lasts = self._store.lasts(above)
        return [number for number in above if number in lasts and lasts[number] >= last]

    def _span(self, one: Ranked) -> tuple[int, int]:
        number = one.finding.id
        if one.family is None:
            return self._findings.get(number, (0, 0))
        parent = one.family.parent
        return self._families.get(number, (parent, parent))
