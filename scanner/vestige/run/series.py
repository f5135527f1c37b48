"""Series: files that a template matches get their answer from it, and from their slots alone."""

from collections import OrderedDict
from collections.abc import Sequence
from typing import NamedTuple

from vestige.detect.elements import TCIA_ROOT
from vestige.digits import NINES
from vestige.model import Declaration
from vestige.read.facts import SOP_INSTANCE
from vestige.read.header import Header
from vestige.read.raw import END_BYTES, ITEM_BYTES, UNDEFINED
from vestige.read.series import Template, series_of, template_of
from vestige.read.ways import Way, nothing
from vestige.run.answers import NOTHING, Answer, Answers, Known

_BYTES = 48 << 20
"""Bytes of templates that a worker keeps, the series met last first."""

_OVERHEAD = 12_000
"""Bytes of a template beside its runs, about."""

_LAYOUTS = 4_096
"""Structures of files of which is remembered what varies in a series."""

_CONTENTS = 1_000
"""Combinations of causes that are remembered for one template."""

_TCIA = TCIA_ROOT.encode("ascii")

_RETRIES = 12
"""Files of one series that were not as its template had it; from then on they are read in full."""


class Spoken(NamedTuple):
    """What was said of one element of a file, by its index."""

    element: int
    way: Way
    causes: tuple[int, ...]


class Content(NamedTuple):
    """What is said of a file: causes in the order of its elements, and its subject's digest."""

    causes: tuple[int, ...]
    subject: str


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
    """A template with the causes of its runs, and of its slots as far as they were met."""

    __slots__ = ("between", "contents", "instance", "retries", "slots", "subject", "template")

    def __init__(
        self,
        template: Template,
        slots: tuple[_Slot, ...],
        between: tuple[tuple[int, ...], ...],
        subject: str,
    ) -> None:
        self.template = template
        self.slots = slots
        self.between = between
        self.subject = subject
        self.instance = _instance(template)
        self.contents: dict[tuple[tuple[int, ...], ...], Content] = {}
        self.retries = 0

    def content(self, said: tuple[tuple[int, ...], ...]) -> Content:
        """What is said of a file with these causes in its slots."""
        found = self.contents.get(said)
        if found is None:
            if len(self.contents) >= _CONTENTS:
                self.contents.clear()
            merged: dict[int, None] = dict.fromkeys(self.between[0])
            for causes, after in zip(said, self.between[1:], strict=True):
                merged.update(dict.fromkeys(causes))
                merged.update(dict.fromkeys(after))
            found = self.contents[said] = Content(tuple(merged), self.subject)
        return found


def _instance(template: Template) -> tuple[int, bool]:
    """Which slot holds the SOP Instance UID, and whether it is one that a public archive gave.

    -1 if none does. The archive's root is a mark of its de-identifier: files with and without it
    declare different things.
    """
    for place, index in enumerate(template.slots):
        tag, _, parent, _ = template.layout[index]
        if tag == SOP_INSTANCE and parent < 0:
            start, end = template.spans[index]
            return place, template.head[start:end].startswith(_TCIA)
    return -1, False


class Match(NamedTuple):
    """A file that has the form of a known series, and where its encapsulated pixels begin, or 0."""

    content: Content
    pixels: int


class Series:
    """The templates of the series that a worker met last."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers
        self._kept: OrderedDict[bytes, _Judged] = OrderedDict()
        self._bytes = 0
        self._last: _Judged | None = None
        self._varying: dict[tuple[tuple[int, str, int, int], ...], frozenset[int]] = {}

    def match(self, data: bytes, size: int) -> Match | None:
        """What is said of a file of `size` bytes that begins with `data`, if it is of a series."""
        judged = self._last
        values = judged.template.match(data, size) if judged is not None else None
        if values is None:
            key = series_of(data)
            judged = self._kept.get(key)
            if judged is None or judged is self._last:
                return None
            values = judged.template.match(data, size)
            if values is None:
                return None
            self._kept.move_to_end(key)
            self._last = judged
        return self._said(judged, values) if judged is not None else None

    def _said(self, judged: _Judged, values: Sequence[bytes]) -> Match | None:
        place, tcia = judged.instance
        if place >= 0 and values[place].startswith(_TCIA) is not tcia:
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
            if not answer.complete:
                return None
            said.append(answer.causes)
        content = judged.content(tuple(said))
        template = judged.template
        return Match(content, template.end() if template.pixels == UNDEFINED else 0)

    def learn(
        self, header: Header, declared: Declaration, spoken: Sequence[Spoken], subject: str
    ) -> None:
        """Remember a file that was read in full and without problems, for those that follow."""
        first = template_of(header, frozenset())
        if first is None:
            return
        key = series_of(header.pages.first)
        before = self._kept.get(key)
        if before is not None and before.retries >= _RETRIES:
            return
        varying = self._varying.get(first.layout, frozenset())
        if before is not None:
            differing = before.template.differing(first)
            varying = self._vary(first, varying | (differing or frozenset()))
        template = template_of(header, varying)
        if template is not None:
            judged = self._judged(template, declared, spoken, subject)
            judged.retries = before.retries + 1 if before is not None else 0
            self._keep(key, judged)

    def _vary(self, template: Template, varying: frozenset[int]) -> frozenset[int]:
        """Remember which elements vary within a series whose files have this structure."""
        if len(self._varying) >= _LAYOUTS:
            self._varying.clear()
        self._varying[template.layout] = varying
        return varying

    def _judged(
        self, template: Template, declared: Declaration, spoken: Sequence[Spoken], subject: str
    ) -> _Judged:
        """A template with what was said of its file, cut at the slots."""
        under = self._answers.under(declared)
        places = {index: place for place, index in enumerate(template.slots)}
        slots: list[_Slot] = []
        between: list[dict[int, None]] = [{}]
        for index, way, causes in spoken:
            place = places.get(index)
            if place is None:
                between[-1].update(dict.fromkeys(causes))
            elif way.read is not nothing:
                known = self._answers.known(way, declared, under)
                may_nest = way.place.vr == "UN"
                start, end = template.spans[index]
                root, forms = self._answers.rooted(known, template.head[start:end])
                slots.append(_Slot(place, root, forms, known, may_nest))
                between.append({})
        return _Judged(template, tuple(slots), tuple(map(tuple, between)), subject)

    def _keep(self, key: bytes, judged: _Judged) -> None:
        gone = self._kept.pop(key, None)
        self._bytes += _size(judged) - (_size(gone) if gone else 0)
        self._kept[key] = judged
        self._last = judged
        while self._bytes > _BYTES:
            _, oldest = self._kept.popitem(last=False)
            self._bytes -= _size(oldest)


def _size(judged: _Judged) -> int:
    return 2 * len(judged.template.head) + _OVERHEAD
