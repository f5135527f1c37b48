"""Series: files that a template matches get their answer from it, and from their slots alone.

There are templates for series, whose slots are what varies from slice to slice, and for kinds of
files, whose slots are what varies from series to series: the first file of a series that is of a
known kind is not parsed, and its series is known by the values that stay in it. It gets a template
of its own when files of it follow each other.
"""

from collections import OrderedDict
from collections.abc import Sequence
from typing import NamedTuple

from vestige.digits import NINES
from vestige.read.header import Header
from vestige.read.narrowed import Narrowed
from vestige.read.parts import Layout
from vestige.read.raw import END_BYTES, ITEM_BYTES
from vestige.read.series import (
    WHOSE,
    Finder,
    Template,
    differing,
    may_have_template,
    series_of,
    template_of,
)
from vestige.read.ways import nothing
from vestige.run.answers import NOTHING, Answer, Answers, Known
from vestige.run.instances import instances
from vestige.run.judged import Forms, Judged, Slot, Told, manner, of_runs
from vestige.run.kinds import Asked, Kind, Whose
from vestige.run.objects import Content, Objects

_BYTES = 80 << 20
"""Bytes of series that a worker keeps, those met last first."""

_SAID = 8_000
"""Bytes of what is said of a series, about."""

_KINDS = 32
"""Kinds of files that are remembered, those met last first."""

_LAYOUTS = 4_096
"""Structures of files of which is remembered what varies in a series."""

_NOTHING: frozenset[int] = frozenset()
"""What is known to vary in a series of a structure of which only one file was met."""

_RETRIES = 12
"""Files of one series that were not as its template had it; from then on they are read in full."""


class Match(NamedTuple):
    """A file that has the form of a known series, and where its header ends.

    Of the content `own` are the silent causes that differ from file to file. Encapsulated pixels
    begin there, whose fragments are still to be followed. `behind` are the bytes of the delimiter
    that follows them, `instance` is its SOP Instance UID.
    """

    content: Content
    own: tuple[int, ...]
    end: int
    encapsulated: bool
    searched: int
    opaque: int
    behind: int
    instance: bytes


