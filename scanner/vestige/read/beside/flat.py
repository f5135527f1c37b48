"""Flat objects of JSON, as side-cars of converters are: pair by pair, as each was told before."""

import re
from functools import lru_cache
from typing import NamedTuple

from vestige.read.beside.keys import (
    AUTHORS,
    BESIDE_A_NAME,
    BIRTH,
    NAME,
    NUMBER,
    PERSON,
    VERSIONS,
    is_figure,
    is_label,
    place_of,
    tag_of,
)
from vestige.read.beside.parts import Inner, Told
from vestige.read.beside.structured import (
    FEWEST,
    PLAIN_KEY,
    TAG,
    Found,
    is_count,
    is_technical,
    loaded,
    told,
    unlabelled,
)
from vestige.read.labels import NAMING, fitted, folded

_FIRST_PAIR = re.compile(r'\s*\{\s*?(\n[ \t]+")')
_LONG_NUMBER = re.compile(r"(?<![.\d])\d{7,}(?![.\d])")


_LONGEST_FLAT = 16 << 10
"""Characters of a side-car whose pairs are remembered, some thousands of them."""


class Flat(NamedTuple):
    """What an object tells that holds no other; whether it may be a table of persons or of codes.

    Of what a pair told before the same parts are given again.
    """

    parts: list[Told | Inner]
    may_be_table: bool


def flat(text: str) -> Flat | None:
    """What an object of JSON tells that holds no other and whose pairs stand in lines; else None.

    Side-cars of one series have most pairs in common: each is read once, and told as it was.
    """
    start = _FIRST_PAIR.match(text)
    if start is None or text.count("{") != 1 or not text.endswith("}"):
        return None
    if len(text) > _LONGEST_FLAT:
        return None
    pairs = text[start.end() : -1].split(start[1])
    told = list(map(_KNOWN.get, pairs))
    try:
        for place in [place for place, known in enumerate(told) if known is None]:
            told[place] = _of_pair(pairs[place])
    except _NoPairError:
        return None
    may_pair = text.count('": "') >= _PAIRING * len(pairs) > 1
    of_person = not _OF_PERSONS.isdisjoint(pairs)
    return Flat([part for parts in told if parts for part in parts], may_pair or of_person)


class _NoPairError(Exception):
    """What stands in a line is no pair, or none that can be told without the others."""


_KNOWN: dict[str, tuple[Told | Inner, ...]] = {}
"""What pairs told before, each without the quote before its key."""

_OF_PERSONS: set[str] = set()
"""Those of them that told of persons."""

_REMEMBERED = 1 << 15
_LONGEST_PAIR = 512
"""Characters of a pair that is remembered, if it tells of nobody."""


def _of_pair(pair: str) -> tuple[Told | Inner, ...]:
    """What a pair tells that is not known yet."""
    end = pair.find('"')
    figure = pair.find('"', end + 1) < 0 <= end and _is_figure(pair[:end])
    told = () if figure and not _is_long(pair, end) else _of_text(pair)
    if len(_KNOWN) >= _REMEMBERED:
        _KNOWN.clear()
        _OF_PERSONS.clear()
    of_person = any(isinstance(part, Told) and part.place.tag in _PERSONAL for part in told)
    if of_person:
        _OF_PERSONS.add(pair)
    if of_person or len(pair) <= _LONGEST_PAIR:
        _KNOWN[pair] = told
    return told


_PERSONAL = frozenset({PERSON, NAME, NUMBER, BIRTH})
_PAIRING = 0.8
"""Share of the keys at least whose values are texts, where an object may map texts to texts."""


def _is_long(pair: str, end: int) -> bool:
    """Whether a number behind a key, or in it, has so many digits as a person's may have."""
    few = (end < FEWEST and len(pair) < end + FEWEST) or "." in pair
    return not few and _LONG_NUMBER.search(pair) is not None


@lru_cache(maxsize=1 << 14)
def _is_figure(key: str) -> bool:
    return is_figure(tag_of(key)) and "\\" not in key


_STRING = re.compile(r'"[ \t]*:[ \t]*"([^"\\\x00-\x1f]*)",?\s*')
"""What follows a key whose value is one text that is written as it is."""


def _of_text(pair: str) -> tuple[Told | Inner, ...]:
    key = pair.partition('"')[0]
    tag = _sole_tag(key)
    if tag == _BY_THE_OTHERS:
        raise _NoPairError
    found = _STRING.fullmatch(pair, len(key)) if tag != _BY_ITS_VALUE else None
    if found is None:
        value = loaded('{"' + pair.rstrip().removesuffix(",") + "}")
        if value is None:
            raise _NoPairError
        return tuple(told(value))
    text = found[1]
    if is_count(text, tag):
        return ()
    if tag:
        value = fitted(tag, text)
        return (Told(place_of(tag), (value,)),) if value else ()
    texts: Found = {}
    unlabelled(text, texts)
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
    if name in NAMING | VERSIONS or not (PLAIN_KEY.fullmatch(key) and is_technical(key)):
        return _BY_ITS_VALUE
    return _BY_ITS_VALUE if TAG.fullmatch(key) else tag_of(key)
