"""Series: files that a template matches get their answer from it, and from their slots alone.

There are templates for series, whose slots are what varies from slice to slice, and for kinds of
files, whose slots are what varies from series to series: the first file of a series that is of a
known kind makes a template without being parsed.
"""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import chain
from operator import itemgetter
from typing import NamedTuple

from vestige.account import Account
from vestige.digits import NINES
from vestige.model import Declaration
from vestige.read.header import Header
from vestige.read.heads import SHORTEST
from vestige.read.raw import END_BYTES, ITEM_BYTES, UNDEFINED
from vestige.read.series import WHOSE, Layout, Template, series_of, template_of
from vestige.read.stated import restated
from vestige.read.ways import SEARCHING, Way, nothing
from vestige.run.answers import NOTHING, Answer, Answers, Known
from vestige.run.instances import instances, places
from vestige.run.objects import Content, Objects
from vestige.statement import OF_ONE_FILE, Statement, Tag

_BYTES = 80 << 20
"""Bytes of templates that a worker keeps, the series met last first."""

_OVERHEAD = 6_000
"""Bytes of a template beside its runs, about."""

_KINDS = 16
"""Kinds of files that are remembered, those met last first."""

_LAYOUTS = 4_096
"""Structures of files of which is remembered what varies in a series."""

_CONTENTS = 1_000
"""Combinations of causes that are remembered for one template."""

_ALIKE = 200
"""Forms of all slots together of which is remembered for one template what is said of them."""

_BETWEEN = b"\n"
"""Stands between the values of slots where their forms are looked up together."""

_TOLD = frozenset(Tag) - OF_ONE_FILE
"""Elements on whose values the judgement of the whole object rests."""

_RETRIES = 12
"""Files of one series that were not as its template had it; from then on they are read in full."""


class Spoken(NamedTuple):
    """What was said of one element of a file, by its index."""

    element: int
    way: Way
    causes: tuple[int, ...]


class Told(NamedTuple):
    """What a file says of itself, what is said of it, and what became of its bytes."""

    statement: Statement
    declared: Declaration
    spoken: Sequence[Spoken]
    subject: str
    account: Account


class Whose(NamedTuple):
    """How an object is read that may be another patient's: its declaration, and its subject."""

    declaration: Callable[[Statement], Declaration]
    subject: Callable[[Statement], str]


class _Slot(NamedTuple):
    """A slot whose value is judged: where it is among the values, and what is known of it.

    `forms` are answers by the form of a value that begins with `root`, None where that differs
    from value to value.
    """

    place: int
    root: bytes
    forms: dict[bytes, Answer] | None
    known: Known
    may_nest: bool

    def plainly(self, value: bytes) -> Answer | None:
        """What is said of all values of its form, None if it takes more than that."""
        if self.forms is None or self.may_nest or not value.startswith(self.root):
            return None
        answer = self.forms.get(value.translate(NINES))
        return None if answer is None or answer.special else answer


class _Alike(NamedTuple):
    """What is known of files whose slots have the same forms, slot by slot.

    `said` are causes, those in the slots at the places `special` left out, of which each value is
    looked at. `contents` is what is said of such a file by the causes in them.
    """

    said: tuple[tuple[int, ...], ...]
    special: tuple[int, ...]
    contents: dict[tuple[tuple[int, ...], ...], Content]


