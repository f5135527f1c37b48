"""The judge: one observation and the catalog to hits, each distinct text once."""

import re
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

import regex
from regex import Pattern

from vestige.catalog import (
    TIME_LIMIT,
    Catalog,
    IdentifierMatch,
    PatternMatch,
    Policy,
    Rule,
    WordsMatch,
)
from vestige.detect import codes, identifiers, pattern, reasons
from vestige.detect.checks import check
from vestige.detect.demands import Held
from vestige.detect.dummies import Doubt, milder
from vestige.detect.elements import ElementRules
from vestige.detect.shapes import Shape
from vestige.detect.text_rules import Judgement, TextRules, text_judgement
from vestige.detect.words import person_names
from vestige.digits import form
from vestige.model import Band, Claim, Declaration, Hit, Observation, Place, RuleError, Where
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
_UNLABELLED = frozenset({"identifiers/national", "identifiers/national-likely"})
_LABELLED = " > "
"""What stands in the pointer to a value with a label, inside a container."""

_NAMED_CLASSES = frozenset({"direct-identifier", "staff", "site"})
"""Attributes whose whole value is the finding: no need to look for names inside."""

_FILE_ID = 0x00041500
"""Referenced File ID: the path of a file that a DICOMDIR names (PS3.3 section F.3.2.2)."""

_LONGEST_TEXT = 65_536
_LONGEST_ALIKE = 256
"""Characters of a text of whose form something is said: longer ones are hardly alike."""


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
                and isinstance(rule.match, PatternMatch | WordsMatch | IdentifierMatch)
            )
            for where in Where
        }
        self._texts = {where: TextRules(rules) for where, rules in self._rules.items()}
        self._of_names = self._texts[Where.PATH]
        numbers = (rule.match for rule in self._rules[Where.HEADER])
        self._numbered = any(isinstance(match, IdentifierMatch) for match in numbers)

    def judge(self, observation: Observation, declared: Declaration) -> Judgement:
        """What there is to say of one text."""
        place = observation.place
        if place.where is Where.PATH or place.where is Where.GHOST:
            return self._of_name(place, observation.text.reveal())
        by_table = self._elements.hits(observation, declared)
        if place.tag == _FILE_ID:
            found = self._path_judgement(normal(observation.text.reveal())[:_LONGEST_TEXT])
            return Judgement((*by_table, *found.hits), found.complete)
        read = self.as_read(place, observation.text.reveal())
        if read is None:
            text = normal(observation.text.reveal())[:_LONGEST_TEXT]
            return Judgement((*by_table, *self._numbers(place, text)), complete=True)
        rules = self._texts[place.where]
        found = text_judgement(read.text, rules, self._lexicon, read.name, software=place.software)
        hits = tuple(
            _in_context(hit, place, read.text) for hit in found.hits if not _by_chance(hit, place)
        )
        return Judgement((*by_table, *hits), found.complete)

    def _of_name(self, place: Place, text: str) -> Judgement:
        """What there is to say of the name of an entry: of names, no table says anything."""
        name = unquoted(normal(text)[:_LONGEST_TEXT])
        rules = self._of_names if place.where is Where.PATH else self._texts[place.where]
        return text_judgement(stem(name), rules, self._lexicon, name, software=place.software)

    def rules(self, where: Where) -> tuple[Rule, ...]:
        """The pattern and words rules that read texts there."""
        return self._rules[where]

    def passes_codes(self, where: Where) -> bool:
        """Whether nothing but the kind of a code (see `codes`) matters of a name that is one."""
        return all(
            not isinstance(rule.match, PatternMatch)
            or not rule.id.startswith(_NAMES)
            or rule.id in codes.UNMOVED
            for rule in self._rules[where]
        )

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
            if self._holds_numbers(place):
                doubts = (*doubts, lambda value: self._numbers(place, value))
            return Alike(claims, doubts)
        in_name = place.where.is_name
        if in_name and ("%" in text or not _has_one_stem(text)):
            return None
        matches = self._doubtful(place.where, text)
        if matches is None:
            return None
        cut = stem if in_name else str
        return Alike(claims, (*doubts, *(_finding(match, cut) for match in matches)))

    def _holds_numbers(self, place: Place) -> bool:
        """Whether an element holds numbers of persons, of which rules may know the kind."""
        return self._numbered and place.where is Where.HEADER and place.tag in identifiers.NUMBERS

    def _numbers(self, place: Place, text: str) -> tuple[Hit, ...]:
        """What kind of number the whole value of an element is."""
        if not self._holds_numbers(place):
            return ()
        found = identifiers.in_element(text, self._catalog.tables.identifiers)
        return tuple(
            hit
            for rule in self._rules[Where.HEADER]
            if isinstance(rule.match, IdentifierMatch)
            for hit in identifiers.hits(rule, rule.match, found, text)
        )

    def _path_judgement(self, text: str) -> Judgement:
        """What rules for names of entries say of the folders and the file that a record names."""
        hits: list[Hit] = []
        complete, at = True, 0
        for part in text.split("\\"):
            found = text_judgement(stem(part), self._texts[Where.PATH], self._lexicon, part)
            complete = complete and found.complete
            for hit in found.hits:
                start, end = hit.span
                hits.append(replace(hit, span=(start + at, end + at)))
            at += len(part) + 1
        return Judgement(tuple(hits), complete)

    def _doubtful(self, where: Where, text: str) -> list[PatternMatch | IdentifierMatch] | None:
        """The expressions that may find something in a text of that form; None if words may."""
        alike = form(stem(text) if where.is_name else text)
        rules = self._rules[where]
        wordy = not opaque(alike) and any(isinstance(rule.match, WordsMatch) for rule in rules)
        if wordy and (not takes_any_digits(alike) or person_names(text, self._lexicon)):
            return None
        expressions = self._texts[where].of_all.open_to_form(Held(alike, plain=True))
        matches: list[PatternMatch | IdentifierMatch] = [
            match for match in expressions if _may_find(match, alike)
        ]
        numbers = (rule.match for rule in rules if isinstance(rule.match, IdentifierMatch))
        one = next(numbers, None)
        if one is not None and identifiers.may_hold(alike, one.known):
            matches.append(one)
        return matches

    def _is_free_text(self, place: Place, text: str) -> bool:
        if place.where.is_name or place.where in (Where.PREAMBLE, Where.TRAILING):
            return True
        tables = self._catalog.tables
        row = tables.content_item(place.concept, place.vr) or tables.attribute(place.tag)
        named = row is not None and row.row_class in _NAMED_CLASSES and place.vr not in _BLOBS
        strayed = place.vr in _BOUND_VRS and _WORD.search(text) is not None
        return (place.vr in _FREE_TEXT_VRS or strayed) and not named


