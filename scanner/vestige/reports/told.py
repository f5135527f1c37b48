"""A Review told in another language: what Vestige says is translated, what the volume says is not.

Whatever no message and no form fits stays as it is: names, paths, tags, terms of the standard.
"""

import re
from collections.abc import Iterable
from dataclasses import replace

from vestige.acceptance import Acceptance, Accepting
from vestige.reports import origin, page, references, wording
from vestige.reports.amounts import number
from vestige.reports.forms import FORMS, JOINTS
from vestige.reports.language import ENGLISH, Language
from vestige.review import Gap, Ranked, Review, Trouble, Verdict

_PLACE = re.compile(r"\{(\w+)\}")
_FIGURE = re.compile(r"(-?)(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?")
_WHOLE, _THINGS = r"\d[\d,]*", r"\d[\d,]* \w+"
_PARTS = {
    **dict.fromkeys(("entries", "files", "persons", "others"), _THINGS),
    **dict.fromkeys(("count", "members", "siblings", "distinct", "days", "clean", "cut"), _WHOLE),
    **dict.fromkeys(("points", "high", "share"), r"-?\d[\d,]*(?:\.\d+)?"),
    "finding": r"F\d+",
    "date": r"\d{1,2}",
    "month": r"[A-Z][a-z]+",
    "year": r"\d{4}",
    **dict.fromkeys(("before", "now"), r"\S+"),
    "clock": r"\d\d:\d\d",
    "article": r"[\d()a-z]+",
    "recital": r"\d+",
    "offset": r"\d+",
}
"""What fits places that count; any text fits the others."""

_OF_RULES = ("{attribute}", "{identifier}")


_JOINS = "{known} "
_TABLES = (origin, page, references)
"""Modules whose sentences in capitals have places too."""


class Telling:
    """Says sentences of other rooms in a language; each is worked out once."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self._said: dict[str, str] = {}
        self._forms: list[tuple[re.Pattern[str], str]] = []
        if language.code != ENGLISH.code:
            self._forms = _forms(language)

    def said(self, sentence: str) -> str:
        """The sentence in the language, or as it is."""
        if sentence not in self._said:
            self._said[sentence] = self._worked_out(sentence)
        return self._said[sentence]

    def all_said(self, sentences: Iterable[str]) -> tuple[str, ...]:
        """Each sentence in the language."""
        return tuple(map(self.said, sentences))

    def clauses(self, sentence: str) -> str:
        """A sentence of clauses, clause by clause."""
        return "; ".join(map(self.said, sentence.split("; ")))

    def _worked_out(self, sentence: str) -> str:
        if self._language.knows(sentence):
            return self._language.gettext(sentence)
        figure = _FIGURE.fullmatch(sentence)
        if figure:
            return self._figure(figure)
        for expression, form in self._forms:
            match = expression.fullmatch(sentence)
            if match:
                places = {name: self._part(part) for name, part in match.groupdict().items()}
                return _filled(form, places)
        return self._headed(sentence)

    def _headed(self, sentence: str) -> str:
        """A sentence that is known up to a colon, and what stands behind; else as it is."""
        head, colon, rest = sentence.partition(": ")
        if colon and self._language.knows(head):
            return f"{self._language.gettext(head)}: {self._part(rest)}"
        return sentence

    def _part(self, part: str) -> str:
        """What stands in a place: a sentence of its own, or several that are joined."""
        said = self.said(part)
        if said != part:
            return said
        for between in JOINTS:
            if between in part:
                joint = self._language.gettext(between)
                return joint.join(map(self._part, part.split(between)))
        return part

    def _figure(self, figure: re.Match[str]) -> str:
        sign, whole, decimals = figure.groups()
        told = number(self._language, int(whole.replace(",", "")))
        return f"{sign}{told}" + (f"{self._language.decimal}{decimals}" if decimals else "")


def _forms(language: Language) -> list[tuple[re.Pattern[str], str]]:
    """What fits each form, and how it is said; what has most words of its own comes first.

    So no wider form hides a narrower one. What joins two that are told elsewhere comes before all.
    """
    of_rules = (one for one in language.forms if any(place in one for place in _OF_RULES))
    of_tables = (text for module in _TABLES for text in wording.texts(module))
    forms = {one for one in (*FORMS, *of_tables, *of_rules) if _PLACE.search(one)}
    ordered = sorted(
        forms, key=lambda one: (not one.startswith(_JOINS), -len(_PLACE.sub("", one)), one)
    )
    return [(_expression(one), language.gettext(one)) for one in ordered]


def _expression(form: str) -> re.Pattern[str]:
    """What fits a form; each place takes as little as it can."""
    parts = _PLACE.split(form)
    return re.compile(
        "".join(
            f"(?P<{part}>{_PARTS.get(part, '.+?')})" if at % 2 else re.escape(part)
            for at, part in enumerate(parts)
        ),
        re.DOTALL,
    )


def _filled(form: str, places: dict[str, str]) -> str:
    """A form with its places filled; not by `format`, as what fills them may hold braces."""
    return _PLACE.sub(lambda match: places.get(match[1], match[0]), form)


def told(review: Review, language: Language, most: int) -> Review:
    """The review in the language; the one that is given where that is English.

    Of findings behind the first `most` that are no families only what many share is told, as a page
    shows no more of them: why they matter, and what to do.
    """
    if language.code == ENGLISH.code:
        return review
    telling = Telling(language)
    return replace(
        review,
        scan=replace(review.scan, limits=telling.all_said(review.scan.limits)),
        verdict=_verdict(telling, review.verdict),
        findings=tuple(
            _ranked(telling, one) if at < most or one.family else _shared(telling, one)
            for at, one in enumerate(review.findings)
        ),
        problems=tuple(_trouble(telling, one) for one in review.problems),
        accepting=_accepting(telling, review.accepting),
    )


def _verdict(telling: Telling, verdict: Verdict) -> Verdict:
    gaps = tuple(_gap(telling, gap) for gap in verdict.gaps)
    return replace(verdict, reasons=telling.all_said(verdict.reasons), gaps=gaps)


def _gap(telling: Telling, gap: Gap) -> Gap:
    return replace(gap, sentence=telling.said(gap.sentence))


def _ranked(telling: Telling, ranked: Ranked) -> Ranked:
    finding = ranked.finding
    claim = replace(finding.claim, title=telling.said(finding.claim.title))
    explanation = telling.clauses(finding.explanation)
    return replace(
        ranked,
        finding=replace(finding, claim=claim, explanation=explanation),
        risk=replace(ranked.risk, reasons=telling.all_said(ranked.risk.reasons)),
        why=telling.said(ranked.why),
        remedy=telling.said(ranked.remedy),
        accepted=ranked.accepted and _acceptance(telling, ranked.accepted),
    )


def _shared(telling: Telling, ranked: Ranked) -> Ranked:
    return replace(ranked, why=telling.said(ranked.why), remedy=telling.said(ranked.remedy))


def _acceptance(telling: Telling, acceptance: Acceptance) -> Acceptance:
    return replace(acceptance, detail=telling.said(acceptance.detail))


def _accepting(telling: Telling, accepting: Accepting | None) -> Accepting | None:
    if accepting is None:
        return None
    unneeded = tuple(_acceptance(telling, one) for one in accepting.unneeded)
    return replace(accepting, unneeded=unneeded)


def _trouble(telling: Telling, trouble: Trouble) -> Trouble:
    return replace(trouble, detail=telling.said(trouble.detail))
