"""Structured texts: JSON, lines of JSON and YAML, as texts by the keys that lead to them.

Nothing is built but plain values, aliases are not followed, and what is nested deeper than a
program would write it, or is no JSON after all, is read as lines.
"""

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import repeat
from typing import NamedTuple

import yaml

from vestige.model import Place
from vestige.read.beside import plain
from vestige.read.beside.keys import (
    AUTHORS,
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
from vestige.read.beside.parts import Part, Told, beside
from vestige.read.dictionary import label
from vestige.read.labels import NAMING, fitted, folded
from vestige.read.markup import of_markup

DEEPEST = 200
"""Values within values; what lies deeper is read as lines."""

_VALUE = beside("value")

_TAG = re.compile(r"[0-9A-Fa-f]{8}")
_CONTROL = re.compile(r"[\t\r\n]")
_MARKUP = re.compile(r"\s*<(?:!|\?|[A-Za-z])")
_PLAIN_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_. -]{0,63}")
_LEAST_PACKED = 200
_BASE64 = re.compile(rf"[A-Za-z0-9+/=\s]{{{_LEAST_PACKED},}}")


class _Pairs(list[tuple[str, object]]):
    """An object as its pairs, so that a key that stands twice is read twice."""


# --- JSON ----------------------------------------------------------------------------------------


def loaded(text: str) -> object | None:
    """What a text of JSON holds; None if it is none, or nested deeper than is read."""
    try:
        found: object = json.loads(
            text, object_pairs_hook=_Pairs, parse_int=str, parse_float=_nothing
        )
    except (ValueError, RecursionError):
        return None
    return found


def _nothing(_number: str) -> None:
    return None


_FIRST_PAIR = re.compile(r'\s*\{\s*?(\n[ \t]+")')
_LONG_NUMBER = re.compile(r"(?<![.\d])\d{7,}(?![.\d])")


def flat(text: str) -> list[Told] | None:
    """What an object of JSON tells that holds no other and whose pairs stand in lines; else None.

    Side-cars of one series have most pairs in common: each is read once, and told as it was.
    """
    start = _FIRST_PAIR.match(text)
    if start is None or text.count("{") != 1 or not text.endswith("}"):
        return None
    found = [_of_pair(pair) for pair in text[start.end() : -1].split(start[1])]
    if None in found:
        return None
    return [one for of_pair in found if of_pair for one in of_pair]


@lru_cache(maxsize=1 << 15)
def _of_pair(pair: str) -> tuple[Told, ...] | None:
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
def _of_text(pair: str) -> tuple[Told, ...] | None:
    key = pair.partition('"')[0]
    tag = _sole_tag(key)
    if tag == _BY_THE_OTHERS:
        return None
    found = _STRING.fullmatch(pair, len(key)) if tag != _BY_ITS_VALUE else None
    if found is None:
        value = loaded('{"' + pair.rstrip().removesuffix(",") + "}")
        return None if value is None else tuple(told(value))
    text = found[1]
    texts: dict[Place, dict[str, None]] = {}
    if not _is_count(text, tag):
        _leaf(text, tag, texts)
    return tuple(Told(place, tuple(one)) for place, one in texts.items())


_BY_THE_OTHERS, _BY_ITS_VALUE = -1, -2


@lru_cache(maxsize=1 << 14)
def _sole_tag(key: str) -> int:
    """The tag of a text behind a key, whatever stands beside it and whatever it is.

    Below 0 if that depends on the keys beside, or on the value.
    """
    name = folded(key)
    if is_label(key) or name in AUTHORS | _BESIDE_A_NAME:
        return _BY_THE_OTHERS
    if name in NAMING | VERSIONS or not (_PLAIN_KEY.fullmatch(key) and _is_technical(key)):
        return _BY_ITS_VALUE
    return _BY_ITS_VALUE if _TAG.fullmatch(key) else tag_of(key)


def read_json(text: str) -> Iterator[Part]:
    """What a text of JSON tells."""
    found = flat(text.rstrip())
    if found is not None:
        yield from found
        return
    value = loaded(text)
    if value is None:
        yield from _lines_of_json(text)
        return
    yield from told(value)


_PAIRED = re.compile(r"[,{}\n]")


def _lines_of_json(text: str) -> Iterator[Part]:
    """Lines that are each a value (NDJSON), or, of what is no JSON, the text."""
    lines = [line for line in text.split("\n") if line.strip()]
    values = [loaded(line) for line in lines] if len(lines) > 1 else []
    if values and sum(one is not None for one in values) > len(values) // 2:
        for line, value in zip(lines, values, strict=True):
            yield from plain.parts_of(line) if value is None else told(value)
        return
    yield from plain.parts_of(text)
    yield from plain.values_of(_PAIRED.split(text))


# --- YAML ----------------------------------------------------------------------------------------

MOST_YAML = 4 << 20
"""Characters of YAML that are read as such; longer ones are read as lines."""

