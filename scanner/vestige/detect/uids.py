"""UIDs by their structure: days, serial numbers, addresses and people inside them.

Looked at are the UIDs of study, series and frame of reference. A UID is read arc by arc, an arc
being what stands between two dots (PS3.5 section 9); what a random number may be by chance is left
out.
"""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Final, NamedTuple

from vestige.detect.checks import plausible_date
from vestige.detect.claims import Stated, pointer_to, real_date
from vestige.statement import Statement, Tag, is_uid

_UIDS = (Tag.STUDY_INSTANCE_UID, Tag.SERIES_INSTANCE_UID, Tag.FRAME_OF_REFERENCE_UID)
_DATES = (Tag.STUDY_DATE, Tag.SERIES_DATE, Tag.ACQUISITION_DATE)
_PLACES = tuple(map(pointer_to, _UIDS))
_UIDS_KEPT: Final = "113110"

_STAMP = re.compile(
    r"\.(?P<day>(?:19[89]\d|20[0-3]\d)(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))"
    r"(?:(?:[01]\d|2[0-3])[0-5]\d[0-5]\d\d{0,10})?(?![0-9])"
)
"""An arc that is a day, or a day with its time and a counter behind it."""

_COUNTED = re.compile(
    r"\.(?P<day>(?:19[89]\d|20[0-3]\d)(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))\d{1,16}(?![0-9])"
)
"""A day with any counter behind it: under the root of a maker, arcs are not random."""

_SIEMENS = re.compile(
    r"1\.3\.12\.2\.1107\.5\.(?:\d+\.){2,6}3000000?"
    r"(?P<day>\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))(?:[01]\d|2[0-3])[0-5]\d\d{7,16}(?![0-9])"
)
"""Siemens counts from the moment of registration: 3000000 or 300000, then YYMMDDHHMM."""

_SERIAL = re.compile(
    r"1\.3\.12\.2\.1107\.5\.\d{1,2}\.\d{1,4}\.(?P<siemens>\d{4,6})\."
    r"|1\.3\.46\.670589\.11\.(?P<philips>\d{4,6})\."
    r"|1\.2\.392\.200036\.9116\.\d\.\d{1,2}\.(?P<canon>\d{4,9})\."
)
"""Roots behind which the arc is the serial number of the device."""

_NO_SERIAL = re.compile(r"(\d)\1*|12345?6?7?8?9?")
"""Numbers that stand for none: one digit again and again, or the digits counted up."""

_LEAST_SERIAL: Final = 4
_RUNS = re.compile(r"\d+")

_LEAST_NUMBER: Final = 6
"""Digits of a patient's number from which an equal arc is no accident."""

_LONG_NUMBER: Final = 9
"""Digits from which it is none either within a longer arc."""

_UUID = "2.25."
_MOST_BITS: Final = 128
_TIME_BASED: Final = 1
_VARIANT: Final = 2
_TICKS_TO_1970: Final = 0x01B21DD213814000
_FIRST, _LAST = 820_454_400, 2_051_222_400
"""Seconds since 1970 of 1996 and 2035: the time of a UUID made from clock and network card."""

_ADDRESS = re.compile(
    r"1\.2\.40\.0\.13\.1\.\d{1,3}\."
    r"(?:10\.\d{1,3}|172\.(?:1[6-9]|2\d|3[01])|192\.168)\.\d{1,3}\.\d{1,3}\.\d{6,}(?:\.\d+)*"
)
"""dcm4che writes the address of its machine, and then the time."""

_DCMTK = re.compile(
    r"1\.2\.276\.0\.7230010\.3\.1\.[0-4]\.\d{1,10}\.\d{1,7}\.(?P<time>\d{9,10})\.\d+"
)


def time_inside(stated: Stated) -> str:
    """A UID holds a day: that of the examination, as a rule."""
    kept = _UIDS_KEPT in stated.statement.codes and not _dates_gone(stated.statement)
    return "" if kept else _first(stated, lambda uid: _is_dated(stated, uid))


def serial_inside(stated: Stated) -> str:
    """A UID holds the serial number of a device: the object's own, or as makers build UIDs."""
    about = stated.statement
    if _UIDS_KEPT in about.codes:
        return ""
    runs = _RUNS.findall(about.text(Tag.DEVICE_SERIAL_NUMBER))
    digits = runs[0].lstrip("0") if len(runs) == 1 else ""
    own = f".{digits}." if len(digits) >= _LEAST_SERIAL and not _NO_SERIAL.fullmatch(digits) else ""
    return _first(
        stated,
        lambda uid: bool(_parts(uid).serial or (own and own in _behind_root(stated, uid))),
    )


def address_inside(stated: Stated) -> str:
    """A UID holds the address of the machine that made it."""
    return _first(stated, lambda uid: _parts(uid).addressed)


def patient_inside(stated: Stated) -> str:
    """A UID holds the patient's own date of birth or number."""
    about = stated.statement
    born = about.text(Tag.PATIENT_BIRTH_DATE)[:8]
    if not plausible_date(born) or born <= "19251231" or born.endswith("0101"):
        born = ""
    number = max(_RUNS.findall(about.text(Tag.PATIENT_ID)), key=len, default="").lstrip("0")
    if not born and len(number) < _LEAST_NUMBER:
        return ""
    return _first(stated, lambda uid: _holds(_behind_root(stated, uid), born, number))


