"""Structured texts: JSON and lines of JSON, as texts by the keys that lead to them.

Nothing is built but plain values, aliases are not followed, and what is nested deeper than a
program would write it, or is no JSON after all, is read as lines.
"""

import binascii
import json
import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import repeat
from typing import NamedTuple

from vestige.model import Place
from vestige.read.beside import plain
from vestige.read.beside.gathered import Pairs
from vestige.read.beside.keys import (
    AUTHORS,
    BESIDE_A_NAME,
    NAME,
    PERSON,
    PUBLISHED,
    VERSIONS,
    inherits,
    is_figure,
    is_label,
    place_of,
    tag_of,
)
from vestige.read.beside.parts import Held, Inner, Lost, Told, beside
from vestige.read.dictionary import label
from vestige.read.labels import NAMING, fitted, folded
from vestige.read.markup import of_markup

DEEPEST = 200
"""Values within values; what lies deeper is read as lines."""

_VALUE = beside("value")
UNSTRUCTURED = Lost("structure-lost")

TAG = re.compile(r"[0-9A-Fa-f]{8}")
_CONTROL = re.compile(r"[\t\r\n]")
_MARKUP = re.compile(r"\s*<(?:!|\?|[A-Za-z])")
PLAIN_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_. -]{0,63}")
_LEAST_PACKED = 200
_BASE64 = re.compile(rf"[A-Za-z0-9+/=\s]{{{_LEAST_PACKED},}}")


Found = dict[str, tuple[Place, dict[str, None]]]
"""Texts with their places, by the pointers of these."""


# --- JSON ----------------------------------------------------------------------------------------


def _nothing(_number: str) -> None:
    return None


_DECODER = json.JSONDecoder(object_pairs_hook=Pairs, parse_int=str, parse_float=_nothing)


def loaded(text: str) -> object | None:
    """What a text of JSON holds; None if it is none, or nested deeper than is read."""
    try:
        found: object = _DECODER.decode(text)
    except (ValueError, RecursionError):
        return None
    return found


def value_at(text: str, start: int) -> tuple[object, int] | None:
    """The value of JSON that begins at a place, and where it ends; None if it is none, or cut."""
    try:
        return _DECODER.raw_decode(text, start)
    except (ValueError, RecursionError):
        return None


# --- what is told --------------------------------------------------------------------------------


def told(value: object) -> Iterator[Told | Inner]:
    """The texts of a value, those of one attribute together, and the files that are texts."""
    found: Found = {}
    for text, tag in leaves(value):
        if len(text) >= _LEAST_PACKED and (inner := packed_in(text)) is not None:
            yield inner
        else:
            _leaf(text, tag, found)
    for place, texts in found.values():
        yield Told(place, tuple(texts))


_FILES = re.compile(
    r"(?:data:[a-z0-9.+/;=-]{1,80},)?\s*(?=iVBORw0KGgo|/9j/|R0lGOD|UklGR|SUkqA|TU0AK|JVBERi|UEsDB)"
)
"""How pictures and documents begin in base64: PNG, JPEG, GIF, WebP, TIFF, PDF, and zip."""


