"""Properties: what programs call the author of a document or a picture, and what they say of it.

Who wrote a report, scanned it or took a photograph is a person; programs write their own name
there, or that of the account which they were given at the factory.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from vestige.read.beside import writing
from vestige.read.beside.parts import Told, beside
from vestige.read.dictionary import label
from vestige.read.labels import fitted, label_of

__all__ = ["Meaning", "labelled", "meaning", "told", "valued"]

_PERSONS = frozenset(
    """
    artist author authors byline captionwriter creator creators editor imageeditor initialcreator
    lastauthor lastmodifiedby lastprintedby lastsavedby manager operator ownername owner cameraowner
    cameraownername personinimage photographer printedby reviewer reviewers savedby sentby writer
    descriptionwriter creatorcontactinfo client checkedby typist recipient
    """.split()
)
"""Folded names of properties that hold the name of a person."""

_TEXTS = frozenset(
    """
    category city comment comments company contact contentstatus copyright country credit
    description department disposition division documentname group headline hostcomputer
    hyperlinkbase imagedescription imagetitle instructions keywords location office pagename
    presentationformat project publisher purpose rights software source state status sublocation
    subject telephone template title transmissionreference usercomment caption
    """.split()
)
"""Those that hold a text."""

_TAGS = {
    "gpslatitude": 0x00160072,
    "gpslongitude": 0x00160074,
    "gpsareainformation": 0x0016008C,
    "gpsdatestamp": 0x0016008D,
    "serialnumber": 0x00181000,
    "bodyserialnumber": 0x00181000,
    "cameraserialnumber": 0x00181000,
    "lensserialnumber": 0x00160051,
}
"""Those that are attributes of DICOM under another name (PS3.3 section C.8.12.13)."""

_DATES = frozenset({"datetimeoriginal", "datetimedigitized", "datecreated", "digitalcreationdate"})
"""When a picture was taken: the day on which somebody was there."""

_PROGRAMS = re.compile(
    r"""(?ix) .* (?: python[-_ ]|openpyxl|xlsxwriter|phpexcel|phpoffice|phpword|epplus|closedxml
        |apache|poi\b|libreoffice|openoffice|microsoft|windows|adobe|acrobat|photoshop|ghostscript
        |latex|pandoc|reportlab|pypdf|itext|aspose|jasper|crystal\ reports|matplotlib|imagemagick
        |google|pdf\b|pdf|quartz|docx4j|scanner|copier|canon|ricoh|xerox|konica|kyocera) .*"""
)
_MAKERS = frozenset({"steve canny", "david gohel", "jesse rosenthal"})
"""Authors of the templates from which python-pptx, officer and pandoc make every document."""

_ACCOUNTS = frozenset(
    """
    account admin calc impress writer administrador administrator administrateur amministratore
    anonymous anonym anonyme
    anonimo author autor auteur benutzer creator default demo gast gebruiker guest hp host local
    localuser n/a na none office operator owner pc public root scan self service student system
    temp test tester ubuntu un-named unnamed unknown unbekannt desconocido inconnu user user1
    users usuario usuário utente utilisateur użytkownik пользователь worker workstation unspecified
    brugere bruger bruker användare käyttäjä vartotojas felhasználó uživatel
    """.split()
)
_PHRASES = frozenset({"current user", "default user", "local user", "test user", "user name"})
_NOBODY = _ACCOUNTS | _PHRASES | _MAKERS
_FOLD = re.compile(r"[\W_]+")


class Meaning(NamedTuple):
    """What a property holds: the word that a pointer may show, and tag and VR of its values."""

    word: str = ""
    tag: int = 0
    vr: str = "UT"


def meaning(name: str) -> Meaning:
    """What a property of that name holds; of one that somebody named, nothing but texts."""
    folded = _FOLD.sub("", name.rpartition(":")[2]).lower()
    if folded in _PERSONS:
        return Meaning(folded, 0, "PN")
    if folded in _DATES:
        return Meaning(folded, 0, "DT")
    tag = _TAGS.get(folded, 0) or label_of(name)
    if tag:
        return labelled(tag)
    return Meaning(folded) if folded in _TEXTS else Meaning()


def labelled(tag: int) -> Meaning:
    """What stands behind a label that stands for an attribute of DICOM."""
    known = label(tag)
    return Meaning(known[2], tag, known[1]) if known[0] else Meaning()


def valued(what: Meaning, text: str) -> str:
    """A value as it is judged; "" if it says nothing."""
    text = text.strip(" \t\r\n\0")
    if what.tag:
        return fitted(what.tag, text)
    if what.vr == "DT":
        digits = re.sub(r"\D", "", text)[:14]
        return digits if len(digits) >= 8 and digits.strip("0") else ""  # noqa: PLR2004 - a date
    return text


def is_nobody(text: str) -> bool:
    """Whether the name of an author is that of a program, or of an account as it was delivered."""
    return text.casefold() in _NOBODY or _PROGRAMS.fullmatch(text) is not None


def told(kind: str, name: str, texts: Iterable[str]) -> Iterator[Told]:
    """The values of a property of a document or picture; `kind` says which, as "PDF property"."""
    what = meaning(name)
    values = [value for text in texts if (value := valued(what, text))]
    if what.vr == "PN":
        other = [value for value in values if is_nobody(value)]
        values = [value for value in values if value not in other]
        other = [value for value in other if value.casefold() not in _MAKERS]
        if other:
            yield Told(beside(kind), other)
    pointer = f"{kind} {what.word}".strip()
    if values and what == Meaning(what.word):
        yield from writing.told(pointer, values)
    elif values:
        yield Told(beside(pointer, what.tag, what.vr), values)
