"""Beside: what is said of files that are no DICOM, and of the files inside them."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from vestige.model import Entry, Place, Problem, Stage
from vestige.read import ways
from vestige.read.beside.kinds import kind_of
from vestige.read.beside.losses import LOSSES
from vestige.read.beside.parts import DEEPEST, Bounds, Inner, Lost, Readable, Told
from vestige.read.file import Source
from vestige.read.ways import Way
from vestige.run.answers import Answers, Known
from vestige.run.batch import Member
from vestige.run.instance import OVERRUN

_PLACES = 4_096
"""Places of which a worker remembers what is known: side-cars of one kind have the same keys."""

_CODECS = ("utf_8",)
_INTO = b"!/"
"""What stands between a container and the name of its member."""


class OfObject(NamedTuple):
    """What is said of a DICOM object inside a file, and what of it was not read."""

    causes: tuple[int, ...]
    problems: tuple[Problem, ...]


class Said(NamedTuple):
    """What is said of a file and all that is inside it, by cause, and what of it was not read."""

    causes: tuple[int, ...]
    members: tuple[Member, ...]
    problems: tuple[Problem, ...]


class Beside:
    """Judges what stands in files beside the images; one lives in each worker.

    `of_object` says what is said of a DICOM object, and None of bytes that are none.
    """

    def __init__(
        self, answers: Answers, of_object: Callable[[Readable, Entry], OfObject | None]
    ) -> None:
        self._answers = answers
        self._of_object = of_object
        self._known: dict[Place, Known] = {}

    def said(self, entry: Entry, source: Source) -> Said | None:
        """What is said of the content of a file; None if nothing here reads its kind."""
        kind = kind_of(source)
        if kind is None:
            return None
        file = _File(entry, Bounds(source.size))
        causes = self._of_parts(kind.read(source, file.bounds), file, b"")
        return Said(tuple(causes), tuple(file.members), tuple(file.problems.values()))

    def _of_parts(
        self, parts: Iterable[Told | Lost | Inner], file: "_File", way: bytes
    ) -> dict[int, None]:
        """What is said of the parts of a file, and of the files inside it."""
        causes: dict[int, None] = {}
        for part in parts:
            if isinstance(part, Told):
                causes.update(self._of_texts(part, file))
            elif isinstance(part, Inner):
                causes.update(self._of_inner(part, file, way))
            else:
                file.lose(part.code, part.extra)
        return causes

    def _of_texts(self, told: Told, file: "_File") -> dict[int, None]:
        known = self._known.get(told.place)
        if known is None:
            if len(self._known) >= _PLACES:
                self._known.clear()
            way = Way(ways.text, told.place, _CODECS)
            known = self._known[told.place] = self._answers.alone(way)
        known.forget()
        causes: dict[int, None] = {}
        for text in told.texts:
            answer = self._answers.to(known, text.encode("utf-8", "surrogateescape"))
            causes.update(dict.fromkeys(answer.causes))
            if not answer.complete:
                file.overrun()
        return causes

    def _of_inner(self, inner: Inner, file: "_File", above: bytes) -> dict[int, None]:
        """What is said of a file inside another, which is also kept as a member."""
        bounds = file.bounds
        if not bounds.enter():
            file.lose("archive-budget")
            return {}
        way = above + _INTO + inner.name
        found = self._of_object(inner.content, file.entry)
        if found is not None:
            file.problems.update((problem.code, problem) for problem in found.problems)
            causes = dict.fromkeys(found.causes)
            file.keep(way, causes)
            return causes
        kind = kind_of(inner.content)
        if kind is None:
            if inner.content.size:
                file.lose("member-unread")
            return {}
        if bounds.depth >= DEEPEST:
            file.lose("archive-budget")
            return {}
        bounds.depth += 1
        before = len(file.members)
        causes = self._of_parts(kind.read(inner.content, bounds), file, way)
        bounds.depth -= 1
        if len(file.members) == before:
            file.keep(way, causes)
        return causes


class _File:
    """The file in hand: its bounds, its members, and what of it was not read, by code."""

    def __init__(self, entry: Entry, bounds: Bounds) -> None:
        self.entry = entry
        self.bounds = bounds
        self.members: list[Member] = []
        self.problems: dict[str, Problem] = {}

    def keep(self, way: bytes, causes: Iterable[int]) -> None:
        """Keep a file inside of which something is said."""
        found = tuple(causes)
        if found:
            self.members.append(Member(self.entry.id, way, found))

    def lose(self, code: str, extra: str = "") -> None:
        """Note that something was not read; `extra` is what to install so that it is."""
        detail = LOSSES[code] + (f": pip install 'vestige[{extra}]'" if extra else "")
        self.problems.setdefault(code + extra, Problem(self.entry.id, Stage.READ, code, detail))

    def overrun(self) -> None:
        """Note that a rule was cut short."""
        self.problems.setdefault(
            "timeout", Problem(self.entry.id, Stage.DETECT, "timeout", OVERRUN)
        )
