"""Checks that a captured value must pass: plausible dates, numbers that exist."""

import re
from collections.abc import Callable, Mapping
from datetime import date

from vestige.model import RuleError

_EARLIEST, _LATEST = 1900, 2049
"""Years in which people on file were born or examined; other eight digits are no date."""

_SHIFTED_BEFORE = "1925"
"""The last year to which studies are shifted by convention."""

_YEAR_FIRST = re.compile(r"(\d{4})\D?(\d{2})\D?(\d{2})")
_YEAR_LAST = re.compile(r"(\d{1,2})\D(\d{1,2})\D(\d{4})")
_SSN = re.compile(r"(\d{3})-(\d{2})-(\d{4})")

_SSN_SAMPLES = frozenset({"078-05-1120", "219-09-9999", "123-45-6789"})
"""Numbers that were printed on sample cards and in advertisements."""


def plausible_date(value: str) -> bool:
    """Whether the value is a day that the calendar has, in any of the common orders."""
    if match := _YEAR_FIRST.fullmatch(value):
        year, month, day = map(int, match.groups())
        return exists(year, month, day)
    if match := _YEAR_LAST.fullmatch(value):
        first, second, year = map(int, match.groups())
        return exists(year, second, first) or exists(year, first, second)
    return False


def exists(year: int, month: int, day: int) -> bool:
    """Whether the calendar has the day, in years in which people on file were born."""
    try:
        date(year, month, day)
    except ValueError:
        return False
    return _EARLIEST <= year <= _LATEST


def us_ssn(value: str) -> bool:
    """Whether the number could have been issued (SSA: no 000, 666 or 9xx, no 00, no 0000)."""
    match = _SSN.fullmatch(value)
    if match is None:
        return False
    area, group, serial = match.groups()
    issued = area not in ("000", "666") and not area.startswith("9")
    return issued and group != "00" and serial != "0000" and value not in _SSN_SAMPLES


def unshifted_date(value: str) -> bool:
    """Whether the value is a day on which somebody alive may be on file.

    What is of 1925 or before is mostly a date that was shifted out of sight, as BIDS has it.
    """
    found = re.search(r"\d{4}", value)
    return plausible_date(value) and found is not None and found.group() > _SHIFTED_BEFORE


CHECKS: Mapping[str, Callable[[str], bool]] = {
    "plausible-date": plausible_date,
    "unshifted-date": unshifted_date,
    "us-ssn": us_ssn,
}
"""The checks that a pattern rule may name."""


def check(name: str) -> Callable[[str], bool]:
    """The check of that name; RuleError if there is none."""
    try:
        return CHECKS[name]
    except KeyError:
        raise RuleError(f"check {name!r} is unknown; checks are {', '.join(CHECKS)}") from None
