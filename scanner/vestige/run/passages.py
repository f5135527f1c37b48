"""Passages: what of a text may speak of somebody, so that equal passages leave one trace.

Texts are judged by their gist, which others share; but who is spoken of is asked of each text by
itself. Words that are nobody's name, in small letters, leave no mark: the others are marked as they
stand, with those near them. How long the words between them are stays, and how many.
"""

import re
from collections.abc import Iterator

from vestige.catalog import Catalog
from vestige.model import Place
from vestige.run import gist
from vestige.run.traces import Traces

_WORD, _NUMBER, _UNIQUE, _DIGIT = "\1", "\3", "\4", "\5"
"""What stands for each letter of a word, a short number and a random one, and for a digit."""

_TOKEN = re.compile(r"([a-z]{2,}|a)([.,;)]?)")
_GROUPED = re.compile(r"\d{3}\.\d{3}[,;)]?")
"""A number of six digits, as some write it; other short numbers with a point are measures."""

_APART = re.compile(rf"(?:(?<![^ ]){_WORD}+[.,;)]?(?![^ ]) ?){{3,}}")
"""Words that part what stands before and behind them: nothing is marked across three."""

_ENDS = f" {_WORD}{_NUMBER}{_UNIQUE}.,;()"
_SHOWN = str.maketrans(dict.fromkeys((_WORD, _NUMBER, _UNIQUE, _DIGIT), "-"))
_ANY_DIGIT = re.compile(r"\d")
_FEWEST_DIGITS = 4
"""Digits of a number of a person at least."""

_ENTITY = re.compile(r"(?<=[A-Za-z][-_])\d{1,3}(?!\d)")
"""What counts subjects, sessions and runs in names of files, with fewer digits than that."""


def _random(found: re.Match[str]) -> str:
    return _UNIQUE * len(found.group())


def _digits(found: re.Match[str]) -> str:
    return _DIGIT * len(found.group())


_REMEMBERED = 1 << 18
_PASSAGES = 1 << 17

Left = dict[str, int | None]
"""The number of the trace that a passage left at one place; None if it left none."""


class Passages:
    """Leaves the traces of texts; one lives in each worker."""

    def __init__(self, catalog: Catalog, traces: Traces) -> None:
        self._ordinary = catalog.lexicon.ordinary
        self._asked = gist.asked(catalog)
        self._traces = traces
        self._of_word: dict[str, str] = {}

    def left_by(self, place: Place, text: str, left: Left) -> tuple[tuple[int, ...], bool]:
        """The traces that a text of ASCII leaves, and whether any other digits leave the same.

        `left` is what was left at that place before.
        """
        known = self._of_word
        words = text.split(" ")
        try:
            shown = " ".join([known[word] for word in words])
        except KeyError:
            self._learn(words)
            shown = " ".join([known[word] for word in words])
        numbers: dict[int, None] = {}
        alike = True
        for passage in self._passages(shown, text):
            alike = alike and _ANY_DIGIT.search(passage) is None
            try:
                number = left[passage]
            except KeyError:
                number = self._leave(place, passage, left)
            if number is not None:
                numbers[number] = None
        return tuple(numbers), alike

    def _leave(self, place: Place, passage: str, left: Left) -> int | None:
        if len(left) >= _PASSAGES:
            left.clear()
        number = left[passage] = self._traces.of_text(place, passage.translate(_SHOWN))
        return number

    def _passages(self, shown: str, text: str) -> Iterator[str]:
        """The passages of a text, as it stands where digits matter."""
        start = 0
        for gap in _APART.finditer(shown):
            yield from self._passage(shown, text, start, gap.start())
            start = gap.end()
        yield from self._passage(shown, text, start, len(shown))

    def _passage(self, shown: str, text: str, start: int, end: int) -> Iterator[str]:
        part = shown[start:end]
        if not part.strip(_ENDS):
            return
        if _ANY_DIGIT.search(part) or (_NUMBER in part and self._announces(part)):
            yield text[start:end]
        else:
            yield part.strip(_ENDS)

    def _announces(self, part: str) -> bool:
        """Whether a word stands in a passage of which rules ask, as months and labels are."""
        return not self._asked.isdisjoint(part.lower().split(" "))

    def _learn(self, words: list[str]) -> None:
        if len(self._of_word) > _REMEMBERED:
            self._of_word.clear()
        for word in words:
            if word not in self._of_word:
                self._of_word[word] = self._shown(word)

    def _shown(self, word: str) -> str:
        """A word as its passage shows it: as it is, if it may be a name or a number."""
        if gist.SHORT_NUMBER.fullmatch(word):
            return word if _GROUPED.fullmatch(word) else _NUMBER * len(word)
        if gist.UNIQUE.fullmatch(word):
            return _UNIQUE * len(word)
        word = gist.UID.sub(_random, word)
        found = _TOKEN.fullmatch(word)
        if found is not None:
            return _WORD * len(found[1]) + found[2] if self._is_mute(found[1]) else word
        shown = _ENTITY.sub(_digits, word)
        return shown if len(_ANY_DIGIT.findall(shown)) < _FEWEST_DIGITS else word

    def _is_mute(self, word: str) -> bool:
        """Whether a word in small letters is nobody's name, and announces nothing."""
        plain = word in gist.PARTICLES or self._ordinary(word)
        return plain and word not in self._asked
