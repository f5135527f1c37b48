"""Hunt: known persons in bytes that nobody judged, by keyed digests alone.

Bytes are cut into runs of letters and digits, and the digest of each that was not met before is
looked up among those of known persons. Where none is known nothing else is done; so what speaks of
nobody costs little, and chance has to write several letters before anything is said.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from vestige.correlate.known import Origin, Source
from vestige.correlate.runs import codes as codes_in
from vestige.correlate.runs import in_digits, letters, letters_of, names_of_signs, spellings, trims
from vestige.identity import STRONG, Form, Mark, Marker, Ordinary
from vestige.spelled_dates import FIRST_YEAR, LAST_YEAR, dates
from vestige.text import normal
from vestige.trace import Kind

_APART = 2
"""Words that may stand between two names of one person, less one."""

_BESIDE = 5
"""Words on each side of a name among which a birth date is looked for."""

_GAP = 24
"""Bytes between two names of one person."""

_MEMO = 1 << 20
_SHORTEST = 4
_SHORTEST_TRACE = 5
_LEAST = {(True, True): 4, (True, False): 6, (False, False): 7}
"""Letters of which a strong form consists in a text, in runs of text among bytes, and in bytes."""

_DIGITS = 4
_NUMBER = range(6, 25)
_NUMBER_IN_BYTES = 8
"""Characters of a number, also in bytes that are no text."""

_SURE_NUMBER = 12
_BY_CHANCE = 0.5
"""Numbers of a stretch that may be known by chance, before none of them counts for much."""

_MANY = 2
"""Persons who share a form that says little by itself: the name Maria."""

_MOST_PAIRS = 20_000
"""Pairs of known words of one stretch that are tried."""

_ONE_IN = 16
"""One byte in so many is zero at least where letters may be wide."""


class Sighting(NamedTuple):
    """A known person in bytes: who, in what form, and whether it is hardly another's, or nobody's.

    A person who is known by what may be a code alone, as a short number, is never strong evidence.
    """

    source: Source
    form: Form
    strong: bool


Known = Mapping[Mark, Sequence[Source]]
"""Those who bear each mark of the known persons."""

NOBODY: frozenset[int] = frozenset()


class _Met(NamedTuple):
    """A known run: the folds of it that are known, and the marks of persons that it bears alone."""

    folds: tuple[str, ...]
    marks: tuple[tuple[Mark, int], ...]


_LAST_OF_ASCII = 0x7F
_KEPT = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.'")
_IN_TEXT = bytes(c if c in _KEPT or c > _LAST_OF_ASCII else 0x20 for c in range(256))
_IN_BYTES = bytes(c if c in _KEPT else 0x20 for c in range(256))
_PARTED = re.compile(rb"[0-9]{2,6}[-/][0-9]{2,6}(?:[-/][0-9]{2,6})?")
_DATE = re.compile(rb"[0-9]{6,8}(?![0-9])|[0-9]{1,4}[-./_][0-9]{1,2}[-./_][0-9]{2,4}(?![0-9])")
_INITIALS = re.compile(
    rb"(?<![A-Za-z0-9])[A-Za-z][. ]{0,2}[A-Za-z](?:[. ]{0,2}[A-Za-z])?(?![A-Za-z0-9])"
)
_INITIALS_BESIDE = 9
"""Bytes beside a date in which initials may stand."""

_WORDS = re.compile(r"[^\W\d_]+")
_NUMBER_RUN = re.compile(r"\d+")
_MONTH = re.compile(r"[^\W\d_]{3}|\b[IVXivx]{1,4}\b")


def _no(_word: str) -> bool:
    return False


class Hunter:
    """Looks for known persons in views; one lives in each worker, and learns what is quiet."""

    def __init__(self, known: Known, marker: Marker, ordinary: Ordinary = _no) -> None:
        """Two words that are both `ordinary` are vocabulary, and name nobody in any content."""
        self._ordinary = ordinary
        self._marks = known
        self._marker = marker
        self._runs = frozenset(mark.digest for mark in known if mark.form is Form.RUN)
        forms = [mark.form for mark in known]
        self._numbers = forms.count(Form.NUMBER)
        self._digests = frozenset(mark.digest for mark in known if mark.form is Form.NUMBER)
        self._births = _births(known, marker)
        self._spelled = frozenset(one for day in self._births for one in in_digits(day))
        self._years = frozenset(
            year for day in self._births for year in (f"{day.year}", f"{day.year % 100:02}")
        )
        self._initials = Form.INITIALS_AND_BIRTH in forms
        self._quiet: set[bytes] = set()
        self._loud: dict[bytes, _Met] = {}
        self._days = lru_cache(1 << 14)(self._known_days)

    def sightings(
        self, data: bytes, *, text: bool, sure: bool, own: frozenset[int] = NOBODY
    ) -> set[Sighting]:
        """Those known in the bytes of a view; `own` are the tables' traces in the entry itself.

        What is not `sure` to be a text must show more letters, for chance may have written some.
        """
        found: set[Sighting] = set()
        least = _LEAST[text, sure]
        for stretch in _stretches(data, text=text):
            words = stretch.translate(_IN_TEXT if text else _IN_BYTES).split()
            distinct = set(words)
            for mark, count in self._found(stretch, words, distinct, text=text):
                if count >= least or mark.form not in _COUNTED:
                    found.update(self._told(mark, count, own))
            if self._numbers:
                found.update(self._numbered(stretch, distinct, own, text=text and sure))
        return found

    def knows(self, word: str) -> bool:
        """Whether a word may be a part of the name of somebody who is known."""
        return any(
            self._marker.run(fold).digest in self._runs
            for fold in spellings(word.encode("utf-8", "replace"))
        )

    def _told(self, mark: Mark, count: int, own: frozenset[int]) -> Iterator[Sighting]:
        """What a mark says that stands there in so many letters."""
        form, borne = mark.form, self._marks[mark]
        strong = form in STRONG
        if strong or (_persons(borne) <= _MANY and _tells_alone(form, count)):
            yield from _seen(borne, form, own, strong=strong)

    def _found(
        self, data: bytes, words: Sequence[bytes], distinct: set[bytes], *, text: bool
    ) -> Iterator[tuple[Mark, int]]:
        """The marks of known persons in a stretch, each with the letters of which it consists."""
        met = self._met(distinct, text=text)
        for one in met.values():
            yield from one.marks
        if met and not text:
            met |= self._met(_beside(words, met), text=True)
        if met:
            places = [index for index, word in enumerate(words) if word in met]
            yield from self._pairs(data, words, places, met)
            if self._births:
                yield from self._dated(words, places, met)
        if text and self._initials:
            for written in _dates_with_initials(data):
                if self._days(written.decode("ascii", "replace")):
                    yield from self._marked(written, Form.INITIALS_AND_BIRTH)

    # --- words ---

    def _met(self, words: set[bytes], *, text: bool) -> dict[bytes, _Met]:
        """The known runs among those of a stretch."""
        met = {}
        for word in words - self._quiet:
            known = self._loud.get(word)
            if known is None and (text or len(word) >= _SHORTEST):
                known = self._judge(
                    word, lasting=text or len(word) > _SHORTEST_TRACE, trimmed=not text
                )
            if known is not None:
                met[word] = known
        return met

    def _judge(self, word: bytes, *, lasting: bool, trimmed: bool) -> _Met | None:
        """What a run has of known persons; None if nothing.

        Among bytes chance may have written a letter before or behind it, which is `trimmed`.
        """
        if word[:1].isdigit() and not word.isalnum() and word.count(b".") == 1:
            return None
        if not trimmed and word.isalpha() and word.isascii() and _is_alike(word):
            folds: Iterable[str] = (word.lower().decode("ascii"),)
        else:
            folds = dict.fromkeys(trims(word) if trimmed else spellings(word))
        known = tuple(fold for fold in folds if self._marker.run(fold).digest in self._runs)
        if not known:
            if lasting and not word.isdigit():
                if len(self._quiet) >= _MEMO:
                    self._quiet.clear()
                self._quiet.add(word)
            return None
        if len(self._loud) >= _MEMO:
            self._loud.clear()
        found = self._loud[word] = _Met(known, tuple(self._marked(word)))
        return found

    def _marked(self, written: bytes, wanted: Form | None = None) -> Iterator[tuple[Mark, int]]:
        """The marks of known persons in a few bytes, each with its letters."""
        text = normal(written.decode("utf-8", "replace"))
        for one in (text, *names_of_signs(text)):
            for sign in self._marker.in_text(one):
                form = sign.mark.form
                if form is Form.NUMBER or wanted not in {None, form}:
                    continue
                if sign.mark in self._marks and not self._plain(one[sign.start : sign.end], form):
                    yield sign.mark, letters(one[sign.start : sign.end])

    def _pairs(
        self,
        data: bytes,
        words: Sequence[bytes],
        places: Sequence[int],
        met: Mapping[bytes, _Met],
    ) -> Iterator[tuple[Mark, int]]:
        """Two known words of one person that stand beside each other."""
        tried: set[tuple[bytes, bytes]] = set()
        for index, place in enumerate(places):
            for other in places[index + 1 : index + 2 + _APART]:
                if other - place > 1 + _APART:
                    break
                pair = words[place], words[other]
                if pair not in tried:
                    tried.add(pair)
                    yield from self._pair(data, pair, met)
            if len(tried) > _MOST_PAIRS:
                return

    def _pair(
        self, data: bytes, pair: tuple[bytes, bytes], met: Mapping[bytes, _Met]
    ) -> Iterator[tuple[Mark, int]]:
        one, other = pair
        if self._plain(f"{_shown(one)} {_shown(other)}", Form.NAMES):
            return
        for left, right in product(met[one].folds, met[other].folds):
            mark = self._marker.pair(left, right)
            if mark in self._marks and _stand_together(data, one, other):
                yield mark, letters_of(one) + letters_of(other)

    def _plain(self, written: str, form: Form) -> bool:
        """Whether what would be two names are two words of the vocabulary: test case."""
        return form in _COUNTED and all(map(self._ordinary, _WORDS.findall(written)))

    def _dated(
        self, words: Sequence[bytes], places: Iterable[int], met: Mapping[bytes, _Met]
    ) -> Iterator[tuple[Mark, int]]:
        """Known words beside a birth date."""
        for place in places:
            around = words[max(0, place - _BESIDE) : place + 1 + _BESIDE]
            if not any(word[:1].isdigit() for word in around):
                continue
            days = self._days(b" ".join(around).decode("ascii", "replace"))
            for day, fold in product(days, met[words[place]].folds):
                mark = self._marker.named_and_born(fold, day)
                if mark in self._marks:
                    yield mark, len(fold)

    def _known_days(self, text: str) -> tuple[date, ...]:
        """The birth dates of known persons that a text may mean."""
        if not self._may_be_dated(text):
            return ()
        return tuple(dict.fromkeys(found.day for found in dates(text) if found.day in self._births))

    def _may_be_dated(self, text: str) -> bool:
        """Whether digits of a text are those of a birth date, or one of their years a month's."""
        numbers = _NUMBER_RUN.findall(text)
        padded = [number.zfill(2) for number in numbers]
        joined = ("".join(padded[at : at + 3]) for at in range(len(padded) - 2))
        if not self._spelled.isdisjoint((*(number[:8] for number in numbers), *joined)):
            return True
        return not self._years.isdisjoint(padded) and _MONTH.search(text) is not None

    # --- numbers ---

    def _numbered(
        self, data: bytes, words: Iterable[bytes], own: frozenset[int], *, text: bool
    ) -> Iterator[Sighting]:
        """Known numbers of a stretch; strong if chance would hardly have written one."""
        least = _NUMBER[0] if text else _NUMBER_IN_BYTES
        codes = {one for one in codes_in(words) if least <= len(one) <= _NUMBER[-1]}
        if text and (b"-" in data or b"/" in data):
            parted = (code.translate(None, b"-/") for code in set(_PARTED.findall(data)))
            codes.update(code.decode("ascii") for code in parted if least <= len(code))
        short = sum(len(one) < _SURE_NUMBER for one in codes)
        for one in codes:
            borne = self._number(one)
            if not borne:
                continue
            # Among so many numbers, how many known ones would chance write?
            strong = short * self._numbers / 10 ** min(len(one), 15) <= _BY_CHANCE
            if strong or _persons(borne) <= _MANY:
                yield from _seen(borne, Form.NUMBER, own, strong=strong)

    def _number(self, whole: str) -> Sequence[Source]:
        for one in (whole, whole.lstrip("0")) if whole.startswith("0") else (whole,):
            mark = self._marker.number(one)
            if mark.digest in self._digests:
                return self._marks.get(mark, ())
        return ()


