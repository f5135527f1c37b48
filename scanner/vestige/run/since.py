"""Since: what of an earlier scan is carried over to this one, and what must be read anew.

A file is carried over if its name, size, times and inode are those of the earlier scan, in a
directory that is known again by its inode, wherever it lies now. Names are judged anew, and so is
whatever depends on more than the bytes of one file: a content that the earlier scan did not keep
as lasting is read again, and all conclusions are drawn from the whole new tree.

With --paranoid times and inodes decide nothing: a file is carried over if its name, size and the
digest of its content are those of the earlier scan. The digest is made where files are read.
"""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from vestige.account import NO_BYTES, Account
from vestige.carried import Carried
from vestige.model import Problem, StoreError, UsageError
from vestige.review import ScanState, Since
from vestige.run.plan import Plan, identity
from vestige.run.traces import CUT
from vestige.store import VALUES_KEPT, Earlier, EarlierValue, Kept, Known, Store
from vestige.walk import Left, Siblings

SCAN_FILE = "scan.sqlite"

RACY_NS = 2_000_000_000
"""How much older than the earlier scan the times of a file must be: some file systems count in
steps of two seconds, and what is written within a step of being read looks unchanged."""

_REMEMBERED = 50_000
"""Contents and accounts that are remembered each."""

_MATTERS = {
    "version": "another version of Vestige made it",
    "catalog": "rules, tables or lexicons are other ones now",
    "policy_digest": "the policy is another one now",
    "roster": "the roster is another one now",
    "key": "it was made with another key",
    "software_as_data": "--software-as-data is given for one of the two only",
}
"""What must be the same for contents to be carried over, and what is said where it is not."""


class Uncounted(Exception):  # noqa: N818 - no error, but a reason to begin anew
    """Values of a finding are needed that the earlier scan did not count."""

    def __init__(self, finding: int) -> None:
        super().__init__()
        self.finding = finding


class Content(NamedTuple):
    """A content that was carried over, by its numbers in the new scan file."""

    findings: tuple[int, ...]
    traces: tuple[int, ...]
    subject: str
    series: int
    dicom: bool
    reason: str
    number: int
    extra: str = ""


class EarlierScan(NamedTuple):
    """The scan that another one goes on from."""

    file: Earlier
    since: Since

    def carrier(self, distrusted: frozenset[int]) -> "Carrier | None":
        """What carries over; None if everything is read anew."""
        if self.since.anew:
            return None
        return Carrier(self.file, distrusted, by_digest=self.since.by_digest)


@contextmanager
def earlier_scan(plan: Plan) -> Iterator[EarlierScan | None]:
    """The scan of --since, open to be read; None if none is given.

    UsageError or StoreError if it cannot serve.
    """
    if plan.since is None:
        yield None
        return
    path = scan_file(plan.since)
    if os.path.realpath(path) == os.path.realpath(scan_file(plan.out)):
        raise UsageError(
            "--since names the scan that this one would write; name another folder with --out"
        )
    earlier = Earlier.open(path)
    try:
        if earlier.noted("state") != ScanState.COMPLETE:
            raise UsageError(
                "the scan of --since has not come to its end: go on with it by --resume first, or "
                "name a complete one"
            )
        yield EarlierScan(earlier, _since(earlier, identity(plan)))
    finally:
        earlier.close()


def scan_file(given: Path) -> Path:
    """The scan file that is meant by a path: itself, or the one in a folder."""
    return given / SCAN_FILE if given.is_dir() else given


def _since(earlier: Earlier, asked: Mapping[str, object]) -> Since:
    """Which scan it is, and why nothing of it is carried over, if nothing is."""
    anew = next((why for key, why in _MATTERS.items() if earlier.noted(key) != asked[key]), "")
    if not anew and earlier.noted(CUT):
        anew = "it left out texts that vary too much to be compared"
    by_digest = bool(asked["paranoid"])
    if not anew and by_digest and not earlier.noted("paranoid"):
        anew = "it was made without --paranoid and kept no digests of contents"
    return Since(str(earlier.noted("id")), str(earlier.noted("started")), anew, by_digest)