class Series:
    """The templates of the series that a worker met last."""

    def __init__(self, answers: Answers, objects: Objects, whose: Whose) -> None:
        self._answers = answers
        self._objects = objects
        self._kept: OrderedDict[bytes, Judged] = OrderedDict()
        self._bytes = 0
        self._last: Judged | None = None
        self._follows = True
        self._finder = Finder()
        self._forms = Forms()
        self._asked = Asked(self._answer, answers.rooted, whose, objects, self._forms)
        self._kinds: OrderedDict[Layout, Kind] = OrderedDict()
        self._varying: dict[Layout, frozenset[int]] = {}

    def match(self, data: bytes, size: int) -> Match | None:
        """What is said of a file of `size` bytes that begins with `data`, if it is of a series."""
        last = self._last
        if last is not None and self._follows:
            values = last.template.match(data, size)
            if values is not None:
                if isinstance(last.template, Narrowed):
                    self._hold(last, last.template.in_full(data, size))
                return self._matched(last, values)
        near = self._finder.near(data)
        judged = self._kept.get(near) if near else None
        values = None if judged is None else judged.template.match(data, size)
        if judged is None or values is None:
            return self._sought(data, size, near)
        self._met(near, judged)
        return self._matched(judged, values)

    def _sought(self, data: bytes, size: int, near: bytes) -> Match | None:
        """What is said of a file that is not of the series `near`, which is likely its own."""
        if not may_have_template(data):
            return None
        key = self._finder.anywhere(data)
        judged = self._kept.get(key)
        if judged is None:
            return self._of_kind(data, size, key)
        values = judged.template.match(data, size) if key != near else None
        if values is None:
            return self._of_kind(data, size, key) if self._misses(judged.template) else None
        self._met(key, judged)
        return self._matched(judged, values)

    def _misses(self, template: Template | Narrowed) -> bool:
        """Whether more is known by now of what varies than when a series was met first."""
        varying = self._varying.get(template.layout, _NOTHING)
        return isinstance(template, Narrowed) and template.misses(varying)

    def _met(self, key: bytes, judged: Judged) -> None:
        """A series was met; where series lie among each other, the next file is hardly of it."""
        self._kept.move_to_end(key)
        self._follows = judged is self._last
        self._last = judged

    def _matched(self, judged: Judged, values: Sequence[bytes]) -> Match | None:
        """What is said of a file with these values in its slots; None if it must be read in full.

        As a rule that is known by their forms, and some must be looked at.
        """
        named = judged.instances
        if not named.agree(values):
            return None
        known = judged.alike(values)
        said: list[tuple[int, ...]] = []
        own: list[int] = []
        if known is None:
            answers = self._said(judged.slots, values)
            if answers is None:
                return None
            said = [answer.common for answer in answers]
            own = [number for answer in answers for number in answer.own]
            content = judged.content(tuple(said), values)
        else:
            of_form, contents = known
            for special in of_form.special:
                place, met, slot, plain = special
                value = values[place]
                answer = met(value) or plain
                if answer is None:
                    answer = self._answer(slot, value)
                    if answer is None:
                        return None
                    of_form.settle(special, value)
                said.append(answer[0])
                own += answer[1]
            told = tuple(said)
            content = contents.get(told) or judged.content_alike(
                of_form.alike, contents, told, values
            )
        encapsulated, behind, opaque = judged.pixels
        facts = (
            content,
            tuple(dict.fromkeys(own)) if own else (),
            judged.template.end,
            encapsulated,
            judged.bytes_searched(values) if judged.unknown else judged.searched,
            opaque,
            behind,
            named.own if named.place < 0 else values[named.place],
        )
        return _NEW(Match, facts)

    def _said(self, slots: Sequence[Slot], values: Sequence[bytes]) -> list[Answer] | None:
        """What is said of each slot; None if the file must be read in full."""
        said: list[Answer] = []
        for slot in slots:
            answer = self._answer(slot, values[slot.place])
            if answer is None:
                return None
            said.append(answer)
        return said

    def _answer(self, slot: Slot, value: bytes) -> Answer | None:
        """What is said of the value of a slot; None if the file must be read in full."""
        _, root, forms, known, may_nest = slot
        usable = forms is not None and value.startswith(root)
        answer = forms.get(value.translate(NINES)) if forms is not None and usable else None
        if answer is None or forms is None or may_nest:
            if may_nest and (value[:4] in ITEM_BYTES or value[:4] in END_BYTES):
                return None
            answer = self._answers.to(known, value) if value else NOTHING
        elif answer.special:
            answer = self._answers.closely(known, forms, value, answer)
        return None if not answer.complete or answer.unread else answer

    # --- the first file of a series ---

    def _of_kind(self, data: bytes, size: int, key: bytes) -> Match | None:
        """What is said of the first file of a series, if it is of a known kind."""
        for layout in reversed(self._kinds):
            kind = self._kinds[layout]
            values = kind.template.match(data, size)
            if values is None:
                continue
            self._kinds.move_to_end(layout)
            first = kind.first(values, self._varying.get(layout, _NOTHING))
            if first is None:
                return None
            self._keep(key, first[0])
            return self._matched(*first)
        return None

    # --- files that were read in full ---

    def learn(self, header: Header, told: Told) -> None:
        """Remember a file that was read in full and without problems, for those that follow."""
        plain = template_of(header)
        if plain is None:
            return
        self._learn_kind(plain, told)
        key = series_of(header.pages.first)
        before = self._kept.get(key)
        retries = 0 if before is None else before.retries + 1
        if retries > _RETRIES:
            return
        varying = self._varying.get(plain.layout, frozenset())
        if before is not None:
            varying |= differing(before.template, plain) or frozenset()
            if len(self._varying) >= _LAYOUTS:
                self._varying.clear()
            self._varying[plain.layout] = varying
        judged = self._judged(plain.with_slots(varying, WHOSE), told)
        judged.retries = retries
        self._keep(key, judged)

    def _learn_kind(self, plain: Template, told: Told) -> None:
        """Remember in what the file differs from others of its kind."""
        known = self._kinds.get(plain.layout)
        slots = self._varying.get(plain.layout, frozenset())
        if known is not None:
            template = known.template
            slots |= (differing(template, plain) or frozenset()).union(template.slots)
            if all(index in template.slots or not plain.fields[index] for index in slots):
                # What keeps it from matching stands in no slot: a template more would not help.
                return
        template = plain.with_slots(slots)
        self._kinds[plain.layout] = Kind(template, self._judged(template, told), self._asked)
        self._kinds.move_to_end(plain.layout)
        if len(self._kinds) > _KINDS:
            self._kinds.popitem(last=False)

    def _judged(self, template: Template, told: Told) -> Judged:
        """A template with what was said of its file, cut at the slots."""
        under = self._answers.under(told.declared)
        places = {index: place for place, index in enumerate(template.slots)}
        slots: list[Slot] = []
        between: list[dict[int, None]] = [{}]
        for index, way, causes in told.spoken:
            place = places.get(index)
            if place is None:
                between[-1].update(dict.fromkeys(causes))
            elif way.read is not nothing:
                known = self._answers.known(way, told.declared, under)
                slots.append(self._slot(template, place, known))
                between.append({})
        how = manner(template, slots, self._forms)
        behind = [tuple(causes) for causes in between]
        told, named = told._replace(spoken=()), instances(template)
        values = [template.value(index) for index in template.slots]
        return Judged(self._objects, template, how, behind, of_runs(told, how, values), named)

    def _slot(self, template: Template, place: int, known: Known) -> Slot:
        root, forms = self._answers.rooted(known, template.value(template.slots[place]))
        return Slot(place, root, forms, known, known.way.place.vr == "UN")

    def _keep(self, key: bytes, judged: Judged) -> None:
        gone = self._kept.pop(key, None)
        self._bytes += _size(judged) - (_size(gone) if gone else 0)
        self._kept[key] = judged
        self._last = judged
        self._bound()

    def _hold(self, judged: Judged, template: Template | None) -> None:
        """Hold all of a series of which files follow each other: they are known faster by it."""
        if template is not None:
            self._bytes += template.weight - judged.template.weight
            judged.template = template
            self._bound()

    def _bound(self) -> None:
        """Forget the series met first, if those that are kept hold too much."""
        while self._bytes > _BYTES:
            _, oldest = self._kept.popitem(last=False)
            self._bytes -= _size(oldest)


_NEW = tuple.__new__
"""Makes what is made for every file, without looking at the names of its parts."""


def _size(judged: Judged) -> int:
    return judged.template.weight + _SAID