def _by_chance(hit: Hit, place: Place) -> bool:
    """Whether a number without a label stands among the figures of a program, as they all do."""
    return place.where is Where.PRIVATE and hit.claim.rule in _UNLABELLED


def _beside(hit: Hit, place: Place) -> Hit:
    """A hit in a file beside the images, milder where it is one word and no label announces it.

    Logs, manuals and lists hold thousands of words that nobody knows; of columns and labelled
    values other rules speak.
    """
    value = hit.value.reveal()
    if place.tag or not hit.claim.rule.startswith(_NAMES) or not _ONE_WORD.fullmatch(value):
        return hit
    most = Band.MEDIUM if value[0].isupper() and "_" not in value else Band.LOW
    said = f"a single word in a text, where it is of {most.word} severity at most"
    return reasons.joined(replace(hit, claim=milder(hit.claim, most)), said)


_ONE_WORD = re.compile(r"[^\W\d]+")


def _in_context(hit: Hit, place: Place, text: str) -> Hit:
    """A hit in the text of a program, milder where its words may be the program's own.

    Makers of scanners write names of variables, sequences and files into private elements; a name
    with a caret or a comma, or behind its label, is none of them.
    """
    if place.where is Where.BESIDE:
        return _beside(hit, place)
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
    if not pattern.may_hold(match, alike):
        return False
    twin = None if match.blind is None else _compiled(match.blind)
    if twin is None:
        return True
    try:
        return twin.search(alike, timeout=TIME_LIMIT) is not None
    except TimeoutError:
        return True


@lru_cache(maxsize=512)
def _compiled(blind: str) -> Pattern[str] | None:
    """The expression for texts whose digits are all alike; None if it is none."""
    try:
        return regex.compile(blind, regex.VERSION1)
    except regex.error:
        return None


def _finding(match: PatternMatch | IdentifierMatch, cut: Callable[[str], str]) -> Doubt:
    """Whether a match finds something in what is left of a text, or takes too long."""
    if isinstance(match, IdentifierMatch):
        known = match.known
        return lambda text: identifiers.identified(cut(text), known)

    def finds(text: str) -> bool:
        try:
            return match.expression.compiled.search(cut(text), timeout=TIME_LIMIT) is not None
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
