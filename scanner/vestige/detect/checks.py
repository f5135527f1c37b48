"""Checks that a captured value must pass: plausible dates, numbers that exist."""

import re
from collections.abc import Callable, Mapping
from datetime import date

from vestige.detect import contacts
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


_LAST_OF_BIRTHS = "1989"
"""The last year of which a date in a name is a birth date: hardly an image on file is older."""

_NUMBERS = re.compile(r"\d+")
_COMPACT = re.compile(r"(\d\d)(\d\d)(\d{4})")
_WORD = re.compile(r"(?!(?:del)(?![^\W\d_]))[^\W\d_]{3,}")
_MONTH_BEGINS = 3
_MONTHS = frozenset(
    "jan jän ene gen feb fév fev mar mär mrz mrt maa apr abr avr may mai mag maj mei maj jun jui "
    "giu jul jui lug aug ago aoû aou sep set oct okt ott out nov dec dez dic déc gru sty lut kwi "
    "cze lip sie wrz paź paz lis tam hel huh tou kes hei elo syy lok mar jou led úno bře dub kvě "
    "čer srp zář říj pro янв фев мар апр май мая июн июл авг сен окт ноя дек ιαν φεβ μαρ απρ μαΐ "
    "μαι ιου αυγ σεπ οκτ νοε δεκ oca şub nis haz tem ağu eyl eki kas ara ian iun iul noi".split()
)
"""How the months begin in the languages of Europe."""


def spelt_date(value: str) -> bool:
    """Whether the value is a day in any spelling: compact, of two-digit years, of named months."""
    if plausible_date(value) or _any_day(value):
        return True
    found = _COMPACT.fullmatch(value)
    if found is None:
        return False
    return plausible_date(f"{found[1]}.{found[2]}.{found[3]}")


def _any_day(value: str) -> bool:
    """Whether the numbers of a date in parts are day, year and, unless it is named, month."""
    numbers = [int(number) for number in _NUMBERS.findall(value)]
    words = _WORD.findall(value.lower())
    if words:
        if words[0][:_MONTH_BEGINS] not in _MONTHS:
            return False
        numbers.insert(1, 1)
    if len(numbers) != len(("day", "month", "year")):
        return False
    first, second, third = numbers
    if first > _MOST_DAYS:
        first, third = third, first
    year = third if third >= _FIRST_CENTURY else 1900 + third
    return exists(year, second, first) or exists(year, first, second)


_MOST_DAYS = 31
_FIRST_CENTURY = 100


def birth_like_date(value: str) -> bool:
    """Whether the value is a day that is hardly one of an examination: of 1926 to 1989."""
    found = re.search(r"(?:19|20)\d{2}", value)
    if found is None or not _SHIFTED_BEFORE < found.group() <= _LAST_OF_BIRTHS:
        return False
    return spelt_date(value)


def telephone(value: str) -> bool:
    """Whether digits behind a word for telephones are no date."""
    return contacts.labelled_number(value) and not plausible_date(value.strip())


def number_plate(value: str) -> bool:
    """Whether letters and digits are together five at least, and both are there."""
    marks = [c for c in value if c.isalnum()]
    both = any(c.isdigit() for c in marks) and any(c.isalpha() for c in marks)
    return both and len(marks) >= _SHORTEST_PLATE


_SHORTEST_PLATE = 5

CHECKS: Mapping[str, Callable[[str], bool]] = {
    "birth-like-date": birth_like_date,
    "hardware-address": contacts.hardware_address,
    "host-address": contacts.host_address,
    "international-number": contacts.international_number,
    "number-plate": number_plate,
    "office-mailbox": contacts.office_mailbox,
    "personal-mailbox": contacts.personal_mailbox,
    "plausible-date": plausible_date,
    "site-link": contacts.site_link,
    "spelt-date": spelt_date,
    "telephone": telephone,
    "telling-link": contacts.telling_link,
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