class Carrier:
    """Knows files and directories of an earlier scan again, and carries over what it kept."""

    def __init__(
        self,
        earlier: Earlier,
        distrusted: frozenset[int] = frozenset(),
        *,
        by_digest: bool = False,
    ) -> None:
        self._earlier = earlier
        self._by_digest = by_digest
        self._same_volume = True
        self._distrusted = distrusted
        self._latest = _nanoseconds(str(earlier.noted("started"))) - RACY_NS
        self._below: dict[int, dict[bytes, tuple[int, int]]] = {}
        self._by_inode: dict[int, int] = {}
        for one in earlier.directories():
            self._below.setdefault(one.parent, {})[one.name] = one.entry, one.inode
            self._by_inode[one.inode] = one.entry
        self._was: dict[int, int] = {0: 0}
        self._files: tuple[int, dict[bytes, Known]] = 0, {}
        self._contents: dict[int, Content] = {}
        self._accounts: dict[int, Account] = {}
        self._findings: dict[int, int] = {}
        self._store: Store | None = None
        self._values: dict[int, EarlierValue] = {}
        self._numbers: dict[int, int] = {}
        self._traces: dict[int, int] = {}

    def matched(self, events: Iterator[Siblings | Left]) -> Iterator[Siblings | Left]:
        """The walk, with what is carried over of the files on it."""
        for event in events:
            if isinstance(event, Left):
                self._was.pop(event.id, None)
                yield event
            elif event.listed[0][1] == "directory":
                self._know(event)
                yield event
            else:
                carried = self._carried(event)
                yield event._replace(carried=carried) if carried else event

    def _know(self, event: Siblings) -> None:
        """Remember which directory of the earlier scan the one in hand was."""
        name, *_, inode = event.listed[0]
        there = self._below.get(self._was.get(event.parent, -1), {}).get(name)
        if self._by_digest and event.parent == 0:
            # A volume that was copied or restored has other inodes: names tell what is what.
            self._same_volume = inode in self._by_inode
        if there is not None and there[1] == inode:
            self._was[event.first] = there[0]
        elif inode in self._by_inode and self._same_volume:
            self._was[event.first] = self._by_inode[inode]
        elif there is not None and self._by_digest:
            self._was[event.first] = there[0]

    def _carried(self, event: Siblings) -> dict[int, Carried]:
        was = self._was.get(event.parent)
        if was is None:
            return {}
        # Who has as many values as count is trusted from then on, and costs nothing any more.
        self._distrusted = frozenset(one for one in self._distrusted if not self._is_full(one))
        if self._files[0] != was:
            self._files = was, self._earlier.files(was, digests=self._by_digest)
        files, found = self._files[1], {}
        for place, (name, kind, *facts) in enumerate(event.listed):
            known = files.get(name)
            if known is None or kind != "file" or place in event.met:
                continue
            if self._may_be(known, facts) and self._lasts(known):
                found[place] = Carried(known.entry, *known[2:])
        return found

    def _may_be(self, known: Known, facts: Sequence[int]) -> bool:
        """Whether a file is as it was; or may be, if the digest that is yet to be made says so."""
        if self._by_digest:
            return bool(known.digest) and facts[0] == known.facts[0]
        return tuple(facts) == known.facts and max(facts[1:3]) < self._latest

    def _lasts(self, known: Known) -> bool:
        """Whether all values of a content are known that count."""
        if not self._distrusted:
            return True
        varying = [one for one in map(int, known.extra.split()) if one > 0]
        seen = map(self._value, (*self._earlier.content(known.content).seen, *varying))
        return self._distrusted.isdisjoint(one.finding for one in seen if not one.digest)

    def _is_full(self, finding: int) -> bool:
        """Whether so many values of a finding were met by now that others do not count again."""
        number = self._findings.get(finding)
        if number is None or self._store is None:
            return False
        return self._store.values(number, 0)[0] >= VALUES_KEPT

    def content(self, number: int, extra: str, store: Store) -> Content:
        """A content of the earlier scan in the new scan file, with what varies of it.

        Uncounted if values of it count now that the earlier scan did not count.
        """
        varying = list(map(int, extra.split()))
        self._store = store
        found = self._contents.get(number)
        if found is None:
            if len(self._contents) >= _REMEMBERED:
                self._contents.clear()
            found = self._contents[number] = self._translated(number, varying, store)
        if not varying:
            return found
        seen = [self._seen(one, store) for one in varying if one > 0]
        traces = [self._trace(-one, store) for one in varying if one < 0]
        told = " ".join(map(str, (*seen, *(-one for one in traces))))
        return found._replace(traces=(*found.traces, *traces), extra=told)

    def account(self, carried: Iterable[Carried]) -> Account:
        """What became of the bytes of files that are carried over."""
        parts = (self._account(one.account) for one in carried if one.account)
        return sum(parts, NO_BYTES)

    def account_number(self, number: int, store: Store) -> int:
        """The number in the new scan file of what became of the bytes of a file."""
        return store.contents.account(self._account(number)) if number else 0

    def _account(self, number: int) -> Account:
        found = self._accounts.get(number)
        if found is None:
            if len(self._accounts) >= _REMEMBERED:
                self._accounts.clear()
            found = self._accounts[number] = self._earlier.account(number)
        return found

    def problems(self, carried: Mapping[int, Carried]) -> Iterator[Problem]:
        """The problems that files had, as those of the entries that they are now."""
        for number, one in carried.items():
            if one.partly:
                yield from self._earlier.problems(one.entry, number)

    def _translated(self, number: int, varying: Sequence[int], store: Store) -> Content:
        kept = self._earlier.content(number)
        series = store.series(self._earlier.series(kept.series)) if kept.series else 0
        firsts: dict[int, EarlierValue] = {}
        for value in map(self._value, (*kept.seen, *(one for one in varying if one > 0))):
            firsts.setdefault(value.finding, value)
        findings = tuple(self._finding(one, firsts.get(one), store) for one in kept.findings)
        seen = tuple(self._seen(one, store) for one in kept.seen)
        traces = tuple(self._trace(one, store) for one in kept.traces)
        whose, ended = (store.subject(kept.subject), series), (kept.dicom, kept.reason)
        now = Kept(findings, seen, store.traces.set_of(traces), *whose, *ended)
        new = store.contents.content(now)
        return Content(findings, traces, kept.subject, series, *ended, new)

    def _finding(self, number: int, first: EarlierValue | None, store: Store) -> int:
        """The number of a finding; a new one gets the first value that it has here."""
        found = self._findings.get(number)
        if found is None:
            one = self._earlier.finding(number)
            told = ("", "") if first is None else (first.masked, first.explanation)
            place = (one.claim, one.where, one.place, one.digest)
            found = self._findings[number] = store.finding(*place, *told)
        return found

    def _value(self, number: int) -> EarlierValue:
        found = self._values.get(number)
        if found is None:
            found = self._values[number] = self._earlier.value(number)
        return found

    def _seen(self, number: int, store: Store) -> int:
        """The number of a value."""
        found = self._numbers.get(number)
        if found is None:
            value = self._value(number)
            finding = self._finding(value.finding, value, store)
            if not value.digest and store.values(finding, 0)[0] < VALUES_KEPT:
                raise Uncounted(value.finding)
            told = (value.digest, value.masked, value.explanation)
            found = self._numbers[number] = store.value(finding, *told)
        return found

    def _trace(self, number: int, store: Store) -> int:
        found = self._traces.get(number)
        if found is None:
            found = self._traces[number] = store.traces.number(self._earlier.trace(number))
        return found


def _nanoseconds(moment: str) -> int:
    """The nanoseconds since 1970 of a moment as the scan file notes it; 0 if it is none."""
    try:
        return int(datetime.fromisoformat(moment).astimezone(UTC).timestamp()) * 1_000_000_000
    except ValueError as error:
        raise StoreError("the earlier scan does not say when it began") from error
