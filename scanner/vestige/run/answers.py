"""Answers: what is said of values, each form of a value judged once for a worker.

A memo in two layers, for each declaration and way of reading: by the form of a value, where the
judge says the same of all texts of that form, else by the value itself. Both are bounded.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from vestige.catalog import Catalog, Policy
from vestige.detect import codes
from vestige.detect.dummies import Doubt
from vestige.detect.judge import Judge
from vestige.digits import form_of
from vestige.model import Declaration, Hit, Observation, Place, Where
from vestige.read import name, ways
from vestige.read.ways import Way
from vestige.run.causes import Cause, Causes
from vestige.run.traces import Traces

_LIMIT = 400_000
"""Forms and values remembered by a worker, about 200 bytes each."""

_MET = 1_000
"""Values of which is remembered that they were counted, and are no exception from their form."""

_LONGEST = 1_024
"""Bytes of a value that is remembered: longer ones hardly come twice."""

_ESCAPE = b"\x1b"
_PADDING = " \x00"
_WHOLE = frozenset({ways.text, ways.decimal, name.read})
"""How values are read that are one text throughout."""

_SWITCHED = "iso2022_jp_2"
"""The codec in which plain bytes may be something else than ASCII."""


class Answer(NamedTuple):
    """What is said of a value: the numbers of causes, and whether all rules came to an end.

    `common` are those that other values share, `own` the silent ones of this value alone. Of a form
    that is `special`, that is not all: `doubts` say which of its values must be looked at, `open`
    which causes count the values, and `traced` that each leaves a trace of its own. What could not
    be read is `unread`: the code of the problem, and the pointer to where.
    """

    common: tuple[int, ...]
    own: tuple[int, ...] = ()
    special: bool = False
    doubts: tuple[Doubt, ...] = ()
    open: tuple[int, ...] = ()
    traced: bool = False
    complete: bool = True
    unread: tuple[tuple[str, str], ...] = ()

    @property
    def causes(self) -> tuple[int, ...]:
        """All of them, those of the value alone last."""
        return self.common + self.own if self.own else self.common


NOTHING = Answer(())
_THERE = b"\x01"
"""Stands for every value of which is only said that it is there: an empty one is not."""

_EACH = Answer((), special=True)
"""Every value of the form must be looked at by itself."""


NO_DECLARATION = Declaration()
"""What is declared by what is no DICOM object."""

_ALONE = 100_000
"""Forms and values remembered of one way that belongs to no object."""


class Known:
    """What is known of values that are read in one way, under one declaration.

    Of those that are `silent`, traces are left by whoever asks.
    """

    __slots__ = (
        "_forms",
        "declared",
        "exact",
        "has_roots",
        "met",
        "padding",
        "silent",
        "traced",
        "way",
    )

    def __init__(self, way: Way, declared: Declaration, *, silent: bool = False) -> None:
        self.way = way
        self.silent = silent
        self.declared = declared
        self.has_roots = way.place.vr == "UI"
        self.padding = "" if way.place.where.is_name else _PADDING
        self._forms: dict[bytes, dict[bytes, Answer]] = {b"": {}}
        self.exact: dict[bytes, Answer] = {}
        self.met: dict[bytes, Answer] = {}
        self.traced: dict[bytes, tuple[int, ...]] = {}

    def by_root(self, root: bytes) -> dict[bytes, Answer]:
        """Answers by the forms of values that begin with `root`, and with no longer one."""
        return self._forms.setdefault(root, {})

    def forget(self) -> None:
        """Begin anew if too much is known."""
        if len(self._forms[b""]) + len(self.exact) > _ALONE:
            self._forms[b""].clear()
            self.exact.clear()
            self.traced.clear()

    def text(self, value: bytes) -> str:
        """The text of plain bytes, as it is read."""
        return value.decode("ascii").strip(self.padding)


class Answers:
    """The judge with a memory; one lives in each worker."""

    def __init__(
        self, catalog: Catalog, policy: Policy, causes: Causes, traces: Traces | None = None
    ) -> None:
        self._judge = Judge(catalog, policy)
        self._causes = causes
        self._traces = traces or Traces(causes, catalog.lexicon)
        self._known: dict[Declaration, dict[int, Known]] = {}
        self._remembered = 0
        roots = sorted(catalog.tables.roots(), key=len, reverse=True)
        self._root = re.compile(b"|".join(re.escape(root.encode("ascii")) for root in roots))
        self._beginnings = {
            root.encode("ascii")
            for root in roots
            if any(other.startswith(root) and other != root for other in roots)
        }

    def under(self, declared: Declaration) -> dict[int, Known]:
        """What is known under a declaration, by the identity of the way."""
        if self._remembered > _LIMIT:
            self._known.clear()
            self._remembered = 0
        found = self._known.get(declared)
        if found is None:
            found = self._known[declared] = {}
            self._remembered += 100
        return found

    def alone(self, way: Way, *, silent: bool = False) -> Known:
        """What is known of values that belong to no object; whoever asks keeps it bounded."""
        return Known(way, NO_DECLARATION, silent=silent)

    def passes_codes(self, way: Way) -> bool:
        """Whether of names that are codes (see `detect.codes`) nothing is said, whichever it is."""
        return self._judge.passes_codes(way.place.where) and all(
            self.of(way.observed(twin), NO_DECLARATION) == NOTHING for twin in codes.TWINS
        )

    def known(self, way: Way, declared: Declaration, under: dict[int, Known]) -> Known:
        """What is known of values read in this way, which are ways of one file."""
        found = under.get(id(way))
        if found is None:
            found = under[id(way)] = Known(way, declared)
            self._remembered += 5
        return found

    def to(self, known: Known, value: bytes) -> Answer:
        """What is said of one value."""
        if known.way.read is ways.presence:
            value = _THERE
        forms = known.by_root(self._longest_root(value) if known.has_roots else b"")
        form = form_of(value)
        answer = forms.get(form)
        if answer is None:
            answer = self._of_form(known, value)
            if len(form) <= _LONGEST:
                forms[form] = answer
                self._remembered += 1
        return self.closely(known, forms, value, answer) if answer.special else answer

    def rooted(self, known: Known, value: bytes) -> tuple[bytes, dict[bytes, Answer] | None]:
        """The root that a value has, and answers by form for all values that begin with it.

        None where that is not the same for all values that begin so.
        """
        root = self._longest_root(value) if known.has_roots else b""
        if known.has_roots and (not root or root in self._beginnings):
            return root, None
        return root, known.by_root(root)

    def _longest_root(self, value: bytes) -> bytes:
        found = self._root.match(value)
        return found.group() if found else b""

    def closely(
        self, known: Known, forms: dict[bytes, Answer], value: bytes, answer: Answer
    ) -> Answer:
        """What is said of a value whose form is not all there is to it, from its form's answer."""
        if answer is _EACH:
            return self._exactly(known, value)
        met = known.met.get(value)
        if met is not None:
            return met
        text = known.text(value)
        for doubt in answer.doubts:
            if doubt(text):
                return self._exactly(known, value)
        if answer.open:
            counted, answer = self._counted(forms, value, text, answer)
            answer = self._with_trace(known, value, answer, counted)
            if len(counted) == len(answer.open) and len(known.met) < _MET:
                known.met[value] = answer
                self._remembered += 1
            return answer
        return self._with_trace(known, value, answer) if answer.traced else answer

    def _counted(
        self, forms: dict[bytes, Answer], value: bytes, text: str, answer: Answer
    ) -> tuple[tuple[int, ...], Answer]:
        """The numbers of a value that counts, and the answer for all whose values still count."""
        told = {cause: self._causes.note(cause, text) for cause in answer.open}
        noted = tuple(cause for cause, number in told.items() if number is not None)
        if len(noted) < len(told):
            special = bool(answer.doubts or noted or answer.traced)
            more = (self._causes.more(cause) for cause in answer.open if cause not in noted)
            answer = forms[form_of(value)] = answer._replace(
                common=(*answer.common, *more), open=noted, special=special
            )
        return tuple(number for number in told.values() if number is not None), answer

    def _with_trace(
        self, known: Known, value: bytes, answer: Answer, counted: tuple[int, ...] = ()
    ) -> Answer:
        """The answer of a form, with the trace that one value of it leaves, and its numbers."""
        if not answer.traced:
            return answer._replace(own=counted) if counted else answer
        left = known.traced.get(value)
        if left is None:
            number = self._traces.of_text(known.way.place, known.text(value))
            left = known.traced[value] = () if number is None else (number,)
            self._remembered += 1
        own = (*counted, *left)
        return answer._replace(own=own) if own else answer

    def _of_form(self, known: Known, value: bytes) -> Answer:
        """What is said of all values of a form, as far as that can be told from one of them."""
        way = known.way
        if way.read is ways.decimal and not ways.is_odd(value):
            return NOTHING
        if not _is_plain(way, value):
            return _EACH
        text = known.text(value)
        if not text:
            return NOTHING
        place = way.place
        alike = self._judge.alike(place, text, known.declared)
        if alike is None or self._traces.is_open(place):
            return _EACH
        causes = tuple(
            self._causes.number(Cause(claim, place.where, place.pointer, ""))
            for claim in alike.claims
        )
        traced = not known.silent and self._traces.varies(place, text)
        trace = None if traced or known.silent else self._traces.of_text(place, text)
        if not (causes or alike.doubts or traced):
            return NOTHING if trace is None else Answer((trace,))
        every = causes if trace is None else (*causes, trace)
        return Answer(every, special=True, doubts=alike.doubts, open=causes, traced=traced)

    def _exactly(self, known: Known, value: bytes) -> Answer:
        answer = known.exact.get(value)
        if answer is None:
            seen = known.way.observed(value)
            answer = self.of(seen, known.declared, silent=known.silent)
            if len(value) <= _LONGEST:
                known.exact[value] = answer
                self._remembered += 1
        return answer

    def of(
        self,
        observations: tuple[Observation, ...],
        declared: Declaration,
        *,
        silent: bool = False,
    ) -> Answer:
        """What is said of texts with their places, without looking at what is remembered."""
        causes: dict[int, None] = {}
        own: dict[int, None] = {}
        complete = True
        unread: dict[tuple[str, str], None] = {}
        for observation in observations:
            if observation.unread:
                unread[observation.unread, observation.place.pointer] = None
                continue
            judgement = self._judge.judge(observation, declared)
            complete = complete and judgement.complete
            for hit in judgement.hits:
                number = self._causes.number(self._cause(hit, observation.place), hit.explain)
                value = self._causes.note(number, hit.value.reveal(), hit.explain)
                causes[number] = None
                own[self._causes.more(number) if value is None else value] = None
            if not silent:
                own.update(dict.fromkeys(self._left_by(observation, judgement.hits)))
        return Answer(tuple(causes), tuple(own), complete=complete, unread=tuple(unread))

    def _left_by(self, observation: Observation, hits: tuple[Hit, ...]) -> Iterator[int]:
        """The traces that one text leaves."""
        number = self._traces.of_text(observation.place, observation.text.reveal())
        if number is not None:
            yield number
        yield from self._traces.of_open(observation, hits)

    def _cause(self, hit: Hit, place: Place) -> Cause:
        digest = self._causes.digest(hit.value) if place.where is Where.PATH else ""
        return Cause(hit.claim, place.where, place.pointer, digest)


def _is_plain(way: Way, value: bytes) -> bool:
    """Whether a value, and all of its form, is one text of ASCII throughout and no container."""
    if way.read not in _WHOLE or not value.isascii() or _ESCAPE in value:
        return False
    return way.codecs[0] != _SWITCHED and not ways.opens(way, value)
