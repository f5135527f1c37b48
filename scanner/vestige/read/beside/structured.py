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
from vestige.read.beside import gathered, plain
from vestige.read.beside.keys import (
    AUTHORS,
    BESIDE_A_NAME,
    BIRTH,
    NAME,
    NUMBER,
    PERSON,
    PUBLISHED,
    VERSIONS,
    inherits,
    is_figure,
    is_label,
    place_of,
    tag_of,
)
from vestige.read.beside.parts import Held, Inner, Lost, Part, Told, beside
from vestige.read.dictionary import label
from vestige.read.labels import NAMING, fitted, folded
from vestige.read.markup import of_markup

DEEPEST = 200
"""Values within values; what lies deeper is read as lines."""

_VALUE = beside("value")
UNSTRUCTURED = Lost("structure-lost")

_TAG = re.compile(r"[0-9A-Fa-f]{8}")
_CONTROL = re.compile(r"[\t\r\n]")
_MARKUP = re.compile(r"\s*<(?:!|\?|[A-Za-z])")
_PLAIN_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_. -]{0,63}")
_LEAST_PACKED = 200
_BASE64 = re.compile(rf"[A-Za-z0-9+/=\s]{{{_LEAST_PACKED},}}")


_Found = dict[str, tuple[Place, dict[str, None]]]
"""Texts with their places, by the pointers of these."""


class Pairs(list[tuple[str, object]]):
    """An object as its pairs, so that a key that stands twice is read twice."""


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


_FIRST_PAIR = re.compile(r'\s*\{\s*?(\n[ \t]+")')
_LONG_NUMBER = re.compile(r"(?<![.\d])\d{7,}(?![.\d])")


_LONGEST_FLAT = 16 << 10
"""Characters of a side-car whose pairs are remembered, some thousands of them."""


def flat(text: str) -> list[Told | Inner] | None:
    """What an object of JSON tells that holds no other and whose pairs stand in lines; else None.

    Side-cars of one series have most pairs in common: each is read once, and told as it was.
    """
    start = _FIRST_PAIR.match(text)
    if start is None or text.count("{") != 1 or not text.endswith("}"):
        return None
    if len(text) > _LONGEST_FLAT:
        return None
    found = [_of_pair(pair) for pair in text[start.end() : -1].split(start[1])]
    if None in found:
        return None
    return [one for of_pair in found if of_pair for one in of_pair]


@lru_cache(maxsize=1 << 15)
def _of_pair(pair: str) -> tuple[Told | Inner, ...] | None:
    """What a pair tells, without the quote before its key; None if it is none."""
    end = pair.find('"')
    if pair.find('"', end + 1) < 0 <= end and _is_figure(pair[:end]) and not _is_long(pair, end):
        return ()
    return _of_text(pair)


def _is_long(pair: str, end: int) -> bool:
    """Whether a number behind a key, or in it, has so many digits as a person's may have."""
    few = (end < _FEWEST and len(pair) < end + _FEWEST) or "." in pair
    return not few and _LONG_NUMBER.search(pair) is not None


@lru_cache(maxsize=1 << 14)
def _is_figure(key: str) -> bool:
    return is_figure(tag_of(key)) and "\\" not in key


_STRING = re.compile(r'"[ \t]*:[ \t]*"([^"\\\x00-\x1f]*)",?\s*')
"""What follows a key whose value is one text that is written as it is."""


@lru_cache(maxsize=1 << 14)
def _of_text(pair: str) -> tuple[Told | Inner, ...] | None:
    key = pair.partition('"')[0]
    tag = _sole_tag(key)
    if tag == _BY_THE_OTHERS:
        return None
    found = _STRING.fullmatch(pair, len(key)) if tag != _BY_ITS_VALUE else None
    if found is None:
        value = loaded('{"' + pair.rstrip().removesuffix(",") + "}")
        return None if value is None else tuple(told(value))
    text = found[1]
    texts: _Found = {}
    if not _is_count(text, tag):
        _leaf(text, tag, texts)
    return tuple(Told(place, tuple(one)) for place, one in texts.values())


_BY_THE_OTHERS, _BY_ITS_VALUE = -1, -2


@lru_cache(maxsize=1 << 14)
def _sole_tag(key: str) -> int:
    """The tag of a text behind a key, whatever stands beside it and whatever it is.

    Below 0 if that depends on the keys beside, or on the value.
    """
    name = folded(key)
    if is_label(key) or name in AUTHORS | BESIDE_A_NAME:
        return _BY_THE_OTHERS
    if name in NAMING | VERSIONS or not (_PLAIN_KEY.fullmatch(key) and _is_technical(key)):
        return _BY_ITS_VALUE
    return _BY_ITS_VALUE if _TAG.fullmatch(key) else tag_of(key)


