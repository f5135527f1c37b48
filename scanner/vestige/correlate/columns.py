"""Columns: the numbers that stand in the names of a group, as columns of a table.

Where only the digits of names differ, a number stands at the same place in all of them.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from vestige.correlate import many

_ENDING = re.compile(r"(?i)(?:\.[a-z][a-z0-9]{1,4}){1,2}\Z")


@dataclass(frozen=True, slots=True)
class Names:
    """Names without their endings; `alike` if their letters and marks are, and only digits differ.

    Of a sample of such names `whole` are all of them, of which it is every so many.
    """

    texts: Sequence[str]
    alike: bool
    whole: Sequence[str] = ()
    step: int = 1

    @classmethod
    def of(cls, names: Sequence[str], forms: Sequence[str], step: int = 1) -> "Names":
        """Every so many of the names in a directory, all of which have these forms."""
        alike = names[0].isascii() and forms.count(forms[0]) == len(forms)
        some = names[::step]
        if not alike:
            return cls([_ENDING.sub("", name) for name in some], alike=False, step=step)
        length = len(_ENDING.sub("", names[0]))
        whole = names if step > 1 else ()
        return cls([name[:length] for name in some], alike=True, whole=whole, step=step)

    def columns(self) -> Iterator[list[str]]:
        """The numbers in the names: as written with their letters, and each run of digits."""
        if self.alike:
            yield from (_column(self.texts, span) for span in _spans(self.texts[0]))
            return
        yield [_compact(_WRITTEN.search(name)) for name in self.texts]
        yield [_compact(_CODED.search(name)) for name in self.texts]
        runs = [_RUNS.findall(name) for name in self.texts]
        for place in range(min(map(len, runs), default=0)):
            yield [row[place] for row in runs]

    def whole_column(self, place: int) -> "Extent":
        """How far the column at a place goes in all names of which these are a sample."""
        if not self.whole:
            return Extent("", "", 0)
        start, end = next(islice(_spans(self.texts[0]), place, None))
        # Where only digits differ, numbers are in one order with what parts them and without.
        values = {name[start:end] for name in self.whole}
        first, last = _column((min(values), max(values)), (0, end - start))
        return Extent(first, last, len(values))


class Extent(NamedTuple):
    """The first and last of the values of a column, and how many different ones there are."""

    first: str
    last: str
    distinct: int


_RUNS = re.compile(r"\d+")
_WRITTEN = re.compile(r"[A-Za-z]?\d(?:[ .\-]?\d){4,17}(?:-?[A-Za-z](?![A-Za-z]))?")
"""A number as people write it: in groups, and with the letters of some national numbers."""
_CODED = re.compile(r"(?<![A-Za-z0-9])(?=\w*\d{2})(?=\w*[A-Za-z])[A-Za-z0-9]{16,18}(?![A-Za-z0-9])")
_GAPS = re.compile(r"[ .\-]")
_NO_GAPS = str.maketrans("", "", " .-")


def _spans(name: str) -> Iterator[tuple[int, int]]:
    """Where the columns of names begin and end of which only the digits differ."""
    for form in (_WRITTEN, _CODED):
        found = form.search(name)
        yield (0, 0) if found is None else found.span()
    yield from (found.span() for found in _RUNS.finditer(name))


def _column(names: Sequence[str], span: tuple[int, int]) -> list[str]:
    start, end = span
    values = [name[start:end] for name in names]
    if values[0].isdecimal() or not values[0]:
        return values
    return many.lines("\n".join(values).translate(_NO_GAPS).upper())


def _compact(found: re.Match[str] | None) -> str:
    return "" if found is None else _GAPS.sub("", found.group()).upper()
