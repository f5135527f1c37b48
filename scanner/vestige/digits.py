"""Texts whose digits are all alike, and expressions that find at least as much in them.

Names and values on a volume differ mostly in their numbers: IM00001, IM00002. What an expression
says of one such text holds for all of them, unless it asks which digits they are.
"""

import re
from collections.abc import Callable, Sequence

NINES = bytes.maketrans(b"0123456789", b"9" * 10)
"""The table by which the digits of bytes become alike."""

_NINES_OF_TEXT = dict.fromkeys(map(ord, "012345678"), "9")
_DIGITS = frozenset("0123456789")
_OF_BYTES = b"0123456789"
_ALL_DIGITS = frozenset(range(ord("0"), ord("9") + 1))

_QUANTIFIER = re.compile(r"\{\d*(?:,\d*)?\}")
_GROUP = re.compile(r"\((?:\?(?:P?<[A-Za-z_]\w*>|P=\w+\)|<?[=!]|:|[is]+[:)])|(?!\?))")
_PROPERTY = re.compile(r"\\[pP]\{\^?[A-Za-z_]+\}")
_BLIND_ESCAPES = frozenset("dDwWsSbBAZzntrfv")
"""Escapes that take any digit for any other."""

_SET_OPERATORS = ("--", "&&", "||", "~~")


_DIGIT = re.compile(r"[0-9]")


def has_digit(text: str) -> bool:
    """Whether a digit of any script stands in a text."""
    found = _DIGIT.search(text) is not None
    return found or (not text.isascii() and any(map(str.isdigit, text)))


def digits_in(text: str) -> int:
    """How many digits of any script stand in a text."""
    if text.isascii():
        return len(text) - len(text.encode("ascii").translate(None, _OF_BYTES))
    return sum(map(str.isdigit, text))


def form(text: str) -> str:
    """`text` with each of its ASCII digits written as 9."""
    return text.translate(_NINES_OF_TEXT)


def form_of(value: bytes) -> bytes:
    """The bytes of a text with each of its ASCII digits written as 9."""
    return value.translate(NINES)


def forms_of(texts: Sequence[str]) -> list[bytes] | None:
    """The forms of texts, one after the other; None if one is not ASCII, or more than one line."""
    lines = "\n".join(texts)
    if not lines.isascii() or lines.count("\n") >= len(texts):
        return None
    return lines.encode("ascii").translate(NINES).split(b"\n")


def blinded(expression: str) -> str | None:
    """An expression that finds something in the form of each text in which `expression` does.

    It may find more. None where that cannot be told: the expression excludes some of the digits,
    never gives back what it took, or uses what is not known here.
    """
    try:
        return _Blinding(expression).done()
    except _NotToldError:
        return None


class _NotToldError(Exception):
    """The expression is beyond what can be told of its matches."""


class _Blinding:
    """One pass over an expression; `negative` are the open groups that exclude what they find."""

    def __init__(self, expression: str) -> None:
        self._source = expression
        self._at = 0
        self._out: list[str] = []
        self._groups: list[bool] = []

    def done(self) -> str:
        steps: dict[str, Callable[[], None]] = {
            "\\": lambda: self._take(self._escape(self._at)),
            "[": self._set,
            "(": self._open,
            ")": self._close,
            "{": self._quantifier,
            **dict.fromkeys("*+?", lambda: self._repeat(self._at + 1)),
            **dict.fromkeys(_DIGITS, lambda: self._widen("9", self._at + 1)),
        }
        while self._at < len(self._source):
            step = steps.get(self._source[self._at])
            if step is None:
                self._take(self._at + 1)
            else:
                step()
        if self._groups:
            raise _NotToldError
        return "".join(self._out)

    def _close(self) -> None:
        if not self._groups:
            raise _NotToldError
        self._groups.pop()
        self._take(self._at + 1)

    def _take(self, end: int) -> None:
        """Keeps what stands there up to `end`."""
        self._out.append(self._source[self._at : end])
        self._at = end

    def _widen(self, text: str, end: int) -> None:
        """Puts `text`, which matches more, in the place of what stands there."""
        if any(self._groups):
            raise _NotToldError
        self._out.append(text)
        self._at = end

    def _escape(self, at: int) -> int:
        """Where the escape at `at` ends."""
        found = _PROPERTY.match(self._source, at)
        if found:
            return found.end()
        letter = self._source[at + 1 : at + 2]
        known = letter in _BLIND_ESCAPES or letter == "1" or not letter.isalnum()
        following = self._source[at + 2 : at + 3]
        if not letter or not known or (letter == "1" and following in _DIGITS):
            raise _NotToldError
        return at + 2

    def _open(self) -> None:
        found = _GROUP.match(self._source, self._at)
        if found is None:
            raise _NotToldError
        opening = found.group()
        if not opening.endswith(")"):
            self._groups.append(opening.endswith("!"))
        self._take(found.end())

    def _quantifier(self) -> None:
        found = _QUANTIFIER.match(self._source, self._at)
        if found is None:
            raise _NotToldError
        self._repeat(found.end())

    def _repeat(self, end: int) -> None:
        """A quantifier up to `end`; one that gives nothing back ends in a plus sign."""
        if self._source[end : end + 1] == "+":
            raise _NotToldError
        if self._source[end : end + 1] == "?":
            end += 1
        self._take(end)

    def _set(self) -> None:
        """A set of characters: 9 joins those that hold some of the digits and not all."""
        end, digits, open_to_all = self._members(self._at + 1)
        if open_to_all or not digits or digits == _ALL_DIGITS:
            self._take(end)
        elif self._source[self._at + 1] == "^":
            raise _NotToldError
        else:
            self._widen(f"{self._source[self._at : end - 1]}9]", end)

    def _members(self, at: int) -> tuple[int, set[int], bool]:
        """Where a set ends, the digits in it, and whether an escape in it holds all digits."""
        source = self._source
        at += source[at : at + 1] == "^"
        first, digits, all_of_them = at, set[int](), False
        while source[at : at + 1] != "]" or at == first:
            if at >= len(source) or source[at] == "[" or source[at : at + 2] in _SET_OPERATORS:
                raise _NotToldError
            if source[at] == "\\":
                after = self._escape(at)
                all_of_them = all_of_them or source[at + 1] in "dw"
            else:
                after = at + 1
                if source[after : after + 1] == "-" and source[after + 1 : after + 2] != "]":
                    after += 2
                    if source[after - 1 : after] in ("", "\\"):
                        raise _NotToldError
                digits |= _ALL_DIGITS & set(range(ord(source[at]), ord(source[after - 1]) + 1))
            at = after
        return at + 1, digits, all_of_them
