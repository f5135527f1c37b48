"""Normal form, words, shapes and masks of short texts: pure functions on strings."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote

import regex
from anyascii import anyascii

from vestige.abugidas import spelt
from vestige.pieces import (
    CODED,
    COUNTED,
    EXTENSIONS,
    LATIN,
    any_token,
    code,
    dated,
    latin_token,
    numbered_ending,
    numbered_token,
)
from vestige.sensitive import mask


class TokenKind(StrEnum):
    """What one piece of a text is."""

    WORD = "word"
    NUMBER = "number"
    DATE = "date"
    UUID = "uuid"
    UID = "uid"
    HEX = "hex"
    EMAIL = "email"
    EXTENSION = "extension"
    SEPARATOR = "separator"


class Token(NamedTuple):
    """One piece of a text; `start` and `end` count characters of the text it was cut from."""

    kind: TokenKind
    start: int
    end: int
    text: str


# --- normal form and folds ---------------------------------------------------------------------

_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"})
_APOSTROPHES = str.maketrans("", "", "'’`´ʼ‘")
_PERCENT = re.compile(r"%[0-9A-Fa-f]{2}")


def normal(text: str) -> str:
    """`text` in normal form C, in which all matching is done."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


_OLD_EAST = ("cp932", "gb18030", "euc_kr")
"""Encodings of East Asian names on old file systems."""
_MIXED = re.compile(r"[A-Za-z][^\x00-\x7f]|[^\x00-\x7f][A-Za-z]")


def readings(name: bytes) -> tuple[str, ...]:
    """What the bytes of a name say: UTF-8, or what they may be in older encodings.

    Windows-1252 comes first; East Asian encodings follow where they give letters throughout and
    mix none into Latin words, as Western text read by mistake does. There is always one reading.
    """
    try:
        return (name.decode("utf-8"),)
    except UnicodeDecodeError:
        pass
    found = [name.decode("cp1252", "replace")]
    for codec in _OLD_EAST:
        try:
            text = name.decode(codec)
        except UnicodeDecodeError:
            continue
        if not _MIXED.search(text) and all(c.isalpha() for c in text if not c.isascii()):
            found.append(text)
    return tuple(found)


def first_readings(names: Sequence[bytes]) -> Sequence[str]:
    """The first of the readings of each of many names; plain ones are read all at once."""
    joined = b"\n".join(names)
    plain = joined.isascii() and joined.count(b"\n") == len(names) - 1
    return joined.decode("ascii").split("\n") if plain else [readings(name)[0] for name in names]


def unquoted(text: str) -> str:
    """`text` with its percent escapes decoded where they hold UTF-8, else as it is."""
    if "%" not in text or not _PERCENT.search(text):
        return text
    try:
        return unquote(text, errors="strict")
    except UnicodeDecodeError:
        return text


def folds(word: str) -> tuple[str, ...]:
    """The ASCII spellings of `word` in lower case, the plain one first.

    Marks are stripped, other scripts romanised, apostrophes dropped. Letters that German and
    Nordic languages also spell with two (ü as ue) give a second fold. () if nothing remains.
    """
    if not word.isascii():
        return _romanised(word)
    plain = word.lower()
    if "'" in plain or "`" in plain:
        plain = plain.translate(_APOSTROPHES)
    return (plain,) if plain else ()


@lru_cache(maxsize=1 << 14)
def _romanised(word: str) -> tuple[str, ...]:
    """The folds of a word that is not ASCII, which take long to make."""
    lower = unicodedata.normalize("NFC", word).lower().translate(_APOSTROPHES)
    long = lower.translate(_GERMAN)
    ways = spelt(lower) if long == lower else (*spelt(lower), *spelt(long))
    return tuple(dict.fromkeys(fold for fold in (way.translate(_LETTERS) for way in ways) if fold))


class _Letters(dict[int, str]):
    """The letters by which each character is romanised, in lower case, as they are asked for."""

    def __missing__(self, character: int) -> str:
        romanised = anyascii(chr(character)).lower()
        letters = self[character] = "".join(c for c in romanised if "a" <= c <= "z")
        return letters


_LETTERS = _Letters()


# --- tokens ------------------------------------------------------------------------------------

_KINDS: dict[str | None, TokenKind] = {kind.name: kind for kind in TokenKind}
_WORD, _NUMBER, _SEPARATOR = TokenKind.WORD, TokenKind.NUMBER, TokenKind.SEPARATOR
_ENDINGS = frozenset({*EXTENSIONS, *map(str.upper, EXTENSIONS)})
_PLAIN_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_CAMEL = regex.compile(r"(?<=[\p{Ll}\p{M}\p{Lo}])(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})")
_JOINED = frozenset({"Mc", "Mac", "Fitz"})
"""Beginnings after which a capital does not begin a new word: McDonald."""


_new = tuple.__new__
"""Makes a named tuple of a tuple in half the time that its own constructor takes."""


