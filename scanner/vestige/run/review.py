"""Review: a scan file to all that reports may know, ranked, with every path masked."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from vestige import lexicon, shipped
from vestige.acceptance import Accepting
from vestige.anonymity import SinglingOut, of_noted
from vestige.gate import verdict
from vestige.lexicon import Lexicon
from vestige.model import Band, Family, FamilyKind, Finding, Problem, Where
from vestige.rank import risk
from vestige.review import (
    Coverage,
    Hunt,
    Occurrence,
    Point,
    Ranked,
    Reach,
    Review,
    Risk,
    Scan,
    ScanState,
    Since,
    Trouble,
    point,
    point_of_noted,
)
from vestige.run.acceptance import Answering, answered
from vestige.run.grounds import grounds_of
from vestige.run.software import software_trees
from vestige.run.traces import CUT
from vestige.store import Row, Store, failures
from vestige.text import readings, shown

OCCURRENCES = 1_000
"""Occurrences of a finding in content that a scan lists by itself: a volume has millions."""

EVERY = 1 << 62
"""As many occurrences as there are."""

TREND = "trend"
"""Under what the scan file of a workspace keeps the reviews before it."""

_PATHS = 5
_VALUES = 5
_FOLDERS = 10_000
"""Paths of directories that are remembered while entries are listed."""

_PROBLEMS = 1_000
"""Problems that a page may list; the CSV file has all."""

NO_TRACE = (
    "Some texts vary so much from file to file that not all of them were compared with the persons "
    "who are known from elsewhere on the volume."
)
"""What is said where texts left no trace."""

LIMITS = (
    "Pixels are not read: which images may show a name or a face is told from their headers alone.",
    "Only DICOM content is read; of other files their names and those that they list are judged.",
    "A name in a shape or script that no rule knows can be missed.",
)
"""What this version does not check, in the words of the report."""


class Paths:
    """Masked paths of entries; words that technique alone uses stay readable.

    In names that identify somebody none does, nor in those of the entries `hidden`.
    """

    def __init__(self, store: Store, words: Lexicon, hidden: frozenset[int] = frozenset()) -> None:
        self._store = store
        self._hidden = hidden
        self._words = words
        self._folders: dict[int, str] = {}
        self._inside: tuple[int, frozenset[bytes]] = (0, frozenset())
        self._members = store.member_of().keys() | store.between()
        self._named_sets = _with_findings(store, Where.PATH)
        self._told_sets = _with_findings(store, Where.GHOST)

    def component(self, row: Row) -> str:
        """The masked name of one entry."""
        hidden = row.id in self._members or row.finding_set in self._named_sets
        hidden = hidden or row.id in self._hidden
        return shown(readings(row.name)[0], (), _never if hidden else self._words.ordinary)

    def path(self, number: int) -> str:
        """The masked path of an entry, from its root."""
        row = self._store.row(number)
        return self._folder(row.parent) + self.component(row)

    def within(self, number: int, way: bytes) -> str:
        """The masked path of a file inside an entry, to which a way leads from there."""
        if self._inside[0] != number:
            told = self._store.within.of(number)
            self._inside = number, frozenset(w for w, found in told if found in self._told_sets)
        masked, at = [], 0
        for part in way.split(b"/"):
            at += len(part) + 1
            name, above = part.removesuffix(b"!"), way[: at - 1].removesuffix(b"!")
            hidden = number in self._hidden or above in self._inside[1]
            known = _never if hidden else self._words.ordinary
            masked.append(shown(readings(name)[0], (), known) + "!" * (name != part))
        return self.path(number) + "/".join(masked)

    def _folder(self, number: int) -> str:
        """The masked path of a directory, with a slash behind it."""
        if number == 0:
            return ""
        found = self._folders.get(number)
        if found is None:
            above: list[Row] = []
            while number and number not in self._folders:
                above.append(self._store.row(number))
                number = above[-1].parent
            found = self._folders.get(number, "")
            if len(self._folders) > _FOLDERS:
                self._folders.clear()
            for row in reversed(above):
                found = self._folders[row.id] = f"{found}{self.component(row)}/"
        return found

    def root(self, path: bytes) -> str:
        """The masked path of a root."""
        parts = (readings(part)[0] for part in path.split(b"/"))
        return "/".join(shown(part, (), self._words.ordinary) if part else "" for part in parts)


def _never(_word: str) -> bool:
    return False


def _with_findings(store: Store, where: Where) -> set[int]:
    """The sets with a finding that stands there."""
    findings = {finding.id for finding in store.findings() if finding.where is where}
    return {number for number, members in store.sets().items() if findings & set(members)}


def review(
    store: Store, occurrences: int = OCCURRENCES, answering: Answering | None = None
) -> Review:
    """The review of a scan, complete or interrupted, with the first occurrences of each finding.

    With `answering` findings that somebody answers for do not count, and all can be accepted.
    """
    paths = Paths(store, lexicon.load(shipped.rules() / "lexicons"))
    coverage = store.coverage()
    ranked, accepting = _answered(store, answering, _ranked(store, paths))
    fail_on = Band.of(str(store.noted("fail_on")))
    state = ScanState(str(store.noted("state")))
    scan = _scan(store, paths, coverage, fail_on, state)
    said = verdict(
        [one.risk for one in ranked if one.counts],
        coverage,
        fail_on,
        accepts_unexamined=bool(store.noted("accepts_unexamined")),
        finished=state is ScanState.COMPLETE,
        grounds=grounds_of(store),
        accepted=sum(not one.counts and one.risk.band >= fail_on for one in ranked),
    )
    return Review(
        scan=scan,
        verdict=said,
        findings=ranked,
        problems=tuple(_trouble(one, paths) for one in store.problem_rows(_PROBLEMS)),
        problem_counts=tuple(store.problem_counts()),
        skipped_counts=tuple(store.skipped_counts()),
        subjects=_subjects(ranked, fail_on),
        troubles=_Troubles(store, paths),
        occurrences=_Occurrences(store, paths, occurrences),
        singling_out=_singling_out(store),
        software=software_trees(store, paths.path),
        hunt=_hunt(store),
        accepting=accepting,
        trend=_trend(store, point(scan, said, ranked)),
    )


def _answered(
    store: Store, answering: Answering | None, ranked: tuple[Ranked, ...]
) -> tuple[tuple[Ranked, ...], Accepting | None]:
    return (ranked, None) if answering is None else answered(store, answering, ranked)


def _trend(store: Store, own: Point) -> tuple[Point, ...]:
    """The reviews of the same workspace before this one, and this one; none outside of any."""
    noted = store.noted(TREND)
    if not isinstance(noted, list):
        return ()
    return (*(point_of_noted(one) for one in noted if isinstance(one, dict)), own)


def _singling_out(store: Store) -> SinglingOut | None:
    noted = store.noted("singling_out")
    return of_noted(noted) if isinstance(noted, dict) else None


def _hunt(store: Store) -> Hunt | None:
    noted = store.noted("hunt")
    return Hunt(**noted) if isinstance(noted, dict) else None


def _scan(store: Store, paths: Paths, coverage: Coverage, fail_on: Band, state: ScanState) -> Scan:
    roots = store.noted("roots")
    return Scan(
        id=str(store.noted("id")),
        roots=tuple(paths.root(bytes.fromhex(r)) for r in roots if isinstance(r, str))
        if isinstance(roots, list)
        else (),
        started=str(store.noted("started")),
        finished=str(store.noted("finished")),
        version=str(store.noted("version")),
        catalog_digest=str(store.noted("catalog")),
        rules=int(str(store.noted("rules"))),
        policy=str(store.noted("policy")),
        fail_on=fail_on,
        state=state,
        coverage=coverage,
        limits=(*LIMITS, NO_TRACE) if store.noted(CUT) else LIMITS,
        policy_digest=str(store.noted("policy_digest")),
        since=_since(store),
    )


def _since(store: Store) -> Since | None:
    noted = store.noted("since")
    return Since(**noted) if isinstance(noted, dict) else None


def _trouble(problem: Problem, paths: Paths) -> Trouble:
    return Trouble(paths.path(problem.entry), problem.stage, problem.code, problem.detail)


_Found = tuple[Finding, Reach, Family | None, Risk]


def _ranked(store: Store, paths: Paths) -> tuple[Ranked, ...]:
    reaches = store.reaches()
    families = store.families()
    texts = store.rule_texts()
    first = store.first_entries(_PATHS)
    inside = store.within.first(store.sets(), _PATHS)
    found: list[_Found] = []
    for finding in store.findings():
        family = families.get(finding.id)
        distinct = store.values(finding.id, 0)[0]
        own = _reach(finding, reaches.get(finding.id), distinct)
        reach = _family_reach(family) if family else own
        if reach is not None:
            found.append((finding, reach, family, risk(finding, reach, family)))
    found.sort(key=lambda one: (-one[3].score, one[2] is None, one[0].id))
    return tuple(
        _one(rank, store, texts[one[0].claim.rule], one, _shown(one, first, inside, paths))
        for rank, one in enumerate(found, 1)
    )


def _shown(
    found: _Found,
    first: dict[int, list[int]],
    inside: dict[int, dict[int, list[bytes]]],
    paths: Paths,
) -> tuple[str, ...]:
    """The masked paths of the first entries of a finding, or of the files inside them.

    Of a family of entries, that of its directory.
    """
    finding, _, family, _ = found
    ways = inside.get(finding.id, {})
    if family and family.parent not in ways:
        return (paths.path(family.parent),)
    told = ((e, way) for e in first.get(finding.id, []) for way in ways.get(e, [b""]))
    shown_paths = (paths.within(e, way) if way else paths.path(e) for e, way in told)
    return tuple(islice(shown_paths, _PATHS))


def _one(
    rank: int, store: Store, texts: tuple[str, str], found: _Found, paths: tuple[str, ...]
) -> Ranked:
    finding, reach, family, its_risk = found
    distinct, values = store.values(finding.id, _VALUES)
    return Ranked(
        rank=rank,
        finding=finding,
        risk=its_risk,
        reach=reach,
        distinct=family.distinct if family else distinct,
        values=tuple(values),
        paths=paths,
        why=texts[0],
        remedy=texts[1],
        family=family,
    )


def _family_reach(family: Family) -> Reach:
    return Reach(family.members, family.files, family.bytes, family.subjects or None)


def _reach(finding: Finding, reach: Reach | None, distinct: int) -> Reach | None:
    if reach is None or finding.where is not Where.PATH:
        return reach
    # A finding in names is of one value, whose digest it has, or of several persons.
    persons = 1 if finding.digest else max(distinct, 1)
    return Reach(reach.entries, reach.files, reach.bytes, persons)


def _subjects(ranked: tuple[Ranked, ...], fail_on: Band) -> int | None:
    """At least how many persons the findings that count concern; None if nothing says so."""
    counting = [one for one in ranked if one.risk.band >= fail_on and one.counts]
    names = [one for one in counting if one.family and one.family.kind is FamilyKind.NAMES]
    families = sum(one.reach.subjects or 0 for one in names)
    widest = max((one.reach.subjects or 0 for one in counting), default=0)
    return max(families, widest) or None


class _Troubles:
    """All problems, read from the store as they are asked for."""

    def __init__(self, store: Store, paths: Paths) -> None:
        self._store = store
        self._paths = paths

    def __iter__(self) -> Iterator[Trouble]:
        return (_trouble(one, self._paths) for one in self._store.problem_rows())


class _Occurrences:
    """Occurrences in the order of the entries, read from the store as they are asked for.

    `limit` is how many of a finding in content are given; those in names are given all.
    """

    def __init__(self, store: Store, paths: Paths, limit: int) -> None:
        self._store = store
        self._paths = paths
        self._limit = limit

    def __iter__(self) -> Iterator[Occurrence]:
        sets = self._store.sets()
        findings = {finding.id: finding for finding in self._store.findings()}
        families = self._store.member_of()
        inside = self._store.within.entries()
        left = {
            number: EVERY if finding.where is Where.PATH else self._limit
            for number, finding in findings.items()
        }
        open_sets = {number for number, members in sets.items() if members}
        for entry, finding_set in self._store.found():
            family = families.get(entry)
            if not family and finding_set not in open_sets:
                continue
            numbers = [
                number
                for number in sets.get(finding_set, ())
                if left[number] and not (family and findings[number].gives_way)
            ]
            if not numbers and not family:
                open_sets.discard(finding_set)
                continue
            for number, path in self._places((entry, family, numbers), sets, inside):
                left[number] -= 1
                if left[number] >= 0:
                    yield Occurrence(f"F{number}", entry, path, findings[number].place)

    def _places(
        self,
        told: tuple[int, int | None, list[int]],
        sets: dict[int, tuple[int, ...]],
        inside: frozenset[int],
    ) -> Iterator[tuple[int, str]]:
        """The findings of an entry, each with the path to where it stands: into it, or to it."""
        entry, family, numbers = told
        within = dict.fromkeys(numbers, False)
        for way, found in self._store.within.of(entry) if entry in inside else ():
            held = [one for one in sets.get(found, ()) if one in within]
            path = self._paths.within(entry, way) if held else ""
            for number in held:
                within[number] = True
                yield number, path
        path = self._paths.path(entry)
        for number in (*((family,) if family else ()), *numbers):
            if not within.get(number):
                yield number, path


def open_review(
    path: Path, occurrences: int = OCCURRENCES, answering: Answering | None = None
) -> tuple[Store, Review]:
    """The scan file at `path` and its review; the store must stay open while reports are made."""
    with failures():
        store = Store.open(path)
        try:
            return store, review(store, occurrences, answering)
        except BaseException:
            store.close()
            raise
