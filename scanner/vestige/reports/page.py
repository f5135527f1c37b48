"""What the page says that stands in no single value of a Review: sentences, sums, first steps."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from vestige.key_table import UNDONE
from vestige.model import Band
from vestige.reports.acceptances import held
from vestige.reports.visible import clip
from vestige.reports.wording import CUT_SHORT, counted, moment, number, part
from vestige.review import Coverage, Outcome, Point, Ranked, Review, Scan, ScanState

TREND = 24
"""Reviews that the trend shows, the last ones; summary.json has all."""

_WIDE, _HIGH, _WIDEST = 1000, 180, 60
"""The picture of the trend, and a column of it at most."""

STEPS = 3
"""Actions that the first screen names: more is a list, and a list is not read."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many findings one band has, and whether the policy counts them against the data."""

    band: Band
    findings: int
    counts: bool


@dataclass(frozen=True, slots=True)
class Concern:
    """What the findings that count reach; as they overlap, `files` and `bytes` are lower bounds.

    `subjects` is None where their number is not known.
    """

    subjects: int | None
    files: int
    bytes: int


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do, the finding that asks for it first, and how many findings it settles."""

    words: str
    finding: str
    title: str
    band: Band
    settles: int


@dataclass(frozen=True, slots=True)
class Slice:
    """One part of the coverage bar: where it begins and how wide it is, in thousandths."""

    name: str
    start: float
    width: float


@dataclass(frozen=True, slots=True)
class Column:
    """One review in the picture of the trend: where it begins, how wide it is, and its bars.

    A bar begins at its upper end. There are none where nothing was found or could be scanned.
    """

    point: Point
    start: float
    width: float
    bars: tuple[Slice, ...]


@dataclass(frozen=True, slots=True)
class Worst:
    """The finding that ranks first among those that count, and its place in plain words."""

    number: str
    title: str
    path: str
    entries: int


@dataclass(frozen=True, slots=True)
class Page:
    """The derived part of the report page; the rest is the Review itself."""

    headline: str
    lead: str
    tallies: tuple[Tally, ...]
    concern: Concern
    steps: tuple[Step, ...]
    gaps: int
    slices: tuple[Slice, ...]
    sums_up: bool
    notice: str
    worst: Worst | None = None
    since_last: str = ""
    cut_short: int = 0
    trend: tuple[Column, ...] = ()
    undone: str = ""


def page(review: Review) -> Page:
    """The derived part of the page for the review."""
    coverage = review.scan.coverage
    return Page(
        headline=_headline(review),
        lead=_lead(review),
        tallies=_tallies(review),
        concern=_concern(review),
        steps=_steps(review),
        gaps=gaps(coverage),
        slices=_slices(coverage),
        sums_up=coverage.seen == coverage.read + coverage.unreadable + coverage.skipped,
        notice=_notice(review.scan),
        worst=_worst(review),
        since_last=_since_last(review.trend),
        cut_short=sum(count for code, count in review.problem_counts if code in CUT_SHORT),
        trend=_trend(review.trend[-TREND:]),
        undone=UNDONE if any(one.undoes for one in review.findings) else "",
    )


def _trend(points: Sequence[Point]) -> tuple[Column, ...]:
    """The columns of the picture: the highest stands for the most findings, the worst lowest."""
    most = max((sum(count for _, count in one.bands or ()) for one in points), default=0)
    step = _WIDE / max(len(points), 1)
    width = min(step * 0.7, _WIDEST)
    return tuple(
        Column(one, round(place * step + (step - width) / 2, 1), round(width, 1), _bars(one, most))
        for place, one in enumerate(points)
    )


def _bars(point: Point, most: int) -> tuple[Slice, ...]:
    """What stands for each band, one upon the other."""
    bars, ground = [], float(_HIGH)
    for band, count in point.bands or ():
        height = _HIGH * count / max(most, 1)
        ground -= height
        if count:
            bars.append(Slice(band.word, round(ground, 1), round(height, 1)))
    return tuple(bars)


def gaps(coverage: Coverage) -> int:
    """How many entries were not examined, or not in full, though they hold something."""
    return coverage.unreadable + coverage.partly + coverage.unexamined


def counting(review: Review) -> tuple[Ranked, ...]:
    """The findings that count: of the policy's band or worse, and nobody answers for them."""
    fail_on = review.scan.fail_on
    return tuple(item for item in review.findings if item.risk.band >= fail_on and item.counts)


def _headline(review: Review) -> str:
    outcome = review.verdict.outcome
    if outcome is Outcome.INCOMPLETE:
        return "No verdict yet: part of this data was not examined."
    if outcome is Outcome.PASS:
        if held(review):
            return "Nothing counts against this data but what somebody answers for."
        return "Nothing was found that the policy counts against this data."
    if set(review.families) & set(counting(review)):
        return "Do not share this data yet: its folders still name people."
    return "Do not share this data yet: it can still lead back to people."


