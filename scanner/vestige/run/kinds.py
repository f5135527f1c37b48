"""Kinds: what files of one structure share, so that the first of a series need not be parsed.

The slots of a kind are what varies from series to series. What was said of a value in the file
before is said of it again: most of them are the same in all series of a patient.
"""

from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import NamedTuple

from vestige.model import Declaration
from vestige.read.narrowed import Cut, Narrowed, cut
from vestige.read.series import Template
from vestige.read.stated import restated
from vestige.run.answers import Answer, Known
from vestige.run.instances import Instances, places
from vestige.run.judged import TOLD, Forms, Judged, Manner, Slot, Told, manner, of_runs
from vestige.run.objects import Objects
from vestige.statement import Statement

_MANNERS = 100
"""Roots that the UIDs of one kind may have, of which is remembered how its files are judged."""


class Whose(NamedTuple):
    """How an object is read that may be another patient's: its declaration, and its subject."""

    declaration: Callable[[Statement], Declaration]
    subject: Callable[[Statement], str]


class Asked(NamedTuple):
    """Who is asked of values and objects: `answer` is None for a file that must be read in full."""

    answer: Callable[[Slot, bytes], Answer | None]
    rooted: Callable[[Known, bytes], tuple[bytes, dict[bytes, Answer] | None]]
    whose: Whose
    objects: Objects
    forms: Forms


class _Before(NamedTuple):
    """The file before of a kind: its values, what was said of them, and what it says of itself."""

    values: Sequence[bytes]
    said: Sequence[Answer | None]
    told: Told


class _Series(NamedTuple):
    """How series of a kind are made: the elements that are slots in them, too.

    `places` are for each slot of the kind its place in them, None where it is none; `rooted`
    those whose values have roots; `place` and `media_place` are of the SOP instance.
    """

    varying: AbstractSet[int]
    cut: Cut
    places: tuple[int | None, ...]
    rooted: tuple[Slot, ...]
    place: int
    media_place: int
    manners: dict[tuple[bytes, ...], Manner]


class Kind:
    """Files of one structure; `template` and `judged` are of one that was read in full."""

    __slots__ = ("_asked", "_before", "_series", "_telling", "judged", "template")

    def __init__(self, template: Template, judged: Judged, asked: Asked) -> None:
        self.template = template
        self.judged = judged
        self._asked = asked
        self._telling = tuple(places(template, TOLD).items())
        values = [template.value(index) for index in template.slots]
        self._before = _Before(values, [None] * len(judged.slots), judged.told)
        self._series: _Series | None = None

    def first(
        self, values: Sequence[bytes], varying: AbstractSet[int]
    ) -> tuple[Judged, Sequence[bytes]] | None:
        """The series of a file of the kind, in which that much varies, and its values there.

        `values` are those of the kind's slots. None if the file must be read in full.
        """
        if not self.judged.instances.agree(values):
            return None
        told, said = self._told(values), self._said(values)
        if told is None or said is None:
            return None
        self._before = _Before(values, said, told)
        series = self._series
        if series is None or varying is not series.varying:
            series = self._series = self._made(varying)
        own = series.cut.varying(values)
        narrowed = Narrowed(self.template, series.cut, values)
        return self._judged(narrowed, own, series, said), own

    def _told(self, values: Sequence[bytes]) -> Told | None:
        """What a file of the kind says of itself; None if it declares something else."""
        kind, before = self.judged, self._before
        told = before.told
        account, searched = told.account, kind.bytes_searched(values)
        if searched != account.searched:
            told = told._replace(account=replace(account, searched=searched))
        changed = {
            tag: values[place]
            for tag, place in self._telling
            if values[place] != before.values[place]
        }
        if not changed:
            return told
        statement = restated(told.statement, changed)
        whose = self._asked.whose
        if whose.declaration(statement) != kind.told.declared:
            return None
        return told._replace(statement=statement, subject=whose.subject(statement))

    def _said(self, values: Sequence[bytes]) -> list[Answer] | None:
        """What is said of each slot that is judged; None if the file must be read in full."""
        ask, before = self._asked.answer, self._before.values
        said: list[Answer] = []
        for slot, last in zip(self.judged.slots, self._before.said, strict=True):
            value = values[slot.place]
            same = last is not None and value == before[slot.place]
            answer = last if same else ask(slot, value)
            if answer is None:
                return None
            said.append(answer)
        return said

    def _made(self, varying: AbstractSet[int]) -> _Series:
        """How series are made in which these elements vary."""
        kind, template = self.judged, self.template
        slots = tuple([index for index in template.slots if index in varying])
        places = {index: place for place, index in enumerate(slots)}
        every = tuple([places.get(index) for index in template.slots])
        rooted = [s for s in kind.slots if every[s.place] is not None and s.known.has_roots]
        own, media = kind.instances.place, kind.instances.media_place
        place = -1 if own < 0 else places.get(template.slots[own], -1)
        media_place = -1 if media < 0 else places.get(template.slots[media], -1)
        how = cut(template, slots)
        return _Series(varying, how, every, tuple(rooted), place, media_place, {})

    def _judged(
        self,
        narrowed: Narrowed,
        own: Sequence[bytes],
        series: _Series,
        said: Sequence[Answer],
    ) -> Judged:
        """The series of the file before: fewer slots, and what was said of the others."""
        kind, (values, _, told) = self.judged, self._before
        between: list[list[int]] = [[*kind.between[0]]]
        for slot, answer, after in zip(kind.slots, said, kind.between[1:], strict=True):
            if series.places[slot.place] is None:
                between[-1] += answer.causes
            else:
                between.append([])
            between[-1] += after
        named = kind.instances
        instance = named.own if named.place < 0 else values[named.place]
        media = named.media if named.media_place < 0 else values[named.media_place]
        instances = Instances(
            series.place, instance, series.media_place, media, named.public, named.same
        )
        how = self._manner(narrowed, series)
        told = of_runs(told, how, own)
        return Judged(self._asked.objects, narrowed, how, between, told, instances)

    def _manner(self, narrowed: Narrowed, series: _Series) -> Manner:
        """How the files of the series are judged: as those of all with the same roots."""
        values = self._before.values
        roots = [self._asked.rooted(slot.known, values[slot.place]) for slot in series.rooted]
        key = tuple([root for root, _ in roots])
        found = series.manners.get(key)
        if found is None:
            if len(series.manners) >= _MANNERS:
                series.manners.clear()
            by_slot = dict(zip([slot.place for slot in series.rooted], roots, strict=True))
            slots = []
            for slot in self.judged.slots:
                place = series.places[slot.place]
                if place is not None:
                    root, forms = by_slot.get(slot.place, (slot.root, slot.forms))
                    slots.append(slot._replace(place=place, root=root, forms=forms))
            found = series.manners[key] = manner(narrowed, slots, self._asked.forms)
        return found
