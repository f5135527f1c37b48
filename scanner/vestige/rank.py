"""Rank: a finding in its context to a risk: score, band, and sentences that say why."""

import math

from vestige.key_table import KeyTable
from vestige.model import GONE, Band, Certainty, Family, FamilyKind, Finding, Where
from vestige.review import Reach, Risk

_HARM = {
    Band.CRITICAL: 90.0,
    Band.HIGH: 66.0,
    Band.MEDIUM: 44.0,
    Band.LOW: 22.0,
    Band.INFO: 4.0,
}
"""Points for what a claim means if it is true."""

_FLOOR = 0.4
"""Share of the harm that counts however doubtful the claim: doubt lowers, but never dismisses."""

_REACH_POINTS = 10.0
_REACH_FULL = 6.0
"""Points for reach, all of them at a million (ten to this power) entries or subjects."""

_BANDS = ((70.0, Band.CRITICAL), (50.0, Band.HIGH), (30.0, Band.MEDIUM), (12.0, Band.LOW))
"""The least score of each band; below the last it is info."""

_HARM_SENTENCES = {
    Band.CRITICAL: "If true, it names a person outright.",
    Band.HIGH: "If true, it leads to a person with little effort.",
    Band.MEDIUM: "If true, it helps to single a person out.",
    Band.LOW: "Alone it says little about a person.",
    Band.INFO: "It is worth knowing; it points at nobody.",
}
_NAMED = {
    Certainty.CERTAIN: "words vary like surnames",
    Certainty.LIKELY: "words probably are surnames",
    Certainty.REVIEW: "words may be surnames",
}
_NUMBERED = {
    FamilyKind.BIRTH_DATES: "dates spread over decades as births do",
    FamilyKind.INITIALS: "initials stand beside dates that spread as births do",
    FamilyKind.RECORD_NUMBERS: "numbers are those of a register of persons",
    FamilyKind.ACCESSION_NUMBERS: "numbers look like those of examinations",
    FamilyKind.UID_TIMES: "UIDs hold the second of their making",
}
UNDOES = "It undoes codes of this volume: nothing that names single persons goes as far."
_SURE, _LIKELY = 0.9, 0.6
_WORST = 100.0


def risk(
    finding: Finding, reach: Reach, family: Family | None = None, key: KeyTable | None = None
) -> Risk:
    """The risk of a finding; more severity, certainty or reach never lowers it.

    A table that undoes the codes of the volume stands above all: nothing goes farther.
    """
    claim = finding.claim
    certainty = claim.certainty
    harm = _HARM[claim.severity] * (_FLOOR + (1 - _FLOOR) * certainty)
    widest = max(reach.entries, reach.files, reach.subjects or 0)
    score = harm + _REACH_POINTS * min(1.0, math.log10(1 + widest) / _REACH_FULL)
    score = _WORST if key is not None and key.undoes else round(min(_WORST, score), 1)
    reasons = _reasons(finding, reach, family)
    if key is not None and key.undoes:
        reasons = (UNDOES, *reasons)
    return Risk(score, band(score), reasons)


def band(score: float) -> Band:
    """The band in which a score lies."""
    return next((band for least, band in _BANDS if score >= least), Band.INFO)


def _reasons(finding: Finding, reach: Reach, family: Family | None) -> tuple[str, ...]:
    reasons = [_HARM_SENTENCES[finding.claim.severity], _sure(finding.claim.certainty)]
    if family is not None:
        reasons += _family_reasons(family)
    elif finding.where is Where.PATH:
        reasons.append("It stands in the name of an entry, which emptied headers do not change.")
    elif finding.where is Where.GHOST:
        reasons.append("It is the name of an entry, and stands in a file that still tells of it.")
    reasons.append(_reach(reach))
    return tuple(reasons)


def _sure(certainty: float) -> str:
    if certainty >= _SURE:
        return "The evidence leaves little doubt."
    if certainty >= _LIKELY:
        return "The evidence is good."
    return "The evidence is weak: someone should look."


def _family_reasons(family: Family) -> list[str]:
    names = family.kind is FamilyKind.NAMES
    verdict = _NAMED[family.verdict] if names else _NUMBERED[family.kind]
    siblings = "names in neighbouring folders" if family.template[:2] == "*/" else "sibling names"
    said = [f"{family.members:,} {siblings} share one template, and their {verdict}."]
    if names and family.headers == "clean":
        said.append("The headers below are clean: only the tree still names the persons.")
    if family.headers == GONE:
        said.append("They stand in a file that still tells of them.")
    return said


def _reach(reach: Reach) -> str:
    entries = "1 entry" if reach.entries == 1 else f"{reach.entries:,} entries"
    files = "1 file" if reach.files == 1 else f"{reach.files:,} files"
    if reach.subjects:
        persons = "1 person" if reach.subjects == 1 else f"{reach.subjects:,} persons"
        return f"It concerns {entries}, {files} and about {persons}."
    return f"It concerns {entries} and {files}."
