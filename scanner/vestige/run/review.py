"""Review: a scan file to all that reports may know, ranked, with every path masked."""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path

from vestige import lexicon, shipped
from vestige.acceptance import Accepting
from vestige.anonymity import SinglingOut, of_noted
from vestige.gate import verdict
from vestige.key_table import UNDONE, KeyTable
from vestige.model import Band, Family, FamilyKind, Finding, Where
from vestige.picture import Pictures
from vestige.rank import risk
from vestige.review import (
    Coverage,
    Hunt,
    Point,
    Ranked,
    Reach,
    Review,
    Risk,
    Scan,
    ScanState,
    Since,
    point,
    point_of_noted,
)
from vestige.run.acceptance import Answering, answered
from vestige.run.aside import Aside
from vestige.run.grounds import grounds_of
from vestige.run.keys import noted
from vestige.run.lettering import PICTURES
from vestige.run.occurrences import OCCURRENCES, Occurrences, Troubles, trouble
from vestige.run.paths import Paths
from vestige.run.pictures import pictures
from vestige.run.software import software_trees
from vestige.run.traces import CUT
from vestige.store import Store, failures

TREND = "trend"
"""Under what the scan file of a workspace keeps the reviews before it."""

_PATHS = 5
_PATHS_OF = 5_000
"""Findings, the worst ones, of which so many places are shown; of the others the first alone."""

_VALUES = 5
_PROBLEMS = 1_000
"""Problems that a page may list; the CSV file has all."""

NO_TRACE = (
    "Some texts vary so much from file to file that not all of them were compared with the persons "
    "who are known from elsewhere on the volume."
)
"""What is said where texts left no trace."""

LIMITS = (
    "Pixels are not read: which images may show a name or a face is told from their headers alone.",
    "Of files that are no DICOM, those of known kinds are read; of all others names are judged.",
    "A name in a shape or script that no rule knows can be missed.",
)
"""What this version does not check, in the words of the report."""


def review(
    store: Store,
    occurrences: int = OCCURRENCES,
    answering: Answering | None = None,
    beside: Path | None = None,
) -> Review:
    """The review of a scan, complete or interrupted, with the first occurrences of each finding.

    With `answering` findings that somebody answers for do not count, and all can be accepted.
    `beside` is the scan file, if a process beside this one may draw its pictures. Where somebody
    answers for findings they are drawn here: those that do not count are in none of them.
    """
    paths = _paths(store)
    coverage = store.coverage()
    fail_on = Band.of(str(store.noted("fail_on")))
    ranked = _ranked(store, paths)
    drawn = None
    if beside is not None and (answering is None or answering.baseline is None):
        drawn = Aside(partial(_pictures_of, beside, ranked, fail_on)).result
    ranked, accepting = _answered(store, answering, ranked)
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
    if any(one.undoes for one in ranked):
        said = replace(said, reasons=(*said.reasons, UNDONE))
    return Review(
        scan=scan,
        verdict=said,
        findings=ranked,
        problems=tuple(trouble(one, paths) for one in store.problem_rows(_PROBLEMS)),
        problem_counts=tuple(store.problem_counts()),
        skipped_counts=tuple(store.skipped_counts()),
        subjects=_subjects(ranked, fail_on),
        troubles=Troubles(store, paths),
        occurrences=Occurrences(store, paths, occurrences),
        singling_out=_singling_out(store),
        software=software_trees(store, paths.path),
        hunt=_hunt(store),
        lettering=_lettering(store),
        accepting=accepting,
        trend=_trend(store, point(scan, said, ranked)),
        pictures=drawn or partial(pictures, store, ranked, paths, fail_on),
    )


def _pictures_of(file: Path, ranked: Sequence[Ranked], fail_on: Band) -> Pictures:
    """The pictures of a scan file by a connection of its own, as a process beside may ask it."""
    with failures(), closing(Store.open(file, read_only=True)) as store:
        return pictures(store, ranked, _paths(store), fail_on)


def _paths(store: Store) -> Paths:
    return Paths(store, lexicon.load(shipped.rules() / "lexicons"))


def occurrences_of(store: Store, limit: int = OCCURRENCES) -> Occurrences:
    """The occurrences of a scan without the rest of its review."""
    return Occurrences(store, _paths(store), limit)


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


def _lettering(store: Store) -> int | None:
    """In how many pictures text was read; None if nobody asked for it."""
    noted = store.noted(PICTURES)
    return noted if type(noted) is int else None


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


_Found = tuple[Finding, Reach, Family | None, Risk]


def _ranked(store: Store, paths: Paths) -> tuple[Ranked, ...]:
    reaches = store.reaches()
    families = store.families()
    texts = store.rule_texts()
    first = store.first_entries(_PATHS)
    inside = store.within.first(store.sets(), _PATHS)
    keys = noted(store)
    found: list[_Found] = []
    for finding in store.findings():
        family = families.get(finding.id)
        distinct = store.values(finding.id, 0)[0]
        own = _reach(finding, reaches.get(finding.id), distinct)
        reach = _family_reach(family) if family else own
        if reach is not None:
            reach = _key_reach(reach, keys.get(finding.id))
            its_risk = risk(finding, reach, family, keys.get(finding.id))
            found.append((finding, reach, family, its_risk))
    found.sort(key=lambda one: (*_first(keys.get(one[0].id)), -one[3].score, not one[2], one[0].id))
    ranked = (
        _one(rank, store, texts[one[0].claim.rule], one, _shown(rank, one, (first, inside), paths))
        for rank, one in enumerate(found, 1)
    )
    return tuple(replace(one, key=keys.get(one.finding.id)) for one in ranked)


def _first(key: KeyTable | None) -> tuple[bool, int]:
    """Keys come before all else, those first that undo most codes of the volume."""
    undoes = key is not None and key.undoes
    return not undoes, -key.linked if key is not None and undoes else 0


def _shown(
    rank: int,
    found: _Found,
    places: tuple[dict[int, list[int]], dict[int, dict[int, list[bytes]]]],
    paths: Paths,
) -> tuple[str, ...]:
    """The masked paths of the first entries of a finding, or of the files inside them.

    Of a family of entries, that of its directory.
    """
    finding, _, family, _ = found
    first, inside = places
    ways = inside.get(finding.id, {})
    if family and family.parent not in ways:
        return (paths.path(family.parent),)
    most = _PATHS if rank <= _PATHS_OF else 1
    shown_paths: list[str] = []
    for entry in first.get(finding.id, [])[:most]:
        within = [paths.within(entry, way) for way in ways.get(entry, ())]
        shown_paths += within or [paths.path(entry)]
    return tuple(shown_paths[:most])


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


def _key_reach(reach: Reach, key: KeyTable | None) -> Reach:
    """The reach of a table, with the subjects whom its codes hide on the volume."""
    if key is None or key.former or not key.linked:
        return reach
    return replace(reach, subjects=max(reach.subjects or 0, key.linked))


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


def open_review(
    path: Path,
    occurrences: int = OCCURRENCES,
    answering: Answering | None = None,
    *,
    aside: bool = False,
) -> tuple[Store, Review]:
    """The scan file at `path` and its review; the store must stay open while reports are made.

    `aside` says that processes beside this one may work for it.
    """
    with failures():
        store = Store.open(path)
        try:
            return store, review(store, occurrences, answering, path if aside else None)
        except BaseException:
            store.close()
            raise
