"""Claims of de-identification, and whether the object that makes them bears them out.

Each check looks at one object and gives the place on which its claim rests, or "". The numbers are
those of the consistency checks that docs/claims.md lists.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Final, NamedTuple

from vestige.catalog import Tables
from vestige.detect.checks import plausible_date
from vestige.model import Band, Claim
from vestige.statement import Statement, Tag

_PROFILE: Final = "113100"
_PIXELS_CLEANED: Final = "113101"
_FEATURES_CLEANED: Final = "113102"
_DATES_KEPT: Final = "113106"
_DATES_MODIFIED: Final = "113107"
_UIDS_KEPT: Final = "113110"
_SAFE_PRIVATE: Final = "113111"
_DATE_OPTIONS = frozenset({_DATES_KEPT, _DATES_MODIFIED})

_REMOVED = "(0012,0062)"
_METHOD = "(0012,0063)"
_CODES = "(0012,0064)"
_BURNED_IN = "(0028,0301)"
_FEATURES = "(0028,0302)"
_DATES = "(0028,0303)"
_ENCRYPTED: Final = 0x04000500
_ORIGINALS: Final = 0x04000561
_MODIFIED: Final = 0x04000550

_OUTRIGHT = frozenset({"direct", "site", "staff"})
_SURE = 0.75
"""Certainty from which a finding belies what an object says of itself."""

_OF_OPTION: Mapping[str, tuple[Tag, ...]] = {
    _DATES_KEPT: (Tag.STUDY_DATE, Tag.SERIES_DATE, Tag.ACQUISITION_DATE),
    _DATES_MODIFIED: (Tag.STUDY_DATE, Tag.SERIES_DATE, Tag.ACQUISITION_DATE),
    "113108": (Tag.PATIENT_SEX, Tag.PATIENT_AGE, Tag.PATIENT_SIZE, Tag.PATIENT_WEIGHT),
    "113109": (Tag.DEVICE_SERIAL_NUMBER, Tag.STATION_NAME, Tag.MANUFACTURER_MODEL_NAME),
    "113112": (Tag.INSTITUTION_NAME,),
}
"""Attributes that tell whether what an option of the profile retains is there (PS3.15 E.3)."""

_DRAWN = frozenset({"US", "SC", "ES", "XC", "IVUS", "GM"})
"""Modalities whose images carry text by routine (PS3.15 E.3.1)."""

_OWN_BLOCKS = re.compile(
    r"(?i)\b(?:ctp|rsna|dicognito|posda|clinicaltrial|deid\w*|\w*anonymi[sz]\w*)\b"
)
"""Blocks that de-identifiers write for themselves."""

_HOSPITAL_NUMBER = re.compile(r"[A-Z]{0,4}\d{5,10}")
_HOST = re.compile(
    r"(?i)\b(?:[a-z0-9-]+\.)+(?:local|lan|intern|internal|org|edu|com|net|[a-z]{2})\b"
    r"|\b(?:\d{1,3}\.){3}\d{1,3}\b|\\\\[a-z0-9-]+\\|[\w.+-]+@[\w.-]+"
)
_TEXT_RULES = ("names/", "contacts/", "identifiers/", "dates/")
_AGE = re.compile(r"(\d{3})([YMWD])")
_DAYS = {"Y": 365.25, "M": 30.44, "W": 7.0, "D": 1.0}
_MONTHS_APART = 400
"""Days by which an age in years may differ from what two dates say: a birthday, and rounding."""


class Said(NamedTuple):
    """A claim that holds in an object, and the pointer to where."""

    claim: Claim
    pointer: str


class Stated(NamedTuple):
    """What an object states, what its elements said of themselves, and the tables."""

    statement: Statement
    said: tuple[Said, ...]
    tables: Tables

    @property
    def claims_removal(self) -> bool:
        """Whether the object says that identity was removed, by its answer or a method code."""
        removed = self.statement.answer(Tag.PATIENT_IDENTITY_REMOVED) == "YES"
        return removed or _PROFILE in self.statement.codes


# --- C01 to C04: the claim itself ---------------------------------------------------------------


def removed_but_real(stated: Stated) -> str:
    """C01: identity is said to be removed, and a grave attribute is still real."""
    removed = stated.statement.answer(Tag.PATIENT_IDENTITY_REMOVED) == "YES"
    return _REMOVED if removed and any(_is_grave(stated, said) for said in stated.said) else ""


def clean_without_claim(stated: Stated) -> str:
    """C03: nothing of weight was found, and nothing says that anybody cleaned the object."""
    silent = not stated.statement.text(Tag.PATIENT_IDENTITY_REMOVED)
    clean = all(said.claim.severity < Band.MEDIUM for said in stated.said)
    return _REMOVED if silent and clean and not stated.statement.codes else ""


def claim_without_method(stated: Stated) -> str:
    """C04: identity is said to be removed, and nothing says how."""
    about = stated.statement
    removed = about.answer(Tag.PATIENT_IDENTITY_REMOVED) == "YES"
    told = about.text(Tag.DEIDENTIFICATION_METHOD) or about.codes
    return _METHOD if removed and not told else ""


# --- C05 to C11: the options of the profile -----------------------------------------------------


def option_without_data(stated: Stated) -> str:
    """C05: an option is named that retains what is not there."""
    about = stated.statement
    named = (tags for code, tags in _OF_OPTION.items() if code in about.codes)
    unused = any(not any(about.text(tag) for tag in tags) for tags in named)
    bare = _SAFE_PRIVATE in about.codes and not about.creators
    return _CODES if unused or bare else ""


def data_without_option(stated: Stated) -> str:
    """C05: data are kept that an option would permit which is not named."""
    codes = stated.statement.codes
    if _PROFILE not in codes:
        return ""
    for said in stated.said:
        permitted = _permitted(stated.tables, said.pointer)
        weighty = said.claim.severity >= Band.MEDIUM and said.claim.rule.startswith("elements/")
        if weighty and permitted and not permitted & codes:
            return _CODES
    return ""


def options_without_profile(stated: Stated) -> str:
    """C06: options are named, and the profile that they belong to is not."""
    options = stated.statement.codes - {_PROFILE}
    known = any(code.startswith("1131") for code in options)
    return _CODES if known and _PROFILE not in stated.statement.codes else ""


def dates_removed_but_present(stated: Stated) -> str:
    """C07: dates are said to be removed, and there are some."""
    if stated.statement.dates != "REMOVED":
        return ""
    found = [said.pointer for said in stated.said if _is_date(stated.tables, said.pointer)]
    kept = real_date(stated.statement.text(Tag.STUDY_DATE)) is not None
    return found[0] if found else ("(0008,0020)" if kept else "")


def dates_unmodified_unnamed(stated: Stated) -> str:
    """C07: dates are said to be unmodified, and the option that permits it is not named."""
    kept = stated.statement.dates == "UNMODIFIED" and _DATES_KEPT not in stated.statement.codes
    return _DATES if kept and stated.claims_removal else ""


def dates_unstated(stated: Stated) -> str:
    """C07: the profile is named, and nothing says what became of the dates."""
    codes = stated.statement.codes
    silent = not stated.statement.dates and _PROFILE in codes and not codes & _DATE_OPTIONS
    return _DATES if silent else ""


def both_date_options(stated: Stated) -> str:
    """C08: dates are said to be retained in full, and to be modified."""
    return _CODES if stated.statement.codes >= _DATE_OPTIONS else ""


def pixels_cleaned_unconfirmed(stated: Stated) -> str:
    """C09: pixel data are said to be cleaned, and burned-in text is not denied."""
    about = stated.statement
    answer = about.answer(Tag.BURNED_IN_ANNOTATION)
    return _BURNED_IN if _PIXELS_CLEANED in about.codes and not answer else ""


def burned_in_denied_unseen(stated: Stated) -> str:
    """C09: burned-in text is denied by an image that carries it by routine, cleaned by nobody."""
    about = stated.statement
    risky = bool(_DRAWN & set(about.words(Tag.MODALITY))) or _is_label(about)
    denied = about.answer(Tag.BURNED_IN_ANNOTATION) == "NO"
    return _BURNED_IN if denied and risky and _PIXELS_CLEANED not in about.codes else ""


def burned_in_declared(stated: Stated) -> str:
    """C09: the object claims to be de-identified, and says itself that text is burned in."""
    about = stated.statement
    claimed = stated.claims_removal or _PIXELS_CLEANED in about.codes
    return _BURNED_IN if claimed and about.answer(Tag.BURNED_IN_ANNOTATION) == "YES" else ""


def features_cleaned_unconfirmed(stated: Stated) -> str:
    """C10: recognisable features are said to be cleaned, and are not denied."""
    about = stated.statement
    denied = about.answer(Tag.RECOGNIZABLE_VISUAL_FEATURES) == "NO"
    return _FEATURES if _FEATURES_CLEANED in about.codes and not denied else ""


def uids_kept_unnamed(stated: Stated) -> str:
    """C11: UIDs are the scanner's, and the option that retains them is not named."""
    if not stated.claims_removal or _UIDS_KEPT in stated.statement.codes:
        return ""
    kept = any(said.claim.rule == "elements/unremapped-uid" for said in stated.said)
    return _CODES if kept else ""