def packed_in(text: str) -> Inner | None:
    """The picture or document that a text is in base64 (RFC 4648), as outputs of notebooks are."""
    begun = _FILES.match(text)
    if begun is None or not _BASE64.fullmatch(text, begun.end()):
        return None
    letters = "".join(text[begun.end() :].split()).rstrip("=")
    data = binascii.a2b_base64(letters[: len(letters) // 4 * 4])
    return Inner(b"", Held(data))


def _into(found: Found, place: Place, text: str) -> None:
    at = found.get(place.pointer)
    if at is None:
        found[place.pointer] = place, {text: None}
    else:
        at[1][text] = None


def _leaf(text: str, tag: int, found: Found) -> None:
    if not tag:
        unlabelled(text, found)
    elif value := fitted(tag, text):
        _into(found, place_of(tag), value)


def unlabelled(text: str, found: Found) -> None:
    """A text without a label, line by line; what is packed in letters is no text."""
    if len(text) >= _LEAST_PACKED and _BASE64.fullmatch(text):
        return
    if len(text) < _SHORT and not _CONTROL.search(text):
        _into(found, _VALUE, text)
        if "/" in text or "\\" in text:
            _parts_into(text, found, beside_itself=True)
        return
    if _MARKUP.match(text):
        text = "\n".join(field.text for field in of_markup(text)).replace(":\n", ": ")
    _parts_into(text, found)


def _parts_into(text: str, found: Found, *, beside_itself: bool = False) -> None:
    """The lines and paths of a text; not the text itself where that is told."""
    for part in plain.parts_of(text):
        if isinstance(part, Told):
            for one in part.texts:
                if not (beside_itself and part.place is plain.LINE and one == text):
                    _into(found, part.place, one)


_SHORT = 512


def leaves(value: object) -> Iterator[tuple[str, int]]:
    """The strings and numbers of a value, each with the tag that its key stands for or 0.

    Authors who say themselves that they are, in what is made to be published, are left out.
    """
    published = isinstance(value, Pairs) and any(folded(key) in PUBLISHED for key, _ in value)
    stack: list[Iterator[tuple[object, _Own]]] = [iter(((value, _NOBODYS),))]
    while stack:
        for one, own in stack[-1]:
            if isinstance(one, str):
                tag = own.of_text
                told_at_all = tag or own.version or not (own.credits and published)
                if told_at_all and not is_count(one, tag):
                    yield (_BUILT.sub("", one) if own.version else one), tag
            elif isinstance(one, Pairs):
                keys = tuple([key for key, _ in one])
                owns, telling = _owns(keys, own.key, own.of_pairs, _named(one), credit=own.credits)
                for key in telling:
                    yield key, 0
                stack.append(zip([each for _, each in one], owns, strict=True))
                break
            elif isinstance(one, list) and any(one):
                within = own._replace(of_text=own.tag, of_pairs=own.tag)
                stack.append(zip(_joined(one), repeat(within)))
                break
        else:
            stack.pop()


def _joined(values: list[object]) -> list[object]:
    """The values of a list; the lines in which some programs write what is packed are one text."""
    lines = [one for one in values if isinstance(one, str)]
    packed = len(lines) > 1 and len(lines) == len(values) and _FILES.match(lines[0])
    return ["".join(lines)] if packed else values


class _Own(NamedTuple):
    """What a key says of its value: of a text or an object, of credits, of versions with days."""

    key: str
    tag: int
    of_text: int
    of_pairs: int
    credits: bool = False
    version: bool = False


_NOBODYS = _Own("", 0, 0, 0)


def is_count(text: str, tag: int) -> bool:
    """Whether a text is a bare number that says nothing of a person."""
    return text.lstrip("-").isdigit() and (is_figure(tag) if tag else len(text) < FEWEST)


_BUILT = re.compile(r"20\d{6}|20\d\d-\d\d-\d\d")
FEWEST = 7
"""Digits of a number without a label at least that may be a person's."""


@lru_cache(maxsize=1 << 14)
def is_technical(key: str) -> bool:
    """Whether a key is a word of programs: one piece, as no name is written."""
    return " " not in key


def _named(pairs: Pairs) -> int:
    """The tag of the attribute that a value of an object names, for those beside it."""
    for key, value in pairs:
        if isinstance(value, str) and _names(key) and (tag := tag_of(value)):
            return tag
    return 0


@lru_cache(maxsize=1 << 14)
def _names(key: str) -> bool:
    return folded(key) in NAMING


@lru_cache(maxsize=1 << 12)
def _owns(
    keys: tuple[str, ...],
    above: str,
    tag: int,
    named: int,
    *,
    credit: bool,
) -> tuple[tuple[_Own, ...], tuple[str, ...]]:
    """What each key of an object says of its value, and which of the keys are texts themselves."""
    folds = list(map(folded, keys))
    of_person = not BESIDE_A_NAME.isdisjoint(folds) or tag in {PERSON, NAME}
    owns: list[_Own] = []
    for key, name in zip(keys, folds, strict=True):
        own = _beside_others(key, tag_of(key, above), named or tag, of_person=of_person)
        tagged = own
        if TAG.fullmatch(key):
            # A key that is itself a tag (PS3.18 annex F).
            of_tag = label(int(key, 16))[0]
            tagged = _beside_others(key, of_tag, named or tag, of_person=of_person)
        of_text = 0 if named and name in NAMING else own
        credits_it = credit or name in AUTHORS
        owns.append(_Own(key, own, of_text, tagged, credits_it, name in VERSIONS))
    telling = (key for key in keys if not (PLAIN_KEY.fullmatch(key) and is_technical(key)))
    return tuple(owns), tuple(telling)


def _beside_others(key: str, own: int, around: int, *, of_person: bool) -> int:
    """The tag of a key, or else what the keys beside it and above make of it."""
    if not own and inherits(key):
        own = around
    return PERSON if not own and of_person and is_label(key) else own
