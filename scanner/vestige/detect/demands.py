"""What an expression demands of a text before it is worth trying, read off its source.

Most names hold nothing that most expressions could find. How many digits a match has at least,
which marks, and with which letters it begins, shows that at a fraction of the cost of a search.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from vestige.pieces import LATIN

HEAD = 3
"""Characters of a beginning at most."""

MANY = 1 << 30
"""Digits that a text is taken to hold in which they are not counted."""

_MOST_HEADS = 2_000
"""Beginnings of one expression that are listed; of more it is not told how it begins."""

_SPECIAL = re.compile(r"\\[pP]\{\^?[A-Za-z_]+\}|\\.", re.DOTALL)
_AROUND = re.compile(r"\(\?<?[=!]")
_GROUP = re.compile(r"\((?:\?(?:P?<[A-Za-z_]\w*>|:|i:)|(?!\?))")
_AGAIN = re.compile(r"\(\?P=\w+\)")
_MARKS = re.compile(r"\\[^\w]")
_MEMBERS = re.compile(r"\\?.", re.DOTALL)
_COUNTED = re.compile(r"\{(\d*)(,?)(\d*)\}")
_NO_LETTER_BEFORE = re.compile(r"(?:\(\?i\))?\(\?<!\[(?:\\.|\\p\{\w+\}|[^]\\[])*\\p\{L\}")
_DIGITS = frozenset({r"\d", "0-9"})
_RANGE = re.compile(r"(?<!^)-(?!$)")
_ASIDE = ("&&", "--", "||", "~~")


class Demands(NamedTuple):
    """What all matches have in common: digits at least, marks, and what one of them begins with.

    Each match holds the `marks` of one alternative, characters of ASCII that are neither letters
    nor digits, as often as they stand there; none if that is not told. `heads` are lower-case
    beginnings of at most `HEAD` characters, the first an ASCII letter with no letter before it, of
    all matches in texts of ASCII; none if that is not told.
    """

    digits: int
    heads: frozenset[str]
    marks: frozenset[str] = frozenset()


NOTHING = Demands(0, frozenset())


class Held:
    """What a text holds of what is demanded; of one that is not `plain` that may be anything."""

    __slots__ = ("_heads", "counted", "plain", "raw", "text")

    def __init__(self, text: str, *, plain: bool) -> None:
        self.text = text
        self.plain = plain
        self.raw = text.encode("utf-8", "surrogatepass")
        self.counted = plain or LATIN.fullmatch(text) is not None
        self._heads: list[str] | None = None

    @property
    def digits(self) -> int:
        """How many digits there are; many where other scripts may have their own."""
        return len(self.raw) - len(self.raw.translate(None, DIGITS)) if self.counted else MANY

    @property
    def heads(self) -> list[str]:
        """How the words of a plain text begin, with what follows short ones."""
        if self._heads is None:
            self._heads = _BEGINNING.findall(self.text.lower())
        return self._heads

    def begins(self, heads: frozenset[str]) -> bool:
        """Whether something in the text may begin with one of these."""
        return not self.plain or any(starts(head, heads) for head in self.heads)


def starts(head: str, heads: frozenset[str]) -> bool:
    """Whether the beginning of a word is one of some, which may be shorter."""
    return head in heads or head[:2] in heads or head[:1] in heads


DIGITS = b"0123456789"
_BEGINNING = re.compile(rf"(?=([a-z].{{0,{HEAD - 1}}}))[a-z]+", re.DOTALL)


@lru_cache(maxsize=1 << 10)
def demands(expression: str) -> Demands:
    """What `expression` demands; nothing where its source says more than is understood here."""
    try:
        return _Reading(expression).done()
    except _NotUnderstoodError:
        return NOTHING


class _NotUnderstoodError(Exception):
    """The expression is beyond what is understood."""


class _Part(NamedTuple):
    """What a part of an expression takes: digits at least, beginnings, and marks.

    Behind an `open` beginning stands what follows the part, behind the others anything.
    """

    digits: int
    open: frozenset[str]
    closed: frozenset[str]
    marks: frozenset[str] = frozenset({""})

    def then(self, other: "_Part") -> "_Part":
        """The whole of a part and another behind it."""
        digits, marks = self.digits + other.digits, _both(self.marks, other.marks)
        if not self.open:
            return self._replace(digits=digits, marks=marks)
        longer = {(one + two)[:HEAD] for one in self.open for two in other.open}
        ended = {(one + two)[:HEAD] for one in self.open for two in other.closed}
        whole = frozenset(one for one in longer if len(one) == HEAD)
        if len(longer) + len(ended) > _MOST_HEADS:
            raise _NotUnderstoodError
        return _Part(digits, frozenset(longer) - whole, self.closed | whole | ended, marks)


def _both(one: frozenset[str], other: frozenset[str]) -> frozenset[str]:
    """The marks of two parts, each with each; of too many it is not told which."""
    if len(one) * len(other) > _MOST_MARKS:
        return min(one, other, key=len)
    return frozenset("".join(sorted(a + b)) for a in one for b in other)


_MOST_MARKS = 64
"""Alternatives of marks of one expression that are listed."""

_MOST_TIMES = 4
"""How often a part is counted of which there must be some."""

_EMPTY = _Part(0, frozenset({""}), frozenset())
_ANY = _Part(0, frozenset(), frozenset({""}))
_DIGIT = _Part(1, frozenset(), frozenset({""}))


class _Reading:
    """One pass over the source of an expression."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._at = 0

    def done(self) -> Demands:
        """What the whole demands."""
        bounded = _NO_LETTER_BEFORE.match(self._source) is not None
        if self._source.startswith("(?i)"):
            self._at = len("(?i)")
        parts = self._alternatives()
        if self._at < len(self._source):
            raise _NotUnderstoodError
        whole = _either(parts)
        plain = frozenset(head for head in whole.open | whole.closed if head.isascii())
        told = bounded and len(parts) == 1 and all("a" <= head[:1] <= "z" for head in plain)
        marks = frozenset() if "" in whole.marks else whole.marks
        return Demands(whole.digits, plain if told else frozenset(), marks)

    def _alternatives(self) -> list[_Part]:
        found = [self._sequence()]
        while self._source.startswith("|", self._at):
            self._at += 1
            found.append(self._sequence())
        return found

    def _sequence(self) -> _Part:
        whole = _EMPTY
        while self._at < len(self._source) and self._source[self._at] not in "|)":
            whole = whole.then(self._repeated(self._atom()))
        return whole

    def _atom(self) -> _Part:
        letter = self._source[self._at]
        if letter == "\\":
            return self._escape()
        if letter == "[":
            return self._set()
        if letter == "(":
            return self._group()
        self._at += 1
        if letter in "^$":
            return _EMPTY
        return _ANY if letter == "." else _letters(letter)

    def _escape(self) -> _Part:
        found = _SPECIAL.match(self._source, self._at)
        if found is None:
            raise _NotUnderstoodError
        self._at = found.end()
        said = found.group()
        if said in (r"\b", r"\B", r"\A", r"\Z"):
            return _EMPTY
        if said == r"\d":
            return _DIGIT
        if _MARKS.fullmatch(said):
            return _letters(said[1])
        if said[1] in "DwWsSpPtnr":
            return _ANY
        raise _NotUnderstoodError

    def _group(self) -> _Part:
        again = _AGAIN.match(self._source, self._at)
        if again is not None:
            self._at = again.end()
            return _ANY
        around = _AROUND.match(self._source, self._at)
        opening = around or _GROUP.match(self._source, self._at)
        if opening is None:
            raise _NotUnderstoodError
        self._at = opening.end()
        inside = _either(self._alternatives())
        if not self._source.startswith(")", self._at):
            raise _NotUnderstoodError
        self._at += 1
        return _EMPTY if around is not None else inside

    def _set(self) -> _Part:
        """A set of characters: digits, or letters one by one, or it may be anything."""
        start = self._at + 1
        end = start + self._source.startswith("^", start)
        end += self._source.startswith("]", end)
        while not self._source.startswith("]", end):
            if end >= len(self._source) or self._source[end] == "[":
                raise _NotUnderstoodError
            end = _SPECIAL.match(self._source, end).end() if self._source[end] == "\\" else end + 1  # type: ignore[union-attr]
        members = self._source[start:end]
        self._at = end + 1
        if members in _DIGITS:
            return _DIGIT
        if any(one in members for one in _ASIDE):
            raise _NotUnderstoodError
        plain = _MARKS.sub("x", members)
        if members.startswith("^") or "\\" in plain or _RANGE.search(plain):
            return _ANY
        return _either([_letters(letter[-1]) for letter in _MEMBERS.findall(members)])

    def _repeated(self, part: _Part) -> _Part:
        least, most = self._quantifier()
        found = _EMPTY if most == 0 else part
        if most > 1:
            found = _Part(part.digits, frozenset(), part.open | part.closed)
        marks = frozenset({""})
        for _ in range(min(least, _MOST_TIMES)):
            marks = _both(marks, part.marks)
        found = found._replace(digits=part.digits * least, marks=marks)
        return _either([found, _EMPTY]) if least == 0 else found

    def _quantifier(self) -> tuple[int, int]:
        """How often a part stands there at least and, if it is 0, 1 or more, at most."""
        least, most = 1, 1
        letter = self._source[self._at : self._at + 1]
        counted = _COUNTED.match(self._source, self._at)
        if letter in ("?", "*", "+") and letter:
            self._at += 1
            least, most = int(letter == "+"), 1 if letter == "?" else 2
        elif counted is not None:
            self._at = counted.end()
            least = int(counted[1] or 0)
            most = int(counted[3] or 2) if counted[2] else least
        else:
            if letter == "{":
                raise _NotUnderstoodError
            return 1, 1
        if self._source[self._at : self._at + 1] in ("?", "+"):
            self._at += 1
        return least, most


def _letters(letter: str) -> _Part:
    """One letter, in any case: ß is also ss."""
    head = frozenset({letter.casefold()[:HEAD]})
    mark = letter if letter.isascii() and not letter.isalnum() else ""
    return _Part(int(letter.isdecimal()), head, frozenset(), frozenset({mark}))


def _either(parts: Iterable[_Part]) -> _Part:
    """What all of some parts have in common."""
    some = list(parts)
    return _Part(
        min(part.digits for part in some),
        frozenset().union(*(part.open for part in some)),
        frozenset().union(*(part.closed for part in some)),
        frozenset().union(*(part.marks for part in some)),
    )
