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


class _Pair(NamedTuple):
    """What a pair tells, and whether of a person; how many keys it has, and of texts."""

    parts: tuple[Told | Inner, ...]
    of_person: bool
    keys: int
    of_texts: int


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
    known = _KNOWN.get
    try:
        pairs = [known(pair) or _of_pair(pair) for pair in text[start.end() : -1].split(start[1])]
    except _NoPairError:
        return None
    others = [pair for pair in pairs if pair is not _FIGURE]
    parts = [part for pair in others for part in pair.parts]
    keys = len(pairs) - len(others) + sum([pair.keys for pair in others])
    may_pair = sum([pair.of_texts for pair in others]) >= _PAIRING * keys > 1
    return Flat(parts, may_pair or any(pair.of_person for pair in others))


class _NoPairError(Exception):
    """What stands in a line is no pair, or none that can be told without the others."""


_KNOWN: dict[str, _Pair] = {}
"""What pairs told before, each without the quote before its key."""

_REMEMBERED = 1 << 15


def _of_pair(pair: str) -> _Pair:
    """What a pair tells that is not known yet."""
    end = pair.find('"')
    figure = pair.find('"', end + 1) < 0 <= end and _is_figure(pair[:end])
    if not figure or _is_long(pair, end):
        found = _with_texts(pair, _of_text(pair))
    elif pair.startswith('":', end) and not pair.startswith(":"):
        found = _FIGURE
    else:
        found = _with_texts(pair[: end + 2], ())
    if len(_KNOWN) >= _REMEMBERED:
        _KNOWN.clear()
    if len(pair) <= _LONGEST_PAIR:
        _KNOWN[pair] = found
    return found


_FIGURE = _Pair((), of_person=False, keys=1, of_texts=0)
"""What any figure tells behind a key of which figures say nothing."""

_LONGEST_PAIR = 512
"""Characters of a pair that is remembered."""


def _with_texts(pair: str, told: tuple[Told | Inner, ...]) -> _Pair:
    tags = [part.place.tag for part in told if isinstance(part, Told)]
    quoted = f'"{pair}'
    of_person = not _PERSONAL.isdisjoint(tags)
    return _Pair(told, of_person, quoted.count('":'), quoted.count('": "'))


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