_COUNTED = frozenset({Form.NAMES, Form.JOINED})
"""Forms of letters alone."""


def _seen(
    borne: Iterable[Source], form: Form, own: frozenset[int], *, strong: bool
) -> Iterator[Sighting]:
    for source in borne:
        if source.origin is not Origin.TABLE or source.number not in own:
            yield Sighting(source, form, strong and source.kind is not Kind.DOUBTFUL)


def _is_alike(word: bytes) -> bool:
    return word.islower() or word.istitle() or word.isupper()


def _shown(word: bytes) -> str:
    return word.decode("utf-8", "replace")


def _persons(borne: Iterable[Source]) -> int:
    return len({source.who for source in borne})


def _tells_alone(form: Form, letters: int) -> bool:
    return form in {Form.NAME, Form.INITIAL_AND_NAME} and letters >= _SHORTEST_TRACE


def _births(known: Known, marker: Marker) -> frozenset[date]:
    """The birth dates of known persons: days are few, so that each can be asked for."""
    if not any(mark.form is Form.BIRTH for mark in known):
        return frozenset()
    first = date(FIRST_YEAR, 1, 1)
    count = (date(LAST_YEAR, 12, 31) - first).days + 1
    days = (first + timedelta(days=number) for number in range(count))
    return frozenset(day for day in days if marker.birth(day) in known)


