"""Marks of persons: what a name, a number and a birth date leave in texts, as keyed digests.

A person that is known is marked once; every text is marked in all the ways in which it may speak of
somebody. A mark that both have says that the text speaks of the person, and holds no letter of it.
"""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from itertools import islice, product
from typing import NamedTuple

import regex

from vestige.mark import Form, Mark
from vestige.spelled_dates import Dated, dates, day_of
from vestige.spelled_names import (
    LETTERS,
    PARTICLES,
    SHORTEST_JOINED,
    SHORTEST_MIRRORED,
    SHORTEST_NAME,
    Name,
)
from vestige.spelled_names import names as spelled_names
from vestige.text import Token, TokenKind, folds, normal, tokens, unquoted

__all__ = ["STRONG", "Form", "Mark", "Marker", "Ordinary", "Sign"]

STRONG = frozenset(
    {Form.NAMES, Form.JOINED, Form.NAME_AND_BIRTH, Form.NUMBER, Form.INITIALS_AND_BIRTH}
)
"""Forms that hardly ever are another person's, or nobody's.

A run of letters says nothing of anybody: it tells where to look for the other forms. No text bears
its mark, so that whoever compares marks never meets it.
"""


class Sign(NamedTuple):
    """A mark that stands in a text, between two of its characters."""

    mark: Mark
    start: int
    end: int


Ordinary = Callable[[str], bool]
"""Whether a word is vocabulary or technique, and says nothing of a person by itself."""

_HEADS = {form: f"{form.name}\0".encode() for form in Form}
"""What the digest of each form begins with."""

_DIGEST = 8
_KEY = 64
_MEMO = 1 << 17

_WINDOW = 2
"""How many words may stand between two names of one person, less one: Garcia Lopez, Maria."""

_NEAR = 12
"""Characters that may stand between two names of one person."""

_PIECES = 4
"""Pieces of letters and digits of which one number may consist: 12-345/67 A."""

_NUMBER = range(4, 25)
_DIGITS = 4
_BARE = 6
"""Digits that are a number by themselves, without the letters before them."""

_CODE = re.compile(r"[A-Za-z0-9]+")
_JOINS = frozenset({"-", ".", "/", " ", "_", ""})
_INITIALS = regex.compile(
    r"(?<![\p{L}\p{M}])\p{L}[. ]{0,2}\p{L}(?:[. ]{0,2}\p{L})?(?![\p{L}\p{M}])"
)
_NO_NUMBERS = frozenset({TokenKind.UUID, TokenKind.UID, TokenKind.EMAIL, TokenKind.DATE})
_BESIDE = 3
"""Characters between initials and a birth date."""

_MOST_TEXT = 16_384
_MOST_SIGNS = 256
"""Words and signs of one text that are marked; longer texts are searched, not judged."""