def _lead(review: Review) -> str:
    outcome = review.verdict.outcome
    if outcome is Outcome.BLOCK:
        return f"{_found(review)} must be settled first.{_whom(review)}"
    if outcome is Outcome.INCOMPLETE:
        return f"{_unfinished(review.scan)} What was examined gave {_found(review)}."
    seen, unseen = review.scan.coverage.seen, gaps(review.scan.coverage)
    examined = f"all but {number(unseen)}" if unseen else "all"
    return (
        f"{counted(seen, 'entry', 'entries')} seen, {examined} examined in full by "
        f"{counted(review.scan.rules, 'rule')}, with {_found(review)}. "
        "This is what the rules can tell, not a promise that nobody can be recognised."
    )


def _found(review: Review) -> str:
    found = len(counting(review))
    findings = counted(found, "finding") if found else "no finding"
    accepted = f" (and {number(held(review))} accepted)" if held(review) else ""
    return f"{findings} of {review.scan.fail_on.word} risk or worse{accepted}"


def _whom(review: Review) -> str:
    people = review.subjects
    if not people:
        return ""
    return f" {counted(people, 'person is', 'people are')} concerned."


def _unfinished(scan: Scan) -> str:
    seen, unseen = scan.coverage.seen, gaps(scan.coverage)
    if unseen == 0:
        return f"{counted(seen, 'entry', 'entries')} seen, and then the scan was over."
    entries = counted(seen, "entry", "entries")
    return f"Of {entries} seen, {number(unseen)} ({part(unseen, seen)}) were not examined in full."


def _tallies(review: Review) -> tuple[Tally, ...]:
    counts = Counter(item.risk.band for item in review.findings)
    return tuple(
        Tally(band, counts[band], band >= review.scan.fail_on)
        for band in sorted(Band, reverse=True)
    )


def _concern(review: Review) -> Concern:
    """The reach of the widest finding: findings overlap, so that their sum would count twice."""
    reaches = [item.reach for item in counting(review)]
    return Concern(
        review.subjects if reaches else review.subjects or 0,
        max((reach.files for reach in reaches), default=0),
        max((reach.bytes for reach in reaches), default=0),
    )


def _steps(review: Review) -> tuple[Step, ...]:
    """The remedies of the worst findings, each once; of those that count, if any does."""
    asked: dict[str, list[Ranked]] = {}
    for item in counting(review) or tuple(one for one in review.findings if one.counts):
        if item.remedy:
            asked.setdefault(item.remedy, []).append(item)
    return tuple(
        Step(
            remedy,
            items[0].number,
            items[0].finding.claim.title,
            items[0].risk.band,
            len(items),
        )
        for remedy, items in list(asked.items())[:STEPS]
    )


def _slices(coverage: Coverage) -> tuple[Slice, ...]:
    """The entries seen, by how their examination ended; no part is too narrow to be seen."""
    counts = {
        "read": coverage.read - coverage.partly,
        "partly": coverage.partly,
        "skipped": coverage.skipped - coverage.unexamined,
        "unexamined": coverage.unexamined,
        "unreadable": coverage.unreadable,
    }
    present = {name: count for name, count in counts.items() if count > 0}
    total = sum(present.values())
    widths = {name: max(count * 1000 / total, _SLIVER) for name, count in present.items()}
    scale = 1000 / sum(widths.values()) if widths else 0
    slices, start = [], 0.0
    for name, width in widths.items():
        slices.append(Slice(name, round(start, 1), round(width * scale, 1)))
        start += width * scale
    return tuple(slices)


_SLIVER = 8.0


def _worst(review: Review) -> Worst | None:
    """The worst finding that counts, if any does."""
    counted_ones = counting(review)
    if not counted_ones:
        return None
    first = counted_ones[0]
    path = first.paths[0] if first.paths else ""
    return Worst(first.number, first.finding.claim.title, path, first.reach.entries)


WORSE = "Worse than at the review of {when}: {changes}."
BETTER = "Better than at the review of {when}: {changes}."
THE_SAME = "As many findings of each band as at the review of {when}."
CHANGE = "{band} {before} then, {now} now"


def _since_last(trend: Sequence[Point]) -> str:
    """How the findings changed since the last review of the workspace that could scan, or ""."""
    earlier = [point for point in trend[:-1] if point.bands is not None]
    if not earlier or trend[-1].bands is None:
        return ""
    last = earlier[-1]
    before, now = dict(last.bands or ()), dict(trend[-1].bands)
    changed = [
        band for band in sorted(Band, reverse=True) if before.get(band, 0) != now.get(band, 0)
    ]
    when = clip(moment(last.started), 60)
    if not changed:
        return THE_SAME.format(when=when)
    told = (
        CHANGE.format(
            band=band.word, before=number(before.get(band, 0)), now=number(now.get(band, 0))
        )
        for band in changed
    )
    grew = now.get(changed[0], 0) > before.get(changed[0], 0)
    return (WORSE if grew else BETTER).format(when=when, changes=", ".join(told))


def _notice(scan: Scan) -> str:
    """What must be said first if the scan did not come to its end or saw nothing; else ""."""
    if scan.state is not ScanState.COMPLETE:
        return "This scan did not come to its end. What it had not reached is not in this report."
    if scan.coverage.seen == 0:
        return "Nothing was seen: there was no entry to examine. Check that the folder is right."
    return ""
