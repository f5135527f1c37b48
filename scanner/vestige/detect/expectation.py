"""What names of entries may say in trees of software.

Programs bring names of people along: of those who wrote them, of packages called like people, of
places and fonts. One word that is a surname says nothing there, and two words say little; a name
with a caret or a comma, with a birth date, a UUID or a record number beside it is no name of a
program anywhere.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from vestige.detect.dummies import milder
from vestige.detect.reasons import joined
from vestige.detect.shapes import PAIRS, NameLike, Tier
from vestige.model import Band, Hit
from vestige.software import is_telling
from vestige.text import TokenKind, tokens

_MILDER = "in a tree of software, where words alone are of medium severity at most"
_YEAR = re.compile(r"199[5-9]|20\d\d")
"""Years of which programs bear dates in their names."""


def told(names: Iterable[NameLike], text: str) -> Iterator[NameLike]:
    """The names in the name of an entry that are told in a tree of software, too."""
    telling = is_telling(text)
    for name in names:
        sure = name.shape in PAIRS and name.tier is Tier.HIGH
        if telling or sure:
            yield name


def in_software(hits: Iterable[Hit], text: str) -> Iterator[Hit]:
    """Hits of rules for names, as they count in a tree of software.

    Where only the words speak, two surely paired ones are worth a look, no more; so is one word
    before a date of the years in which programs are released.
    """
    telling = is_telling(text)
    released = telling and _is_released(text)
    for hit in hits:
        words = sum(one.kind is TokenKind.WORD for one in tokens(text[slice(*hit.span)]))
        if telling and (words > 1 or not released):
            yield hit
        elif telling or words > 1:
            yield joined(replace(hit, claim=milder(hit.claim, Band.MEDIUM)), _MILDER)


def _is_released(text: str) -> bool:
    """Whether a date is all that is telling in a name, and may be that of a release."""
    dates = [piece.text for piece in tokens(text) if piece.kind is TokenKind.DATE]
    rest = " ".join(piece.text for piece in tokens(text) if piece.kind is not TokenKind.DATE)
    return all(_YEAR.search(date) for date in dates) and not is_telling(rest)