_YAML_LINE = re.compile(
    r"\s*(?:- +)?[\"']?[^\s:#\"'{}\[\]][^:#\"'{}\[\]]{0,60}[\"']?:(?:\s.*)?|\s*- .*|---.*|\s*#.*"
)
_LEAST_LINES, _SHARE = 2, 0.9
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def is_yaml(head: str) -> bool:
    """Whether the lines with which a text begins are those of YAML."""
    lines = [line for line in head.splitlines()[:40] if line.strip()]
    like = sum(_YAML_LINE.fullmatch(line) is not None for line in lines)
    keyed = any(":" in line for line in lines)
    return keyed and len(lines) >= _LEAST_LINES and like >= _SHARE * len(lines)


def read_yaml(text: str) -> Iterator[Part]:
    """What a text of YAML tells; aliases are passed over: what they name is told where it is."""
    try:
        values = list(_documents(text))
    except (yaml.YAMLError, RecursionError, ValueError):
        yield from plain.parts_of(text)
        return
    for value in values:
        yield from told(value)
    comments = [line for line in text.splitlines() if "#" in line]
    if comments:
        yield from plain.parts_of("\n".join(comments))


def _documents(text: str) -> Iterator[object]:
    """The values of a YAML stream, from its events: no tag is built, no alias followed."""
    stack: list[tuple[bool, list[object]]] = [(False, [])]
    for event in yaml.parse(text, Loader=_LOADER):
        if isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            if len(stack) > DEEPEST:
                raise RecursionError
            stack.append((isinstance(event, yaml.MappingStartEvent), []))
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            is_mapping, held = stack.pop()
            stack[-1][1].append(_paired(held) if is_mapping else held)
        elif isinstance(event, yaml.ScalarEvent):
            stack[-1][1].append(event.value)
        elif isinstance(event, yaml.AliasEvent):
            stack[-1][1].append(None)
    yield from stack[0][1]


def _paired(held: list[object]) -> _Pairs:
    keys = (key if isinstance(key, str) else "" for key in held[::2])
    return _Pairs(zip(keys, held[1::2], strict=False))


# --- what is told --------------------------------------------------------------------------------


def told(value: object) -> Iterator[Told]:
    """The texts of a value, those of one attribute together."""
    found: dict[Place, dict[str, None]] = {}
    for text, tag in leaves(value):
        _leaf(text, tag, found)
    for place, texts in found.items():
        yield Told(place, tuple(texts))


def _leaf(text: str, tag: int, found: dict[Place, dict[str, None]]) -> None:
    if not tag:
        _unlabelled(text, found)
    elif value := fitted(tag, text):
        found.setdefault(place_of(tag), {})[value] = None


def _unlabelled(text: str, found: dict[Place, dict[str, None]]) -> None:
    """A text without a label, line by line; what is packed in letters is no text."""
    if len(text) >= _LEAST_PACKED and _BASE64.fullmatch(text):
        return
    if len(text) < _SHORT and not _CONTROL.search(text):
        found.setdefault(_VALUE, {})[text] = None
        if "/" in text or "\\" in text:
            _parts_into(text, found)
        return
    if _MARKUP.match(text):
        text = "\n".join(field.text for field in of_markup(text))
    _parts_into(text, found)


def _parts_into(text: str, found: dict[Place, dict[str, None]]) -> None:
    for part in plain.parts_of(text):
        if isinstance(part, Told):
            found.setdefault(part.place, {}).update(dict.fromkeys(part.texts))


_SHORT = 512


def leaves(value: object) -> Iterator[tuple[str, int]]:
    """The strings and numbers of a value, each with the tag that its key stands for or 0.

    Authors who say themselves that they are, in what is made to be published, are left out.
    """
    published = isinstance(value, _Pairs) and any(folded(key) in PUBLISHED for key, _ in value)
    stack: list[Iterator[tuple[object, _Own]]] = [iter(((value, _NOBODYS),))]
    while stack:
        for one, own in stack[-1]:
            if isinstance(one, str):
                tag = own.of_text
                told_at_all = tag or own.version or not (own.credits and published)
                if told_at_all and not _is_count(one, tag):
                    yield (_BUILT.sub("", one) if own.version else one), tag
            elif isinstance(one, _Pairs):
                keys = tuple([key for key, _ in one])
                owns, telling = _owns(keys, own.key, own.of_pairs, _named(one), credit=own.credits)
                for key in telling:
                    yield key, 0
                stack.append(zip([each for _, each in one], owns, strict=True))
                break
            elif isinstance(one, list) and any(one):
                tag = own.tag
                stack.append(zip(one, repeat(own._replace(of_text=tag, of_pairs=tag))))
                break
        else:
            stack.pop()


class _Own(NamedTuple):
    """What a key says of its value, by whether that is a text, an object or a list.

    Whether it credits somebody, and whether it is a version of software, in which days stand.
    """

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


def _named(pairs: _Pairs) -> int:
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
    of_person = not _BESIDE_A_NAME.isdisjoint(folds) or tag in {PERSON, NAME}
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


_BESIDE_A_NAME = frozenset(
    "birthdate dateofbirth dob surname familyname lastname firstname givenname vorname nachname "
    "apellidos prenom mrn geburtsdatum fechanacimiento".split()
)
"""Keys beside which what is called a name is a person's."""