# --- C12, C13, C19: originals and private blocks -------------------------------------------------


def originals_kept(stated: Stated) -> str:
    """C12: the object carries its originals, encrypted or not: it is pseudonymised at best."""
    kept = sorted(stated.statement.holds & {_ENCRYPTED, _ORIGINALS})
    return pointer_to(kept[0]) if kept else ""


def originals_in_clear(stated: Stated) -> str:
    """C12: real values stand in clear among the original attributes."""
    for said in stated.said:
        kept = f"{pointer_to(_MODIFIED)}[*]/" in said.pointer
        if kept and said.claim.severity >= Band.MEDIUM and said.claim.certainty >= _SURE:
            return pointer_to(_ORIGINALS)
    return ""


def private_unnamed(stated: Stated) -> str:
    """C13: private elements are kept, and the option that retains safe ones is not named."""
    named = _SAFE_PRIVATE in stated.statement.codes
    kept = any(not _OWN_BLOCKS.search(creator) for creator in stated.statement.filled)
    return _CODES if stated.claims_removal and kept and not named else ""


def private_unsafe(stated: Stated) -> str:
    """C13: a private block is kept of which no list knows an element that may stay."""
    if not stated.claims_removal:
        return ""
    unsafe = (c for c in stated.statement.filled if not _OWN_BLOCKS.search(c))
    known = stated.tables.safe_creators
    return "private creators" if any(creator not in known for creator in unsafe) else ""


