"""What matters of a piece for how names stand beside it, whatever its letters: its sign.

The sign of a separator is the separator itself, that of any other piece a number. Texts with the
same signs have names in the same places: families of files have few forms, and many names.
"""

from collections.abc import Sequence

from vestige.text import TokenKind

Sign = int | str

STRONG_CUE, WEAK_CUE, INITIAL, SIDE, WITH, EXAMINED, OF_RECORDS, INITIALS = (
    1 << bit for bit in range(8)
)
"""Bits of the sign of a word: whether it announces a name, is a capital that may be an initial, one
of the capitals that also stand for a side of the body, or the one that is short for with; whether
it says that somebody was examined, is of those by which records are filed, or two capitals that
may be the initials of somebody."""

OF_SIGN = 8
"""How many bits a sign has."""

SHORT_NUMBER, LONG_NUMBER = -1, -2
"""Signs of numbers: those of `DIGITS_OF_NUMBER` digits and more may be record numbers."""

DIGITS_OF_NUMBER = 5

SIGNS = {
    TokenKind.DATE: -3,
    TokenKind.UUID: -4,
    TokenKind.UID: -5,
    TokenKind.HEX: -6,
    TokenKind.EMAIL: -7,
    TokenKind.EXTENSION: -8,
}
"""Signs of pieces of which no more matters than their kind."""

EXTENSION = SIGNS[TokenKind.EXTENSION]
KINDS = {sign: kind for kind, sign in SIGNS.items()} | dict.fromkeys(
    (SHORT_NUMBER, LONG_NUMBER), TokenKind.NUMBER
)

_NONE: frozenset[int] = frozenset()


def neighbour(
    signs: Sequence[Sign], index: int, step: int, passed: frozenset[int] = _NONE
) -> int | None:
    """The next sign of the line in one direction: of no separator, not among the `passed` ones."""
    index += step
    end = len(signs)
    while 0 <= index < end:
        sign = signs[index]
        if isinstance(sign, str):
            if "\n" in sign:
                return None
        elif index not in passed:
            return sign
        index += step
    return None


def announced(signs: Sequence[Sign], first: int) -> str:
    """Whether a cue stands before the piece: "strong", "weak", "records" or "no".

    A short number may stand between: a case is numbered before it is named.
    """
    before = neighbour(signs, first, -1)
    if before == SHORT_NUMBER:
        before = _before_number(signs, first)
    if before is None or before < 0:
        return "no"
    if before & (STRONG_CUE | WEAK_CUE):
        return "strong" if before & STRONG_CUE else "weak"
    return "records" if before & OF_RECORDS else "no"


def _before_number(signs: Sequence[Sign], first: int) -> int | None:
    """The sign before the number that stands before a piece."""
    at = first - 1
    while isinstance(signs[at], str):
        at -= 1
    return neighbour(signs, at, -1)


def followed(signs: Sequence[Sign], last: int) -> str:
    """What stands behind the piece: whoever was "examined", a word of "records", or "no"."""
    after = neighbour(signs, last, 1)
    if after is None or after < 0:
        return "no"
    return "examined" if after & EXAMINED else "records" if after & OF_RECORDS else "no"


def is_initial(signs: Sequence[Sign], index: int, step: int) -> bool:
    """Whether a capital stands for itself there; behind a word, L and R are sides of the body.

    Behind other words, W is short for with: CHEST W CONTRA, where a field was too short for more;
    behind a slash a capital is a part of the body: Th/L.
    """
    index += step
    if 0 <= index < len(signs) and isinstance(signs[index], str):
        index += step
    if not 0 <= index < len(signs):
        return False
    sign = signs[index]
    if isinstance(sign, str) or sign < 0 or not sign & INITIAL or (step > 0 and sign & SIDE):
        return False
    beyond = index + step
    inside = 0 <= beyond < len(signs)
    if step < 0 and inside and (sign & WITH or signs[beyond] == "/"):
        return False
    return not inside or is_border(signs[beyond])


def are_initials(signs: Sequence[Sign], index: int, step: int) -> bool:
    """Whether two capitals stand for other names there, and no word behind them."""
    index += step
    if 0 <= index < len(signs) and isinstance(signs[index], str):
        index += step
    if not 0 <= index < len(signs):
        return False
    sign = signs[index]
    if isinstance(sign, str) or sign < 0 or not sign & INITIALS:
        return False
    beyond = neighbour(signs, index, step)
    return beyond is None or beyond < 0


def is_border(sign: Sign) -> bool:
    """Whether a piece is a separator or an extension."""
    return isinstance(sign, str) or sign == EXTENSION
