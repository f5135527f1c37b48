"""A Review as one self-contained HTML page that loads nothing and works without scripts."""

from collections.abc import Iterable, Iterator
from typing import TextIO

from jinja2 import Environment
from markupsafe import Markup

from vestige.catalog.baseline import LONGEST_DAYS
from vestige.model import Band
from vestige.reports import acceptances
from vestige.reports.annexes import annexes
from vestige.reports.environment import environment, hashed, source
from vestige.reports.language import ENGLISH, Language
from vestige.reports.page import page
from vestige.reports.told import told
from vestige.review import Ranked, Review, Trouble

FINDINGS = 500
"""Findings that the page holds; more is no longer read, and stands in findings.csv."""

FAMILIES = 50
PROBLEMS = 100
_BUDGET = 3_000_000
"""Bytes of findings, whatever their texts: with the others the page stays below 5 MB."""

_FAMILY_BUDGET = 600_000
_LIST_BUDGET = 100_000


def write_html(review: Review, stream: TextIO, language: Language = ENGLISH) -> None:
    """The page of the review written to a stream of UTF-8 text."""
    stream.write(html(review, language))


def html(review: Review, language: Language = ENGLISH) -> str:
    """The page of the review in a language: below 5 MB, the same for the same review."""
    review = told(review, language)
    templates = environment(language)
    templates.globals.update(
        most_findings=FINDINGS,
        covers=acceptances.COVERS,
        decisions=acceptances.DECISIONS,
        longest_days=LONGEST_DAYS,
    )
    style, script = (
        source("report.css") + source("annexes.css"),
        source("report.js") + source("decisions.js"),
    )
    cards = _rendered(templates, "family", review.families)
    families = _shown(cards, FAMILIES, _FAMILY_BUDGET)
    described = _numbers(review.families[: len(families)])
    cards = _rendered(templates, "finding", review.findings, described)
    findings = _shown(cards, FINDINGS, _BUDGET)
    rows = _rendered(templates, "problem", review.problems)
    derived = page(review)
    listed = review.findings[: len(findings)]
    return templates.get_template("report.html.j2").render(
        review=review,
        scan=review.scan,
        page=derived,
        annexes=annexes(review),
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
        style_hash=hashed(style),
        script_hash=hashed(script),
    )


def _numbers(items: tuple[Ranked, ...]) -> frozenset[str]:
    return frozenset(item.number for item in items)


def _rendered(
    templates: Environment,
    kind: str,
    items: tuple[Ranked, ...] | tuple[Trouble, ...],
    described: frozenset[str] = frozenset(),
) -> Iterator[Markup]:
    """Each item by the template of its kind; only families in `described` are linked to."""
    template = templates.get_template(f"{kind}.html.j2")
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
