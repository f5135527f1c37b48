"""Elements rules: data elements that must be absent, empty or dummy (PS3.15 Annex E)."""

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from vestige.catalog import (
    Action,
    Attribute,
    Catalog,
    ElementsMatch,
    Policy,
    PrivateAttribute,
    Rule,
)
from vestige.columns import is_study_code
from vestige.detect.dummies import Doubt, Dummies, milder, written
from vestige.detect.labelled import told_beside
from vestige.detect.plain import are_ordinary
from vestige.detect.residuals import Residuals, at_least, basis
from vestige.detect.unlisted import asks_for_digits, holds_date, is_instance
from vestige.digits import form
from vestige.lexicon import Lexicon
from vestige.model import Band, Claim, Declaration, Hit, Observation, Place, Where
from vestige.text import takes_any_digits

_ODD_GROUP = 0x00010000
_LAST_CREATOR = 0x00FF
"""Elements (gggg,0010-00FF) of an odd group reserve blocks: private creators (PS3.5 7.8.1)."""

_NO_ELEMENTS = frozenset({Where.PATH, Where.GHOST, Where.PREAMBLE, Where.TRAILING})
_NUMBERS = frozenset({"US", "SS", "UL", "SL", "FL", "FD", "AT", "SV", "UV"})
_DECIMALS = frozenset({"DS", "IS"})
_WITHOUT_WORDS = frozenset({"DA", "DS", "DT", "IS", "TM", "UI"})
"""VRs that no claim reads for its words."""

_PRESENT = frozenset({"SQ", "OB", "OW", "OF", "OD", "OL", "OV", "UN"}) | _NUMBERS
"""VRs whose mere non-empty presence is what a profile asks to remove."""

_CODES = frozenset({0x00080100, 0x00080104, 0x00080119, 0x00080120})
"""Code Value, Code Meaning, Long Code Value, URN Code Value: the content of a code (PS3.3 8)."""

_CODED = frozenset({"direct-identifier", "site", "staff"})
_SEQUENCE = re.compile(r"\(([0-9A-F]{4}),([0-9A-F]{4})\)\[\*\]")
_STEP = re.compile(r"\(([0-9A-F]{4}),(?:xx)?([0-9A-F]{2,4})\)")
_ITEM = "[*]/"
_INSIDE = " > "
"""A sequence in a pointer, the sequence in which a step of it leads, and what stands between."""

_BY_BEING_THERE = frozenset({"presence", "rounded"})

_DATE_CODES = frozenset({"113106", "113107"})
_UID_CODES = frozenset({"113110"})
_DEMANDING = frozenset({Action.REPLACE, Action.HASH, Action.MONTH, Action.YEAR})
"""Actions that allow some values of an attribute, whatever other tables say of it."""

_YES = "YES"

_CONFIDENCE = {"high": 1.0, "medium": 0.8, "low": 0.5}
"""How much of the rule's certainty an entry of the private tables earns."""

_PRIVATE_SEVERITY = {"direct": Band.HIGH, "free-text": Band.MEDIUM, "quasi": Band.MEDIUM}


