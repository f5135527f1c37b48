"""Further readings of a text whose character set is not the one declared.

A header may declare one set and be written in another, and no decoder says so: Windows-1251 read
as Latin-1 is a row of accented letters. A further reading is given only where the declared one is
no plausible text, and the other one is: letters of one script throughout, as its languages write
them. Ordinary texts have none.
"""

import re
from functools import cache
from typing import NamedTuple

from vestige.read.charset import ALONE, DEFAULT, LATIN, decoded

LONGEST = 1 << 16
"""Bytes of a text that is read more than once at most: no rule looks further into one."""

_ESCAPE = b"\x1b"
_WORD = re.compile(r"[A-Za-z\x80-\U0010ffff]+")
_SIGNS = frozenset("°±²³´·×ØºªµΩ§«»–—’“”„…€®©")
"""What stands alone among Latin words without being a letter."""

_CYRILLIC_SETS = ("cp1251", "iso8859_5", "koi8_r")
_CYRILLIC = r"[А-Яа-яЁё]"
_RUSSIAN = re.compile(r"(?:[А-ЯЁ]?[а-яё]+|[А-ЯЁ]+)")
_OF_CYRILLIC = re.compile(rf"{_CYRILLIC}+")
_BESIDE_CYRILLIC = re.compile(rf"[A-Za-z]{_CYRILLIC}|{_CYRILLIC}[A-Za-z]")
_VOWEL = re.compile(r"(?i)\A(?![ъыь]).*[аеёиоуыэюя]")
_FREQUENT_RUSSIAN = frozenset("оеаинтсрвлкм")
_LIKE_RUSSIAN = 0.42
"""Share of the twelve most frequent letters in Russian texts at least; names have half and more."""

_NO_RUSSIAN = re.compile(rf"(?!{_CYRILLIC})[^\x00-\x7f«»№–—“”„…]")
_SHORTEST_WORD = 3

_CHINESE_SETS = frozenset({"gb18030", "gbk", "gb2312"})
"""Codecs that give some text for nearly all bytes."""

_INSIDE_A_WORD = re.compile(r"[a-z][^\x00-\x7f]|[^\x00-\x7f][a-z]")
"""What Western text gives that is read as East Asian: one sign inside a word."""

_FEWEST = 2
_FREQUENT_CHINESE = range(0xB0, 0xD8)
_FREQUENT_JAPANESE = range(0x88, 0x98)
"""First bytes of the frequent characters in GB 2312 and in Shift JIS, their first levels."""

_KOREAN = range(0xB0, 0xC9)
"""First bytes of syllables in KS X 1001; others are hardly ever written."""


def readings(value: bytes, first: str, codecs: tuple[str, ...]) -> tuple[str, ...]:
    """What else a value may say that reads as `first` in its declared codecs; mostly nothing."""
    if len(value) > LONGEST or (value.isascii() and _ESCAPE not in value):
        return ()
    if _ESCAPE in value:
        found = [decoded(value, DEFAULT, name=False)] if codecs[0] in ALONE else []
    elif is_plausible(value, first, codecs[0]):
        return ()
    else:
        found = _others(value)
    texts = dict.fromkeys(text.strip(" \x00") for text in found)
    return tuple(text for text in texts if text and text != first)


def is_plausible(value: bytes, text: str, codec: str) -> bool:
    """Whether a text is what one would expect of its declared codec."""
    if _decoded(value, "utf_8"):
        return text == value.decode("utf_8").strip(" \x00")
    if codec in LATIN:
        return _is_latin(text)
    if not _decoded(value, codec):
        return False
    if codec in _CYRILLIC_SETS:
        return _most_russian(value).strip(" \x00") in ("", text)
    return codec not in _CHINESE_SETS or _is_chinese(text)


def _others(value: bytes) -> list[str]:
    """The plausible readings of bytes that are not ASCII."""
    if utf_8 := _decoded(value, "utf_8"):
        return [utf_8]
    if russian := _most_russian(value):
        return [russian]
    asian = (
        (_is_chinese, _decoded(value, "gb18030")),
        (_is_korean, _decoded(value, "cp949")),
        (_is_japanese, _decoded(value, "cp932")),
    )
    found = [text for test, text in asian if test(text)]
    if not found and _is_latin(text := _decoded(value, "cp1252")):
        return [text]
    return found