def tokens(text: str) -> tuple[Token, ...]:
    """The pieces of `text`, in order and without gaps; a word of mixed case is cut at its humps."""
    stop = stem_end(text)
    found: list[Token] = []
    plain = uncut(text, stop)
    if plain is None:
        _cut(text, stop, found)
    else:
        _cut_plain(plain, found)
    if stop < len(text):
        found.append(Token(TokenKind.EXTENSION, stop, len(text), text[stop:]))
    return tuple(found)


def uncut(text: str, stop: int) -> list[str] | None:
    """The pieces of `text` up to `stop`, of which `kind_of` tells the kinds, or None.

    Words of mixed case are not cut. None if some pieces cannot be told by themselves.
    """
    if not text.isascii():
        return latin_token().findall(text, 0, stop) if LATIN.fullmatch(text) else None
    if "@" in text:
        return None
    return (numbered_token() if CODED.search(text) else COUNTED).findall(text, 0, stop)


def kind_of(piece: str) -> TokenKind:
    """What one of the pieces is that `uncut` gives."""
    first = piece[0]
    if first.isalpha():
        if piece.isalpha() or not _IN_CODES.search(piece):
            return _WORD
    elif not first.isdigit():
        return _SEPARATOR
    elif piece.isdigit() and len(piece) not in _OF_DATES:
        return _NUMBER
    found = code().fullmatch(piece)
    return _KINDS[found.lastgroup] if found else _WORD


_IN_CODES = re.compile(r"[0-9-]")
"""What stands in each code, and in no word."""

_OF_DATES = frozenset({8, 12, 14})
"""Digits of a date without a gap, with and without the time of day."""


def words(text: str) -> list[str]:
    """The words among the pieces of a text."""
    if not _WORDED.fullmatch(text) or text.count("-") >= _DASHES_OF_A_UUID:
        return [piece.text for piece in tokens(text) if piece.kind is _WORD]
    return [part for word in _PLAIN_WORDS.findall(text) for part in parts_of(word)]


_WORDED = re.compile(r"[A-Za-z' _,^~+()-]*")
"""A text without digits, dots and at signs, in which there is no code but a UUID of letters."""

_PLAIN_WORDS = re.compile(r"[A-Za-z]+(?:'[A-Za-z]+)*")
_DASHES_OF_A_UUID = 4


def _cut(text: str, stop: int, found: list[Token]) -> None:
    """The pieces of any text up to `stop`."""
    append = found.append
    for match in any_token().finditer(text, 0, stop):
        kind = _KINDS[match.lastgroup]
        start, end = match.span()
        piece = text[start:end]
        if kind is _WORD and _has_humps(piece):
            found += _humps(start, piece)
        else:
            append(_new(Token, (kind, start, end, piece)))


def _cut_plain(pieces: Sequence[str], found: list[Token]) -> None:
    """The tokens of pieces that tell by themselves what they are."""
    start, append = 0, found.append
    for piece in pieces:
        end = start + len(piece)
        kind = _WORD if piece.isalpha() else kind_of(piece)
        if kind is _WORD and _has_humps(piece):
            found += _humps(start, piece)
        else:
            append(_new(Token, (kind, start, end, piece)))
        start = end


def parts_of(word: str) -> list[str]:
    """The words that one of mixed case is made of; the word itself if it is but one."""
    return [part.text for part in _humps(0, word)] if _has_humps(word) else [word]


def _has_humps(word: str) -> bool:
    """Whether a run of letters may be more than one word: no capitals, or only the first is one."""
    return not (word[1:].islower() or word.isupper() or word.islower())


def stem(name: str) -> str:
    """A file name without its known extensions."""
    return name[: stem_end(name)].rstrip(".") or name


@lru_cache(maxsize=16)
def takes_any_digits(form: str) -> bool:
    """Whether all texts of one form (see `digits`) are cut into the same kinds of pieces.

    They are not where a date, a UID or an extension such as mp4 may stand.
    """
    if form.count("9") >= _DIGITS_OF_A_DATE and dated().search(form):
        return False
    return not numbered_ending().search(form)


_DIGITS_OF_A_DATE = 4
"""Digits at least of a date, of which four are its year, and of a UID."""


def stem_end(text: str) -> int:
    """Where the extensions of a file name begin; the end of `text` if it has none, or no stem."""
    stop = len(text)
    dot = text.rfind(".", 0, stop)
    while dot >= 0 and text[dot + 1 : stop] in _ENDINGS:
        stop = dot
        dot = text.rfind(".", 0, stop)
    return stop or len(text)


def _humps(start: int, word: str) -> Iterator[Token]:
    """The words that a run of letters in mixed case is made of: GivenSurname is two."""
    begin = 0
    for match in (_PLAIN_CAMEL if word.isascii() else _CAMEL).finditer(word):
        cut = match.start()
        if word[begin:cut] in _JOINED:
            continue
        yield Token(TokenKind.WORD, start + begin, start + cut, word[begin:cut])
        begin = cut
    yield Token(TokenKind.WORD, start + begin, start + len(word), word[begin:])


