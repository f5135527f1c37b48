"""Dates in the spellings of many languages, as days of the calendar: pure functions on strings."""

import re
from collections.abc import Iterator
from datetime import date
from itertools import permutations
from typing import NamedTuple

import regex

from vestige.text import folds

FIRST_YEAR, LAST_YEAR = 1900, 2049
_CENTURIES = (1900, 2000)
_YEAR_DIGITS = 4


class Dated(NamedTuple):
    """One day that a part of a text may mean; `sure` unless digits alone make it of six."""

    day: date
    start: int
    end: int
    sure: bool


_MONTHS = """
1 jan january januar januari janvier janeiro janner ene enero gen gennaio styczen stycznia
  leden ledna ianuarie tammikuu ocak januarie
2 feb february februar februari fevrier fev fevereiro febrero febbraio luty lutego unor
  unora februarie helmikuu subat
3 mar march mars marzo marco marz mrz maerz maart marzec marca brezen brezna martie
  maaliskuu mart
4 apr april avr avril abr abril aprile kwiecien kwietnia duben dubna aprilie huhtikuu
  nisan
5 may mai mayo maj maja maggio maio mei kveten kvetna toukokuu mayis
6 jun june juni juin junio giugno giu junho czerwiec czerwca cerven cervna iunie kesakuu
  haziran
7 jul july juli juil juillet julio luglio lug julho lipiec lipca cervenec cervence iulie
  heinakuu temmuz
8 aug august augustus aout agosto ago sierpien sierpnia srpen srpna elokuu agustos
9 sep sept september septembre septiembre settembre set setembro wrzesien wrzesnia zari
  septembrie syyskuu eylul
10 oct october octobre octubre okt oktober ottobre ott outubro out pazdziernik pazdziernika
  rijen rijna octombrie lokakuu ekim
11 nov november novembre noviembre novembro listopad listopada listopadu noiembrie
  marraskuu kasim
12 dec december decembre dez dezember dic diciembre dicembre dezembro grudzien grudnia
  prosinec prosince decembrie joulukuu aralik
"""
"""Numbers of months, each with its names and their short forms, as folds."""

_NAMED = {
    word: int(number)
    for number, words in re.findall(r"(\d+)([^\d]+)", _MONTHS)
    for word in words.split()
}
_ROMAN = {
    roman: number for number, roman in enumerate("i ii iii iv v vi vii viii ix x xi xii".split(), 1)
}

_COMPACT = re.compile(r"(?<!\d)(\d{8})(?:\d{2}|\d{4}|\d{6})?(?!\d)")
_SHORT = re.compile(r"(?<!\d)(\d\d)(\d\d)(\d\d)(?!\d)")
_PARTED = re.compile(r"(?<!\d)(\d{1,4})( ?[-./_, ] ?)(\d{1,2})\2(\d{1,4})(?!\d)")
_IDEOGRAPHS = re.compile(r"(\d{4}) ?[年년] ?(\d{1,2}) ?[月월] ?(\d{1,2})")
_GAP = r"(?:st|nd|rd|th|er|º|ª|\.)?(?:[-./_, ]{1,3}|[-./_, ]+(?:de|of|d'|del)[ _.])?"
_WORDED = regex.compile(
    rf"(?<!\d)(?P<one>\d{{1,4}}){_GAP}(?P<word>\p{{L}}{{1,13}})\.?[-./_, ]{{0,3}}(?:de[ _.])?"
    rf"(?P<two>\d{{1,4}})(?!\d)"
)
_MONTH_FIRST = regex.compile(
    rf"(?<!\p{{L}})(?P<word>\p{{L}}{{3,13}})\.?[-./_, ]{{0,3}}(?P<one>\d{{1,2}}){_GAP}"
    rf"(?P<two>\d{{4}})(?!\d)"
)
_DIGIT = regex.compile(r"\p{Nd}")


def dates(text: str) -> Iterator[Dated]:
    """Every day that a part of `text` may mean, years 1900 to 2049; one part may mean several."""
    if not _DIGIT.search(text):
        return
    plain = _plain_digits(text)
    for match in _COMPACT.finditer(plain):
        yield from _all(_of_eight(match[1]), match, sure=True)
    for match in _SHORT.finditer(plain):
        yield from _all(_any_order(match[1], match[2], match[3]), match, sure=False)
    for match in _PARTED.finditer(plain):
        long = _YEAR_DIGITS in (len(match[1]), len(match[4]))
        yield from _all(_any_order(match[1], match[3], match[4]), match, sure=long)
    for match in _IDEOGRAPHS.finditer(plain):
        yield from _all([_day(match[1], match[2], match[3])], match, sure=True)
    for expression in (_WORDED, _MONTH_FIRST):
        for match in expression.finditer(plain):
            yield from _all(_with_month(match), match, sure=True)


def day_of(text: str) -> date | None:
    """The day of a DICOM date, YYYYMMDD or as ACR-NEMA wrote it; None if it is none."""
    digits = text.strip().replace(".", "").replace("-", "")[:8]
    if len(digits) < len("YYYYMMDD") or not digits.isascii() or not digits.isdigit():
        return None
    return _day(digits[:4], digits[4:6], digits[6:])


def _plain_digits(text: str) -> str:
    """The text with the digits of all scripts as 0 to 9; its length stays."""
    return text if text.isascii() else _DIGIT.sub(lambda digit: str(int(digit.group())), text)


def _all(
    days: Iterator[date | None] | list[date | None], match: re.Match[str], *, sure: bool
) -> Iterator[Dated]:
    for day in dict.fromkeys(days):
        if day is not None:
            yield Dated(day, match.start(), match.end(), sure)


def _of_eight(digits: str) -> Iterator[date | None]:
    yield _day(digits[:4], digits[4:6], digits[6:])
    yield _day(digits[4:], digits[2:4], digits[:2])
    yield _day(digits[4:], digits[:2], digits[2:4])


_ORDERS = ((0, 1, 2), (2, 1, 0), (2, 0, 1))
"""Year, month and day among three numbers, as people write them."""


def _any_order(one: str, two: str, three: str) -> Iterator[date | None]:
    parts = (one, two, three)
    for year, month, day in _ORDERS:
        for full in _years(parts[year]):
            yield _day(full, parts[month], parts[day])


def _with_month(match: re.Match[str]) -> Iterator[date | None]:
    word = match["word"]
    month = _ROMAN.get(word.lower()) or next(
        (_NAMED[fold] for fold in folds(word) if fold in _NAMED), None
    )
    if month is None:
        return
    for year, day in permutations((match["one"], match["two"])):
        for full in _years(year):
            yield _day(full, str(month), day)


def _years(digits: str) -> Iterator[str]:
    """The years that two digits or four may mean."""
    if len(digits) == _YEAR_DIGITS:
        yield digits
    elif len(digits) == _YEAR_DIGITS // 2:
        yield from (str(century + int(digits)) for century in _CENTURIES)


def _day(year: str, month: str, day: str) -> date | None:
    if not FIRST_YEAR <= int(year) <= LAST_YEAR:
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
