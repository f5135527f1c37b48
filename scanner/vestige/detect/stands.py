"""Where in a text a name may stand: neighbouring words, their shape, and what is around them.

Nothing here looks at a letter: what counts are signs of pieces (see `signs`), and in which of a few
ways a word is written and known. So what is found holds for all texts of one form.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from vestige.detect.shapes import Shape
from vestige.detect.signs import (
    KINDS,
    LONG_NUMBER,
    SHORT_NUMBER,
    Sign,
    announced,
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
        return (shape, (f"{side}:case:{CASES[ways & ANY_CASE]}", 1.0), *others)


def form_of(layout: Layout) -> Form:
    """The form of a text."""
    # where no word is ordinary, it does not matter which of them are terms, or given names
    kept = _KNOWN if layout.plain < len(layout.units) else 0
    members = [_new(Member, (unit.first, unit.last, _way(unit, kept))) for unit in layout.units]
    return _new(Form, (layout.signs, tuple(members), layout.code))


_KNOWN = GIVEN | TERM


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


class _Setting(NamedTuple):
    """A form with what is so of it for all its units: asked for each, it is reckoned once.

    `plain` is how many units are not ordinary, `passed` are the pieces of those that are.
    """

    signs: tuple[Sign, ...]
    members: tuple[Member, ...]
    code: bool
    plain: int
    passed: frozenset[int]


def _setting(form: Form) -> _Setting:
    ordinary = [member for member in form.members if member.way & ORDINARY]
    plain = len(form.members) - len(ordinary)
    passed = frozenset(at for member in ordinary for at in range(member.first, member.last + 1))
    return _Setting(form.signs, form.members, form.code, plain, passed)


# --- shapes ------------------------------------------------------------------------------------


def _pair_shape(form: _Setting, before: Member, after: Member) -> Shape | None:
    """The shape of two neighbouring units; None if they are ordinary, or something parts them."""
    if before.way & after.way & PART and before.first == after.first:
        return Shape.RUN_ON
    if before.way & after.way & ORDINARY:
        return None
    shape = _parted(form, before, after)
    return shape if shape is not None and _may_pair(before, after, shape) else None


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


def _may_pair(before: Member, after: Member, shape: Shape) -> bool:
    """Whether two words, not both ordinary, may be one name.

    An ordinary one may be only beside a caret, a comma, or a given name.

    Surnames such as Tour and Page are words, but few texts hold a word beside a given name.
    """
    if not (before.way | after.way) & ORDINARY:
        return True
    other = after if before.way & ORDINARY else before
    return shape in FORMAL or other.way & GIVEN > 0


FORMAL = frozenset({Shape.CARET, Shape.COMMA})
"""Shapes of pairs that are written so on purpose."""


def _single_shape(form: _Setting, member: Member) -> Shape:
    if announced(form.signs, member.first) == "strong":
        return Shape.CUE_NAME
    if member.way & AFTER_INITIAL:
        return Shape.RUN_ON
    if is_initial(form.signs, member.first, -1) or is_initial(form.signs, member.last, 1):
        return Shape.INITIAL_NAME
    beside = _beside(form, member.first, member.last)
    for kind, shape in _BESIDE.items() if beside else ():
        if kind in beside:
            return shape
    if _is_counted(form, member):
        return Shape.NAME_SERIAL
    return Shape.NAME_EXAM if _of_an_exam(form, member) else Shape.LONE


def _is_counted(form: _Setting, member: Member) -> bool:
    """Whether a short number is all that stands beside the unit, an ending aside: Smith_042.

    Versions, series and copies are counted too, but seldom in words with the letters of names.
    """
    if form.code or len(form.members) > 1:
        return False
    beside = (*form.signs[: member.first], *form.signs[member.last + 1 :])
    told = [sign for sign in beside if not is_border(sign)]
    return told in ([SHORT_NUMBER], [LONG_NUMBER])


def _of_an_exam(form: _Setting, member: Member) -> bool:
    """Whether all other words are terms, and the unit stands before or behind them: Smith_MR_knee.

    Of a program's own files that is no sign.
    """
    members = form.members
    if form.code or form.plain > 1 or len(members) == 1:
        return False
    outside = member is members[0] or member is members[-1]
    return outside and all(other.way & TERM for other in members if other is not member)


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
    said = announced(form.signs, chosen[0].first)
    found = (
        (f"shape:{shape}", 1.0),
        (f"{side}:announced:{said}", 1.0),
        (f"{side}:{_company(form, len(chosen))}", 1.0),
    )
    return (*found, (f"{side}:code", 1.0)) if form.code else found


def _company(form: _Setting, chosen: int) -> str:
    """Which other words stand in the text."""
    if len(form.members) == chosen:
        return "alone"
    return "among ordinary words" if form.plain == chosen else "among others"


def _case(ways: int) -> str:
    """The way in which all of some words are written; a script that knows no case is a title."""
    if ways & NO_CASE:
        return "title"
    if ways & LOWER:
        return "lower"
    return "upper" if ways & UPPER else "title" if ways & TITLE else "mixed"


CASES = tuple(map(_case, range(ANY_CASE + 1)))
"""The case of words by the ways in which all of them are written."""
