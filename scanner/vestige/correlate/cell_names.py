"""Cells: whether those of one column of a table, taken together, are names of people."""

import re
from collections.abc import Sequence

from vestige.correlate.codes import LONGEST_CODE
from vestige.correlate.families import families
from vestige.correlate.templates import Sibling
from vestige.digits import has_digit
from vestige.lexicon import Lexicon
from vestige.model import Certainty, FamilyKind
from vestige.text import TokenKind, tokens

_FEW, _HARDLY = 24, 0.3
"""So many cells are looked at first; if fewer than that share have letters, none is a name."""

_MOST, _APART = 0.6, 0.5
_FEWEST, _FEWEST_NAMES = 2, 6
_LETTER = re.compile(r"[^\W\d_]")


def are_names(cells: Sequence[str], lexicon: Lexicon) -> bool:
    """Whether cells without a telling heading are names of people, taken together."""
    few = cells[:_FEW]
    if sum([_LETTER.search(one) is not None for one in few]) < _HARDLY * len(few):
        return False
    letters = [one for one in cells if len(one) <= LONGEST_CODE and _LETTER.search(one)]
    if len(letters) < max(_FEWEST, _MOST * len(cells)):
        return False
    if sum(map(has_digit, letters)) > (1 - _MOST) * len(letters):
        return False
    if len(cells) >= _FEWEST_NAMES:
        siblings = [Sibling(number, cell) for number, cell in enumerate(letters)]
        for family in families(siblings, lexicon):
            telling = family.kind is FamilyKind.NAMES and family.verdict is not Certainty.REVIEW
            if telling and len(family.members) >= _APART * len(letters):
                return True
    like = sum(_is_name(cell, lexicon) for cell in letters)
    return like >= _MOST * len(letters) or _are_strangers(letters, lexicon)


def _is_name(cell: str, lexicon: Lexicon) -> bool:
    """Whether a cell is a name by its words: one that is borne at least, and few others."""
    words = _words(cell)
    if not words or has_digit(cell):
        return False
    strange = [word for word in words if not lexicon.ordinary(word)]
    known = [lexicon.evidence(word) for word in strange]
    borne = sum(one.named > 0 and one.meaning == 0 for one in known)
    return borne > 0 and 2 * len(strange) > len(words) and (len(words) > 1 or "^" in cell)


def _are_strangers(cells: Sequence[str], lexicon: Lexicon) -> bool:
    """Whether cells are a word or two that mean nothing, and have the letters of names."""
    strange = like = 0
    for cell in cells:
        known = [lexicon.evidence(word) for word in _words(cell) if not lexicon.ordinary(word)]
        if known and not any(one.meaning for one in known) and not cell[0].islower():
            strange += len(known) == len(_words(cell))
            like += any(one.named > 0 for one in known) or sum(one.ngram for one in known) > 0
    return strange >= _STRANGE * len(cells) and like >= _MOST * len(cells)


_STRANGE = 0.75


def _words(cell: str) -> list[str]:
    """The words of a cell; none if there are more than a name has."""
    words = [piece.text for piece in tokens(cell) if piece.kind is TokenKind.WORD]
    return words if len(words) <= _LONGEST_NAME else []


_LONGEST_NAME = 6
