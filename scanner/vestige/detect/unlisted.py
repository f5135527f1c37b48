"""Elements that no table lists, judged by their VR: full dates, and UIDs of instances."""

import re

_KINDS = frozenset(
    {
        0x00000002,  # Affected SOP Class UID
        0x00000003,  # Requested SOP Class UID
        0x00020002,  # Media Storage SOP Class UID
        0x00020010,  # Transfer Syntax UID
        0x00020012,  # Implementation Class UID
        0x00020032,  # RTV Communication SOP Class UID
        0x00020100,  # Private Information Creator UID
        0x00041432,  # Private Record UID
        0x00041510,  # Referenced SOP Class UID in File
        0x00041512,  # Referenced Transfer Syntax UID in File
        0x0004151A,  # Referenced Related General SOP Class UID in File
        0x00080016,  # SOP Class UID
        0x0008001A,  # Related General SOP Class UID
        0x0008001B,  # Original Specialized SOP Class UID
        0x00080062,  # SOP Classes in Study
        0x0008010C,  # Coding Scheme UID
        0x0008010D,  # Context Group Extension Creator UID
        0x00080117,  # Context UID
        0x00080118,  # Mapping Resource UID
        0x0008040E,  # Stored Instance Transfer Syntax UID
        0x00081150,  # Referenced SOP Class UID
        0x0008115A,  # SOP Classes Supported
        0x00083002,  # Available Transfer Syntax UID
        0x00089123,  # Creator-Version UID
        0x00340003,  # Flow Transfer Syntax UID
        0x0040E011,  # Retrieve Location UID
        0x0040E030,  # Repository Unique ID
        0x0040E031,  # HomeCommunity ID
        0x04000010,  # MAC Calculation Transfer Syntax UID
        0x04000510,  # Encrypted Content Transfer Syntax UID
        0x3010001F,  # Segmentation Template UID
        0x30100052,  # Pertinent SOP Classes in Study
        0x30100053,  # Pertinent SOP Classes in Series
    }
)
"""UIDs of classes, syntaxes, schemes and places: they tell of no single object."""

_TECHNICAL = frozenset(
    {
        0x00080416,  # Expiration DateTime, of an inventory
        0x00141020,  # Expiry Date, of a material
        0x00143076,  # Date of Gain Calibration
        0x00144076,  # Procedure Creation Date
        0x00144078,  # Procedure Expiration Date
        0x0014407A,  # Procedure Last Modified Date
    }
)
"""Dates of devices and of what is used with them."""

_FULL = re.compile(r"\d{8}|\d{4}[.:/-]\d{2}[.:/-]\d{2}")
_FULL_OR_LONGER = re.compile(r"\d{8}(?:\d{2,6})?(?:\.\d{1,6})?(?:[+-]\d{4})?")
_LIVED = re.compile(r"(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
_EIGHT_DIGITS = re.compile(r"\d{8}")
_SERIAL = re.compile(r"(?:\d+\.){5,}\d{5}")
"""Five digits behind what tells the maker: a device, a date, a number; classes have none."""

DATES = {"DA": _FULL, "DT": _FULL_OR_LONGER, "UN": _LIVED}
"""How a value of each VR is written that is a full date; one of unknown VR must be plausible."""


def holds_date(tag: int, vr: str, values: tuple[str, ...]) -> bool:
    """Whether an element holds a full date, of which a year alone is none."""
    expression = DATES.get(vr)
    if expression is None or tag in _TECHNICAL:
        return False
    return any(expression.fullmatch(value) for value in values)


def asks_for_digits(vr: str, values: tuple[str, ...]) -> bool:
    """Whether it depends on the digits of values if they are dates, not on their form alone."""
    return vr == "UN" and any(_EIGHT_DIGITS.fullmatch(value) for value in values)


def is_instance(tag: int, uid: str) -> bool:
    """Whether a UID with the root of a maker is likely that of one object made by a device."""
    return tag not in _KINDS and _SERIAL.match(uid) is not None