class ElementRules:
    """The elements rules of a catalog, compiled for look-up by place."""

    def __init__(self, catalog: Catalog, policy: Policy) -> None:
        self._tables = catalog.tables
        self._lexicon = catalog.lexicon
        self._policy = policy
        self._dummies = Dummies(catalog)
        self._residuals = Residuals(policy)
        self._lacks = lru_cache(1 << 14)(self._is_unlisted)
        self._by_table: dict[tuple[str, str], Rule] = {
            (rule.match.table, rule.match.row_class): rule
            for rule in catalog.rules
            if isinstance(rule.match, ElementsMatch) and policy.counts(rule.id)
        }

    def hits(self, observation: Observation, declared: Declaration) -> tuple[Hit, ...]:
        """What the tables say of one element's value: at most one hit."""
        place, text = observation.place, observation.text.reveal()
        # A further reading has no VR: tables judge a value by its first.
        if place.where in _NO_ELEMENTS or not place.vr:
            return ()
        values = written(place.vr, text)
        if not values and not _is_presence(place):
            return ()
        claim = self._claim(place, values, declared)
        if claim is not None and values:
            of_dates = asks_for_digits(place.vr, values)
            known = replace(place, vr="DA") if of_dates else place
            claim = self._of_values(claim, known, values, declared)
        if claim is None:
            return ()
        return (Hit(claim, (0, len(text)), observation.text, claim.certainty),)

    def alike(
        self, place: Place, text: str, declared: Declaration
    ) -> tuple[Claim | None, tuple[Doubt, ...]] | None:
        """What the tables say of every text in the place with this one's form (see `digits`).

        The claim holds for each of them on which no doubt falls. None if each must be looked at.
        Texts of VR UI are of one form only if they begin with the same roots.
        """
        values = written(place.vr, text)
        if place.where in _NO_ELEMENTS or not (values or _is_presence(place)):
            return None, ()
        if not self._may_be_alike(place, values, text):
            return None
        claim = self._claim(place, values, declared)
        if claim is None or not values:
            return claim, ()
        coarse = self._residuals.doubts(place)
        doubts = [(*self._dummies.doubts(place, value, declared), *coarse) for value in values]
        if any(doubts) and values != (text,):
            # Doubts are asked of a text, dummies of each value that is written in it.
            return None
        return self._dummies.plainly(claim, place, declared), doubts[0]

    def _of_values(
        self, claim: Claim, place: Place, values: tuple[str, ...], declared: Declaration
    ) -> Claim | None:
        """The claim as it stands for these values: the gravest of them.

        None if all are dummies, or what the policy lets stand. Beside the list of a policy even a
        dummy is worth knowing.
        """
        found = [one for value in values if (one := self._of_value(claim, place, value, declared))]
        if not found:
            return milder(claim, Band.INFO) if self._lacks(place) else None
        return max(found, key=lambda one: one.severity)

    def _of_value(
        self, claim: Claim, place: Place, value: str, declared: Declaration
    ) -> Claim | None:
        left = self._residuals.left(claim, place, value)
        if left is None:
            return None
        refined = self._dummies.refine(left, place, (value,), declared)
        return self._residuals.graver(refined, place, value) if refined is not None else None

    def _may_be_alike(self, place: Place, values: tuple[str, ...], text: str) -> bool:
        """Whether no claim about the place asks for the digits of its texts."""
        if place.vr == "AS" or (place.vr == "UI" and len(values) > 1):
            return False
        if asks_for_digits(place.vr, values):
            return False
        if place.vr not in _WITHOUT_WORDS and not takes_any_digits(form(text)):
            return False
        return place.vr == "UI" or not self._is_uid(place)

    def _is_uid(self, place: Place) -> bool:
        """Whether an element is known to hold UIDs, whatever its VR."""
        if self._policy.action(place.tag, place.creator) is Action.UID:
            return True
        key = (place.creator, place.tag >> 16, place.tag & 0xFF)
        published = self._tables.private_dispositions.get(key)
        return published is not None and published.row_class == "uid"

    def _rule(self, table: str, row_class: str, place: Place) -> Rule | None:
        """The rule for rows of that class, if it looks at such places."""
        rule = self._by_table.get((table, row_class))
        return rule if rule is not None and place.where in rule.where else None

    def _claim(self, place: Place, values: tuple[str, ...], declared: Declaration) -> Claim | None:
        """The claim of a place under the policy's lists."""
        only, action = self._policy.only, self._policy.action(place.tag, place.creator)
        if action is Action.KEEP or (only and only.action(place.tag, place.creator) is None):
            return None
        claim = self._by_tables(place, values, declared, action)
        claim = self._unlisted_claim(claim, place) if self._lacks(place) else claim
        return told_beside(claim, place.vr) if claim and place.where is Where.BESIDE else claim

    def _by_tables(
        self,
        place: Place,
        values: tuple[str, ...],
        declared: Declaration,
        action: Action | None,
    ) -> Claim | None:
        """The claim of a place whatever the policy lists, but for what it permits of it."""
        row = self._row(place)
        if action is Action.UID:
            return self._uid_claim(row, place, values)
        if place.tag & _ODD_GROUP:
            return self._private_claim(place, values, declared)
        if row is not None:
            return self._listed_claim(row, place, values, declared)
        claim = self._claim_by_vr(place, values, declared)
        return self._unlisted_claim(claim, place) if action in _DEMANDING else claim

    def _row(self, place: Place) -> Attribute | None:
        return self._content_item(place) or self._tables.attribute(place.tag) or self._coded(place)

    def _is_unlisted(self, place: Place) -> bool:
        """Whether the policy's list lacks an element, and whatever sequence it stands in."""
        allows = self._policy.allows
        inside = not place.tag or _INSIDE in place.pointer
        if allows is None or inside or not allows.lacks(place.tag, place.creator):
            return False
        around = (_STEP.match(step) for step in place.pointer.split(_ITEM)[:-1])
        return all(step is not None and allows.may_hold(*step.groups()) for step in around)

    def _unlisted_claim(self, claim: Claim | None, place: Place) -> Claim | None:
        """The claim of an element that the policy does not allow: the graver of two."""
        rule = self._rule("allowed", "", place)
        if rule is None:
            return claim
        if claim is not None and claim.severity >= rule.severity:
            return replace(claim, basis=(*claim.basis, f"not on the list of {self._policy.name}"))
        row = self._row(place)
        if row is None:
            return _claim(rule, place.pointer.split(_ITEM)[-1])
        severity = Band.INFO if row.judged == "statement" else rule.severity
        return replace(_row_claim(rule, row), severity=severity)

    def _content_item(self, place: Place) -> Attribute | None:
        """The row of the concept that a value is of, if it is one of a structured report."""
        return self._tables.content_item(place.concept, place.vr) if place.concept else None

    def _coded(self, place: Place) -> Attribute | None:
        """The row of the sequence around a code that itself says who or where it was."""
        if place.tag not in _CODES or "/" not in place.pointer:
            return None
        around = _SEQUENCE.fullmatch(place.pointer.split("/")[-2])
        row = self._tables.attribute(int(around[1] + around[2], 16)) if around else None
        named = row is not None and row.judged == "content" and row.row_class in _CODED
        return replace(row, judged="presence") if row is not None and named else None

    def _claim_by_vr(
        self, place: Place, values: tuple[str, ...], declared: Declaration
    ) -> Claim | None:
        """The claim of an element that no table lists, but that holds a name, a date or a UID."""
        accepted = declared.codes & self._policy.honours
        rule = None
        if place.vr == "PN":
            rule = self._rule("person_names", "", place)
        elif holds_date(place.tag, place.vr, values):
            rule = None if accepted & _DATE_CODES else self._rule("unlisted_dates", "", place)
        elif place.vr == "UI" and not accepted & _UID_CODES:
            rule = self._uid_rule(place, (uid for uid in values if is_instance(place.tag, uid)))
        tag = f"({place.tag >> 16:04x},{place.tag & 0xFFFF:04x})"
        own = place.creator or not place.tag
        claim = _claim(rule, place.pointer if own else tag) if rule else None
        # Programs ask for an author, and many write a department or a study there.
        nobody = place.where is Where.BESIDE and place.vr == "PN"
        mild = nobody and are_ordinary(values, self._lexicon)
        return milder(claim, Band.LOW) if claim and mild else claim

    def _uid_rule(self, place: Place, uids: Iterable[str]) -> Rule | None:
        """The rule for the first of the UIDs whose root is one that a rule names."""
        found = (self._rule("uid_roots", self._tables.uid_kind(uid), place) for uid in uids)
        return next(filter(None, found), None)

    def _listed_claim(
        self, row: Attribute, place: Place, values: tuple[str, ...], declared: Declaration
    ) -> Claim | None:
        if self._residuals.permits(row, values, declared):
            return None
        if row.judged == "uid":
            return self._uid_claim(row, place, values)
        answered = row.judged == "answer" and _YES in values
        rule = self._rule("elements", row.row_class, place)
        if rule is None or not (row.judged in _BY_BEING_THERE or answered):
            return None
        claim = self._residuals.plainly(_row_claim(rule, row), row, declared)
        if self._residuals.is_old(row, values):
            return at_least(claim, Band.MEDIUM)
        coded = row.keyword.endswith(_NUMBERED) and all(map(is_study_code, values))
        told_by_words = row.row_class in _TOLD_BY_WORDS
        plain = coded or (told_by_words and are_plain(row, values, self._lexicon))
        return milder(claim, Band.LOW) if plain else claim

    def _uid_claim(
        self, row: Attribute | None, place: Place, values: tuple[str, ...]
    ) -> Claim | None:
        rule = self._uid_rule(place, values)
        if rule is None:
            return None
        return _row_claim(rule, row) if row else _claim(rule, place.pointer)

    def _private_claim(
        self, place: Place, values: tuple[str, ...], declared: Declaration
    ) -> Claim | None:
        if place.tag & 0xFFFF <= _LAST_CREATOR:
            return None
        key = (place.creator, place.tag >> 16, place.tag & 0xFF)
        known = self._tables.private_identifying.get(key)
        rule = self._rule("private_identifying", "", place)
        if known and rule:
            return _known_claim(rule, known)
        if key in self._tables.private_safe:
            return None
        published = self._tables.private_dispositions.get(key)
        if published and place.vr != "PN":
            return self._published_claim(published, place, values, declared)
        return self._claim_by_vr(place, values, declared) or self._unknown_claim(place, values)

    def _unknown_claim(self, place: Place, values: tuple[str, ...]) -> Claim | None:
        """The claim of a private element of which nobody has published what it is."""
        rule = self._rule("private_unlisted", "", place)
        claim = _claim(rule, place.pointer) if rule else None
        return milder(claim, Band.INFO) if claim and _is_number(place, values) else claim

    def _published_claim(
        self,
        published: PrivateAttribute,
        place: Place,
        values: tuple[str, ...],
        declared: Declaration,
    ) -> Claim | None:
        """What follows from what curators of public archives do with the element."""
        meaning = published.meaning or place.pointer
        if published.row_class == "uid":
            rule = self._uid_rule(place, values)
            return _claim(rule, meaning) if rule else None
        shifted = _DATE_CODES & self._residuals.honoured(declared)
        if published.row_class == "date" and shifted:
            return None
        rule = self._rule("private_dispositions", published.row_class, place)
        claim = _claim(rule, meaning) if rule else None
        plain = place.vr != "SQ" and (not values or are_ordinary(values, self._lexicon))
        mild = plain or _is_number(place, values)
        return milder(claim, Band.LOW) if claim and mild else claim