def unsafe_called_safe(stated: Stated) -> str:
    """C19: a private block is called safe that published tables know to identify."""
    if not stated.statement.safe:
        return ""
    known = {(group, creator) for creator, group, _ in stated.tables.private_identifying}
    return "(0008,0300)" if stated.statement.safe & known else ""


# --- C14 to C20: who, which and when --------------------------------------------------------------


def subjects_disagree(stated: Stated) -> str:
    """C14: trial subject, patient ID and name disagree, or the ID looks like a hospital's."""
    about = stated.statement
    trial = about.text(Tag.CLINICAL_TRIAL_SUBJECT_ID).strip()
    number = about.text(Tag.PATIENT_ID).strip()
    if not trial:
        return ""
    name = about.text(Tag.PATIENT_NAME).strip(" ^=")
    different = number and not _akin(trial, number) and not (name and _akin(trial, name))
    hospital = number != trial and _HOSPITAL_NUMBER.fullmatch(number)
    return "(0012,0040)" if different and hospital else ""


def other_instance(stated: Stated) -> str:
    """C16: file meta names another SOP instance than the data set: one of them was not remapped."""
    return "" if stated.statement.same_instance else "(0002,0003)"


def age_and_birth_disagree(stated: Stated) -> str:
    """C18: the age is not the time between birth and study: they were not shifted together."""
    about = stated.statement
    born = real_date(about.text(Tag.PATIENT_BIRTH_DATE))
    studied = real_date(about.text(Tag.STUDY_DATE))
    age = _AGE.fullmatch(about.text(Tag.PATIENT_AGE))
    if born is None or studied is None or age is None or int(age[1]) == 0:
        return ""
    lived = (studied - born).days
    apart = abs(lived - int(age[1]) * _DAYS[age[2]] - _DAYS[age[2]] / 2)
    return "(0010,1010)" if apart > _MONTHS_APART else ""


