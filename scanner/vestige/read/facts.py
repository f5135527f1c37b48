"""What a DICOM object says of itself: whose it is, what it is, and how it was de-identified."""

import re
from dataclasses import dataclass
from functools import lru_cache

from vestige.read.charset import DEFAULT, codecs_of, decoded
from vestige.read.header import Header
from vestige.read.places import is_creator
from vestige.read.raw import Element
from vestige.sensitive import Sensitive

_CHARACTER_SET = 0x00080005
_SOP_CLASS = 0x00080016
SOP_INSTANCE = 0x00080018
_MODALITY = 0x00080060
_STUDY = 0x0020000D
_NAME = 0x00100010
_NUMBER = 0x00100020
_REMOVED = 0x00120062
_METHOD = 0x00120063
_METHOD_CODES = 0x00120064
_DATES = 0x00280303
_CODE_VALUE = 0x00080100

_WANTED = frozenset(
    {
        _CHARACTER_SET,
        _SOP_CLASS,
        SOP_INSTANCE,
        _MODALITY,
        _STUDY,
        _NAME,
        _NUMBER,
        _REMOVED,
        _METHOD,
        _DATES,
    }
)
_LONGEST = 4096
_UID = re.compile(r"[0-9.]{1,64}")
_CODE = re.compile(r"[0-9]{1,16}")
_ANSWERS = frozenset({"YES", "NO"})
_OF_DATES = frozenset({"UNMODIFIED", "MODIFIED", "REMOVED"})


@dataclass(frozen=True, slots=True)
class ObjectFacts:
    """The claims of one object; UIDs that are none, and answers that are none, are "".

    `method_codes` are the code values in (0012,0064), `creators` the private creators, as written;
    `dates` is what (0028,0303) says of them: UNMODIFIED, MODIFIED or REMOVED.
    """

    sop_class: str
    sop_instance: str
    study: str
    modality: Sensitive | None
    patient_id: Sensitive | None
    patient_name: Sensitive | None
    identity_removed: str
    method: Sensitive | None
    method_codes: frozenset[str]
    creators: frozenset[str]
    dates: str


def facts(header: Header) -> ObjectFacts:
    """What the object of a header says of itself."""
    found: dict[int, bytes] = {}
    codes: set[str] = set()
    creators: set[str] = set()
    for element in header.elements:
        tag = element.tag
        if element.parent < 0 and tag in _WANTED:
            found[tag] = _value(header, element)
        elif tag == _CODE_VALUE and _is_method_code(header, element):
            codes.add(_plain(_value(header, element)))
        elif is_creator(tag):
            creators.add(_plain(_value(header, element)))
    codecs = codecs_of(found.get(_CHARACTER_SET, b""))
    return ObjectFacts(
        sop_class=_uid(found.get(_SOP_CLASS, b"")),
        sop_instance=_uid(found.get(SOP_INSTANCE, b"")),
        study=_uid(found.get(_STUDY, b"")),
        modality=plain_text(found.get(_MODALITY, b""), DEFAULT),
        patient_id=plain_text(found.get(_NUMBER, b""), codecs),
        patient_name=plain_text(found.get(_NAME, b""), codecs),
        identity_removed=_answer(found.get(_REMOVED, b""), _ANSWERS),
        method=plain_text(found.get(_METHOD, b""), codecs),
        method_codes=frozenset(code for code in codes if _CODE.fullmatch(code)),
        creators=frozenset(creators - {""}),
        dates=_answer(found.get(_DATES, b""), _OF_DATES),
    )


def _value(header: Header, element: Element) -> bytes:
    return header.bytes_of((element.start, element.end), _LONGEST)


def _is_method_code(header: Header, element: Element) -> bool:
    parent = header.elements[element.parent] if element.parent >= 0 else None
    return parent is not None and parent.tag == _METHOD_CODES and parent.parent < 0


@lru_cache(maxsize=4096)
def _plain(value: bytes) -> str:
    return decoded(value, DEFAULT, name=False).strip(" \x00")


def plain_text(value: bytes, codecs: tuple[str, ...]) -> Sensitive | None:
    """The text of Patient's Name or Patient ID, whose padding says nothing; None if it is empty."""
    text = decoded(value, codecs, name=True).strip(" \x00")
    return Sensitive(text) if text else None


def _uid(value: bytes) -> str:
    text = _plain(value)
    return text if _UID.fullmatch(text) else ""


def _answer(value: bytes, answers: frozenset[str]) -> str:
    text = _plain(value).upper()
    return text if text in answers else ""