def are_plain(row: Attribute, values: tuple[str, ...], lexicon: Lexicon) -> bool:
    """Whether texts say nothing of anyone: plain words, or a number that is a count at most.

    A code of plain words and a number is one that a study gave: SUBJ-0042, CASE 7.
    """
    if row.row_class == "free-text":
        return are_ordinary(values, lexicon)
    if not row.keyword.endswith(_NUMBERED):
        return False
    return all(_COUNT.fullmatch(value) or _is_code(value, lexicon) for value in values)


def _is_code(value: str, lexicon: Lexicon) -> bool:
    if is_study_code(value) and not value[1].isdigit():
        return True
    worded = any(len(word) > _SHORT_WORD for word in _LETTERS.findall(value))
    return worded and are_ordinary((value,), lexicon)


_TOLD_BY_WORDS = frozenset({"free-text", "direct-identifier"})
_NUMBERED = ("ID", "IDs", "AccessionNumber")
_COUNT = re.compile(r"\d{1,2}")
_LETTERS = re.compile(r"[^\W\d_]+")
_SHORT_WORD = 2


def _is_presence(place: Place) -> bool:
    """Whether an observation without a text says that the element is there and not empty."""
    return place.vr in _PRESENT or (place.where is Where.PRIVATE and place.vr in _DECIMALS)


def _is_number(place: Place, values: tuple[str, ...]) -> bool:
    """Whether the element holds numbers and nothing else: alone they hardly say who it is."""
    if place.vr in _DECIMALS:
        return not any(c.isalpha() and c not in "eE" for value in values for c in value)
    return place.vr in _NUMBERS and not values


def _row_claim(rule: Rule, row: Attribute) -> Claim:
    found = tuple(dict.fromkeys((*basis(row), *rule.basis)))
    return replace(_claim(rule, row.name), severity=row.severity, basis=found)


def _known_claim(rule: Rule, known: PrivateAttribute) -> Claim:
    """The claim of a private element with a published meaning; a curator keeps the doubtful."""
    claim = replace(
        _claim(rule, known.meaning),
        severity=_PRIVATE_SEVERITY.get(known.row_class, rule.severity),
        certainty=round(rule.certainty * _CONFIDENCE.get(known.confidence, 1.0), 3),
    )
    return milder(claim, Band.LOW) if known.confidence == "low" else claim


def _claim(rule: Rule, attribute: str) -> Claim:
    return replace(rule.claim, title=rule.title.replace("{attribute}", attribute))