def _most_russian(value: bytes) -> str:
    """The reading that is most like Russian; "" if none is."""
    texts = (_decoded(value, codec) for codec in _CYRILLIC_SETS)
    return max((text for text in texts if _is_cyrillic(text)), key=_likeness, default="")


def _decoded(value: bytes, codec: str) -> str:
    try:
        return value.decode(codec)
    except UnicodeError:
        return ""


def _is_latin(text: str) -> bool:
    """Whether accented letters stand among plain ones, as in words of Western languages."""
    for word in _WORD.findall(text):
        beyond = [c for c in word if c > "\x7f"]
        if not all(c.isalpha() or c in _SIGNS for c in beyond):
            return False
        if len(beyond) > 1 and 2 * len(beyond) > len(word):
            return False
    return bool(text)


def _is_cyrillic(text: str) -> bool:
    """Whether the letters beyond ASCII are Russian words of one case, one of three letters."""
    if not text or _NO_RUSSIAN.search(text) or _BESIDE_CYRILLIC.search(text):
        return False
    words = _OF_CYRILLIC.findall(text)
    long = [word for word in words if len(word) >= _SHORTEST_WORD]
    regular = all(_RUSSIAN.fullmatch(word) for word in words)
    russian = regular and all(_VOWEL.search(word) for word in long)
    return bool(long) and russian and _likeness(text) >= _LIKE_RUSSIAN


def _likeness(text: str) -> float:
    """The share of frequent letters among the Cyrillic ones."""
    letters = "".join(_OF_CYRILLIC.findall(text)).lower()
    return sum(c in _FREQUENT_RUSSIAN for c in letters) / max(1, len(letters))


class _EastAsian(NamedTuple):
    """Characters of East Asia, and what stands in no text of one of its languages."""

    han: "re.Pattern[str]"
    hangul: "re.Pattern[str]"
    kana: "re.Pattern[str]"
    not_chinese: "re.Pattern[str]"
    not_korean: "re.Pattern[str]"
    not_japanese: "re.Pattern[str]"


@cache
def _east_asian() -> _EastAsian:
    """These sets; they take long to compile, and few volumes hold such texts."""
    return _EastAsian(
        han=re.compile(r"[\u4e00-\u9fff]"),
        hangul=re.compile(r"[\uac00-\ud7a3]"),
        kana=re.compile(r"[\u3041-\u30ff]"),
        not_chinese=re.compile(r"[^\x00-\x7f\u4e00-\u9fff\u3000-\u3020\uff01-\uff5e]"),
        not_korean=re.compile(r"[^\x00-\x7f\uac00-\ud7a3\u3000-\u3020\uff01-\uff5e]"),
        not_japanese=re.compile(
            r"[^\x00-\x7f\u4e00-\u9fff\u3041-\u30ff\u3000-\u3020\uff01-\uff5e]"
        ),
    )


def _is_chinese(text: str) -> bool:
    """Whether the characters beyond ASCII are Chinese, half of them frequent ones."""
    if not text or _east_asian().not_chinese.search(text) or _INSIDE_A_WORD.search(text):
        return False
    return _are_frequent(_east_asian().han.findall(text), "gb2312", _FREQUENT_CHINESE)


def _is_korean(text: str) -> bool:
    """Whether the characters beyond ASCII are Korean syllables in use."""
    if not text or _east_asian().not_korean.search(text) or _INSIDE_A_WORD.search(text):
        return False
    found = _east_asian().hangul.findall(text)
    return len(found) >= _FEWEST and all(_lead(c, "euc_kr") in _KOREAN for c in found)


def _is_japanese(text: str) -> bool:
    """Whether the characters beyond ASCII are Japanese, half of the others than kana frequent."""
    if not text or _east_asian().not_japanese.search(text) or _INSIDE_A_WORD.search(text):
        return False
    kana = _east_asian().kana.findall(text)
    kanji = _east_asian().han.findall(text)
    if not kanji:
        return len(kana) >= _FEWEST
    return _are_frequent([*kanji, *kana], "cp932", _FREQUENT_JAPANESE, len(kana))


def _are_frequent(found: list[str], codec: str, leads: range, known: int = 0) -> bool:
    """Whether there are enough characters, and half of them begin with one of the bytes."""
    frequent = known + sum(_lead(c, codec) in leads for c in found)
    return len(found) >= _FEWEST and 2 * frequent >= len(found)


def _lead(character: str, codec: str) -> int:
    """The first byte of a character in a codec; 0 if it is not in it."""
    try:
        return character.encode(codec)[0]
    except UnicodeError:
        return 0
