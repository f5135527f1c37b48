"""The judge: one observation and the catalog to hits, each distinct text once."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import NamedTuple

from vestige.catalog import (
    TIME_LIMIT,
    Catalog,
    PatternMatch,
    Policy,
    Rule,
    WordsMatch,
)
from vestige.detect import pattern, reasons
from vestige.detect.checks import check
from vestige.detect.dummies import Doubt, milder
from vestige.detect.elements import ElementRules
from vestige.detect.expectation import in_software, told
from vestige.detect.shapes import Shape
from vestige.detect.words import NameLike, person_names
from vestige.digits import form
from vestige.lexicon import Lexicon
from vestige.model import Band, Claim, Declaration, Hit, Observation, Place, RuleError, Where
from vestige.sensitive import Sensitive
from vestige.text import normal, opaque, stem, takes_any_digits, unquoted

_FREE_TEXT_VRS = frozenset(
    {
        "LO",
        "LT",
        "SH",
        "ST",
        "UC",
        "UT",
        "UR",
        "OB",
        "OW",
        "OF",
        "OD",
        "OL",
        "OV",
        "UN",
        "CS",
        "SQ",
        "",
    }
)
"""VRs in which people write sentences, or which may hide text."""

_BOUND_VRS = frozenset({"AS", "DA", "DS", "DT", "IS", "TM", "UI"})
_WORD = re.compile(r"[^\W\d_]{3}")
"""Letters that no value of these VRs has: where they stand, somebody wrote a text."""

_BLOBS = frozenset({"OB", "OD", "OF", "OL", "OV", "OW"})
"""VRs in which a text is never the whole value: what is found in them is judged like any other."""

_CODED = frozenset({"CS"})
"""The VR of code words: in private elements they are words of the maker."""

_LAST_CREATOR = 0x00FF
_NAMES = "names/"
_PERSON_NAME = "names/person-name"
_LABELLED = " > "
"""What stands in the pointer to a value with a label, inside a container."""

_NAMED_CLASSES = frozenset({"direct-identifier", "staff", "site"})
"""Attributes whose whole value is the finding: no need to look for names inside."""

_FILE_ID = 0x00041500
"""Referenced File ID: the path of a file that a DICOMDIR names (PS3.3 section F.3.2.2)."""

_LONGEST_TEXT = 65_536
_LONGEST_ALIKE = 256
"""Characters of a text of whose form something is said: longer ones are hardly alike."""


class Judgement(NamedTuple):
    """What the rules say of one text; `complete` unless one of them ran past its time limit."""

    hits: tuple[Hit, ...]
    complete: bool


class Alike(NamedTuple):
    """What the rules say of all texts of one form: claims, for each on which no doubt falls."""

    claims: tuple[Claim, ...]
    doubts: tuple[Doubt, ...]


class Read(NamedTuple):
    """A text as rules read it: of the name of an entry without its endings, and the whole name."""

    text: str
    name: str


class Judge:
    """Rules applied to texts; RuleError if one names a check or a shape that there is none of."""

    def __init__(self, catalog: Catalog, policy: Policy) -> None:
        for rule in catalog.rules:
            _demand_known(rule)
        self._catalog = catalog
        self._lexicon = catalog.lexicon
        self._elements = ElementRules(catalog, policy)
        self._rules: dict[Where, tuple[Rule, ...]] = {
            where: tuple(
                rule
                for rule in catalog.rules
                if where in rule.where
                and policy.counts(rule.id)
                and (where.is_name or policy.only is None)
                and isinstance(rule.match, PatternMatch | WordsMatch)
            )
            for where in Where
        }

    def judge(self, observation: Observation, declared: Declaration) -> Judgement:
        """What there is to say of one text."""
        place = observation.place
        by_table = self._elements.hits(observation, declared)
        if place.tag == _FILE_ID:
            found = self._path_judgement(normal(observation.text.reveal())[:_LONGEST_TEXT])
            return Judgement((*by_table, *found.hits), found.complete)
        read = self.as_read(place, observation.text.reveal())
        if read is None:
            return Judgement(by_table, complete=True)
        rules = self._rules[place.where]
        found = text_judgement(read.text, rules, self._lexicon, read.name, software=place.software)
        hits = tuple(_in_context(hit, place, read.text) for hit in found.hits)
        return Judgement((*by_table, *hits), found.complete)

    def rules(self, where: Where) -> tuple[Rule, ...]:
        """The pattern and words rules that read texts there."""
        return self._rules[where]

    def as_read(self, place: Place, text: str) -> Read | None:
        """A text as these rules read it; None if they do not, for the tables say what it is."""
        text = normal(text)[:_LONGEST_TEXT]
        if not self._is_free_text(place, text):
            return None
        if not place.where.is_name:
            return Read(text, text)
        name = unquoted(text)
        return Read(stem(name), name)

    def alike(self, place: Place, text: str, declared: Declaration) -> Alike | None:
        """What there is to say of every text with the form of this one; None if that varies.

        Texts of VR UI are of one form only if they begin with the same of the `uid_roots`.
        """
        if not text.isascii() or len(text) > _LONGEST_ALIKE or place.tag == _FILE_ID:
            return None
        by_table = self._elements.alike(place, text, declared)
        if by_table is None:
            return None
        claim, doubts = by_table
        claims = () if claim is None else (claim,)
        if not self._is_free_text(place, text):
            return Alike(claims, doubts)
        in_name = place.where.is_name
        if in_name and ("%" in text or not _has_one_stem(text)):
            return None
        matches = self._doubtful(place.where, text)
        if matches is None:
            return None
        cut = stem if in_name else str
        return Alike(claims, (*doubts, *(_finding(match, cut) for match in matches)))

    def _path_judgement(self, text: str) -> Judgement:
        """What rules for names of entries say of the folders and the file that a record names."""
        hits: list[Hit] = []
        complete, at = True, 0
        for part in text.split("\\"):
            found = text_judgement(stem(part), self._rules[Where.PATH], self._lexicon, part)
            complete = complete and found.complete
            for hit in found.hits:
                start, end = hit.span
                hits.append(replace(hit, span=(start + at, end + at)))
            at += len(part) + 1
        return Judgement(tuple(hits), complete)

    def _doubtful(self, where: Where, text: str) -> list[PatternMatch] | None:
        """The expressions that may find something in a text of that form; None if words may."""
        alike = form(stem(text) if where is Where.PATH else text)
        rules = self._rules[where]
        wordy = not opaque(alike) and any(isinstance(rule.match, WordsMatch) for rule in rules)
        if wordy and (not takes_any_digits(alike) or person_names(text, self._lexicon)):
            return None
        patterns = (rule.match for rule in rules if isinstance(rule.match, PatternMatch))
        return [match for match in patterns if _may_find(match, alike)]

    def _is_free_text(self, place: Place, text: str) -> bool:
        if place.where.is_name or place.where in (Where.PREAMBLE, Where.TRAILING):
            return True
        tables = self._catalog.tables
        row = tables.content_item(place.concept, place.vr) or tables.attribute(place.tag)
        named = row is not None and row.row_class in _NAMED_CLASSES and place.vr not in _BLOBS
        strayed = place.vr in _BOUND_VRS and _WORD.search(text) is not None
        return (place.vr in _FREE_TEXT_VRS or strayed) and not named


def _in_context(hit: Hit, place: Place, text: str) -> Hit:
    """A hit in the text of a program, milder where its words may be the program's own.

    Makers of scanners write names of variables, sequences and files into private elements; a name
    with a caret or a comma, or behind its label, is none of them.
    """
    if place.where is not Where.PRIVATE or not hit.claim.rule.startswith(_NAMES):
        return hit
    value = hit.value.reveal()
    formal = hit.claim.rule == _PERSON_NAME and ("^" in value or "," in value)
    code = "_" in value or place.vr in _BLOBS or "\n" in text or place.vr in _CODED
    labelled = _LABELLED in place.pointer
    if formal or labelled or not (code or _is_creator(place)):
        return hit
    most = Band.LOW if place.vr in _CODED else Band.MEDIUM
    said = f"among a program's own words, where it is of {most.word} severity at most"
    return reasons.joined(replace(hit, claim=milder(hit.claim, most)), said)


def _is_creator(place: Place) -> bool:
    """Whether a text is that of a private creator: makers put their own names there."""
    return place.where is Where.PRIVATE and place.tag & 0xFFFF <= _LAST_CREATOR


def _has_one_stem(name: str) -> bool:
    """Whether all names of the form of this one end in the same extensions."""
    alike = form(name)
    return opaque(alike) or takes_any_digits(alike)


def _may_find(match: PatternMatch, alike: str) -> bool:
    """Whether an expression may find something in a text of that form, by its blind twin."""
    if match.blind is None:
        return True
    try:
        return match.blind.search(alike, timeout=TIME_LIMIT) is not None
    except TimeoutError:
        return True


def _finding(match: PatternMatch, cut: Callable[[str], str]) -> Doubt:
    """Whether an expression finds something in what is left of a text, or takes too long."""

    def finds(text: str) -> bool:
        try:
            return match.expression.search(cut(text), timeout=TIME_LIMIT) is not None
        except TimeoutError:
            return True

    return finds


def _demand_known(rule: Rule) -> None:
    if isinstance(rule.match, PatternMatch) and rule.match.check:
        try:
            check(rule.match.check)
        except RuleError as error:
            raise RuleError(f"{rule.id}.toml: match.pattern.check: {error}") from None
    if isinstance(rule.match, WordsMatch):
        unknown = sorted(rule.match.shapes - set(Shape))
        if unknown:
            raise RuleError(f"{rule.id}.toml: match.words.shapes: {unknown[0]!r} is no shape")


def text_judgement(
    text: str, rules: tuple[Rule, ...], lexicon: Lexicon, name: str = "", *, software: bool = False
) -> Judgement:
    """What pattern and words rules say; where two claim one span, the graver and surer stays.

    `name` is the whole name of a file whose stem the text is: its ending tells what it is of. Of
    the name of an entry in a tree of `software`, rules for names say what is unusual there.
    """
    found: list[Hit] = []
    names: tuple[NameLike, ...] | None = None
    complete = True
    for rule in rules:
        before = len(found)
        if isinstance(rule.match, PatternMatch):
            if rule.match.needs is not None and rule.match.needs.search(text) is None:
                continue
            try:
                found.extend(pattern.hits(rule, rule.match, text, lexicon))
            except TimeoutError:
                complete = False
        elif isinstance(rule.match, WordsMatch):
            if names is None:
                names = person_names(name or text, lexicon)
                names = tuple(told(names, text)) if software else names
            found.extend(_word_hits(rule, rule.match, name or text, names, lexicon))
        if software and _of_names(rule):
            found[before:] = in_software(found[before:], text)
    found.sort(key=lambda hit: (-hit.claim.severity, -hit.certainty, hit.span, hit.claim.rule))
    kept = sorted(_apart(found, len(text)), key=lambda hit: (hit.span, hit.claim.rule))
    return Judgement(tuple(kept), complete)


def _of_names(rule: Rule) -> bool:
    return rule.id.startswith(_NAMES)


def _apart(hits: list[Hit], length: int) -> Iterator[Hit]:
    """The hits that no earlier one overlaps."""
    taken = bytearray(length)
    for hit in hits:
        start, end = hit.span
        if not any(taken[start:end]):
            taken[start:end] = b"\1" * (end - start)
            yield hit


def _word_hits(
    rule: Rule, match: WordsMatch, text: str, names: tuple[NameLike, ...], lexicon: Lexicon
) -> list[Hit]:
    return [
        Hit(
            *(rule.claim, name.span, Sensitive(text[slice(*name.span)]), rule.certainty),
            _explaining(text, name, lexicon),
        )
        for name in names
        if name.tier == match.tier and (not match.shapes or name.shape in match.shapes)
    ]


def _explaining(text: str, name: NameLike, lexicon: Lexicon) -> Callable[[], str]:
    return lambda: reasons.of_name(text, name, lexicon)
