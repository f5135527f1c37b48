"""Dummies: replacement values that tools and habits leave, with the cautions of their table."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache, partial
from typing import NamedTuple

from vestige.catalog import Catalog, Dummy
from vestige.detect.words import name_like, person_names
from vestige.digits import blinded, form
from vestige.model import Band, Claim, Declaration, Place
from vestige.sensitive import Sensitive
from vestige.text import TokenKind, tokens

Doubt = Callable[[str], object]
"""True of a value that must be judged by itself, whatever is known of its form."""

_SINGLE_VRS = frozenset({"LT", "ST", "UT", "UR", "OB", "OW", "UN", "SQ"})
"""VRs of one value, in which a backslash is text like any other (PS3.5 6.2)."""

_BIRTH_DATE = 0x00100030
_DATES = frozenset({"DA", "DT", "TM"})
_LONGEST = 256
"""Characters of a dummy at most: a longer value is none, and no expression is run on it."""

_YEAR_KEPT = frozenset({"D014"})
_TIME_KEPT = frozenset({"V010"})
_MONTH_KEPT = frozenset({"D015", "D056"})
"""Dates of which a part is true; of one object alone nobody can tell that the rest is not."""

_FREE_FORM = frozenset({"D009", "D012", "D091"})
_LABELS = frozenset({"D009", "D091"})
"""Dummies of so free a form that a name, or a date of birth, fits into them; labels of words."""

_NAME_FROM = 1.0
"""Log-odds from which the words of a label are taken for a name."""

_SHIFTED = {"dicognito": Band.LOW, "rsna": Band.MEDIUM}
"""Tools that shift all dates, without the method code for it; one offset can be computed."""

_BY_HAND = re.compile(r"[A-Z]{0,4}\d{5,10}|[A-Za-z]{2,4}[_-]?(?:19|20)\d{2}(?:[01]\d[0-3]\d)?")
"""Hospital numbers, and initials with a birth year: no code that a tool would make."""

_FIXED = frozenset({"exact", "exact_set", "iexact_set"})
"""How dummies are compared that are words, not forms."""

_SHORT = 3
_FULL_DATE = re.compile(r"(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")


def written(vr: str, text: str) -> tuple[str, ...]:
    """The values of an element that are not empty; delimiters alone are nothing (PS3.5 6.2)."""
    parts = (text,) if vr in _SINGLE_VRS else text.split("\\")
    padding = " \0\t\r\n^=" if vr == "PN" else " \0\t\r\n"
    return tuple(part for raw in parts if (part := raw.strip(padding)))


class Dummies:
    """The dummies of a catalog, by VR and by attribute."""

    def __init__(self, catalog: Catalog) -> None:
        self._tables = catalog.tables
        self._lexicon = catalog.lexicon
        self._by_vr: dict[str, list[_Recogniser]] = {}
        self._by_keyword: dict[str, list[_Recogniser]] = {}
        self._words: dict[tuple[str, int], _Words] = {}
        for vrs, keywords, dummy in catalog.tables.dummies:
            recogniser = _Recogniser(dummy)
            for vr in vrs:
                self._by_vr.setdefault(vr, []).append(recogniser)
            for keyword in keywords:
                self._by_keyword.setdefault(keyword, []).append(recogniser)

    def refine(
        self, claim: Claim, place: Place, values: tuple[str, ...], declared: Declaration
    ) -> Claim | None:
        """The claim as it stands for these values: the gravest of them, None if all are dummies."""
        if not values:
            return claim
        left = [self._refined(claim, place, value, declared) for value in values]
        return max((one for one in left if one), key=lambda one: one.severity, default=None)

    def _refined(
        self, claim: Claim, place: Place, value: str, declared: Declaration
    ) -> Claim | None:
        claim = self.plainly(claim, place, declared)
        if self._names_itself(place, value):
            return None
        dummies = self._dummies(place, value, declared.markers)
        if dummies:
            left = [_outcome(claim, place, value, dummy) for dummy in dummies]
            return None if None in left else min(filter(None, left), key=lambda c: c.severity)
        if declared.reused == Sensitive(value):
            return self._reused(claim, value, declared)
        return claim

    def plainly(self, claim: Claim, place: Place, declared: Declaration) -> Claim:
        """The claim as it stands for a value that is no dummy."""
        if place.vr not in _DATES:
            return claim
        bands = [band for tool, band in _SHIFTED.items() if tool in declared.markers]
        return milder(claim, min(bands, default=Band.CRITICAL))

    def doubts(self, place: Place, value: str, declared: Declaration) -> tuple[Doubt, ...]:
        """What may make a dummy of a value with the same form as this one (see `digits`)."""
        alike = form(value)
        may = [
            recogniser
            for recogniser in self._recognisers(place)
            if recogniser.may_accept(alike, declared.markers)
        ]
        expressions = tuple(one.dummy.value for one in may if one.dummy.match == "regex")
        found: list[Doubt] = [one.equals for one in may if one.dummy.match != "regex"]
        found += [expression.fullmatch for expression in _together(expressions)]
        if declared.reused is not None:
            found.append(declared.reused.reveal().__eq__)
        if self._names_itself(place, value):
            found.append(partial(self._names_itself, place))
        return tuple(found)

    def _names_itself(self, place: Place, value: str) -> bool:
        """Whether a value is the name of its attribute, as templates of forms leave it."""
        row = self._tables.attribute(place.tag)
        said = value.strip(" ^").casefold()
        return row is not None and said in {row.name.casefold(), row.keyword.casefold()}

    def standing(self, place: Place, text: str) -> tuple[str, ...]:
        """The rows of the table of dummies that the values of an element are."""
        found = (self._dummies(place, value, frozenset()) for value in written(place.vr, text))
        return tuple(dict.fromkeys(dummy.id for dummies in found for dummy in dummies))

    def is_word(self, place: Place, value: str) -> bool:
        """Whether the whole value is one of the fixed words of the table."""
        asked = (place.vr, place.tag)
        words = self._words.get(asked)
        if words is None:
            fixed = [one for one in self._recognisers(place) if one.dummy.match in _FIXED]
            plain = [one.words for one in fixed if not one.dummy.marker]
            words = self._words[asked] = _Words(
                frozenset().union(*(one.exact for one in plain)),
                frozenset().union(*(one.folded for one in plain)),
            )
        return value in words.exact or value.casefold() in words.folded

    def _dummies(self, place: Place, value: str, markers: frozenset[str]) -> list[Dummy]:
        """The dummies that the value is, if any."""
        if len(value) > _LONGEST:
            return []
        return [
            recogniser.dummy
            for recogniser in self._recognisers(place)
            if recogniser.accepts(value, markers) and not self._shows(recogniser.dummy, value)
        ]

    def _recognisers(self, place: Place) -> Iterator["_Recogniser"]:
        yield from self._by_vr.get(place.vr, ())
        row = self._tables.attribute(place.tag)
        if row is not None:
            yield from self._by_keyword.get(row.keyword, ())

    def _shows(self, dummy: Dummy, value: str) -> bool:
        """Whether a value of a free form says who it is after all."""
        if dummy.id not in _FREE_FORM:
            return False
        if _FULL_DATE.search(value) or person_names(value, self._lexicon):
            return True
        words = (token.text for token in tokens(value) if token.kind is TokenKind.WORD)
        return dummy.id in _LABELS and any(
            name_like(word, self._lexicon) > _NAME_FROM for word in words if len(word) > _SHORT
        )

    def _reused(self, claim: Claim, value: str, declared: Declaration) -> Claim:
        """What is left where one code stands as number and as name (table row D021)."""
        if person_names(value, self._lexicon):
            return claim
        by_hand = not declared.markers and _BY_HAND.fullmatch(value)
        return milder(claim, Band.MEDIUM if by_hand else Band.LOW)


def _outcome(claim: Claim, place: Place, value: str, dummy: Dummy) -> Claim | None:
    """What is left of a claim where the dummy stands."""
    if dummy.verdict == "not_pii_review":
        return milder(claim, Band.INFO)
    if dummy.id in _MONTH_KEPT:
        return milder(claim, Band.MEDIUM)
    lived = place.tag == _BIRTH_DATE and place.vr == "DA" and "1920" < value[:4] < "2020"
    if dummy.id in _YEAR_KEPT | _TIME_KEPT or (lived and value[:4].isdigit()):
        return milder(claim, Band.LOW)
    return None


def milder(claim: Claim, severity: Band) -> Claim:
    """The claim with that severity at most."""
    return replace(claim, severity=min(severity, claim.severity))


@lru_cache(maxsize=1024)
def _together(expressions: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    """Expressions as one, apart from those that cannot be joined: with references, with flags."""
    apart = [one for one in expressions if "\\1" in one or "(?" in one]
    joined = "|".join(f"(?:{one})" for one in expressions if one not in apart)
    return tuple(re.compile(one) for one in (*apart, *((joined,) if joined else ())))


class _Words(NamedTuple):
    """Words that are dummies as they are written, and those that are in any case."""

    exact: frozenset[str]
    folded: frozenset[str]


class _Recogniser:
    """One dummy, ready to compare with whole values."""

    def __init__(self, dummy: Dummy) -> None:
        self.dummy = dummy
        self._words = frozenset(dummy.value.casefold().split("|"))
        self._exact = frozenset(dummy.value.split("|"))
        regular = dummy.match == "regex"
        self._expression = re.compile(dummy.value) if regular else None
        widened = blinded(dummy.value) if regular else None
        self._blind = re.compile(widened) if widened is not None else None

    @property
    def words(self) -> _Words:
        """The fixed words that it is."""
        match self.dummy.match:
            case "exact":
                return _Words(frozenset({self.dummy.value}), frozenset())
            case "exact_set":
                return _Words(self._exact, frozenset())
        return _Words(frozenset(), self._words)

    def accepts(self, value: str, markers: frozenset[str]) -> bool:
        """Whether the whole value is this dummy, in an object with these markers."""
        if self.dummy.marker and self.dummy.marker not in markers:
            return False
        if self._expression is not None:
            return self._expression.fullmatch(value) is not None and self._plausible(value)
        return self.equals(value)

    def may_accept(self, alike: str, markers: frozenset[str]) -> bool:
        """Whether some value of this form may be the dummy, in an object with these markers."""
        if self.dummy.marker and self.dummy.marker not in markers:
            return False
        if self.dummy.match == "regex":
            return self._blind is None or self._blind.fullmatch(alike) is not None
        words = {form(word) for word in self._words | {self.dummy.value.casefold()}}
        folded = alike.casefold()
        match self.dummy.match:
            case "prefix":
                return any(folded.startswith(word) for word in words)
            case "contains":
                return any(word in folded for word in words)
        return folded in words

    def equals(self, value: str) -> bool:
        """Whether the whole value is this dummy, which is no regular expression."""
        match self.dummy.match:
            case "prefix":
                return value.startswith(self.dummy.value)
            case "contains":
                return self.dummy.value in value
            case "exact":
                return value == self.dummy.value
            case "exact_set":
                return value in self._exact
        return value.casefold() in self._words

    def _plausible(self, value: str) -> bool:
        """Base64 (D012) needs digits and both cases: a long surname is made of letters too."""
        if self.dummy.id != "D012":
            return True
        kinds = (str.isdigit, str.isupper, str.islower)
        return all(any(kind(c) for c in value) for kind in kinds)