def read_json(text: str) -> Iterator[Part]:
    """What a text of JSON tells."""
    found = flat(text.rstrip())
    if found is not None:
        yield from found
        if _may_pair(text) or any(
            isinstance(part, Told) and part.place.tag in _PERSONAL for part in found
        ):
            yield from gathered.listed(loaded(text))
        return
    value = loaded(text)
    if value is None:
        yield from _lines_of_json(text)
        return
    yield from told(value)
    if _holds_texts(text):
        yield from gathered.listed(value)


_PAIRING = 0.8
_PERSONAL = frozenset({PERSON, NAME, NUMBER, BIRTH})


def _may_pair(text: str) -> bool:
    """Whether an object that holds no other may map texts to texts."""
    return text.count('": "') >= _PAIRING * text.count('":') > 1


def _holds_texts(text: str) -> bool:
    """Whether there are so many strings beside the keys that they may be a table."""
    return text.count('"') // 2 > text.count('":')


_PAIRED = re.compile(r"[,{}\n]")


def _lines_of_json(text: str) -> Iterator[Part]:
    """Lines that are each a value (NDJSON), or, of what is no JSON, the text."""
    lines = [line for line in text.split("\n") if line.strip()]
    values = [loaded(line) for line in lines] if len(lines) > 1 else []
    if values and sum(one is not None for one in values) > len(values) // 2:
        for line, value in zip(lines, values, strict=True):
            yield from plain.parts_of(line) if value is None else told(value)
        yield from gathered.listed([value for value in values if value is not None])
        return
    yield from plain.parts_of(text)
    yield from plain.values_of(_PAIRED.split(text))


# --- what is told --------------------------------------------------------------------------------


def told(value: object) -> Iterator[Told | Inner]:
    """The texts of a value, those of one attribute together, and the files that are texts."""
    found: _Found = {}
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


def _into(found: _Found, place: Place, text: str) -> None:
    at = found.get(place.pointer)
    if at is None:
        found[place.pointer] = place, {text: None}
    else:
        at[1][text] = None


def _leaf(text: str, tag: int, found: _Found) -> None:
    if not tag:
        _unlabelled(text, found)
    elif value := fitted(tag, text):
        _into(found, place_of(tag), value)


def _unlabelled(text: str, found: _Found) -> None:
    """A text without a label, line by line; what is packed in letters is no text."""
    if len(text) >= _LEAST_PACKED and _BASE64.fullmatch(text):
        return
    if len(text) < _SHORT and not _CONTROL.search(text):
        _into(found, _VALUE, text)
        if "/" in text or "\\" in text:
            _parts_into(text, found, beside_itself=True)
        return
    if _MARKUP.match(text):
        text = "\n".join(field.text for field in of_markup(text))
    _parts_into(text, found)


def _parts_into(text: str, found: _Found, *, beside_itself: bool = False) -> None:
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
                if told_at_all and not _is_count(one, tag):
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


def _is_count(text: str, tag: int) -> bool:
    """Whether a text is a bare number that says nothing of a person."""
    return text.lstrip("-").isdigit() and (is_figure(tag) if tag else len(text) < _FEWEST)


_BUILT = re.compile(r"20\d{6}|20\d\d-\d\d-\d\d")
_FEWEST = 7
"""Digits of a number without a label at least that may be a person's."""


@lru_cache(maxsize=1 << 14)
def _is_technical(key: str) -> bool:
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
        if _TAG.fullmatch(key):
            # A key that is itself a tag (PS3.18 annex F).
            of_tag = label(int(key, 16))[0]
            tagged = _beside_others(key, of_tag, named or tag, of_person=of_person)
        of_text = 0 if named and name in NAMING else own
        credits_it = credit or name in AUTHORS
        owns.append(_Own(key, own, of_text, tagged, credits_it, name in VERSIONS))
    telling = (key for key in keys if not (_PLAIN_KEY.fullmatch(key) and _is_technical(key)))
    return tuple(owns), tuple(telling)


def _beside_others(key: str, own: int, around: int, *, of_person: bool) -> int:
    """The tag of a key, or else what the keys beside it and above make of it."""
    if not own and inherits(key):
        own = around
    return PERSON if not own and of_person and is_label(key) else own
