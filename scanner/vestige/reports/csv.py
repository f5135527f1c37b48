"""Tables of a Review as CSV (RFC 4180, UTF-8, lines end in a line feed), safe to open anywhere.

The stream is the caller's: opened with newline="" and encoding="utf-8". Texts are made visible and
can start no formula; numbers and times that Vestige reckons stay as they are.
"""

import csv
import unicodedata
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from string import ascii_letters, digits
from typing import TextIO

from vestige.acceptance import Acceptance
from vestige.key_table import KeyTable
from vestige.model import Family
from vestige.reports.schema import names
from vestige.reports.visible import clip, visible
from vestige.review import Occurrence, Ranked, Review

Cell = str | int | float

FINDINGS = names("findings.csv")
OCCURRENCES = names("occurrences.csv")
FAMILIES = names("families.csv")
PROBLEMS = names("problems.csv")

MARK = "\ufeff"
"""The byte order mark, by which some spreadsheets know that a file is UTF-8."""

LONGEST = 32_000
"""Characters of a cell at most: spreadsheets cut what is beyond 32,767, or refuse it."""

# What a spreadsheet takes for the start of a formula; in other forms of the same signs too, as
# some fold what is typed before they read it.
_FORMULA = frozenset("=+-@\t\r\n\x00\u2212")
_HARMLESS = frozenset(ascii_letters + digits + "/(#*")
"""With what most texts begin: with none of it a formula does."""

_CELLS = 1 << 12
"""Cells of occurrences that are remembered."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def write_findings(review: Review, stream: TextIO) -> None:
    """One row for each finding, in rank order; `path` is the first place, the others occur below.

    `subjects` is empty where their number is not known; bytes are bytes, certainty is 0 to 1.
    """
    _write(stream, FINDINGS, (_finding(ranked) for ranked in review.findings))


def write_occurrences(review: Review, stream: TextIO) -> None:
    """One row for each entry in which a finding holds, written as the review streams them."""
    write_places(review.occurrences, stream)


def write_places(occurrences: Iterable[Occurrence], stream: TextIO) -> None:
    """The table of occurrences, of whose review nothing else need be known."""
    # Of one entry there are as many rows as findings, and of one finding as many as entries.
    cell = lru_cache(_CELLS)(text)
    rows = (
        (cell(seen.finding), seen.entry, cell(seen.path), cell(seen.location))
        for seen in occurrences
    )
    _write(stream, OCCURRENCES, rows)


def write_families(review: Review, stream: TextIO) -> None:
    """One row for each family, in rank order; times are ISO 8601 UTC, empty where not known."""
    rows = (
        _family(ranked, ranked.family) for ranked in review.findings if ranked.family is not None
    )
    _write(stream, FAMILIES, rows)


def write_problems(review: Review, stream: TextIO) -> None:
    """One row for each problem that the review holds, in its order."""
    rows = (
        (text(trouble.path), trouble.stage.value, text(trouble.code), text(trouble.detail))
        for trouble in review.troubles
    )
    _write(stream, PROBLEMS, rows)


def write_marked(write: Callable[[Review, TextIO], None], review: Review, stream: TextIO) -> None:
    """A table with the byte order mark before it."""
    stream.write(MARK)
    write(review, stream)


def _write(stream: TextIO, header: tuple[str, ...], rows: Iterable[tuple[Cell, ...]]) -> None:
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)


def _finding(ranked: Ranked) -> tuple[Cell, ...]:
    finding, claim, reach = ranked.finding, ranked.finding.claim, ranked.reach
    return (
        *(ranked.rank, ranked.number, ranked.risk.band.word, _rounded(ranked.risk.score)),
        *(claim.severity.word, _rounded(claim.certainty), text(claim.rule), text(claim.title)),
        *(finding.where.value, text(finding.place), text(finding.masked)),
        *(reach.entries, reach.files, reach.bytes),
        "" if reach.subjects is None else reach.subjects,
        *(_first(ranked.paths), _texts(claim.basis), text(ranked.why), text(ranked.remedy)),
        *(ranked.distinct, _texts(ranked.risk.reasons), text(finding.explanation)),
        *_accepted(ranked.accepted),
        *_key(ranked.key),
    )


def _key(key: KeyTable | None) -> tuple[Cell, ...]:
    """What a table undoes; empty if it is none that does."""
    if key is None:
        return ("",) * 6
    return (_texts(key.sides), text(key.columns), text(key.codes), key.linked, key.of, key.files)


def _accepted(acceptance: Acceptance | None) -> tuple[Cell, ...]:
    """What has become of the acceptance of a finding, and who answers for it; empty if nobody."""
    if acceptance is None:
        return ("",) * 6
    return (
        *(acceptance.standing.value, acceptance.decision.value, text(acceptance.by)),
        *(text(acceptance.because), acceptance.accepted_on.isoformat()),
        acceptance.until.isoformat(),
    )


def _family(ranked: Ranked, family: Family) -> tuple[Cell, ...]:
    return (
        *(ranked.number, ranked.rank, ranked.risk.band.word, family.verdict.value),
        *(text(family.template), family.members, family.distinct, _rounded(family.share)),
        *(family.subjects, family.files, family.bytes),
        *(_moment(family.first_written), _moment(family.last_written)),
        *(text(family.headers), _first(ranked.paths), _texts(family.examples)),
        family.kind.value,
    )


def text(raw: str) -> str:
    """The text visible, with an apostrophe before what a spreadsheet would reckon with."""
    if raw[:1] in _HARMLESS and raw.isascii() and raw.isprintable() and len(raw) <= LONGEST:
        return raw
    shown = visible(raw) if len(raw) <= LONGEST else clip(raw, LONGEST)
    return f"'{shown}" if _may_reckon(raw) else shown


def _may_reckon(raw: str) -> bool:
    first = raw.lstrip(" \u3000\u00a0")[:1]
    return bool(first) and unicodedata.normalize("NFKC", first)[:1] in _FORMULA


def _texts(texts: Iterable[str]) -> str:
    """The texts in one cell; each is made safe, as some programs split cells at semicolons."""
    joined = "; ".join(map(text, texts))
    return joined if len(joined) <= LONGEST else clip(joined, LONGEST)


def _first(texts: tuple[str, ...]) -> str:
    return text(texts[0]) if texts else ""


def _rounded(value: float) -> float:
    return round(float(value), 4)


def _moment(nanoseconds: int) -> str:
    """The time in ISO 8601 UTC, whole seconds; empty for 0 (not known) and beyond the year 9999."""
    if nanoseconds == 0:
        return ""
    try:
        moment = _EPOCH + timedelta(seconds=nanoseconds // 1_000_000_000)
    except OverflowError:
        return ""
    return moment.isoformat().replace("+00:00", "Z")
