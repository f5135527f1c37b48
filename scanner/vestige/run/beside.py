"""Beside: what is said of files that are no DICOM, and of the files inside them."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from vestige.model import Entry, Family, Place, Problem, Stage
from vestige.read import ways
from vestige.read.beside.kinds import Kind, kind_of
from vestige.read.beside.losses import LOSSES
from vestige.read.beside.parts import DEEPEST, Bounds, Inner, Named, Readable, Told
from vestige.read.file import Source
from vestige.read.recorded import Ghosts, Record, parts
from vestige.read.ways import Way
from vestige.run.answers import Answers, Known
from vestige.run.batch import Member
from vestige.run.ghosts import OfNames
from vestige.run.inside import INTO, way_to
from vestige.run.instance import OVERRUN

_PLACES = 4_096
"""Places of which a worker remembers what is known: side-cars of one kind have the same keys."""

_CODECS = ("utf_8",)


class OfObject(NamedTuple):
    """What is said of a DICOM object inside a file, and what of it was not read."""

    causes: tuple[int, ...]
    problems: tuple[Problem, ...]


class Said(NamedTuple):
    """What is said of a file and all that is inside it, by cause, and what of it was not read."""

    causes: tuple[int, ...]
    members: tuple[Member, ...]
    problems: tuple[Problem, ...]
    families: tuple[tuple[int, Family], ...] = ()


class Beside:
    """Judges what stands in files beside the images; one lives in each worker.

    `of_object` says what is said of a DICOM object, and None of bytes that are none; `of_names`
    what of the names in a container, to which a way leads. `beat` is called while it goes on.
    """

    def __init__(
        self,
        answers: Answers,
        of_object: Callable[[Readable, Entry], OfObject | None],
        of_names: Callable[[Entry, bytes, Ghosts], OfNames],
    ) -> None:
        self._answers = answers
        self._of_object = of_object
        self._of_names = of_names
        self.beat: Callable[[], None] | None = None
        self._known: dict[Place, Known] = {}

    def said(self, entry: Entry, source: Source) -> Said | None:
        """What is said of the content of a file; None if nothing here reads its kind."""
        kind = kind_of(source)
        if kind is None:
            return None
        file = _File(entry, Bounds(source.size, beat=self.beat))
        causes = self._of_parts(kind, source, file, b"")
        told = tuple(causes), file.members(), tuple(file.problems.values())
        return Said(*told, tuple(file.families))

    def _of_parts(
        self, kind: Kind, readable: Readable, file: "_File", way: bytes
    ) -> dict[int, None]:
        """What is said of the parts of a file, and of the files inside it."""
        causes: dict[int, None] = {}
        names = Record(f"{kind.name} member")
        for part in kind.read(readable, file.bounds):
            file.bounds.beat()
            if isinstance(part, Told):
                causes.update(self._of_texts(part, file))
            elif isinstance(part, Inner):
                if part.name:
                    names.path(part.name)
                causes.update(self._of_inner(part, file, way))
            elif isinstance(part, Named):
                names.parts((part.name,) if part.whole else parts(part.name), part.place)
            else:
                file.lose(part.code, part.extra)
        causes.update(self._of_record(names, file, way))
        return causes

    def _of_record(self, names: Record, file: "_File", way: bytes) -> dict[int, None]:
        """What is said of the names in a container; those of which something is are members."""
        told = names.ghosts()
        if not told.folders:
            return {}
        said = self._of_names(file.entry, way, told)
        file.families.extend(said.families)
        file.problems.update((problem.code, problem) for problem in said.problems)
        if said.each:
            for place, path in names.paths():
                found = said.each.get((place, path[-1]))
                if found:
                    file.keep(way + INTO + b"/".join(path), found)
        return dict.fromkeys(said.causes)

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
        way = way_to(above, inner.name)
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
        before = file.kept
        causes = self._of_parts(kind, inner.content, file, way)
        bounds.depth -= 1
        if file.kept == before:
            file.keep(way, causes)
        return causes


class _File:
    """The file in hand: its bounds, its members, and what of it was not read, by code."""

    def __init__(self, entry: Entry, bounds: Bounds) -> None:
        self.entry = entry
        self.bounds = bounds
        self._members: dict[bytes, dict[int, None]] = {}
        self.families: list[tuple[int, Family]] = []
        self.problems: dict[str, Problem] = {}

    def keep(self, way: bytes, causes: Iterable[int]) -> None:
        """Keep a file inside of which something is said."""
        found = dict.fromkeys(causes)
        if found and way:
            self._members.setdefault(way, {}).update(found)

    def members(self) -> tuple[Member, ...]:
        """The files inside of which something is said, as they were met."""
        return tuple(Member(self.entry.id, way, tuple(one)) for way, one in self._members.items())

    @property
    def kept(self) -> int:
        """How many files inside are kept."""
        return len(self._members)

    def lose(self, code: str, extra: str = "") -> None:
        """Note that something was not read; `extra` is what to install so that it is."""
        detail = LOSSES[code] + (f": pip install 'vestige[{extra}]'" if extra else "")
        self.problems.setdefault(code + extra, Problem(self.entry.id, Stage.READ, code, detail))

    def overrun(self) -> None:
        """Note that a rule was cut short."""
        self.problems.setdefault(
            "timeout", Problem(self.entry.id, Stage.DETECT, "timeout", OVERRUN)
        )
