"""A Review as one self-contained HTML page that loads nothing and works without scripts."""

import re
from collections.abc import Iterable
from typing import NamedTuple, TextIO

from jinja2 import Environment
from markupsafe import Markup

from vestige.catalog.baseline import LONGEST_DAYS
from vestige.model import Band
from vestige.reports import acceptances
from vestige.reports.annexes import annexes, days
from vestige.reports.causes import Cause, causes
from vestige.reports.environment import environment, hashed, source
from vestige.reports.facets import Facets, facets
from vestige.reports.language import ENGLISH, Language, marked
from vestige.reports.page import page
from vestige.reports.phantom import Phantom, phantoms
from vestige.reports.pictures import drawn
from vestige.reports.references import references
from vestige.reports.told import told
from vestige.review import Ranked, Review

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


class Shown(NamedTuple):
    """A cause as the page shows it: its head, where it is more than one finding, and the cards."""

    cause: Cause
    head: Markup
    cards: tuple[Markup, ...]


def html(review: Review, language: Language = ENGLISH) -> str:
    """The page of the review in a language: below 5 MB, the same for the same review."""
    review = told(review, language, FINDINGS)
    templates = _templates(language)
    style, script = _style(language), source("report.js") + source("decisions.js")
    told_of = phantoms(review, FAMILIES)
    fitting = len(_families(templates, told_of, _numbers(review.families)))
    described = _numbers(review.families[:fitting])
    facets_of = facets(review.findings[:FINDINGS])
    shown = _causes(templates, review, described, facets_of)
    listed = review.findings[: sum(len(one.cards) for one in shown)]
    rows = (_rendered(templates, "problem", item=item) for item in review.problems)
    derived, pictures = page(review), drawn(review)
    return templates.get_template("report.html.j2").render(
        review=review,
        scan=review.scan,
        page=derived,
        annexes=annexes(review, days(pictures.times.timeline if pictures.times else None)),
        pictures=pictures,
        totals={tally.band: tally.findings for tally in derived.tallies},
        families=_families(templates, told_of[:fitting], _numbers(listed)),
        facets=facets_of,
        described=described,
        listed=_numbers(listed),
        groups=_groups(shown),
        accepted=tuple(one for one in shown if not one.cause.first.counts),
        decided_under=next((one.identity.key for one in listed if one.identity), ""),
        notices=acceptances.notices(review),
        answered=acceptances.answered(review),
        problems=_fitting(rows, PROBLEMS, _LIST_BUDGET),
        style=Markup(style),  # noqa: S704 - our own file
        script=Markup(script),  # noqa: S704 - our own file
        style_hash=hashed(style),
        script_hash=hashed(script),
    )


_FOOT, _OF = marked("Vestige report: confidential"), marked("{number} of {all}")


def _style(language: Language) -> str:
    """The style sheets, with the foot of printed pages in the language."""
    sheets = "".join(map(source, ("report.css", "pictures.css", "annexes.css")))
    before, between, after = re.split(r"\{number\}|\{all\}", language.gettext(_OF))
    pages = f'"{before}" counter(page) "{between}" counter(pages) "{after}"'
    return sheets.replace(f'"{_FOOT}"', f'"{language.gettext(_FOOT)}"').replace(
        'counter(page) " of " counter(pages)', pages
    )


def _templates(language: Language) -> Environment:
    made = environment(language)
    made.globals.update(
        most_findings=FINDINGS,
        covers={key: language.gettext(text) for key, text in acceptances.COVERS.items()},
        decisions={key: language.gettext(text) for key, text in acceptances.DECISIONS.items()},
        longest_days=LONGEST_DAYS,
        references=references,
    )
    return made


def _numbers(items: Iterable[Ranked]) -> frozenset[str]:
    return frozenset(item.number for item in items)


def _families(
    templates: Environment, told_of: tuple[Phantom, ...], listed: frozenset[str]
) -> tuple[Markup, ...]:
    """The cards of the phantom directories that fit the page; only findings `listed` are linked."""
    cards = (_rendered(templates, "family", item=one, listed=listed) for one in told_of)
    return _fitting(cards, FAMILIES, _FAMILY_BUDGET)


def _causes(
    templates: Environment, review: Review, described: frozenset[str], told: Facets
) -> tuple[Shown, ...]:
    """The causes of the worst findings that fit the page, each with the cards that fit.

    Only families in `described` are linked to.
    """
    found = causes(review.findings[:FINDINGS])
    cause_of = {one.number: cause for cause in found for one in cause.findings}
    heads: dict[str, Markup] = {}
    cards: dict[str, list[Markup]] = {}
    budget = _BUDGET
    for item in review.findings[:FINDINGS]:
        cause = cause_of[item.number]
        first = cause.first.number
        if first not in heads:
            heads[first] = Markup() if cause.alone else _rendered(templates, "cause", cause=cause)
            budget -= len(heads[first].encode())
        card = _rendered(
            templates,
            "finding",
            item=item,
            cause=cause,
            facets=told,
            described=described,
            fail_on=review.scan.fail_on,
        )
        budget -= len(card.encode())
        if budget < 0:
            break
        cards.setdefault(first, []).append(card)
    return tuple(
        Shown(one, heads[one.first.number], tuple(cards[one.first.number]))
        for one in found
        if one.first.number in cards
    )


def _rendered(templates: Environment, kind: str, **values: object) -> Markup:
    """A part of the page by the template of its kind."""
    text = templates.get_template(f"{kind}.html.j2").render(values)
    return Markup(text)  # noqa: S704 - rendered with autoescape


def _fitting(parts: Iterable[Markup], most: int, budget: int) -> tuple[Markup, ...]:
    """The first parts: at most so many, and at most so many bytes of them together."""
    shown: list[Markup] = []
    for part in parts:
        budget -= len(part.encode())
        if budget < 0 or len(shown) == most:
            break
        shown.append(part)
    return tuple(shown)


def _groups(shown: Iterable[Shown]) -> tuple[tuple[Band, tuple[Shown, ...]], ...]:
    """The causes that count by band, worst band first; within a band they keep their rank."""
    by_band: dict[Band, list[Shown]] = {}
    for one in shown:
        if one.cause.first.counts:
            by_band.setdefault(one.cause.first.risk.band, []).append(one)
    return tuple((band, tuple(by_band[band])) for band in sorted(by_band, reverse=True))
