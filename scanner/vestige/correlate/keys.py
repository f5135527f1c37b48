"""Keys: what a table of persons and codes undoes, once it is known which codes stand on the volume.

Whoever holds such a table has the person behind every code (GDPR Art. 4(5), recital 26).
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from vestige.correlate.codes import is_short, plain
from vestige.correlate.key_columns import FORMER, Column, Side

_FEWEST = 2
"""Codes of a table on the volume that are no accident."""


class Key(NamedTuple):
    """A table that undoes codes: what it tells, by columns; in which column its codes stand.

    `linked` counts those of its `codes` that stand on the volume. `sure` says that it is no guess.
    """

    told: tuple[Column, ...]
    column: Column
    linked: int
    codes: int
    sure: bool

    @property
    def sides(self) -> tuple[Side, ...]:
        """What it tells of persons, each once."""
        return tuple(dict.fromkeys(one.side for one in self.told if one.side is not None))

    @property
    def former(self) -> bool:
        """Whether it tells former UIDs or paths and nothing else."""
        return FORMER.issuperset(self.sides)


def key(found: Sequence[Column], hits: Mapping[int, int]) -> Key | None:
    """What a table undoes; `hits` are how many codes of each column stand on the volume.

    With none of them there, its codes are those of the column that its heading calls so.
    """
    linked = [one for one in found if is_linked(one, hits.get(one.number, 0))]
    coded = linked or [one for one in found if one.coded]
    if not coded:
        return None
    best = max(coded, key=lambda one: (_is_code_first(one), hits.get(one.number, 0), -one.number))
    told = tuple(one for one in found if _tells(one, best, hits))
    if not told:
        return None
    sure = any(one.sure or one.side is Side.UIDS for one in told)
    met = hits.get(best.number, 0) if linked else 0
    return Key(told, best, met, len(best.codes), sure)


def _is_code_first(one: Column) -> tuple[bool, bool]:
    return one.coded, one.side is None


def _tells(one: Column, best: Column, hits: Mapping[int, int]) -> bool:
    """Whether a column tells of persons what the codes of another hide."""
    if one.side is None or one.number == best.number:
        return False
    met = hits.get(one.number, 0)
    if one.side in FORMER and not one.sure:
        return met == 0
    # A number by which the volume itself calls people is no secret that a table undoes.
    return one.side is not Side.NUMBERS or 2 * met <= len(one.codes) or one.codes == ()


def is_linked(column: Column, hits: int) -> bool:
    """Whether so many codes of a column on the volume are no accident."""
    if not column.codes:
        return False
    if all(is_short(plain(code)) for code in column.codes):
        return column.coded and 2 * hits >= len(column.codes)
    return hits >= _FEWEST or 2 * hits >= len(column.codes)


def named(columns_of: Iterable[Column]) -> str:
    """Columns by number, and by heading where that is a known word."""
    each = (
        f"{one.number} ({one.heading})" if one.heading else f"{one.number}" for one in columns_of
    )
    return ", ".join(each)