class _Judged:
    """A template with the causes of its runs, and of its slots as far as they were met.

    `searched` are the bytes of the runs that are searched for text, those in the slots at the
    places `unknown` aside.
    """

    __slots__ = (
        "_alike",
        "_contents",
        "_objects",
        "_rooted",
        "_telling",
        "_values",
        "between",
        "instances",
        "retries",
        "searched",
        "slots",
        "template",
        "told",
        "unknown",
    )

    def __init__(
        self,
        objects: Objects,
        template: Template,
        slots: Sequence[_Slot],
        between: tuple[tuple[int, ...], ...],
        told: Told,
    ) -> None:
        self._objects = objects
        self.template = template
        self.slots = tuple(slots)
        self.between = between
        self.told = told
        self.unknown = tuple(slot.place for slot in slots if slot.known.way.read in SEARCHING)
        own = sum(len(template.value(template.slots[place])) for place in self.unknown)
        self.searched = told.account.searched - own
        self.instances = instances(template)
        self._telling = tuple(places(template, _TOLD).items())
        self._contents: dict[tuple[object, ...], Content] = {}
        self._values = _getter([slot.place for slot in self.slots])
        self._rooted = [(s.place, s.root) for s in self.slots if s.root and s.forms is not None]
        self._alike: dict[bytes, _Alike] = {}
        self.retries = 0

    def bytes_searched(self, values: Sequence[bytes]) -> int:
        """Bytes that are searched for text in a file with these values."""
        if not self.unknown:
            return self.searched
        return self.searched + sum(len(values[place]) for place in self.unknown)

    def alike(self, values: Sequence[bytes]) -> _Alike | None:
        """What is known of files whose slots have the forms of these values.

        None if nothing is, or if it cannot be told from their forms, taken together.
        """
        joined = _BETWEEN.join(self._values(values))
        if joined.count(_BETWEEN) >= len(self.slots):
            return None
        for place, root in self._rooted:
            if not values[place].startswith(root):
                return None
        form = joined.translate(NINES)
        found = self._alike.get(form)
        if found is None:
            if len(self._alike) >= _ALIKE:
                self._alike.clear()
            found = self._alike[form] = self._found_alike(values)
        return found

    def _found_alike(self, values: Sequence[bytes]) -> _Alike:
        plain = [slot.plainly(values[slot.place]) for slot in self.slots]
        said = tuple(() if answer is None else answer.common for answer in plain)
        return _Alike(said, tuple(n for n, answer in enumerate(plain) if answer is None), {})

    def content_alike(
        self, alike: _Alike, said: tuple[tuple[int, ...], ...], values: Sequence[bytes]
    ) -> Content:
        """What is said of a file with these causes in the special ones of its slots."""
        if self._telling:
            return self.content(_filled(alike, said), values)
        found = alike.contents.get(said)
        if found is None:
            if len(alike.contents) >= _CONTENTS:
                alike.contents.clear()
            found = alike.contents[said] = self.content(_filled(alike, said), values)
        return found

    def content(self, said: tuple[tuple[int, ...], ...], values: Sequence[bytes]) -> Content:
        """What is said of a file with these causes and values in its slots."""
        telling = self._telling
        key = (said, *[values[place] for _, place in telling]) if telling else said
        found = self._contents.get(key)
        if found is None:
            if len(self._contents) >= _CONTENTS:
                self._contents.clear()
            found = self._contents[key] = self._merged(said, values)
        return found

    def _merged(self, said: tuple[tuple[int, ...], ...], values: Sequence[bytes]) -> Content:
        """What is said of a file with these causes."""
        merged: dict[int, None] = dict.fromkeys(self.between[0])
        for one, after in zip(said, self.between[1:], strict=True):
            merged.update(dict.fromkeys(one))
            merged.update(dict.fromkeys(after))
        statement = self.told.statement
        if self._telling:
            changed = {tag: values[place] for tag, place in self._telling}
            statement = restated(statement, changed)
        return self._objects.content(tuple(merged), statement, self.told.subject)


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
        self._whose = whose
        self._kept: OrderedDict[bytes, _Judged] = OrderedDict()
        self._bytes = 0
        self._last: _Judged | None = None
        self._kinds: OrderedDict[Layout, _Judged] = OrderedDict()
        self._varying: dict[Layout, frozenset[int]] = {}

    def match(self, data: bytes, size: int) -> Match | None:
        """What is said of a file of `size` bytes that begins with `data`, if it is of a series."""
        judged = self._last
        values = judged.template.match(data, size) if judged is not None else None
        if values is None:
            key = series_of(data)
            judged = self._kept.get(key)
            if judged is None:
                return self._of_kind(data, size, key)
            values = judged.template.match(data, size) if judged is not self._last else None
            if values is None:
                return None
            self._kept.move_to_end(key)
            self._last = judged
        return None if judged is None else self._matched(judged, values)

    def _matched(self, judged: _Judged, values: Sequence[bytes]) -> Match | None:
        """What is said of a file with these values in its slots; None if it must be read in full.

        As a rule that is known by their forms, and some must be looked at.
        """
        if not judged.instances.agree(values):
            return None
        alike = judged.alike(values)
        if alike is None:
            answers = self._said(judged.slots, values)
            if answers is None:
                return None
            content = judged.content(tuple([answer.common for answer in answers]), values)
        else:
            answers = self._said([judged.slots[at] for at in alike.special], values)
            if answers is None:
                return None
            said = tuple([answer.common for answer in answers])
            content = judged.content_alike(alike, said, values)
        own = [answer.own for answer in answers if answer.own]
        return _match(judged, content, tuple(dict.fromkeys(chain.from_iterable(own))), values)

    def _said(self, slots: Sequence[_Slot], values: Sequence[bytes]) -> list[Answer] | None:
        """What is said of each slot; None if the file must be read in full."""
        to, closely = self._answers.to, self._answers.closely
        said: list[Answer] = []
        for place, root, forms, known, may_nest in slots:
            value = values[place]
            usable = forms is not None and value.startswith(root)
            answer = forms.get(value.translate(NINES)) if forms is not None and usable else None
            if answer is None or forms is None or may_nest:
                if may_nest and (value[:4] in ITEM_BYTES or value[:4] in END_BYTES):
                    return None
                answer = to(known, value) if value else NOTHING
            elif answer.special:
                answer = closely(known, forms, value, answer)
            if not answer.complete or answer.unread:
                return None
            said.append(answer)
        return said

    # --- the first file of a series ---

    def _of_kind(self, data: bytes, size: int, key: bytes) -> Match | None:
        """What is said of the first file of a series, if it is of a known kind."""
        for layout, kind in self._kinds.items():
            values = kind.template.match(data, size)
            if values is None:
                continue
            self._kinds.move_to_end(layout)
            told = self._told_again(kind, values)
            said = self._said(kind.slots, values) if kind.instances.agree(values) else None
            if told is None or said is None:
                return None
            varying = self._varying.get(layout, frozenset())
            template = kind.template.again(data, values, varying)
            judged = self._descended(kind, template, said, told)
            self._keep(key, judged)
            own = template.match(data, size)
            return self._matched(judged, own) if own is not None else None
        return None

    def _told_again(self, kind: _Judged, values: Sequence[bytes]) -> Told | None:
        """What a file of that kind says of itself; None if it declares something else."""
        changed = {tag: values[place] for tag, place in places(kind.template, _TOLD).items()}
        statement = restated(kind.told.statement, changed)
        declared = self._whose.declaration(statement)
        if declared != kind.told.declared:
            return None
        account = replace(kind.told.account, searched=kind.bytes_searched(values))
        who = self._whose.subject(statement)
        return Told(statement, kind.told.declared, (), who, account)

    def _descended(
        self, kind: _Judged, template: Template, said: Sequence[Answer], told: Told
    ) -> _Judged:
        """The series of a file of a known kind: fewer slots, and what was said of the others."""
        places = {index: place for place, index in enumerate(template.slots)}
        slots: list[_Slot] = []
        between: list[dict[int, None]] = [dict.fromkeys(kind.between[0])]
        for slot, answer, after in zip(kind.slots, said, kind.between[1:], strict=True):
            place = places.get(kind.template.slots[slot.place])
            if place is None:
                between[-1].update(dict.fromkeys(answer.causes))
            else:
                slots.append(self._slot(template, place, slot.known))
                between.append({})
            between[-1].update(dict.fromkeys(after))
        return _Judged(self._objects, template, slots, tuple(map(tuple, between)), told)

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
            varying |= before.template.differing(plain) or frozenset()
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
            differing = known.template.differing(plain) or frozenset()
            slots |= differing.union(known.template.slots)
            if all(index in known.template.slots or not plain.fields[index] for index in slots):
                # What keeps it from matching stands in no slot: a template more would not help.
                return
        self._kinds[plain.layout] = self._judged(plain.with_slots(slots), told)
        self._kinds.move_to_end(plain.layout)
        if len(self._kinds) > _KINDS:
            self._kinds.popitem(last=False)

    def _judged(self, template: Template, told: Told) -> _Judged:
        """A template with what was said of its file, cut at the slots."""
        under = self._answers.under(told.declared)
        places = {index: place for place, index in enumerate(template.slots)}
        slots: list[_Slot] = []
        between: list[dict[int, None]] = [{}]
        for index, way, causes in told.spoken:
            place = places.get(index)
            if place is None:
                between[-1].update(dict.fromkeys(causes))
            elif way.read is not nothing:
                known = self._answers.known(way, told.declared, under)
                slots.append(self._slot(template, place, known))
                between.append({})
        between_slots = tuple(map(tuple, between))
        return _Judged(self._objects, template, slots, between_slots, told._replace(spoken=()))

    def _slot(self, template: Template, place: int, known: Known) -> _Slot:
        root, forms = self._answers.rooted(known, template.value(template.slots[place]))
        return _Slot(place, root, forms, known, known.way.place.vr == "UN")

    def _keep(self, key: bytes, judged: _Judged) -> None:
        gone = self._kept.pop(key, None)
        self._bytes += _size(judged) - (_size(gone) if gone else 0)
        self._kept[key] = judged
        self._last = judged
        while self._bytes > _BYTES:
            _, oldest = self._kept.popitem(last=False)
            self._bytes -= _size(oldest)


def _getter(places: Sequence[int]) -> Callable[[Sequence[bytes]], Sequence[bytes]]:
    """What gives the values at some places."""
    if len(places) > 1:
        return itemgetter(*places)
    return lambda values: [values[place] for place in places]


def _filled(alike: _Alike, said: Sequence[tuple[int, ...]]) -> tuple[tuple[int, ...], ...]:
    """The causes in all slots, from those in the special ones."""
    every = list(alike.said)
    for place, causes in zip(alike.special, said, strict=True):
        every[place] = causes
    return tuple(every)


def _match(
    judged: _Judged, content: Content, own: tuple[int, ...], values: Sequence[bytes]
) -> Match:
    template = judged.template
    encapsulated = template.pixels == UNDEFINED
    place = judged.instances.place
    return Match(
        content,
        own,
        template.end(),
        encapsulated,
        judged.bytes_searched(values),
        judged.told.account.opaque,
        SHORTEST if encapsulated else 0,
        judged.instances.own if place < 0 else values[place],
    )


def _size(judged: _Judged) -> int:
    return 5 * len(judged.template.head) + _OVERHEAD
