"""Residuals: what an attribute may still hold under a policy, and what its codes permit."""

import re
from dataclasses import replace
from functools import lru_cache

from vestige.catalog import Action, Attribute, Policy
from vestige.detect.dummies import Doubt, milder
from vestige.model import Band, Claim, Declaration, Place

_FULL, _SHIFTED = "113106", "113107"
"""Retain Longitudinal Temporal Information: with full dates, with modified dates (PS3.15 E.3.6)."""

_DATES = frozenset({"DA", "DT"})
_NOTHING_FINER = r"(?:0101(?:0{2,6}(?:\.0+)?)?)?(?:[+-]\d{4})?"
_YEAR = re.compile(rf"(\d{{4}}){_NOTHING_FINER}")
_MONTH = re.compile(r"\d{6}(?:01\d*(?:\.\d+)?)?(?:[+-]\d{4})?")
_BARE_YEAR = 4
"""Characters of a year that nothing follows."""

_MAY_BE_COARSE = re.compile(rf"{_YEAR.pattern}|{_MONTH.pattern}")
"""Dates of which no more than the year or the month may be true."""

_BIRTH_DATE = 0x00100030
_FIRST_IMAGES = 1993
"""The year of the first edition of DICOM: whoever was old then was so in every image of theirs."""

_AGE = re.compile(r"(\d{1,4})([DWMY])")
_OF_A_YEAR = {"D": 365.25, "W": 52.18, "M": 12.0, "Y": 1.0}
"""Units of ages (PS3.5 section 6.2, AS), and how many of them are a year."""

_HASH = re.compile(r"\d{16,}|[0-9a-fA-F]{32,}")
_ROUNDED = re.compile(r"[+-]?\d+(?:\.\d?0*)?")


class Residuals:
    """What attributes may still hold under one policy."""

    def __init__(self, policy: Policy) -> None:
        self._policy = policy

    def permits(self, row: Attribute, values: tuple[str, ...], declared: Declaration) -> bool:
        """Whether the attribute may hold what it holds, by its row and the codes of its object."""
        policy = self._policy
        if policy.only_lettered and (not row.hipaa or "country" in row.residual):
            return True
        if row.vr == "AS" and policy.oldest is not None:
            if self._is_old(values):
                return False
            if "age" in row.residual and all(_AGE.fullmatch(value) for value in values):
                return True
        if row.judged == "rounded" and all(_ROUNDED.fullmatch(value) for value in values):
            return True
        return bool(row.permitted & self.honoured(declared))

    def honoured(self, declared: Declaration) -> frozenset[str]:
        """The method codes of an object that the policy accepts.

        An object that says of its dates that they are the true ones has not shifted them.
        """
        codes = declared.codes & self._policy.honours
        return codes - {_SHIFTED} if _has_true_dates(declared) else codes

    def plainly(self, claim: Claim, row: Attribute, declared: Declaration) -> Claim:
        """The claim as it stands for every value of the attribute that is no residual."""
        if row.vr == "TM" and self._policy.year_stays and not row.is_strict:
            claim = milder(claim, Band.LOW)
        said = declared.dates == "MODIFIED" or _SHIFTED in declared.codes
        if _SHIFTED in row.permitted and said and not _has_true_dates(declared):
            accepted = _SHIFTED in self._policy.honours
            # The word alone, in an object that names no method, is written by habit too.
            claim = milder(claim, Band.LOW if accepted and declared.codes else Band.MEDIUM)
        return claim

    def left(self, claim: Claim, place: Place, value: str) -> Claim | None:
        """The claim as it stands for one value; None if it is what may be left."""
        action = self._policy.action(place.tag, place.creator)
        if action is Action.HASH and _HASH.fullmatch(value):
            return None
        if place.vr not in _DATES:
            return claim
        if action is Action.MONTH and _MONTH.fullmatch(value):
            return None
        year = _YEAR.fullmatch(value)
        if year is None or self._tells_age(place, value):
            return claim
        stays = self._policy.year_stays or action is Action.YEAR
        if stays and len(value) == _BARE_YEAR:
            return None
        return milder(claim, Band.INFO if stays else Band.LOW)

    def graver(self, claim: Claim, place: Place, value: str) -> Claim:
        """The claim as it stands where a date says that somebody is beyond the policy's age."""
        return at_least(claim, Band.MEDIUM) if self._tells_age(place, value) else claim

    def doubts(self, place: Place) -> tuple[Doubt, ...]:
        """What may make a residual of a value, or tell an age, whatever is known of its form."""
        if self._policy.action(place.tag, place.creator) is Action.HASH:
            return (_MAY_BE_COARSE.fullmatch, _HASH.fullmatch)
        if place.vr not in _DATES:
            return ()
        return (_MAY_BE_COARSE.fullmatch, lambda value: self._tells_age(place, value))

    def is_old(self, row: Attribute, values: tuple[str, ...]) -> bool:
        """Whether an attribute holds an age beyond the policy's limit."""
        return row.vr == "AS" and self._is_old(values)

    def _is_old(self, values: tuple[str, ...]) -> bool:
        """Whether an age is beyond the limit; the year above it is the pooled class."""
        limit = self._policy.oldest
        found = (_AGE.fullmatch(value) for value in values)
        ages = (int(age[1]) / _OF_A_YEAR[age[2]] for age in found if age)
        return limit is not None and any(age >= limit + 2 for age in ages)

    def _tells_age(self, place: Place, value: str) -> bool:
        """Whether a birth date says by its year alone that somebody was too old when imaged."""
        limit = self._policy.oldest
        if limit is None or place.tag != _BIRTH_DATE or not value[:_BARE_YEAR].isdecimal():
            return False
        return int(value[:_BARE_YEAR]) < _FIRST_IMAGES - limit - 1


def at_least(claim: Claim, severity: Band) -> Claim:
    """The claim with that severity or a graver one."""
    return replace(claim, severity=max(severity, claim.severity))


def _has_true_dates(declared: Declaration) -> bool:
    return _FULL in declared.codes or declared.dates == "UNMODIFIED"


@lru_cache(maxsize=4096)
def basis(row: Attribute) -> tuple[str, ...]:
    """What asks for the attribute to go: the profile's row, letters, articles, and lists of it."""
    found = [f"PS3.15 {row.table}: {row.action}"] if row.action else []
    if row.hipaa:
        letters = row.hipaa.replace(";", ", ")
        found.append(f"HIPAA Safe Harbor {letters}{'' if row.is_strict else ' (by convention)'}")
    found += [f"GDPR Art. {article}" for article in row.gdpr]
    if row.in_aryanto50:
        found.append("Aryanto 50")
    return tuple(found)