class Marker:
    """Makes the marks of persons and of texts under one key; equal keys give equal marks."""

    def __init__(
        self,
        key: bytes,
        ordinary: Ordinary,
        *,
        near: bool = False,
        listed: Ordinary = lambda _word: False,
    ) -> None:
        """`listed` says of two names in one word that it is a name of its own: no mark of both."""
        secret = key[:_KEY]

        @lru_cache(maxsize=_MEMO)
        def mark(form: Form, text: str) -> Mark:
            raw = f"{form.name}\0{text}".encode("utf-8", "surrogatepass")
            return Mark(form, hashlib.blake2b(raw, key=secret, digest_size=_DIGEST).digest())

        self._mark = mark
        self._keyed = hashlib.blake2b(key=secret, digest_size=_DIGEST)
        self._ordinary = ordinary
        self.near = near
        self._listed = listed

    # --- of a person ---

    def of_person(self, name: str = "", number: str = "", birth: str = "") -> frozenset[Mark]:
        """The marks of a person of that name, number and birth date (YYYYMMDD); "" is unknown.

        Several values of one kind are parted by a backslash, as in DICOM.
        """
        names = tuple(spelled_names(name))
        found = {mark for one in number.split("\\") for mark in self.of_number(one)}
        for one in birth.split("\\"):
            found.update(self._of_birth(day_of(one), names))
        for parts in names:
            found.update(self._of_name(parts))
        return frozenset(found)

    def of_number(self, number: str) -> Iterator[Mark]:
        """The marks of a record number: as it is, without leading zeros, its digits alone."""
        whole = "".join(_CODE.findall(_plain(number))).upper()
        if len(whole) not in _NUMBER or sum(map(str.isdigit, whole)) < _DIGITS:
            return
        digits = max(re.findall(r"\d+", whole), key=len)
        spellings = [whole, whole.lstrip("0")]
        if len(digits) >= _BARE:
            spellings += [digits, digits.lstrip("0")]
        for one in dict.fromkeys(spellings):
            if len(one) in _NUMBER:
                yield self._mark(Form.NUMBER, one)

    # --- of the parts of a text that is searched piece by piece ---

    def run(self, fold: str) -> Mark:
        """The mark of a run of letters, one of `folds`, in which a known person may stand."""
        return self._once(Form.RUN, fold)

    def number(self, whole: str) -> Mark:
        """The mark of a number as it is written, letters and digits alone, in capitals."""
        return self._once(Form.NUMBER, whole)

    def pair(self, one: str, other: str) -> Mark:
        """The mark of two folds that stand beside each other."""
        return self._once(Form.NAMES, _sorted(one, other))

    def birth(self, day: date) -> Mark:
        """The mark of a birth date."""
        return self._once(Form.BIRTH, day.isoformat())

    def named_and_born(self, fold: str, day: date) -> Mark:
        """The mark of a fold beside a birth date."""
        return self._once(Form.NAME_AND_BIRTH, f"{fold} {day}")

    def _once(self, form: Form, text: str) -> Mark:
        """A mark that is not remembered: whoever searches bytes asks for each of millions once."""
        digest = self._keyed.copy()
        digest.update(_HEADS[form] + text.encode("utf-8", "surrogatepass"))
        return Mark(form, digest.digest())

    # --- of the name of a person ---

    def _of_name(self, parts: Name) -> Iterator[Mark]:
        yield from map(self.run, dict.fromkeys(parts.runs()))
        for one, other in parts.pairs():
            yield self._mark(Form.NAMES, _sorted(one, other))
            for joined in (one + other, other + one):
                if len(joined) >= SHORTEST_JOINED and not self._listed(joined):
                    yield self._mark(Form.JOINED, joined)
                    yield self._mark(Form.JOINED, joined[::-1])
            for word, initial in ((one, other[0]), (other, one[0])):
                if len(word) >= SHORTEST_NAME:
                    yield self._mark(Form.INITIAL_AND_NAME, f"{initial} {word}")
        for word in parts.words():
            yield from self._of_word(word)

    def _of_word(self, word: str) -> Iterator[Mark]:
        if len(word) < SHORTEST_NAME or self._ordinary(word):
            return
        yield self._mark(Form.NAME, word)
        if len(word) >= SHORTEST_MIRRORED:
            yield self._mark(Form.NAME, word[::-1])
        if self.near:
            yield from self._nearly(word)

    def _nearly(self, word: str) -> Iterator[Mark]:
        """Marks that a word shares with all words at one edit from it."""
        if len(word) > SHORTEST_MIRRORED:
            yield self._mark(Form.NEARLY, word)
            for place in range(len(word)):
                yield self._mark(Form.NEARLY, word[:place] + word[place + 1 :])

    def _of_birth(self, born: date | None, names: Sequence[Name]) -> Iterator[Mark]:
        if born is None:
            return
        yield self._mark(Form.BIRTH, born.isoformat())
        for parts in names:
            for word in parts.words():
                yield self._mark(Form.NAME_AND_BIRTH, f"{word} {born}")
            for initials in parts.initials():
                yield self._mark(Form.INITIALS_AND_BIRTH, f"{initials} {born}")

    # --- of a text ---

    def in_text(self, text: str) -> Iterator[Sign]:
        """Every mark that stands in `text`, of whomever; the first some hundred words of it.

        Signs count characters of the text in normal form C, percent escapes decoded.
        """
        text = normal(unquoted(text))[:_MOST_TEXT]
        pieces = tokens(text)
        words = _words(text, pieces)
        days = tuple(islice(dates(text), _MOST_SIGNS))
        yield from self._pairs(words)
        yield from self._joined(text)
        yield from self._numbers(text, pieces)
        yield from self._births(text, words, days)
        for word in words:
            for fold in word.folds:
                if len(fold) >= SHORTEST_NAME and not self._ordinary(word.text):
                    yield Sign(self._mark(Form.NAME, fold), word.start, word.end)
                    if self.near:
                        near = self._nearly(fold)
                        yield from (Sign(mark, word.start, word.end) for mark in near)

    def _pairs(self, words: Sequence["_Word"]) -> Iterator[Sign]:
        for index, one in enumerate(words):
            for other in words[index + 1 : index + 2 + _WINDOW]:
                if other.start - one.end > _NEAR:
                    break
                for left, right in product(one.folds, other.folds):
                    yield from self._pair(left, right, one.start, other.end)

    def _pair(self, left: str, right: str, start: int, end: int) -> Iterator[Sign]:
        if len(left) > 1 and len(right) > 1:
            yield Sign(self._mark(Form.NAMES, _sorted(left, right)), start, end)
            return
        initial, word = sorted((left, right), key=len)
        if len(word) >= SHORTEST_NAME:
            yield Sign(self._mark(Form.INITIAL_AND_NAME, f"{initial} {word}"), start, end)

    def _joined(self, text: str) -> Iterator[Sign]:
        for match in islice(LETTERS.finditer(text), _MOST_SIGNS):
            if self._ordinary(match.group()):
                continue
            for fold in folds(match.group()):
                if len(fold) >= SHORTEST_JOINED:
                    yield Sign(self._mark(Form.JOINED, fold), *match.span())
                if len(fold) > SHORTEST_NAME:
                    for initial, word in ((fold[0], fold[1:]), (fold[-1], fold[:-1])):
                        mark = self._mark(Form.INITIAL_AND_NAME, f"{initial} {word}")
                        yield Sign(mark, *match.span())

    def _numbers(self, text: str, pieces: Sequence[Token]) -> Iterator[Sign]:
        """Every run of letters and digits, and up to four of them that one sign each joins."""
        plain = _plain(text)
        taken = [(p.start, p.end) for p in pieces if p.kind in _NO_NUMBERS]
        runs = list(islice(_CODE.finditer(plain), _MOST_SIGNS))
        if taken:
            runs = [run for run in runs if not _inside(run, taken)]
        written = [run.group().upper() for run in runs]
        digits = [sum(map(str.isdigit, one)) for one in written]
        for index, first in enumerate(runs):
            whole, count, before = "", 0, first.start()
            for place in range(index, min(index + _PIECES, len(runs))):
                run = runs[place]
                if plain[before : run.start()] not in _JOINS:
                    break
                whole, count, before = whole + written[place], count + digits[place], run.end()
                if count >= _DIGITS and len(whole) in _NUMBER:
                    yield from self._spelled(whole, first.start(), before)
            if digits[index] >= _BARE:
                yield from self._bare(first)

    def _number(self, whole: str, start: int, end: int) -> Iterator[Sign]:
        if len(whole) in _NUMBER and sum(map(str.isdigit, whole)) >= _DIGITS:
            yield from self._spelled(whole, start, end)

    def _spelled(self, whole: str, start: int, end: int) -> Iterator[Sign]:
        yield Sign(self._mark(Form.NUMBER, whole), start, end)
        if whole[0] == "0":
            yield Sign(self._mark(Form.NUMBER, whole.lstrip("0")), start, end)

    def _bare(self, run: re.Match[str]) -> Iterator[Sign]:
        """The digits of a run that begins or ends with letters: PAT0012345."""
        for match in re.finditer(r"\d+", run.group()):
            if len(match.group()) >= _BARE and match.group() != run.group():
                start = run.start() + match.start()
                yield from self._number(match.group(), start, start + len(match.group()))

    def _births(self, text: str, words: Sequence["_Word"], days: Sequence[Dated]) -> Iterator[Sign]:
        for found in days:
            if found.sure:
                mark = self._mark(Form.BIRTH, found.day.isoformat())
                yield Sign(mark, found.start, found.end)
            for word in words:
                start, end = min(word.start, found.start), max(word.end, found.end)
                near = max(word.start - found.end, found.start - word.end) <= 2 * _NEAR
                for fold in word.folds if near else ():
                    if len(fold) > 1:
                        mark = self._mark(Form.NAME_AND_BIRTH, f"{fold} {found.day}")
                        yield Sign(mark, start, end)
            yield from self._initials(text, found)

    def _initials(self, text: str, found: Dated) -> Iterator[Sign]:
        first = max(0, found.start - 2 * _NEAR)
        for match in _INITIALS.finditer(text, first, found.end + 2 * _NEAR):
            gap = max(match.start() - found.end, found.start - match.end())
            letters = "".join(folds("".join(c for c in match.group() if c.isalpha()))[:1])
            if 0 <= gap <= _BESIDE and letters:
                start, end = min(match.start(), found.start), max(match.end(), found.end)
                mark = self._mark(Form.INITIALS_AND_BIRTH, f"{letters} {found.day}")
                yield Sign(mark, start, end)