def made_by_dcmtk(stated: Stated) -> str:
    """A UID holds host number, process and second of its making, as those of DCMTK do."""
    return _first(stated, lambda uid: _parts(uid).of_dcmtk)


def dates_modified_but_original(stated: Stated) -> str:
    """C07: dates are said to be modified, and one equals that inside a UID of the object."""
    if stated.statement.dates != "MODIFIED":
        return ""
    about = stated.statement
    written = " ".join(uid for _, uid in _written(stated))
    for tag in _DATES:
        text = about.text(tag)
        if real_date(text) is not None and text[:8] in written:
            return pointer_to(tag)
    return ""


CHECKS: Mapping[str, Callable[[Stated], str]] = {
    check.__name__.replace("_", "-"): check
    for check in (
        time_inside,
        serial_inside,
        address_inside,
        patient_inside,
        made_by_dcmtk,
        dates_modified_but_original,
    )
}
"""The checks of UIDs, by the names that rules give them."""


class _Parts(NamedTuple):
    """What stands in a UID: a day, a serial number, whether an address, whether DCMTK's parts."""

    day: str
    serial: str
    addressed: bool
    of_dcmtk: bool


@lru_cache(maxsize=4096)
def _parts(uid: str) -> _Parts:
    """What stands in a UID; several checks ask, and many files share one."""
    addressed = bool(network_card(uid) or _ADDRESS.fullmatch(uid))
    return _Parts(day_in(uid), _serial(uid), addressed, bool(_DCMTK.fullmatch(uid)))


def day_in(uid: str) -> str:
    """The day that stands in a UID as YYYYMMDD; "" if none does."""
    if uid.startswith(_UUID):
        return ""
    for found in _STAMP.finditer(uid):
        if plausible_date(found["day"]):
            return found["day"]
    of_siemens = _SIEMENS.match(uid)
    day = f"20{of_siemens['day']}" if of_siemens else ""
    return day if day and plausible_date(day) else ""


def network_card(uid: str) -> str:
    """The number of the network card in a UID made of a time-based UUID; "" if there is none.

    RFC 9562 section 5.1; cards that are made up have the multicast bit set (section 6.10).
    """
    digits = uid.removeprefix(_UUID)
    if digits == uid or not digits.isdigit() or int(digits).bit_length() > _MOST_BITS:
        return ""
    number = int(digits)
    version, variant = number >> 76 & 0xF, number >> 62 & 0x3
    if version != _TIME_BASED or variant != _VARIANT:
        return ""
    ticks = (number >> 64 & 0xFFF) << 48 | (number >> 80 & 0xFFFF) << 32 | number >> 96
    seconds = (ticks - _TICKS_TO_1970) // 10_000_000
    card = number & 0xFFFFFFFFFFFF
    real = not card >> 40 & 1 and _FIRST <= seconds < _LAST
    return f"{card:012x}" if real else ""


def _is_dated(stated: Stated, uid: str) -> bool:
    if _parts(uid).day:
        return True
    made = stated.tables.uid_kind(uid) == "vendor"
    return made and any(plausible_date(found["day"]) for found in _COUNTED.finditer(uid))


def _serial(uid: str) -> str:
    found = _SERIAL.match(uid)
    digits = next(filter(None, found.groups()), "") if found else ""
    return "" if _NO_SERIAL.fullmatch(digits) else digits


def _holds(arcs: str, born: str, number: str) -> bool:
    """Whether arcs hold a day of birth, or a number as an arc or, if long, within one."""
    if born and born in arcs:
        return True
    if len(number) < _LEAST_NUMBER:
        return False
    return f".{number}." in arcs or (len(number) >= _LONG_NUMBER and number in arcs)


def _behind_root(stated: Stated, uid: str) -> str:
    """The arcs behind the root of a known maker, between dots."""
    for root, _ in stated.tables.uid_roots:
        if uid.startswith(root):
            return f".{uid[len(root) :]}."
    return f".{uid}."


def _dates_gone(about: Statement) -> bool:
    """Whether an object says that its dates are no longer those of the examination."""
    words = about.words(Tag.LONGITUDINAL_TEMPORAL_INFORMATION_MODIFIED)
    return "113107" in about.codes or bool({"REMOVED", "MODIFIED"} & set(words))


def _first(stated: Stated, holds: Callable[[str], bool]) -> str:
    """The place of the first UID of which that holds."""
    for place, uid in _written(stated):
        if holds(uid):
            return place
    return ""


def _written(stated: Stated) -> tuple[tuple[str, str], ...]:
    """The places of the UIDs that are looked at, and what stands there."""
    return _among(stated.statement.texts(_UIDS))


@lru_cache(maxsize=64)
def _among(texts: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Those of the texts at the places of the UIDs that are UIDs; several checks ask."""
    told = zip(_PLACES, texts, strict=True)
    return tuple((place, text) for place, text in told if is_uid(text))
