"""Narrowed templates: those of many series at once, known by the values that stay in one of them.

A template holds the bytes of a header. Of a series that is one of thousands that lie among each
other only the values are held that it does not share with others of its kind.
"""

from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from operator import itemgetter
from typing import NamedTuple

from vestige.read.casts import Casts, Made
from vestige.read.parts import Layout
from vestige.read.series import Template

Values = Sequence[bytes]

_CASTS = 100
"""Combinations of lengths that are known by heart of a kind, some 6,000 bytes each."""

_VALUE = 80
"""Bytes of a value beside its own, about: what Python keeps of it, and what is decoded of it."""


class Cut(NamedTuple):
    """Which slots of a kind stay in a series, and which vary; `slots` are the latter's elements.

    All series that are cut so share the casts that were `made` for them.
    """

    slots: tuple[int, ...]
    made: Made
    staying: Callable[[Values], Values]
    varying: Callable[[Values], Values]


def cut(template: Template, slots: tuple[int, ...]) -> Cut:
    """How the template of a kind is cut for series in which the elements in `slots` vary."""
    places = {index: place for place, index in enumerate(template.slots)}
    stay = [place for index, place in places.items() if index not in slots]
    return Cut(
        slots, template.made(_CASTS), chosen(stay), chosen([places[index] for index in slots])
    )


def chosen(places: Sequence[int]) -> Callable[[Values], Values]:
    """What gives the values at some places."""
    if len(places) > 1:
        return itemgetter(*places)
    return lambda values: [values[place] for place in places]


class Narrowed:
    """The template of a kind for one series: files in which some of its slots hold the same."""

    __slots__ = ("_casts", "_cut", "_kind", "_own", "end")

    def __init__(self, kind: Template, cut: Cut, values: Values) -> None:
        self._kind = kind
        self._casts = Casts(cut.made)
        self._casts.met(tuple(map(len, values)))
        self._cut = cut
        self._own = cut.staying(values)
        self.end = kind.end

    @property
    def layout(self) -> Layout:
        """That of all files of the kind."""
        return self._kind.layout

    @property
    def slots(self) -> tuple[int, ...]:
        """The indices of the elements that vary in the series."""
        return self._cut.slots

    @property
    def pixels(self) -> int:
        """As templates have it."""
        return self._kind.pixels

    @property
    def weight(self) -> int:
        """Bytes that it holds, about."""
        return sum([len(value) + _VALUE for value in self._own])

    def match(self, data: bytes, size: int) -> Values | None:
        """The values of the slots, as templates give them."""
        values = self._kind.match_by(self._casts, data, size)
        if values is None or self._cut.staying(values) != self._own:
            return None
        self.end = self._kind.end
        return self._cut.varying(values)

    def in_full(self, data: bytes, size: int) -> Template | None:
        """The template of the series, made of a file that matches; None if this one does not."""
        values = self._kind.match_by(self._casts, data, size)
        return None if values is None else self._kind.again(data, values, self._cut.slots)

    def misses(self, varying: AbstractSet[int]) -> bool:
        """Whether some of the values that stay here are by now known to vary in a series."""
        return any(index in varying and index not in self.slots for index in self._kind.slots)

    def value(self, index: int) -> bytes:
        """The value of an element in all files of the series; b"" if it varies."""
        if index in self._cut.slots:
            return b""
        if index in self._kind.slots:
            stay = [one for one in self._kind.slots if one not in self._cut.slots]
            return self._own[stay.index(index)]
        return self._kind.value(index)
