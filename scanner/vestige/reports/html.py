"""A Review as one self-contained HTML page that loads nothing and works without scripts."""

import hashlib
from base64 import b64encode
from collections.abc import Iterable, Iterator
from typing import TextIO

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from vestige import shipped
from vestige.catalog.baseline import LONGEST_DAYS
from vestige.model import Band
from vestige.reports import acceptances, wording
from vestige.reports.page import page
from vestige.reports.visible import clip, visible
from vestige.review import Ranked, Review, Trouble

FINDINGS = 500
"""Findings that the page holds; more is no longer read, and stands in findings.csv."""

FAMILIES = 50
PROBLEMS = 100
LINES = 60
"""Lines of every other list: roots, codes, limits, reasons."""

_BUDGET = 3_000_000
"""Bytes of findings, whatever their texts: with the others the page stays below 5 MB."""

_FAMILY_BUDGET = 600_000
_LIST_BUDGET = 100_000


def write_html(review: Review, stream: TextIO) -> None:
    """The page of the review written to a stream of UTF-8 text."""
    stream.write(html(review))


def html(review: Review) -> str:
    """The page of the review: below 5 MB, the same for the same review."""
    environment = _environment()
    style, script = _source("report.css"), _source("report.js") + _source("decisions.js")
    cards = _rendered(environment, "family", review.families)
    families = _shown(cards, FAMILIES, _FAMILY_BUDGET)
    described = _numbers(review.families[: len(families)])
    cards = _rendered(environment, "finding", review.findings, described)
    findings = _shown(cards, FINDINGS, _BUDGET)
    rows = _rendered(environment, "problem", review.problems)
    derived = page(review)
    listed = review.findings[: len(findings)]
    return environment.get_template("report.html.j2").render(
        review=review,
        scan=review.scan,
        page=derived,
        totals={tally.band: tally.findings for tally in derived.tallies},
        families=families,
        findings=findings,
        listed=_numbers(listed),
        groups=_groups(listed, findings),
        accepted=_of_accepted(listed, findings),
        decided_under=next((one.identity.key for one in listed if one.identity), ""),
        notices=acceptances.notices(review),
        answered=acceptances.answered(review),
        problems=_shown(rows, PROBLEMS, _LIST_BUDGET),
        style=Markup(style),  # noqa: S704 - our own file
        script=Markup(script),  # noqa: S704 - our own file
        style_hash=_hash(style),
        script_hash=_hash(script),
    )


def _environment() -> Environment:
    """Templates that fail on a missing value, and escape and show whatever they are given."""
    environment = Environment(
        loader=FunctionLoader(_source),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_harmless,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        clip=clip,
        counted=wording.counted,
        day=wording.day,
        moment=wording.moment,
        number=wording.number,
        part=wording.part,
        percent=wording.percent,
        size=wording.size,
    )
    environment.globals.update(
        words=wording,
        lines=LINES,
        most_findings=FINDINGS,
        covers=acceptances.COVERS,
        decisions=acceptances.DECISIONS,
        longest_days=LONGEST_DAYS,
    )
    return environment


def _source(name: str) -> str:
    return (shipped.templates() / name).read_text(encoding="utf-8")


def _harmless(value: object) -> object:
    """What a template writes: no text gets into the page with a character that cannot be seen."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return visible(value)
    return value


def _hash(text: str) -> str:
    """The source expression by which the Content-Security-Policy lets our own block run."""
    return f"sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _numbers(items: tuple[Ranked, ...]) -> frozenset[str]:
    return frozenset(item.number for item in items)


def _rendered(
    environment: Environment,
    kind: str,
    items: tuple[Ranked, ...] | tuple[Trouble, ...],
    described: frozenset[str] = frozenset(),
) -> Iterator[Markup]:
    """Each item by the template of its kind; only families in `described` are linked to."""
    template = environment.get_template(f"{kind}.html.j2")
    for item in items:
        text = template.render(item=item, described=described)
        yield Markup(text)  # noqa: S704 - rendered with autoescape


def _shown(parts: Iterable[Markup], most: int, budget: int) -> tuple[Markup, ...]:
    """The first parts: at most so many, and at most so many bytes of them together."""
    shown: list[Markup] = []
    for part in parts:
        budget -= len(part.encode())
        if budget < 0 or len(shown) == most:
            break
        shown.append(part)
    return tuple(shown)


def _groups(
    items: tuple[Ranked, ...], cards: tuple[Markup, ...]
) -> tuple[tuple[Band, tuple[Markup, ...]], ...]:
    """The cards that count by band, worst band first; within a band they keep their rank."""
    by_band: dict[Band, list[Markup]] = {}
    for item, card in zip(items, cards, strict=True):
        if item.counts:
            by_band.setdefault(item.risk.band, []).append(card)
    return tuple((band, tuple(by_band[band])) for band in sorted(by_band, reverse=True))


def _of_accepted(items: tuple[Ranked, ...], cards: tuple[Markup, ...]) -> tuple[Markup, ...]:
    """The cards of findings that somebody answers for, in rank order."""
    return tuple(card for item, card in zip(items, cards, strict=True) if not item.counts)
