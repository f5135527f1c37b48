"""Structured texts: JSON, lines of JSON and YAML, as texts by the keys that lead to them.

Nothing is built but plain values, aliases are not followed, and what is nested deeper than a
program would write it, or is no JSON after all, is read as lines.
"""

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import yaml

from vestige.model import Place
from vestige.read.beside import gathered, plain
from vestige.read.beside.keys import (
    AUTHORS,
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
_BASE64 = re.compile(r"[A-Za-z0-9+/=\s]{200,}")


class Leaf(NamedTuple):
    """A text, the tag that its key stands for or 0, and whether it credits somebody."""

    tag: int
    text: str
    credit: bool = False


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
    if pair.count('"') == 1 and _is_figure(pair[: pair.index('"')]):
        return () if "." in pair or _LONG_NUMBER.search(pair) is None else _of_text(pair)
    return _of_text(pair)


@lru_cache(maxsize=1 << 14)
def _is_figure(key: str) -> bool:
    return is_figure(tag_of(key)) and "\\" not in key


@lru_cache(maxsize=1 << 14)
def _of_text(pair: str) -> tuple[Told, ...] | None:
    key = pair.partition('"')[0]
    if is_label(key) or folded(key) in AUTHORS | _BESIDE_A_NAME:
        return None  # What it says depends on the keys beside.
    value = loaded('{"' + pair.rstrip().removesuffix(",") + "}")
    return None if value is None else tuple(told(value))


def read_json(text: str) -> Iterator[Part]:
    """What a text of JSON tells."""
    found = flat(text.rstrip())
    if found is not None:
        yield from found
        if _may_pair(text) or any(part.place.tag in _PERSONAL for part in found):
            yield from gathered.listed(loaded(text))
        return
    value = loaded(text)
    if value is None:
        yield from _lines_of_json(text)
        return
    yield from told(value)
    if _holds_texts(text):
        yield from gathered.listed(value)


_PAIRING, _FEWEST_TEXTS = 0.8, 1
_PERSONAL = frozenset({PERSON, NAME, NUMBER, BIRTH})


def _may_pair(text: str) -> bool:
    """Whether an object that holds no other may map texts to texts."""
    return text.count('": "') >= _PAIRING * text.count('":') > 1


def _holds_texts(text: str) -> bool:
    """Whether there are so many strings beside the keys that they may be a table."""
    return text.count('"') // 2 - text.count('":') >= _FEWEST_TEXTS


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
        yield from gathered.listed(value)
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
    for leaf in leaves(value):
        if leaf.tag:
            text = fitted(leaf.tag, leaf.text)
            if text:
                found.setdefault(place_of(leaf.tag), {})[text] = None
        elif not leaf.credit:
            _unlabelled(leaf.text, found)
    for place, texts in found.items():
        yield Told(place, tuple(texts))


def _unlabelled(text: str, found: dict[Place, dict[str, None]]) -> None:
    """A text without a label, line by line; what is packed in letters is no text."""
    if _BASE64.fullmatch(text):
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


def leaves(value: object) -> Iterator[Leaf]:
    """The strings and numbers of a value, with the attributes that keys say they are."""
    credited = isinstance(value, _Pairs) and any(folded(key) in PUBLISHED for key, _ in value)
    work: list[tuple[object, str, int, bool]] = [(value, "", 0, False)]
    while work:
        one, above, tag, credit = work.pop()
        if isinstance(one, _Pairs):
            work.extend(reversed(list(_of_pairs(one, above, tag, credit=credit))))
            yield from (
                Leaf(0, key)
                for key, _ in one
                if not (_PLAIN_KEY.fullmatch(key) and _is_technical(key))
            )
        elif isinstance(one, list):
            work.extend((each, above, tag, credit) for each in reversed(one))
        elif isinstance(one, str) and not _is_count(one, tag):
            if folded(above) in VERSIONS:
                yield Leaf(tag, _BUILT.sub("", one))
            else:
                yield Leaf(tag, one, credit and credited)


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


def _of_pairs(
    pairs: _Pairs, above: str, tag: int, *, credit: bool
) -> Iterator[tuple[object, str, int, bool]]:
    """The values of an object, with what each key says of its value."""
    named = 0
    keys = {folded(key) for key, _ in pairs}
    of_person = bool(keys & _BESIDE_A_NAME) or (tag in {PERSON, NAME})
    for key, value in pairs:
        if isinstance(value, str) and folded(key) in NAMING:
            named = named or tag_of(value)
    for key, value in pairs:
        own = _own(key, value, above)
        if not own and inherits(key):
            own = named or tag
        if not own and of_person and is_label(key):
            own = PERSON
        if isinstance(value, str) and named and folded(key) in NAMING:
            own = 0
        yield value, key, own, credit or folded(key) in AUTHORS


_BESIDE_A_NAME = frozenset(
    "birthdate dateofbirth dob surname familyname lastname firstname givenname vorname nachname "
    "apellidos prenom mrn geburtsdatum fechanacimiento".split()
)
"""Keys beside which what is called a name is a person's."""


def _own(key: str, value: object, above: str) -> int:
    """The tag of a key: also of one that is itself a tag (PS3.18 annex F)."""
    if _TAG.fullmatch(key) and isinstance(value, _Pairs):
        return label(int(key, 16))[0]
    return tag_of(key, above)
