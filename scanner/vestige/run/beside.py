"""Beside: what is said of files that are no DICOM, and of the files inside them."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from vestige.digits import NINES, forms_of
from vestige.model import Entry, Family, Place, Problem, Stage
from vestige.read import name, ways
from vestige.read.beside import scattered
from vestige.read.beside.kind import Kind, kind_of
from vestige.read.beside.losses import LOSSES
from vestige.read.beside.parts import (
    DEEPEST,
    Bounds,
    Inner,
    Listed,
    Named,
    Readable,
    Several,
    Single,
    Told,
    beside,
)
from vestige.read.carve import runs
from vestige.read.file import Source
from vestige.read.recorded import Ghosts, Record, parts
from vestige.read.ways import Way
from vestige.run.answers import NOTHING, Answer, Answers, Known
from vestige.run.batch import Member
from vestige.run.cells import Cells
from vestige.run.ghosts import OfNames
from vestige.run.gist import SHORTEST, UID, Gist, Gists
from vestige.run.inside import INTO, way_to
from vestige.run.instance import OVERRUN
from vestige.run.passages import Left, Passages
from vestige.run.tables import Tables

_PLACES = 4_096
"""Places of which a worker remembers what is known: side-cars of one kind have the same keys."""

_SEARCHED = 1 << 20
"""Bytes of a value that may be anything in which texts are looked for."""

_BYTES = beside("bytes of a value")
_GISTS = 1 << 16
"""Gists of texts at one place of which a worker remembers what is said."""

_SHORT = 120
"""Characters of a gist up to which a whole text is remembered beside its parts."""

_TOLD = 1 << 15
"""Texts that readers give again as they are, of which a worker remembers what is said."""

_TEXTS = 200_000
"""Texts of one file that are judged, each of another gist."""

_CODECS = ("utf_8",)


class OfObject(NamedTuple):
    """What is said of a DICOM object inside a file, and what of it was not read."""

    causes: tuple[int, ...]
    problems: tuple[Problem, ...]


class _Judged(NamedTuple):
    """What is known of texts at one place: all of it by text or form, what is said by gist.

    Of texts that have a gist in common the `unsigned` is known: each leaves traces of its own.
    """

    known: Known
    by_text: "_Answers"
    unsigned: Known
    by_gist: "_Answers"
    left: Left


_Answers = dict[str | bytes, Answer]


class Said(NamedTuple):
    """What is said of a file and all that is inside it, by cause, and what of it was not read.

    Unless its kind is `known` it was only searched for texts, at its beginning and its end.
    """

    causes: tuple[int, ...]
    members: tuple[Member, ...]
    problems: tuple[Problem, ...]
    families: tuple[tuple[int, Family], ...] = ()
    known: bool = True


class Beside:
    """Judges what stands in files beside the images; one lives in each worker.

    `of_object` says what is said of a DICOM object, and None of bytes that are none; `of_names`
    what of the names in a container, to which a way leads. `beat` is called while it goes on.
    """

    def __init__(
        self,
        answers: Answers,
        tables: Tables,
        sets: tuple[Gists, Cells, Passages],
        of_object: Callable[[Readable, Entry], OfObject | None],
        of_names: Callable[[Entry, bytes, Ghosts], OfNames],
    ) -> None:
        self._answers = answers
        self._tables = tables
        self._gists, self._cells, self._passages = sets
        self._of_object = of_object
        self._of_names = of_names
        self.beat: Callable[[], None] | None = None
        self._known: dict[Place, _Judged] = {}
        self._met: dict[int, _Judged] = {}
        self._told: dict[int, tuple[Told, dict[int, None]]] = {}

    def said(self, entry: Entry, source: Source) -> Said:
        """What is said of the content of a file, or of texts in it if no reader knows its kind."""
        kind = kind_of(source)
        file = _File(entry, Bounds(source.size, beat=self.beat))
        if kind is None:
            found: dict[int, None] = {}
            for part in scattered.read(source):
                found.update(self._of_texts(part, file))
            return Said(tuple(found), (), tuple(file.problems.values()), known=False)
        causes = self._of_parts(kind, source, file, b"")
        told = tuple(causes), file.members(), tuple(file.problems.values())
        return Said(*told, tuple(file.families))

    def _of_parts(
        self, kind: Kind, readable: Readable, file: "_File", way: bytes
    ) -> dict[int, None]:
        """What is said of the parts of a file, and of the files inside it."""
        causes: dict[int, None] = {}
        given = self._told.get
        names = Record(f"{kind.name} member")
        for one in kind.read(readable, file.bounds):
            for part in one.parts if isinstance(one, Several) else (one,):
                again = given(id(part))
                if again is None:
                    causes.update(self._of_part(part, file, way, names))
                elif again[1]:
                    causes.update(again[1])
        causes.update(self._of_record(names, file, way))
        return causes

    def _of_part(self, part: Single, file: "_File", way: bytes, names: Record) -> dict[int, None]:
        """What is said of one part of a file; the name of a file inside it is one of `names`."""
        file.bounds.beat()
        if isinstance(part, Told):
            return self._of_texts(part, file)
        if isinstance(part, Listed):
            return dict.fromkeys(self._tables.of_rows(part.rows))
        if isinstance(part, Inner):
            if part.name:
                names.path(part.name)
            return self._of_inner(part, file, way)
        if isinstance(part, Named):
            names.parts((part.name,) if part.whole else parts(part.name), part.place)
        else:
            file.lose(part.code, part.extra)
        return {}

    def _of_record(self, names: Record, file: "_File", way: bytes) -> dict[int, None]:
        """What is said of the names in a container; those of which something is are members."""
        if names.empty:
            return {}
        told = names.ghosts()
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
        """What is said of texts; of those that a reader may give again as they are, it is kept."""
        answer = self._judged(told, file)
        causes = dict.fromkeys(answer.causes)
        if not answer.complete:
            file.overrun()
        elif isinstance(told.texts, tuple) and not file.is_cut:
            if len(self._told) >= _TOLD:
                self._told.clear()
            self._told[id(told)] = told, causes
        return causes

    def _judged(self, told: Told, file: "_File") -> Answer:
        place = told.place
        judged = self._at(place)
        causes: dict[int, None] = {}
        texts = told.texts if isinstance(told.texts, list | tuple) else list(told.texts)
        labelled = bool(place.tag or place.where.is_name)
        of_text = self._of_text if labelled else self._unlabelled
        complete = True
        for text in texts if labelled else _strange(texts, judged, causes):
            answer = of_text(text, judged, file)
            if answer.causes:
                causes.update(dict.fromkeys(answer.causes))
            complete = complete and answer.complete
        if told.together:
            causes.update(dict.fromkeys(self._cells.said(place, texts)))
        return Answer(tuple(causes), complete=complete)

    def _at(self, place: Place) -> _Judged:
        """What is known of texts at a place. Most places come again and again as they are."""
        again = self._met.get(id(place))
        if again is not None and again.known.way.place is place:
            judged = again
        else:
            judged = self._known.get(place) or self._first_at(place)
            if judged.known.way.place is place:
                self._met[id(place)] = judged
        judged.known.forget()
        judged.unsigned.forget()
        return judged

    def _first_at(self, place: Place) -> _Judged:
        if len(self._known) >= _PLACES:
            self._known.clear()
            self._met.clear()
        way = Way(name.read if place.where.is_name else ways.text, place, _CODECS)
        known, unsigned = self._answers.alone(way), self._answers.alone(way, silent=True)
        judged = self._known[place] = _Judged(known, {}, unsigned, {}, {})
        return judged

    def _of_text(self, text: str, judged: "_Judged", file: "_File") -> Answer:
        """What is said of a text behind a label, or of a name; of a UID as of the first."""
        if not judged.known.way.place.tag and UID.fullmatch(text):
            return self._of_first("UID", text, judged.known, judged.by_text, file)
        return self._answers.to(judged.known, text.encode("utf-8", "replace"))

    def _unlabelled(self, text: str, judged: "_Judged", file: "_File") -> Answer:
        """What is said of a text under no label: of the first text with its gist."""
        known, by_text, _, _, left = judged
        if not text.isascii():
            return self._of_first(text, text, known, by_text, file)
        form = text.encode("ascii").translate(NINES)
        if len(text) < SHORTEST:
            answer = known.by_root(b"").get(form)
            if answer is None or answer.special:
                answer = self._of_first(text, text, known, by_text, file)
            return answer
        answer = by_text.get(form)
        if answer is not None:
            return answer
        if ways.opens(known.way, form):
            return self._of_first(text, text, known, by_text, file)
        gist = self._gists.of(text)
        answer = self._of_gist(gist, judged, file)
        traces, alike = self._passages.left_by(known.way.place, text, left)
        if traces:
            answer = answer._replace(own=(*answer.own, *traces))
        if alike and gist.takes_any_digits and answer.complete:
            _remember(by_text, form, answer, file)
        return answer

    def _of_gist(self, gist: Gist, judged: "_Judged", file: "_File") -> Answer:
        """What is said of all texts of a gist, but for whom each speaks of."""
        _, _, known, by_gist, _ = judged
        answer = by_gist.get(gist.whole)
        if answer is None:
            given = gist.parts()
            parts = [self._of_first(key, part, known, by_gist, file) for key, part in given]
            causes = dict.fromkeys(cause for one in parts for cause in one.causes)
            answer = Answer(tuple(causes), complete=all(one.complete for one in parts))
            if len(gist.whole) <= _SHORT:
                _remember(by_gist, gist.whole, answer, file)
        return answer

    def _of_first(
        self, key: str, text: str, known: Known, answers: "_Answers", file: "_File"
    ) -> Answer:
        """What is said of the first text with a key, which holds for all others."""
        answer = answers.get(key)
        if answer is None:
            if not file.judge():
                return NOTHING
            answer = self._answers.to(known, text.encode("utf-8", "replace"))
            _remember(answers, key, answer, file)
        return answer

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
            return self._of_unknown(inner, file)
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

    def _of_unknown(self, inner: Inner, file: "_File") -> dict[int, None]:
        """What is said of bytes inside a file of which no reader knows the kind."""
        if not inner.surely:
            found = runs(inner.content.read(0, _SEARCHED))
            return self._of_texts(Told(_BYTES, found), file)
        if inner.content.size:
            file.lose("member-unread")
        return {}


def _strange(texts: Sequence[str], judged: _Judged, causes: dict[int, None]) -> Sequence[str]:
    """The texts of which is not known what is said by their forms; of the others it is added."""
    forms = forms_of(texts) if len(texts) > 1 else None
    if forms is None:
        return texts
    short, long = judged.known.by_root(b""), judged.by_text
    strange = set[bytes]()
    for form in dict.fromkeys(forms):
        is_short = len(form) < SHORTEST
        answer = short.get(form) if is_short else long.get(form)
        if answer is None or (is_short and answer.special) or not answer.complete:
            strange.add(form)
        elif answer.causes:
            causes.update(dict.fromkeys(answer.causes))
    return [text for text, form in zip(texts, forms, strict=True) if form in strange]


def _remember(answers: _Answers, key: str | bytes, answer: Answer, file: "_File") -> None:
    """Keep what is said of texts for other files, but nothing that a bound of this one cut."""
    if file.is_cut:
        return
    if len(answers) >= _GISTS:
        answers.clear()
    answers[key] = answer


class _File:
    """The file in hand: its bounds, its members, and what of it was not read, by code."""

    def __init__(self, entry: Entry, bounds: Bounds) -> None:
        self.entry = entry
        self.bounds = bounds
        self._members: dict[bytes, dict[int, None]] = {}
        self.families: list[tuple[int, Family]] = []
        self.problems: dict[str, Problem] = {}
        self._texts = 0

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

    @property
    def is_cut(self) -> bool:
        """Whether it holds more texts than are judged of one file."""
        return self._texts > _TEXTS

    def judge(self) -> bool:
        """Count a text that is judged; False, and noted, if they were too many of one file."""
        self._texts += 1
        if self.is_cut:
            self.lose("text-budget")
        return not self.is_cut
