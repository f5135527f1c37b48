"""Explain: what a text that somebody typed is judged by, step by step."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from vestige import catalog as catalogs
from vestige.catalog import Catalog, IdentifierMatch, PatternMatch, Policy, Rule
from vestige.correlate.families import families
from vestige.correlate.reasons import of_family
from vestige.correlate.templates import Sibling
from vestige.detect.dummies import Dummies
from vestige.detect.explained import Explanation, explained
from vestige.detect.judge import Judge, Read
from vestige.detect.pattern import Failed, captured
from vestige.detect.text_rules import TextRules, text_judgement
from vestige.model import (
    Certainty,
    Declaration,
    Finding,
    Hit,
    Observation,
    Place,
    UsageError,
    Where,
)
from vestige.rank import risk
from vestige.read.dicom import vr_of
from vestige.review import Reach, Risk
from vestige.sensitive import Sensitive

FEWEST = 6
"""Texts from which they are judged as siblings, too."""

Span = tuple[int, int]

_STEP = re.compile(r"\(([0-9A-Fa-f]{4}),(?:(xx)?([0-9A-Fa-f]{2})|([0-9A-Fa-f]{4}))\)(?: (.+))?")
_ITEM = re.compile(r"\[\d*\]")
_META = 0x0002
_FAILED = {
    Failed.WORDS: "fits, but the words are not what it asks for",
    Failed.CHECK: "fits, but the value does not pass its check",
}


@dataclass(frozen=True, slots=True)
class RuleSays:
    """What one rule says of a text, and which parts of it that is about."""

    rule: str
    says: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """One hit as a finding of a single entry would stand in a report."""

    hit: Hit
    explanation: str
    risk: Risk


@dataclass(frozen=True, slots=True, repr=False)
class Explained:
    """How one text is judged.

    `read` is the text as rules read it, into which all spans count; `words` is None where rules
    for texts do not read it. `passed` says what was passed over, and why.
    """

    text: str
    read: str
    words: Explanation | None
    rules: tuple[RuleSays, ...]
    passed: tuple[str, ...]
    told: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Siblings:
    """What the judge of families says of all texts together: one of perhaps several families."""

    verdict: Certainty
    template: str
    members: tuple[int, ...]
    share: float
    score: float
    explanation: str


class Explainer:
    """The catalog and the policy under which texts are explained."""

    def __init__(self, policy: str = "gdpr", rules: tuple[Path, ...] = ()) -> None:
        self._policy: Policy = catalogs.policy(policy)
        self._catalog: Catalog = catalogs.load(rules)
        self._judge = Judge(self._catalog, self._policy)
        self._dummies = Dummies(self._catalog)

    def text(self, text: str, place: Place) -> Explained:
        """How a text is judged that stands in this place."""
        read = self._judge.as_read(place, text)
        lexicon = self._catalog.lexicon
        rules = self._judge.rules(place.where) if read is not None else ()
        judged = self._judge.judge(Observation(place, Sensitive(text)), Declaration())
        words = explained(read.name, lexicon) if read is not None else None
        return Explained(
            text=text,
            read=text if read is None else read.name,
            words=words,
            rules=tuple(self._says(rule, read, place) for rule in rules if read),
            passed=tuple(self._passed(text, place, words, complete=judged.complete)),
            told=tuple(_told(hit, place) for hit in judged.hits),
        )

    def siblings(self, texts: Sequence[str]) -> tuple[Siblings, ...]:
        """The families among texts that are names of entries side by side, by number from 0."""
        named = [Sibling(number, text) for number, text in enumerate(texts)]
        return tuple(
            Siblings(
                verdict=family.verdict,
                template=family.template,
                members=tuple(member.entry for member in family.members),
                share=family.share,
                score=family.score,
                explanation=of_family(family, len(texts)),
            )
            for family in families(named, self._catalog.lexicon)
        )

    def _says(self, rule: Rule, read: Read, place: Place) -> RuleSays:
        lexicon = self._catalog.lexicon
        alone, software = TextRules((rule,)), place.software
        hits = text_judgement(read.text, alone, lexicon, read.name, software=software).hits
        if hits:
            return RuleSays(rule.id, "finds", tuple(hit.span for hit in hits))
        if isinstance(rule.match, PatternMatch):
            return self._pattern_says(rule.id, rule.match, read.text)
        what = (
            "number of its context"
            if isinstance(rule.match, IdentifierMatch)
            else "name of its tier"
        )
        return RuleSays(rule.id, f"finds no {what}", ())

    def _pattern_says(self, rule: str, match: PatternMatch, text: str) -> RuleSays:
        try:
            found = list(captured(match, text, self._catalog.lexicon))
        except TimeoutError:
            return RuleSays(rule, "ran past its time limit", ())
        if not found:
            return RuleSays(rule, "does not fit", ())
        says = _FAILED.get(found[0][1], "fits, but a tree of software is no place for it")
        return RuleSays(rule, says, tuple(span for span, _ in found))

    def _passed(
        self, text: str, place: Place, words: Explanation | None, *, complete: bool
    ) -> Iterator[str]:
        if words is None:
            yield "no rule for texts reads it: the tables say what stands there"
        elif words.opaque:
            yield "a form that holds no name: a number, UID, UUID, digest or serial name"
        for row in self._dummies.standing(place, text):
            yield f"row {row} of the table of dummies: what tools and habits leave"
        if place.software:
            yield "a tree of software: words alone say little"
        if not complete:
            yield "a rule ran past its time limit, and said nothing"


def _told(hit: Hit, place: Place) -> Told:
    explanation = hit.explain() if hit.explain else ""
    finding = Finding(0, hit.claim, place.where, place.pointer, "", "", explanation)
    return Told(hit, explanation, risk(finding, Reach(1, 1, 0, None)))


_VRS = frozenset(
    "AE AS AT CS DA DS DT FD FL IS LO LT OB OD OF OL OV OW PN SH SL SQ SS ST SV TM UC UI UL UN UR "
    "US UT UV".split()
)
"""Value representations (PS3.5 section 6.2)."""


def place_of(written: str, vr: str = "", *, software: bool = False) -> Place:
    """The place that `--place` names: "name", or an element as reports write it.

    That is "(0010,21B0)", "(0040,0275)[*]/(0040,0007)" or "(0029,xx10) SIEMENS CSA HEADER"; the VR
    of the dictionary (PS3.6) stands for one that is not given. UsageError if it is none.
    """
    if vr and vr not in _VRS:
        raise UsageError(f"--vr: there is no VR {vr!r}; PS3.5 has {', '.join(sorted(_VRS))}")
    if written == "name":
        return Place(Where.PATH, "name", software=software)
    step = _STEP.fullmatch(written.rsplit("/", 1)[-1])
    if step is None:
        raise UsageError("--place takes name, or an element as (0010,21B0)")
    private = step[2] or int(step[1], 16) % 2
    number = 0x1000 | int(step[3], 16) if step[2] else int(step[4] or step[3], 16)
    tag = int(step[1], 16) << 16 | number
    below = Where.PRIVATE if private else Where.HEADER
    where = Where.META if tag >> 16 == _META else below
    pointer = _ITEM.sub("[*]", written)
    return Place(where, pointer, tag, vr or vr_of(tag), step[5] or "")