class _Word(NamedTuple):
    text: str
    start: int
    end: int
    folds: tuple[str, ...]


def _words(text: str, pieces: Iterable[Token]) -> tuple[_Word, ...]:
    """The words of a text, also those of which its humps were cut."""
    found = [
        _Word(piece.text, piece.start, piece.end, folds(piece.text))
        for piece in islice((p for p in pieces if p.kind is TokenKind.WORD), _MOST_SIGNS)
        if piece.text.lower() not in PARTICLES
    ]
    whole = {(word.start, word.end) for word in found}
    found.extend(
        _Word(run.group(), run.start(), run.end(), folds(run.group()))
        for run in islice(LETTERS.finditer(text), _MOST_SIGNS)
        if run.span() not in whole and run.group().lower() not in PARTICLES
    )
    return tuple(sorted(found, key=lambda word: (word.start, word.end)))


def _inside(match: re.Match[str], spans: Iterable[tuple[int, int]]) -> bool:
    return any(start <= match.start() and match.end() <= end for start, end in spans)


def _plain(text: str) -> str:
    """The text with the digits of all scripts as 0 to 9; its length stays."""
    if text.isascii():
        return text
    return "".join(str(int(c)) if c.isdecimal() else c for c in text)


def _sorted(one: str, other: str) -> str:
    return " ".join(sorted((one, other)))
