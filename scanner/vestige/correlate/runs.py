"""Runs: the letters and digits of which bytes consist, and what they may spell."""

import re
from collections.abc import Iterable, Iterator
from datetime import date

import regex

from vestige.text import folds, normal

SHORTEST_NUMBER = 6
"""Digits that are a number by themselves, between letters."""

_DIGITS = 4
_SHORTEST_TRIMMED = 7
_CUT = regex.compile(r"[\p{L}\p{M}'’ʼ]+")
_HUMPS = regex.compile(r"(?<=[\p{Ll}\p{M}\p{Lo}])(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})")
_LETTERS = re.compile(rb"[A-Za-z']+")
_CODES = re.compile(rb"[0-9A-Za-z]*[0-9][0-9A-Za-z]*")
_ASCII_DIGITS = b"0123456789"
_HAN = regex.compile(r"[\p{Han}\p{Hangul}\p{Hiragana}\p{Katakana}]{4,40}")
_HAN_NAME = range(2, 5)
_MOST_SIGNS = 400
_LONGEST_RUN = 200


def spellings(word: bytes) -> Iterator[str]:
    """The folds of the words in a run of letters, digits and dots, and of its humps."""
    if not word.isascii():
        yield from _foreign(word)
    elif word.isalpha():
        text = word.decode("ascii")
        yield text.lower()
        if not (text.isupper() or text.islower() or text.istitle()):
            yield from (part.lower() for part in _HUMPS.split(text))
    elif not word.isdigit():
        for run in _LETTERS.findall(word):
            if b"'" in run:
                yield run.replace(b"'", b"").decode("ascii").lower()
                yield from spellings(run.strip(b"'").partition(b"'")[0])
            elif len(run) <= _LONGEST_RUN:
                yield from spellings(run)


def trims(word: bytes) -> Iterator[str]:
    """The folds of a run among bytes, also without its first letter, its last, or both.

    What chance wrote before a name, or behind it, is of the other case as often as not.
    """
    yield from spellings(word)
    alike = word.islower() or word.isupper() or word.istitle()
    if len(word) > _SHORTEST_TRIMMED and not alike and word.isalpha() and word.isascii():
        text = word.decode("ascii").lower()
        yield from (text[1:], text[:-1], text[1:-1])


def _foreign(word: bytes) -> Iterator[str]:
    text = normal(word[:_LONGEST_RUN].decode("utf-8", "ignore"))
    for match in _CUT.finditer(text):
        run = match.group()
        yield from folds(run)
        if not (run.isupper() or run.islower() or run.istitle()):
            for part in _HUMPS.split(run):
                yield from folds(part)
        for name in names_of_signs(run):
            yield from folds(name)


def names_of_signs(text: str) -> Iterator[str]:
    """The short runs in long runs of East Asian signs, which no space parts from their names."""
    for match in _HAN.finditer(text[:_MOST_SIGNS]):
        run = match.group()
        for length in _HAN_NAME:
            for at in range(len(run) - length + 1):
                yield run[at : at + length]


def codes(words: Iterable[bytes]) -> Iterator[str]:
    """The numbers among runs, as `Marker.number` takes them, and digits between letters.

    Numbers with a point are decimals, versions or UIDs, and no number of a person.
    """
    for word in words:
        if word.isalpha() or len(word) - len(word.translate(None, _ASCII_DIGITS)) < _DIGITS:
            continue
        if word.isdigit():
            yield word.decode("ascii")
        elif word.translate(None, b"0123456789."):
            for code in _CODES.findall(word):
                whole = code.decode("ascii").upper()
                if len(whole) >= _DIGITS:
                    yield whole
                yield from (run for run in re.findall(r"\d+", whole) if len(run) >= SHORTEST_NUMBER)


def letters_of(word: bytes) -> int:
    """The letters of a run, or its bytes where it is not ASCII."""
    return sum(map(len, _LETTERS.findall(word))) if word.isascii() else len(word)


def letters(text: str) -> int:
    """The letters of a text, each for as many bytes as it takes, as a sign tells more."""
    return sum(len(c.encode("utf-8", "replace")) for c in text if c.isalpha())


def in_digits(day: date) -> Iterator[str]:
    """A date in digits, in the orders in which people write it."""
    year, month, date_of_month = f"{day.year}", f"{day.month:02}", f"{day.day:02}"
    for digits in (year, year[2:]):
        yield digits + month + date_of_month
        yield date_of_month + month + digits
        yield month + date_of_month + digits
