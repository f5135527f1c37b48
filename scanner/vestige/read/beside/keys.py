"""Keys: the place of what stands behind a key, or below the heading of a column.

A key that a program or a standard wrote shows which attribute its value is: DICOM's keywords and
tags, and the labels of many languages. The place names the attribute and never the key itself.
"""

from functools import lru_cache

from vestige.columns import Role, role
from vestige.model import Place
from vestige.read.beside.parts import beside
from vestige.read.dictionary import label, tag_of_keyword
from vestige.read.labels import WITHIN, folded, label_of

PERSON = 0x0040A123
NAME, NUMBER, BIRTH = 0x00100010, 0x00100020, 0x00100030
_BY_ROLE = {
    Role.FAMILY: PERSON,
    Role.GIVEN: PERSON,
    Role.FULL: PERSON,
    Role.NUMBER: NUMBER,
    Role.PATIENT: NUMBER,
    Role.BIRTH: BIRTH,
}
_TIMES = {
    "acqtime": 0x0008002A,
    "acqdate": 0x00080022,
    "acquisitiontime": 0x00080032,
    "scandate": 0x00080022,
    "examdate": 0x00080020,
    "visitdate": 0x00080020,
    "sessiondate": 0x00080020,
    "dateofscan": 0x00080022,
    "dateofexam": 0x00080020,
    "dateofdeath": 0x0040A13A,
}
"""Folded headings of times of examinations, as BIDS and studies call them."""

_CONVERTED = {
    "procedurestepdescription": 0x00400254,
    "receivecoilname": 0x00181250,
    "manufacturersmodelname": 0x00081090,
}
"""Folded keys of converters' side-cars that call an attribute otherwise than the standard."""

_NAMED = _TIMES | _CONVERTED

_OTHERS = frozenset({"DS", "IS", "FD", "FL", "US", "SS", "UL", "SL", "UI", "OB", "OW", "SQ", "UN"})
_PATIENT = 0x0010
AUTHORS = frozenset(
    "authors author contributors maintainers maintainer acknowledgements howtoacknowledge "
    "referencesandlinks citation funding copyright".split()
)
"""Keys of those who made a data set and say so themselves, as BIDS and packages have them."""

PUBLISHED = frozenset("bidsversion license datasettype cffversion".split())
"""Keys of records that are made to be published: beside them authors are named by themselves."""

VERSIONS = frozenset(
    "consistencyinfo softwareversions softwareversion conversionsoftwareversion version "
    "dcm2niixversion".split()
)
"""Keys of versions of software, in which days are those of its making."""


@lru_cache(maxsize=1 << 14)
def tag_of(key: str, above: str = "") -> int:
    """The tag of the attribute that a key or heading stands for; 0 if it stands for none."""
    tag = tag_of_keyword(key)
    if tag:
        return tag
    asked = role(key)
    tag = label_of(key, above)
    if asked is Role.CODE or (asked is Role.PATIENT and not tag):
        return 0
    return tag or _BY_ROLE.get(asked, 0) or _NAMED.get(folded(key), 0)


@lru_cache(maxsize=1 << 14)
def is_label(key: str) -> bool:
    """Whether a key is one that any record may have, as "name" is."""
    return role(key) is Role.LABEL


@lru_cache(maxsize=1 << 14)
def inherits(key: str) -> bool:
    """Whether what stands behind a key belongs to the label above it."""
    return folded(key) in WITHIN


@lru_cache(maxsize=1 << 14)
def place_of(tag: int, column: int = 0) -> Place:
    """The place of values of an attribute, or without one, behind keys or in a column from 1."""
    _, vr, keyword = label(tag)
    where = f"column {column}" if column else "key"
    if not keyword:
        return beside(where if column else "value", 0, "UT")
    return beside(f"{where} {keyword}" if column else keyword, tag, vr)


@lru_cache(maxsize=1 << 14)
def is_figure(tag: int) -> bool:
    """Whether bare numbers behind a label say nothing: physics, counts and sizes of images."""
    _, vr, _ = label(tag)
    return not tag or (vr in _OTHERS and tag >> 16 != _PATIENT)


BESIDE_A_NAME = frozenset(
    "birthdate dateofbirth dob surname familyname lastname firstname givenname vorname nachname "
    "apellidos prenom mrn geburtsdatum fechanacimiento".split()
)
"""Keys beside which what is called a name is a person's."""
