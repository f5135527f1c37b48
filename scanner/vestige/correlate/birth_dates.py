"""Dates in names: what they are, and whether together they spread as births do."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date

Read = tuple[int, int, int]
"""Year, month and day; the year of two digits if only two are written."""

_APART = re.compile(
    r"(?<!\d)(?:(?P<y>\d{4})[-_./ ](?P<m>\d{1,2})[-_./ ](?P<d>\d{1,2})"
    r"|(?P<one>\d{1,2})[-_./ ](?P<two>\d{1,2})[-_./ ](?P<year>\d{4}|\d{2}))(?!\d)"
)
_EIGHT = re.compile(r"(?<!\d)(\d{8})(?!\d)")
_SIX = re.compile(r"(?<!\d)(\d{6})(?!\d)")
_CENTURY = 100


def _day_first(text: str) -> Read | None:
    return _apart(text, day_first=True)


def _month_first(text: str) -> Read | None:
    return _apart(text, day_first=False)


def _apart(text: str, *, day_first: bool) -> Read | None:
    found = _APART.search(text)
    if found is None:
        return None
    if found["y"]:
        return int(found["y"]), int(found["m"]), int(found["d"])
    one, two = int(found["one"]), int(found["two"])
    return (int(found["year"]), *((two, one) if day_first else (one, two)))


def _written(form: re.Pattern[str], *cuts: int) -> Callable[[str], Read | None]:
    """A reader of digits in a row; `cuts` are where year, month and day begin and end."""

    def read(text: str) -> Read | None:
        found = form.search(text)
        if found is None:
            return None
        digits = found[1]
        year, month, day = (int(digits[a:b]) for a, b in zip(cuts[::2], cuts[1::2], strict=True))
        return year, month, day

    return read


_READERS: tuple[Callable[[str], Read | None], ...] = (
    _day_first,
    _month_first,
    _written(_EIGHT, 0, 4, 4, 6, 6, 8),
    _written(_EIGHT, 4, 8, 2, 4, 0, 2),
    _written(_EIGHT, 4, 8, 0, 2, 2, 4),
    _written(_SIX, 0, 2, 2, 4, 4, 6),
    _written(_SIX, 4, 6, 2, 4, 0, 2),
)
_VALID = 0.97
"""Share of names that must read as dates: of random digits one in thirty does at most."""
_FIRST, _LAST = 1900, 2100


def dates(texts: Sequence[str]) -> list[Read | None]:
    """The date in each of the texts, by the one way of writing that gives most; [] if none does."""
    best: list[Read | None] = []
    fewest = (1 - _VALID) * len(texts)
    for reader in _READERS:
        found = _read(reader, texts, fewest)
        if found:
            best, fewest = found, found.count(None) - 1
    return best


def _read(
    reader: Callable[[str], Read | None], texts: Sequence[str], allowed: float
) -> list[Read | None]:
    """What one reader reads, [] if it cannot read more than `allowed` of the texts."""
    found: list[Read | None] = []
    for text in texts:
        one = _valid(reader(text))
        allowed -= one is None
        if allowed < 0:
            return []
        found.append(one)
    return found


def _valid(read: Read | None) -> Read | None:
    if read is None:
        return None
    year, month, day = read
    long = year >= _CENTURY
    if long and not _FIRST <= year < _LAST:
        return None
    try:
        date(year if long else 2000, month, day)
    except ValueError:
        return None
    return read


_OLD = 0.25
"""Share of births that must lie before there were digital images to be dated."""
_DIGITAL = 1980
_OLD_IN_CENTURY = range(30, 80)
"""Years of two digits in which no study of this or the last century's end was made."""
_SPREAD = 20
"""Years between the first and the last tenth of them."""
_CROWDED = 0.35
"""Share of one year, above which they are a cohort or an archive's."""


def spread_as_births(found: Sequence[Read]) -> bool:
    """Whether different dates spread over decades as ages do, not over the years of an archive."""
    years = sorted(year for year, _, _ in found)
    if not years:
        return False
    old = sum(y < _DIGITAL if y >= _CENTURY else y in _OLD_IN_CENTURY for y in years)
    tenth = len(years) // 10
    crowd = Counter(years).most_common(1)[0][1]
    days = len({day for _, _, day in found})
    return (
        old >= _OLD * len(years)
        and years[-1 - tenth] - years[tenth] >= _SPREAD
        and crowd <= max(2, _CROWDED * len(years))
        and days > 1
    )
