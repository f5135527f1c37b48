"""Series: files that a template matches get their answer from it, and from their slots alone.

There are templates for series, whose slots are what varies from slice to slice, and for kinds of
files, whose slots are what varies from series to series: the first file of a series that is of a
known kind makes a template without being parsed.
"""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import replace
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

    `forms` are answers by the form of a value that begins with `root`.
    """

    place: int
    root: bytes
    forms: dict[bytes, Answer]
    known: Known
    may_nest: bool


class _Judged:
    """A template with the causes of its runs, and of its slots as far as they were met.

    `searched` are the bytes of the runs that are searched for text, those in the slots at the
    places `unknown` aside.
    """

    __slots__ = (
        "_contents",
        "_objects",
        "_telling",
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
        self.retries = 0

    def bytes_searched(self, values: Sequence[bytes]) -> int:
        """Bytes that are searched for text in a file with these values."""
        if not self.unknown:
            return self.searched
        return self.searched + sum(len(values[place]) for place in self.unknown)

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
        """What is said of a file with these causes; traces that vary make no object another."""
        causes = tuple(tuple(n for n in one if n >= 0) for one in said)
        if causes != said:
            content = self.content(causes, values)
            silent = dict.fromkeys(n for one in said for n in one if n < 0)
            known = set(content.causes)
            own = tuple(n for n in silent if n not in known)
            return content._replace(causes=(*content.causes, *own), varying=len(own))
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

    Encapsulated pixels begin there, whose fragments are still to be followed. `behind` are the
    bytes of the delimiter that follows them, `instance` is its SOP Instance UID.
    """

    content: Content
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
        if judged is None:
            return None
        said = self._said(judged, values)
        return None if said is None else _match(judged, said, values)

    def _said(self, judged: _Judged, values: Sequence[bytes]) -> list[tuple[int, ...]] | None:
        """The causes in each slot; None if the file must be read in full."""
        if not judged.instances.agree(values):
            return None
        to, closely = self._answers.to, self._answers.closely
        said: list[tuple[int, ...]] = []
        for place, root, forms, known, may_nest in judged.slots:
            value = values[place]
            answer = forms.get(value.translate(NINES)) if value.startswith(root) else None
            if answer is None or may_nest:
                if may_nest and (value[:4] in ITEM_BYTES or value[:4] in END_BYTES):
                    return None
                answer = to(known, value) if value else NOTHING
            elif answer.special:
                answer = closely(known, forms, value, answer)
            if not answer.complete or answer.unread:
                return None
            said.append(answer.causes)
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
            said = self._said(kind, values) if told is not None else None
            if told is None or said is None:
                return None
            varying = self._varying.get(layout, frozenset())
            template = kind.template.again(data, values, varying)
            judged = self._descended(kind, template, said, told)
            self._keep(key, judged)
            own = template.match(data, size)
            of_slots = self._said(judged, own) if own is not None else None
            if own is None or of_slots is None:
                return None
            return _match(judged, of_slots, own)
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
        self, kind: _Judged, template: Template, said: Sequence[tuple[int, ...]], told: Told
    ) -> _Judged:
        """The series of a file of a known kind: fewer slots, and what was said of the others."""
        places = {index: place for place, index in enumerate(template.slots)}
        slots: list[_Slot] = []
        between: list[dict[int, None]] = [dict.fromkeys(kind.between[0])]
        for slot, causes, after in zip(kind.slots, said, kind.between[1:], strict=True):
            place = places.get(kind.template.slots[slot.place])
            if place is None:
                between[-1].update(dict.fromkeys(causes))
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


def _match(judged: _Judged, said: Sequence[tuple[int, ...]], values: Sequence[bytes]) -> Match:
    template = judged.template
    encapsulated = template.pixels == UNDEFINED
    place = judged.instances.place
    return Match(
        judged.content(tuple(said), values),
        template.end(),
        encapsulated,
        judged.bytes_searched(values),
        judged.told.account.opaque,
        SHORTEST if encapsulated else 0,
        judged.instances.own if place < 0 else values[place],
    )


def _size(judged: _Judged) -> int:
    return 5 * len(judged.template.head) + _OVERHEAD
