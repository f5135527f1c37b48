"""Heads: whether what a DICOM object states says that it shows one."""

import re
from functools import lru_cache
from typing import Final

from vestige.statement import Statement, Tag
from vestige.text import folds

_PARTS = frozenset(
    {
        "BRAIN",
        "CEREBELLUM",
        "CSPINE",
        "EAR",
        "EYE",
        "FACE",
        "FACIALBONES",
        "HEAD",
        "HEADNECK",
        "HEADANDNECK",
        "IAC",
        "INTRACRANIAL",
        "JAW",
        "MANDIBLE",
        "MAXILLA",
        "NECK",
        "NOSE",
        "ORBIT",
        "ORBITS",
        "PAROTID",
        "PITUITARY",
        "SINUS",
        "SINUSES",
        "SKULL",
        "TEETH",
        "TMJ",
        "ZYGOMA",
    }
)
"""Body Part Examined of heads and necks (PS3.16 Annex L), as written without separators."""

_HEAD = (
    r"brain\w*|skulls?|crani\w*|cerebr\w*|cerveau|cervello|encephal\w*|encefal\w*|intracranial\w*"
    r"|(?:ge)?hirn\w*|hersenen|mozgu?|czaszk\w*|schaedel\w*|schadel\w*|schedel|crane\w*|neurocrani\w*"
    r"|kopf\w*|hoofd|glow[ay]|tete|cabeza|cabeca|testa|mprage|mp2rage|memprage"
)
"""Words that no other part of the body has."""

_MAY_BE_HEAD = (
    r"head|neck|hals\w*|faces?|facial\w*|gesicht\w*|visage|cou|cuello|collo|pescoco"
    r"|orbit\w*|paranasal\w*|nnh|sinus\w*|felsenbein\w*|rocher?s?|temporal bones?|iacs?|tmjs?"
    r"|kiefer\w*|mandib\w*|maxill\w*|dental\w*|dvt schaedel|zahn\w*|jaws?|pituitary|hypophys\w*"
    r"|sella|c spine|cspine|cervical spine|hws|(?:mr[aiv]?|ct)(?: v)? hd|neuro|willis"
    r"|bravo|fspgr|flair"
)
"""Words that mean the head unless a part of the body says otherwise."""

_OTHER = re.compile(
    r"\b(?:femoral|femur|humeral|humerus|radial|radius|fibular|metatarsal|pancrea\w*|bladder|uterine"
    r"|coronary|sacral|pilonidal) (?:head|neck|sinus\w*)\b|\b(?:head|neck) of (?:the )?\w+"
    r"|\bhead (?:first|coil|in)\b|\bfeet first\b|\bcervical spine coil\b"
)
_SURE = re.compile(rf"\b(?:{_HEAD})\b")
_LIKELY = re.compile(rf"\b(?:{_MAY_BE_HEAD})\b")
_TEXTS = (Tag.SERIES_DESCRIPTION, Tag.STUDY_DESCRIPTION, Tag.PROTOCOL_NAME)
_LETTERS: Final = re.compile(r"[^\W_]+")


def shows_head(statement: Statement) -> bool:
    """Whether body part or descriptions say that a head or a neck is shown.

    A body part of elsewhere outweighs words that other parts have too, as "neck" or "sinus".
    """
    return _say_head(statement.text(Tag.BODY_PART_EXAMINED), statement.texts(_TEXTS))


@lru_cache(maxsize=4096)
def _say_head(body_part: str, descriptions: tuple[str, ...]) -> bool:
    part = "".join(_LETTERS.findall(body_part.upper()))
    if part in _PARTS:
        return True
    text = _OTHER.sub(" ", " ".join(map(_plain, descriptions)))
    return bool(_SURE.search(text) or (not part and _LIKELY.search(text)))


def _plain(text: str) -> str:
    """The words of a text in ASCII and lower case, one blank between them."""
    return " ".join(next(iter(folds(word)), "") for word in _LETTERS.findall(text))