def template(pieces: Sequence[Token]) -> str:
    """The form of a name with its varying parts in braces, such as "{word}_{uuid}.dcm"."""
    return "".join(
        piece.text
        if piece.kind in (TokenKind.SEPARATOR, TokenKind.EXTENSION)
        else f"{{{piece.kind}}}"
        for piece in pieces
    )


# --- names that can hold no person -------------------------------------------------------------

_SERIAL = (
    "i|im|img|image|images|imagen|s|se|ser|series|serie|st|stu|study|studies|sub|subj|subject|ses|"
    "session|run|echo|vol|volume|slice|slices|sl|frame|frames|file|files|fn|ct|mr|mri|pt|pet|us|cr|"
    "dx|dr|mg|nm|xa|rf|sr|seg|kos|ko|pr|ot|sc|rt|e|z|a|b|p|x|y|t|dcm|dicom|scan|inst|instance|"
    "patient|pat|case|dir|part|page|d|exp|v|ver|version|anon|export|batch|acq|dsc|pic|raw"
)
_OPAQUE = re.compile(
    rf"""(?ix)
    (?: \d[\d._-]*
      | (?:(?:{_SERIAL})[-_.\s#]{{0,2}}\d[\d._-]*){{1,3}}
      | (?:[a-z]{{2,3}}[._-])?[0-2](?:\.\d+){{3,}}
      | \{{?[0-9a-f]{{8}}-(?:[0-9a-f]{{4}}-){{3}}[0-9a-f]{{12}}\}}?
      | (?=[a-f]*\d+[a-f]+\d|\d+[a-f]+\d+[a-f])[0-9a-f]{{7,128}}
    )
    (?:\.(?:{"|".join(EXTENSIONS)})){{0,3}}""",
)


def opaque(name: str) -> bool:
    """Whether `name` can hold no person's name: a UID, UUID, number, digest or serial name."""
    return _OPAQUE.fullmatch(name) is not None


# --- masks -------------------------------------------------------------------------------------

_READABLE_DIGITS = 4
_UNIQUE_SHOWN = 4
_MASK_PIECE = 40
_MARKS = regex.compile(r"\p{M}+")
_LETTER_LIKE = regex.compile(r"[\p{Alphabetic}\p{N}\p{M}]")
"""What can spell a name outside words: letters in circles, raised digits, lone marks."""
_SHORT_DATE = re.compile(
    r"(?<!\d)(?:\d\d([-._/ ])(?:0[1-9]|1[0-2])\1\d\d|(?:0[1-9]|1[0-2])([-._/ ])\d\d\2\d\d)(?!\d)"
)
"""A date whose year has two digits; no token, for a version or a series number looks the same."""
_UNIQUE = frozenset({TokenKind.UUID, TokenKind.UID, TokenKind.HEX})


def shown(name: str, spans: Sequence[tuple[int, int]], ordinary: Callable[[str], bool]) -> str:
    """One path component as a report may show it.

    Words that `ordinary` accepts and short numbers stay readable outside `spans`; every other
    word keeps its first letter at most, digits that may be a date or a number of a person become
    #, unique identifiers are cut short. Nothing of it moves a cursor or hides text on a screen.
    """
    spans = [*spans, *(match.span() for match in _SHORT_DATE.finditer(name))]
    if spans:
        secret = _marked(name, spans)
        parts = [_shown(p, any(secret[p.start : p.end]), ordinary) for p in tokens(name)]
    else:
        parts = [_shown(p, False, ordinary) for p in tokens(name)]  # noqa: FBT003 - private
    told = "".join(parts)
    return told if told.isprintable() else "".join(c if c.isprintable() else " " for c in told)


def _marked(name: str, spans: Sequence[tuple[int, int]]) -> bytearray:
    """One byte a character of `name`, 1 inside the spans."""
    marks = bytearray(len(name))
    for start, end in spans:
        inside = range(len(name))[max(0, start) : max(0, end)]
        marks[inside.start : inside.stop] = b"\1" * len(inside)
    return marks


def _shown(piece: Token, secret: bool, ordinary: Callable[[str], bool]) -> str:  # noqa: FBT001 - private
    if piece.kind is TokenKind.SEPARATOR:
        return str(_LETTER_LIKE.sub("*", piece.text))
    if piece.kind in _UNIQUE:
        return "…" if secret else f"{piece.text[:_UNIQUE_SHOWN]}…"
    return _hidden(piece.text) if secret or not _harmless(piece, ordinary) else piece.text


def _harmless(piece: Token, ordinary: Callable[[str], bool]) -> bool:
    """Whether a piece outside all spans tells nothing of a person."""
    if piece.kind is TokenKind.NUMBER:
        return len(piece.text) <= _READABLE_DIGITS
    if piece.kind is TokenKind.WORD:
        return ordinary(piece.text)
    return piece.kind is TokenKind.EXTENSION


@lru_cache(maxsize=1 << 16)
def _hidden(text: str) -> str:
    """A piece masked; marks go first, for a mask takes a mark for the end of a word."""
    bare = _MARKS.sub("", normal(text))
    if len(bare) <= _MASK_PIECE:
        return mask(bare)
    return mask(bare[: _MASK_PIECE - 1]) + "…"