def _stretches(data: bytes, *, text: bool) -> Iterator[bytes]:
    """The bytes, and where zeros stand among them the halves of which wide letters consist."""
    yield data
    if not text and data.count(0) * _ONE_IN > len(data):
        for half in (0, 1):
            yield data[half::2]


def _beside(words: Sequence[bytes], met: Mapping[bytes, _Met]) -> set[bytes]:
    """The short runs beside known ones; by themselves, among bytes, they are chance."""
    near: set[bytes] = set()
    for index in [index for index, word in enumerate(words) if word in met]:
        near.update(words[max(0, index - _APART) : index + _APART + 1])
    return {word for word in near if len(word) < _SHORTEST and word.isalpha()}


def _dates_with_initials(data: bytes) -> set[bytes]:
    """What stands around each date that has one or two letters beside it."""
    found = set()
    for match in _DATE.finditer(data):
        start, end = match.span()
        before = data[max(0, start - _INITIALS_BESIDE) : start]
        behind = data[end : end + _INITIALS_BESIDE]
        if _INITIALS.search(before) or _INITIALS.search(behind):
            found.add(before + match.group() + behind)
    return found


def _stand_together(data: bytes, one: bytes, other: bytes) -> bool:
    between = re.escape(one) + b".{1,%d}?" % _GAP + re.escape(other)
    return re.search(between, data, re.DOTALL) is not None
