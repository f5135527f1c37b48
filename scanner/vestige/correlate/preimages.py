"""Preimages: what a pseudonym may be made from, in the spellings in which programs digest it."""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import UTC, datetime
from enum import StrEnum
from typing import NamedTuple

from vestige.sensitive import Sensitive

CANDIDATE_BOUND = 400_000
"""Spellings of what was seen that are tried at most: some seconds' work."""

_FIRST_YEAR = 1900
_NUMBER = re.compile(r"\d{1,12}")
_DATE = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
_WORDS = re.compile(r"[\s^,=_]+")
_UNSPOKEN = re.compile(r"[\s,'^.]")
_WIDTHS = (6, 7, 8, 9, 10, 12)
"""To how many digits record numbers are filled up with zeros."""

_MARKS = ("", " ", "^", "_", ", ")
"""What stands between family name and given name."""

_LAST_DIGITS = 3
"""Last digits of numbers, which are written once for all that have the same in front of them."""

_SITES = ("", "0", "1", "2", "3")
_MOST_WORDS = 3


class Origin(StrEnum):
    """What a pseudonym is made from."""

    NAME = "names"
    NUMBER = "numbers"
    DATE = "dates of birth"
    BOTH = "names with dates of birth"


class Secret(NamedTuple):
    """A text that may stand behind a pseudonym."""

    text: Sensitive
    origin: Origin


def spellings(secret: Secret) -> Iterator[tuple[bytes, str]]:
    """The bytes that a program may have digested, each with whose way that is ("": anybody's).

    Nothing is among them: the digest of an empty value stands for nobody, and is written often.
    """
    text = secret.text.reveal().strip(" \x00")
    return (one for one in _digested(text, secret.origin) if one[0].strip())


def _digested(text: str, origin: Origin) -> Iterator[tuple[bytes, str]]:
    if not text:
        return
    for raw in (*_encoded(text), *_encoded(f"{text}\n")):
        yield raw, ""
    for spelt in dict.fromkeys(_spelt(text, origin)):
        yield spelt.encode("utf-8", "replace"), ""
    yield from _by_ctp(text)


def _spelt(text: str, origin: Origin) -> Iterator[str]:
    if origin is Origin.NUMBER:
        yield from _numbers(text)
    elif origin is Origin.DATE:
        yield from _dates(text)
    elif origin is Origin.NAME:
        yield from _names(text)
    yield text.upper()
    yield text.lower()


def _numbers(text: str) -> Iterator[str]:
    digits = re.sub(r"[\s./-]", "", text)
    yield digits
    if _NUMBER.fullmatch(digits):
        plain = digits.lstrip("0") or "0"
        yield plain
        yield from (plain.zfill(width) for width in _WIDTHS)


def _dates(text: str) -> Iterator[str]:
    if _DATE.fullmatch(text):
        year, month, day = text[:4], text[4:6], text[6:]
        yield from (f"{year}{mark}{month}{mark}{day}" for mark in "-/.")
        yield from (f"{day}{mark}{month}{mark}{year}" for mark in ("", ".", "/", "-"))
        yield from (f"{month}{mark}{day}{mark}{year}" for mark in ("", "/", "-"))
        yield f"{year[2:]}{month}{day}"
        yield f"{day}{month}{year[2:]}"


def _names(text: str) -> Iterator[str]:
    trimmed = text.rstrip("^= ")
    words = [word for word in _WORDS.split(trimmed) if word][:_MOST_WORDS]
    orders = (words, words[::-1], words[1::-1]) if len(words) > 1 else (words,)
    for order in orders:
        for mark in _MARKS if len(words) > 1 else ("",):
            joined = mark.join(order)
            yield joined
            yield joined.upper()
            yield joined.lower()
    yield trimmed
    yield f"{trimmed}^"


def _encoded(text: str) -> Iterator[bytes]:
    yield text.encode("utf-8", "replace")
    yield text.encode("utf-16-le", "replace")
    if not text.isascii():
        yield text.encode("latin-1", "replace")


def _by_ctp(text: str) -> Iterator[tuple[bytes, str]]:
    """What the functions of the RSNA's Clinical Trial Processor digest."""
    spoken = _UNSPOKEN.sub("", text).upper()
    yield spoken.encode("utf-8", "replace"), ""
    words = text.split("^")
    for count in range(1, min(len(words), _MOST_WORDS)):
        first = _UNSPOKEN.sub("", "".join(words[:count])).upper()
        yield first.encode("utf-8", "replace"), "@hashname of CTP"
    for site in _SITES:
        yield f"[{site}]{text}".encode("utf-8", "replace"), "@hashptid of CTP"


def pairs(name: Sensitive, birth: Sensitive) -> Iterator[Secret]:
    """A name with a date of birth, as codes are made from both."""
    words = [word for word in _WORDS.split(name.reveal().rstrip("^= ")) if word]
    day = birth.reveal()[:8]
    if not words or not _DATE.fullmatch(day):
        return
    initials = "".join(word[0] for word in words)
    for who in (words[0], "".join(words), "^".join(words), " ".join(words), initials):
        for mark in ("", "_", "^", "-"):
            yield Secret(Sensitive(f"{who}{mark}{day}"), Origin.BOTH)


def birth_dates() -> Iterator[bytes]:
    """All days from 1900 until today, as DICOM writes them and with hyphens."""
    today = datetime.now(UTC).date()
    for year in range(_FIRST_YEAR, today.year + 1):
        for month in range(1, 13 if year < today.year else today.month + 1):
            last = today.day if (year, month) == (today.year, today.month) else 31
            plain, marked = b"%d%02d" % (year, month), b"%d-%02d-" % (year, month)
            for day in _DAYS[: min(last, monthrange(year, month)[1])]:
                yield plain + day
                yield marked + day


_DAYS = [b"%02d" % day for day in range(1, 32)]


def numbers(digits: int) -> Iterator[bytes]:
    """All numbers of so many digits, zeros in front of them, in their order."""
    begins, ends = halves(digits)
    return (begin + end for begin in begins for end in ends)


def halves(digits: int) -> tuple[Iterator[bytes], list[bytes]]:
    """With what all numbers of so many digits begin, in their order, and with what each ends."""
    last = min(digits, _LAST_DIGITS)
    ends = [b"%0*d" % (last, number) for number in range(10**last)]
    if digits == last:
        return iter((b"",)), ends
    return (b"%0*d" % (digits - last, begin) for begin in range(10 ** (digits - last))), ends


def same(first: Sensitive, second: Sensitive) -> bool:
    """Whether two codes are one but for case, marks and leading zeros."""
    return _plain(first.reveal()) == _plain(second.reveal())


def _plain(text: str) -> str:
    return re.sub(r"[\W_]", "", text).casefold().lstrip("0")
