"""What articles, paragraphs and action codes ask for, in a plain sentence each."""

import re
from collections.abc import Iterable
from typing import NamedTuple

MOST = 10
"""References that a report names for one finding; findings.csv has all."""

ACTIONS = {
    "D": "put a stand-in there that looks like a real value",
    "Z": "leave it empty, or put a stand-in there",
    "X": "take it out",
    "K": "it may stay",
    "C": "keep what it tells, and clean it of people",
    "U": "put a new unique number there, the same one wherever the old one stood",
}
"""Action codes of the DICOM confidentiality profile (PS3.15 E.1)."""

LETTERS = {
    "A": "names",
    "B": "places smaller than a state",
    "C": "dates of a person other than the year, and ages over 89",
    "D": "telephone numbers",
    "E": "fax numbers",
    "F": "e-mail addresses",
    "G": "social security numbers",
    "H": "medical record numbers",
    "I": "numbers of health plans",
    "J": "account numbers",
    "K": "numbers of certificates and licences",
    "L": "numbers of vehicles",
    "M": "device identifiers and serial numbers",
    "N": "web addresses",
    "O": "network addresses",
    "P": "biometric identifiers, as fingerprints and voices",
    "Q": "full-face photographs and pictures like them",
    "R": "any other number or code that is one person's own",
}
"""The eighteen identifiers that the Safe Harbor method removes, 45 CFR 164.514(b)(2)(i)."""

MEANINGS = {
    "GDPR Art. 4(1)": "Personal data is whatever leads to a person, directly or not.",
    "GDPR Art. 4(5)": "What a key leads back to a person is pseudonymous, and still personal data.",
    "GDPR Art. 4(14)": "Biometric data, as a face or a voice that identifies somebody.",
    "GDPR Art. 5(1)(c)": "No more personal data than the purpose needs.",
    "GDPR Art. 5(1)(e)": "Personal data must be kept no longer than the purpose needs.",
    "GDPR Art. 5(1)(f)": "Personal data must be kept from those who have no right to it.",
    "GDPR Art. 9(1)": "Health, origin and the like are protected in particular.",
    "GDPR Art. 32": "Whoever holds personal data must secure it as its risk demands.",
    "GDPR Art. 32(1)(a)": "Pseudonyms and encryption are measures of security.",
    "GDPR Art. 87": "National identification numbers may have rules of their own.",
    "GDPR Recital 26": "A person whom all reasonable means together single out is identifiable.",
    "45 CFR 164.514(b)(1)": "An expert may find the risk of recognition very small.",
    "45 CFR 164.514(b)(2)(i)": "HIPAA names eighteen identifiers that have to go.",
    "45 CFR 164.514(c)": "A code must not be derived from the person, nor its key be told.",
    "PS3.15 E.1.1": "The DICOM profile: what a file must say of its own de-identification.",
    "PS3.15 E.3.1": "Option to clean pictures of names drawn into them.",
    "PS3.15 E.3.2": "Option to clean pictures of faces that can be recognised.",
    "PS3.15 E.3.3": "Option to clean graphics and overlays.",
    "PS3.15 E.3.4": "Option to clean structured reports.",
    "PS3.15 E.3.5": "Option to clean descriptions and other free text.",
    "PS3.15 E.3.6": "Option to keep dates, or the time between them.",
    "PS3.15 E.3.7": "Option to keep facts of the patient, as sex and weight.",
    "PS3.15 E.3.8": "Option to keep which device it was.",
    "PS3.15 E.3.9": "Option to keep unique numbers (UIDs).",
    "PS3.15 E.3.10": "Option to keep fields of the manufacturer that are known to be safe.",
    "PS3.15 E.3.11": "Option to keep which institution it was.",
    "Aryanto 50": "One of fifty header fields that a study in radiology asks to be emptied.",
}

ASKED = "The DICOM profile asks: {action}."
ASKED_OTHERWISE = "The DICOM profile asks: {first}; where the kind of image demands it, {second}."
LETTER = "HIPAA has them removed: {what}."
BY_CONVENTION = "HIPAA has them removed, as the letter is commonly read: {what}."
NOT_LISTED = "The policy has a list of what may stay, and this is not on it."

_ACTION = re.compile(r"PS3\.15 [A-Z][\d.-]+: ([DZXKCU](?:/[DZXKCU])*)\*?")
_SAFE_HARBOR = re.compile(r"HIPAA Safe Harbor ([A-R](?:, [A-R])*)( \(by convention\))?")
_PARAGRAPH = re.compile(r"45 CFR 164\.514\(b\)\(2\)\(i\)\(([A-R])\)")


class Reference(NamedTuple):
    """What a finding rests on, and in a sentence what that asks for; "" if no table knows it."""

    basis: str
    means: str


def references(basis: Iterable[str]) -> tuple[Reference, ...]:
    """The first references of a finding, each with its sentence."""
    return tuple(Reference(one, meaning(one)) for one in tuple(basis)[:MOST])


def meaning(basis: str) -> str:
    """What one article, paragraph or action code asks for, or ""."""
    if found := _ACTION.fullmatch(basis):
        return _asked(found[1].split("/"))
    if found := _SAFE_HARBOR.fullmatch(basis):
        what = "; ".join(LETTERS[letter] for letter in found[1].split(", "))
        return (BY_CONVENTION if found[2] else LETTER).format(what=what)
    if found := _PARAGRAPH.fullmatch(basis):
        return LETTER.format(what=LETTERS[found[1]])
    if basis.startswith("not on the list of "):
        return NOT_LISTED
    return MEANINGS.get(basis, "")


def _asked(codes: list[str]) -> str:
    first, *others = (ACTIONS[code] for code in codes)
    if not others:
        return ASKED.format(action=first)
    return ASKED_OTHERWISE.format(first=first, second="; ".join(others))
