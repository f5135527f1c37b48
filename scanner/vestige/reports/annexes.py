"""What the annexes of the page say of a review: for an impact assessment, a record, a breach.

They are what is known, in the order in which Art. 35, 30 and 33 GDPR and 45 CFR 164.514 ask for
it, with blanks for what only the controller knows. They conclude nothing in law.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from vestige.model import Band, Where
from vestige.picture import Timeline
from vestige.reports.language import marked as _
from vestige.reports.references import LETTERS
from vestige.review import Ranked, Review

MEASURES = 12
"""Measures that an annex lists; the findings have all."""

NUMBERS = 6
"""Findings that a row names."""

_NANOSECONDS = 1_000_000_000
_LETTERS = re.compile(
    r"45 CFR 164\.514\(b\)\(2\)\(i\)\(([A-R])\)|HIPAA Safe Harbor ([A-R](?:, [A-R])*)\b"
)
_EPOCH = date(1970, 1, 1).toordinal()

DATA = {
    "direct": _("Names, record numbers and other direct identifiers"),
    "pseudonym": _("Pseudonyms, codes and numbers of examinations"),
    "quasi": _("Dates, age, sex, size and other facts that narrow down who it is"),
    "special": _("Health, origin, religion and other data of special categories"),
    "free-text": _("Free text, in which anything may stand"),
    "staff": _("Names and numbers of staff"),
    "site": _("Institutions, departments and stations"),
    "device": _("Devices and their serial numbers"),
    "pixels": _("Pictures or recordings in which somebody may be recognised"),
}
"""Categories of personal data by what a rule identifies; claims are none of their own."""

PEOPLE = {
    "patients": _("Patients and subjects of studies"),
    "staff": _("Physicians, operators and other staff"),
}

CONSEQUENCES = {
    "direct": _("Whoever can list the folders or open the files learns who was examined."),
    "special": _(
        "Facts of health, origin or belief become known: discrimination, loss of reputation and of "
        "the secrecy that binds the profession (recital 75)."
    ),
    "pseudonym": _(
        "Whoever holds the key, or can reckon the code again, joins the images with the person."
    ),
    "quasi": _("With what others know, a person can be singled out by dates, age and place."),
    "free-text": _("Comments tell of findings, relatives or circumstances that nobody expects."),
    "staff": _("Members of staff can be named and approached."),
    "pixels": _("A name in the picture, a face or a voice may identify the person."),
}
"""What may follow for persons, by what a finding identifies: possible, not known."""

ELSEWHERE = {
    "B": _("Addresses in free text and place names in pictures are not looked for."),
    "E": _("Told as telephone numbers where nothing calls them fax."),
    "P": _("Pictures and recordings are not looked at; headers say which may hold some."),
    "Q": _("Pictures are not looked at; headers say which may show a face."),
}
"""What a row of Safe Harbor says of itself where a scan cannot tell it in full."""


@dataclass(frozen=True, slots=True)
class Row:
    """Something with the findings that tell of it: how many, the first numbers, the worst band.

    `entries` are those of the widest finding: findings overlap.
    """

    name: str
    findings: int
    numbers: tuple[str, ...]
    band: Band | None
    entries: int
    letter: str = ""

    @property
    def note(self) -> str:
        """What a row of Safe Harbor says of itself."""
        return ELSEWHERE.get(self.letter, "")


@dataclass(frozen=True, slots=True)
class Bounds:
    """At least and at most how many; None where nothing bounds it."""

    least: int | None
    most: int | None


@dataclass(frozen=True, slots=True)
class Annexes:
    """What the annexes say; findings are those that count under the policy.

    `measures` are at most `MEASURES`, `more_measures` how many others there are. `since` and
    `until` are days of the oldest and newest file concerned, as ISO 8601, "" where not known.
    `in_tree` says that names of folders or files are among what was found.
    """

    findings: int
    accepted: int
    measures: tuple[Row, ...]
    more_measures: int
    people: tuple[str, ...]
    data: tuple[Row, ...]
    consequences: tuple[str, ...]
    subjects: Bounds
    files: Bounds
    since: str
    until: str
    in_tree: bool
    safe_harbor: tuple[Row, ...]


def annexes(review: Review, days: Iterable[date] = ()) -> Annexes:
    """The annexes of a review; `days` are further days on which files concerned were written."""
    counting = tuple(
        one for one in review.findings if one.counts and one.risk.band >= review.scan.fail_on
    )
    measures = _measures(counting)
    written = sorted({*days, *_written(counting)})
    return Annexes(
        findings=len(counting),
        accepted=sum(not one.counts for one in review.findings),
        measures=measures[:MEASURES],
        more_measures=max(len(measures) - MEASURES, 0),
        people=_people(counting),
        data=_rows(DATA, counting),
        consequences=tuple(said for kind, said in CONSEQUENCES.items() if kind in _kinds(counting)),
        subjects=_subjects(review, counting),
        files=_files(review, counting),
        since=written[0].isoformat() if written else "",
        until=written[-1].isoformat() if written else "",
        in_tree=any(one.finding.where in (Where.PATH, Where.GHOST) for one in counting),
        safe_harbor=_safe_harbor(review.findings),
    )


def _kinds(findings: Iterable[Ranked]) -> frozenset[str]:
    return frozenset(one.finding.claim.identifies for one in findings)


def _row(name: str, found: Iterable[Ranked], letter: str = "") -> Row:
    ones = tuple(found)
    return Row(
        name=name,
        findings=len(ones),
        numbers=tuple(one.number for one in ones[:NUMBERS]),
        band=max((one.risk.band for one in ones), default=None),
        entries=max((one.reach.entries for one in ones), default=0),
        letter=letter,
    )


def _rows(names: dict[str, str], findings: Iterable[Ranked]) -> tuple[Row, ...]:
    """A row for each kind of which something was found, in the order of the table."""
    of_kind: dict[str, list[Ranked]] = {}
    for one in findings:
        of_kind.setdefault(one.finding.claim.identifies, []).append(one)
    return tuple(_row(name, of_kind[kind]) for kind, name in names.items() if kind in of_kind)


def _measures(findings: Iterable[Ranked]) -> tuple[Row, ...]:
    """The remedies of findings, each once, the worst first."""
    asked: dict[str, list[Ranked]] = {}
    for one in findings:
        if one.remedy:
            asked.setdefault(one.remedy, []).append(one)
    return tuple(_row(remedy, ones) for remedy, ones in asked.items())


def _people(findings: Iterable[Ranked]) -> tuple[str, ...]:
    kinds = _kinds(findings) - {"site", "device"}
    found = (("patients", kinds - {"staff"}), ("staff", kinds & {"staff"}))
    return tuple(PEOPLE[who] for who, there in found if there)


def _subjects(review: Review, counting: tuple[Ranked, ...]) -> Bounds:
    """At least those of the review; at most all of each finding, if nobody is in two of them."""
    told = [one.reach.subjects for one in counting]
    most = sum(one for one in told if one is not None)
    return Bounds(review.subjects, most if told and None not in told else None)


def _files(review: Review, counting: tuple[Ranked, ...]) -> Bounds:
    """At least those of the widest finding; at most all of each, or all that were seen."""
    reaches = [one.reach.files for one in counting]
    return Bounds(max(reaches, default=0), min(sum(reaches), review.scan.coverage.files))


def _written(findings: Iterable[Ranked]) -> Iterable[date]:
    """The days on which the oldest and newest files of families were written, where known."""
    for one in findings:
        if one.family is not None:
            for time in (one.family.first_written, one.family.last_written):
                day = _day(time)
                if day is not None:
                    yield day


def _day(nanoseconds: int) -> date | None:
    """The day of a time; None for 0 and for what no calendar holds."""
    if nanoseconds == 0:
        return None
    try:
        return datetime.fromtimestamp(nanoseconds // _NANOSECONDS, UTC).date()
    except (OverflowError, OSError, ValueError):
        return None


def _safe_harbor(findings: Iterable[Ranked]) -> tuple[Row, ...]:
    """A row for each of the eighteen letters, with the findings whose basis names it."""
    of_letter: dict[str, list[Ranked]] = {}
    for one in findings:
        for letter in sorted(_letters(one.finding.claim.basis)):
            of_letter.setdefault(letter, []).append(one)
    return tuple(_row(name, of_letter.get(letter, ()), letter) for letter, name in LETTERS.items())


def _letters(basis: Iterable[str]) -> set[str]:
    """The letters that a finding rests on, by paragraph or as a table of attributes names them."""
    found = (_LETTERS.match(one) for one in basis)
    return {letter for one in found if one for letter in (one[1] or one[2]).split(", ")}


def days(timeline: Timeline | None) -> tuple[date, ...]:
    """The first and last day of the times at which files with findings that count were written."""
    written = [one for one in timeline.bins if one.total] if timeline else []
    if not written:
        return ()
    first, last = written[0].since, written[-1].until - 1
    return tuple(date.fromordinal(_EPOCH + day) for day in (first, last))
