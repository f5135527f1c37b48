"""Where in a text a name may stand: neighbouring words, their shape, and what is around them.

Nothing here looks at a letter: what counts are signs of pieces (see `signs`), and in which of a few
ways a word is written and known. So what is found holds for all texts of one form.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from vestige.detect.shapes import Shape
from vestige.detect.signs import (
    EXAMINED,
    INITIALS,
    KINDS,
    LONG_NUMBER,
    OF_RECORDS,
    SHORT_NUMBER,
    Sign,
    announced,
    are_initials,
    followed,
    is_border,
    is_initial,
    neighbour,
)
from vestige.detect.units import SOFT, Layout, Run, Unit
from vestige.detect.word_facts import ANY_CASE, FLOOR, GIVEN, LOWER, NO_CASE, TERM, TITLE, UPPER
from vestige.text import TokenKind

ORDINARY, UNLIKELY, PART, AFTER_INITIAL = 1 << 8, 1 << 9, 1 << 10, 1 << 11
"""Bits of the way of a unit, beside those of its word: an ordinary one, one that is no name by
itself, a part of a run of letters, and what follows an initial in one."""

_CARETS = frozenset({"^", "^^", "=", " ^ "})
_COMMAS = frozenset({",", ", ", ",_", ";", "; ", "_,_", " ,", " , "}) | frozenset(
    comma + gap for comma in "、，،؛；" for gap in ("", " ")
)
_BESIDE = {
    TokenKind.UUID: Shape.NAME_UUID,
    TokenKind.UID: Shape.NAME_UUID,
    TokenKind.HEX: Shape.NAME_HASH,
    TokenKind.DATE: Shape.NAME_DATE,
    TokenKind.NUMBER: Shape.NAME_NUMBER,
}
_CODES = frozenset({TokenKind.NUMBER, TokenKind.UUID, TokenKind.HEX, TokenKind.UID})

Features = tuple[tuple[str, float], ...]


class Member(NamedTuple):
    """One unit as far as its stand depends on it: its first and last piece, and its way."""

    first: int
    last: int
    way: int


class Form(NamedTuple):
    """A text as far as it matters where names stand; `code` as in the layout of a text."""

    signs: tuple[Sign, ...]
    members: tuple[Member, ...]
    code: bool


class Stand(NamedTuple):
    """One or two units that may be a name, by their numbers; `case` is how they are written.

    `features` say which of a few things is so of all names that stand there: the first is of the
    shape, and behind it follows that of the case.
    """

    units: tuple[int, ...]
    shape: Shape
    features: Features

    def written(self, ways: int) -> Features:
        """The features of a name whose words are written in these ways (see `word_facts`)."""
        shape, *others = self.features
        side = "pair" if len(self.units) > 1 else "single"
        case = CASES[ways & ANY_CASE]
        if case == "lower" and _TWO_INITIALS in others:
            others.append((f"{_TWO_INITIALS[0]}:lower", 1.0))
        return (shape, (f"{side}:case:{case}", 1.0), *others)


def form_of(layout: Layout) -> Form:
    """The form of a text."""
    # where no word is ordinary, it does not matter which of them are terms, or given names
    kept = _KNOWN if layout.plain < len(layout.units) else 0
    members = [_new(Member, (unit.first, unit.last, _way(unit, kept))) for unit in layout.units]
    return _new(Form, (layout.signs, tuple(members), layout.code))


_KNOWN = GIVEN | TERM
_TWO_INITIALS = ("single:two initials", 1.0)
"""The feature of a name with two capitals beside it; small letters before them are a language."""


_new = tuple.__new__
"""Makes a named tuple of a tuple in half the time that its own constructor takes."""

_RUNS = {Run.WHOLE: 0, Run.PART: PART, Run.AFTER_INITIAL: AFTER_INITIAL}


def _way(unit: Unit, kept: int) -> int:
    way = unit.facts.way & kept | _RUNS[unit.run]
    if unit.ordinary:
        way |= ORDINARY
    return way | UNLIKELY if unit.log_odds <= FLOOR else way


MOST_PIECES = 40
"""Pieces of a text whose form is remembered: longer ones are sentences, and all different."""


def stands(form: Form) -> Sequence[Stand]:
    """Where in a text of this form a name may stand: pairs of units first, then single ones."""
    return _remembered(form) if len(form.signs) <= MOST_PIECES else tuple(_stands(form))


@lru_cache(maxsize=1 << 12)
def _remembered(form: Form) -> tuple[Stand, ...]:
    return tuple(_stands(form))


def _stands(form: Form) -> Iterator[Stand]:
    setting = _setting(form)
    for number, (before, after) in enumerate(pairwise(form.members)):
        shape = _pair_shape(setting, before, after)
        if shape is not None:
            yield Stand((number, number + 1), shape, _features(setting, (before, after), shape))
    for number, member in enumerate(form.members):
        if not member.way & (ORDINARY | UNLIKELY | PART):
            shape = _single_shape(setting, member)
            yield Stand((number,), shape, _features(setting, (member,), shape))


class _Company(NamedTuple):
    """How many units are words, of these how many are ordinary, and how many of records."""

    words: int
    ordinary: int
    of_records: int


class _Setting(NamedTuple):
    """A form with what is so of it for all its units: asked for each, it is reckoned once.

    `plain` is how many units are not ordinary, `passed` are the pieces of those that are; `counted`
    is whether a short number begins or ends the text.
    """

    signs: tuple[Sign, ...]
    members: tuple[Member, ...]
    code: bool
    plain: int
    passed: frozenset[int]
    company: _Company
    counted: bool


def _setting(form: Form) -> _Setting:
    signs, members, code = form
    ordinary = [member for member in members if member.way & ORDINARY]
    plain = len(members) - len(ordinary)
    passed = frozenset(at for member in ordinary for at in range(member.first, member.last + 1))
    told = [sign for sign in signs if not is_border(sign)]
    counted = SHORT_NUMBER in (*told[:1], *told[-1:])
    return _Setting(signs, members, code, plain, passed, _company(signs, members), counted)


def _company(signs: tuple[Sign, ...], members: Iterable[Member]) -> _Company:
    """What some units count as company; two capitals are none."""
    known = [(member, _sign(signs, member)) for member in members]
    told = [(member, sign) for member, sign in known if not sign & INITIALS]
    ordinary = sum(member.way & ORDINARY > 0 for member, _ in told)
    return _Company(len(told), ordinary, sum(sign & OF_RECORDS > 0 for _, sign in told))


def _sign(signs: tuple[Sign, ...], member: Member) -> int:
    """The sign of a unit, which is that of its last piece."""
    sign = signs[member.last]
    return 0 if isinstance(sign, str) else sign


# --- shapes ------------------------------------------------------------------------------------


def _pair_shape(form: _Setting, before: Member, after: Member) -> Shape | None:
    """The shape of two neighbouring units; None if they are ordinary, or something parts them."""
    if before.way & after.way & PART and before.first == after.first:
        return Shape.RUN_ON
    if before.way & after.way & ORDINARY:
        return None
    shape = _parted(form, before, after)
    return shape if shape is not None and _may_pair(form, before, after, shape) else None


def _parted(form: _Setting, before: Member, after: Member) -> Shape | None:
    """The shape of two units by what stands between and beside them."""
    between = _between(form.signs, before.last, after.first)
    if between in _CARETS:
        return Shape.CARET
    if between in _COMMAS:
        return Shape.COMMA
    if between not in SOFT:
        return None
    beside = _beside(form, before.first, after.last)
    if TokenKind.DATE in beside:
        return Shape.PAIR_DATE
    return Shape.PAIR if beside.isdisjoint(_CODES) else Shape.PAIR_NUMBER


def _between(signs: tuple[Sign, ...], last: int, first: int) -> str | None:
    """The separators between two pieces; None if anything else stands there."""
    between = signs[last + 1 : first]
    found = [sign for sign in between if isinstance(sign, str)]
    return "".join(found) if len(found) == len(between) else None


def _may_pair(form: _Setting, before: Member, after: Member, shape: Shape) -> bool:
    """Whether two words, not both ordinary, may be one name.

    An ordinary one may be only beside a caret, a comma, or a given name, and no word of records.

    Surnames such as Tour and Page are words, but few texts hold a word beside a given name.
    """
    if shape in FORMAL or not (before.way | after.way) & ORDINARY:
        return True
    one, other = (before, after) if before.way & ORDINARY else (after, before)
    return other.way & GIVEN > 0 and not _sign(form.signs, one) & OF_RECORDS


FORMAL = frozenset({Shape.CARET, Shape.COMMA})
"""Shapes of pairs that are written so on purpose."""


def _single_shape(form: _Setting, member: Member) -> Shape:
    if announced(form.signs, member.first) == "strong":
        return Shape.CUE_NAME
    if member.way & AFTER_INITIAL:
        return Shape.RUN_ON
    if _has_initials(form, member):
        return Shape.INITIAL_NAME
    beside = _beside(form, member.first, member.last)
    for kind, shape in _BESIDE.items() if beside else ():
        if kind in beside:
            return shape
    if _is_counted(form, member):
        return Shape.NAME_SERIAL
    return Shape.NAME_EXAM if _of_an_exam(form, member) else Shape.LONE


def _has_initials(form: _Setting, member: Member) -> bool:
    """Whether a capital or two stand beside a unit for other names of somebody."""
    signs = form.signs
    if is_initial(signs, member.first, -1) or is_initial(signs, member.last, 1):
        return True
    return _has_two(signs, member.first, member.last)


def _has_two(signs: tuple[Sign, ...], first: int, last: int) -> bool:
    """Whether two capitals stand beside a name."""
    return are_initials(signs, first, -1) or are_initials(signs, last, 1)


def _is_counted(form: _Setting, member: Member) -> bool:
    """Whether a number is all that stands beside the unit, but for words of records: Smith_042.

    Versions, series and copies are counted too, but seldom in words with the letters of names.
    """
    if form.code or len(form.members) > _MOST_OF_RECORDS:
        return False
    beside = (*form.signs[: member.first], *form.signs[member.last + 1 :])
    told = [sign for sign in beside if not is_border(sign) and not _is_of_records(sign)]
    return told in ([SHORT_NUMBER], [LONG_NUMBER])


_MOST_OF_RECORDS = 4
"""Units of a text at most that may be a name with words of records beside it."""


def _is_of_records(sign: Sign) -> bool:
    """Whether a piece is a word of records, or for whoever was examined."""
    return not isinstance(sign, str) and sign > 0 and sign & (OF_RECORDS | EXAMINED) > 0


def _of_an_exam(form: _Setting, member: Member) -> bool:
    """Whether all other words are terms, and the unit stands before or behind them: Smith_MR_knee.

    Of a program's own files that is no sign.
    """
    members = form.members
    if form.code or form.plain > 1 or len(members) == 1:
        return False
    outside = member is members[0] or member is members[-1]
    others = [other for other in members if other is not member]
    return outside and all(one.way & TERM or _sign(form.signs, one) & OF_RECORDS for one in others)


def _beside(form: _Setting, first: int, last: int) -> frozenset[TokenKind]:
    """The kinds of the pieces next to a stretch; separators, ordinary words, short numbers aside.

    Between a name and the date of its study there often stands a modality: SMITH_CT_20200131.
    """
    passed = form.passed
    near = (neighbour(form.signs, first, -1, passed), neighbour(form.signs, last, 1, passed))
    return frozenset(
        KINDS.get(sign, TokenKind.WORD)
        for sign in near
        if sign is not None and sign != SHORT_NUMBER
    )


# --- features ----------------------------------------------------------------------------------


def _features(form: _Setting, chosen: tuple[Member, ...], shape: Shape) -> Features:
    """The features of all names that stand there, but for that of their case."""
    side = "pair" if len(chosen) > 1 else "single"
    first, last = chosen[0].first, chosen[-1].last
    said = announced(form.signs, first)
    found = [
        (f"shape:{shape}", 1.0),
        (f"{side}:announced:{said}", 1.0),
        (f"{side}:followed:{followed(form.signs, last)}", 1.0),
        (f"{side}:{_with(form, chosen)}", 1.0),
    ]
    if _has_count(form, first, last):
        found.append((f"{side}:counted", 1.0))
    if shape is Shape.INITIAL_NAME and _has_two(form.signs, first, last):
        found.append(_TWO_INITIALS)
    if form.code:
        found.append((f"{side}:code", 1.0))
    return tuple(found)


def _with(form: _Setting, chosen: tuple[Member, ...]) -> str:
    """Which other words stand in the text."""
    every, own = form.company, _company(form.signs, chosen)
    words = every.words - own.words
    if not words:
        return "alone"
    if every.of_records - own.of_records == words:
        return "among words of records"
    return "among ordinary words" if every.ordinary - own.ordinary == words else "among others"


def _has_count(form: _Setting, first: int, last: int) -> bool:
    """Whether a short number begins or ends the text, or stands next to the name."""
    signs = form.signs
    return form.counted or SHORT_NUMBER in (neighbour(signs, first, -1), neighbour(signs, last, 1))


def _case(ways: int) -> str:
    """The way in which all of some words are written; "none" in a script that knows no case."""
    if ways & NO_CASE:
        return "none"
    if ways & LOWER:
        return "lower"
    return "upper" if ways & UPPER else "title" if ways & TITLE else "mixed"


CASES = tuple(map(_case, range(ANY_CASE + 1)))
"""The case of words by the ways in which all of them are written."""