def method_names_somebody(stated: Stated) -> str:
    """C20: the text of the method names a person, a host or a site."""
    in_text = any(
        said.pointer == _METHOD and said.claim.rule.startswith(_TEXT_RULES) for said in stated.said
    )
    host = _HOST.search(stated.statement.text(Tag.DEIDENTIFICATION_METHOD))
    return _METHOD if in_text or host else ""


CHECKS: Mapping[str, Callable[[Stated], str]] = {
    check.__name__.replace("_", "-"): check
    for check in (
        removed_but_real,
        clean_without_claim,
        claim_without_method,
        option_without_data,
        data_without_option,
        options_without_profile,
        dates_removed_but_present,
        dates_unmodified_unnamed,
        dates_unstated,
        both_date_options,
        pixels_cleaned_unconfirmed,
        burned_in_denied_unseen,
        burned_in_declared,
        features_cleaned_unconfirmed,
        uids_kept_unnamed,
        originals_kept,
        originals_in_clear,
        private_unnamed,
        private_unsafe,
        unsafe_called_safe,
        subjects_disagree,
        other_instance,
        age_and_birth_disagree,
        method_names_somebody,
    )
}
"""The checks of claims, by the names that rules give them."""


def _is_grave(stated: Stated, said: Said) -> bool:
    """Whether a finding says who it is, or where, outright; dates and originals have their own.

    A sequence that is there says nothing by itself: what stands in it does.
    """
    claim, tag = said.claim, _innermost(said.pointer)
    row = stated.tables.attribute(tag)
    sequence = row is not None and row.vr == "SQ"
    outright = claim.identifies in _OUTRIGHT or claim.severity is Band.CRITICAL
    return claim.severity >= Band.HIGH and claim.certainty >= _SURE and outright and not sequence


def _innermost(pointer: str) -> int:
    """The tag of the last element of a pointer; 0 if it is no standard one."""
    last = pointer.rsplit("/", 1)[-1][:11]
    try:
        return int(last[1:5] + last[6:10], 16)
    except ValueError:
        return 0


def _permitted(tables: Tables, pointer: str) -> frozenset[str]:
    """The options that permit what stands at a pointer."""
    row = tables.attribute(_innermost(pointer))
    return row.permitted if row is not None else frozenset()


def _is_date(tables: Tables, pointer: str) -> bool:
    """Whether an option for dates is what would permit the element."""
    row = tables.attribute(_innermost(pointer))
    return row is not None and row.vr in {"DA", "DT"} and bool(row.permitted & _DATE_OPTIONS)


def real_date(text: str) -> date | None:
    """The day that a date states, dummies aside: archives write 1900, and years before 1926."""
    if not plausible_date(text[:8]) or text[:4] <= "1925":
        return None
    return date(int(text[:4]), int(text[4:6]), int(text[6:8]))


def _akin(one: str, other: str) -> bool:
    """Whether one code holds the other."""
    return one.casefold() in other.casefold() or other.casefold() in one.casefold()


def _is_label(about: Statement) -> bool:
    """Whether an image is the label or the overview of a slide (PS3.3 section C.8.12.4)."""
    return bool({"LABEL", "OVERVIEW"} & set(about.words(Tag.IMAGE_TYPE)))


def pointer_to(tag: int) -> str:
    """A tag as the standard writes it: "(0010,0010)"."""
    return f"({tag >> 16:04X},{tag & 0xFFFF:04X})"
