"""Keyed values: what formats write as keys with values, each by the attribute it stands for.

A key that a format defines, or that stands for an attribute of DICOM wherever it stands (see
`labels`), gives its value the place of that attribute; all else is told as a line of text.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from vestige.read.beside.parts import Lost, Part, Readable, Told, beside
from vestige.read.carve import runs
from vestige.read.dictionary import label
from vestige.read.labels import fitted, folded, label_of

HEAD = 1 << 20
"""Bytes of a file within which a header of lines ends, or else is read no further."""

_SEARCHED = 1 << 20
"""Bytes outside all fields that are searched for text."""

_CUT = 3
"""Bytes of a letter at most that are left where a field ends within it."""

_NOTATION = ("<", "{", "[")
"""How XML and JSON begin, which are opened where they stand alone."""

_DATES = frozenset({"DA", "DT"})
_WRITTEN_TAG = re.compile(r"\(?([0-9A-Fa-f]{4})[|,]([0-9A-Fa-f]{4})\)?")
"""A tag as ITK writes it in place of a key: `0010|0010`."""

_DAY = re.compile(
    r"(?:\D{0,8})?((?:18|19|20)\d\d)[-./]?([01]\d)[-./]?([0-3]\d)(?!\d\d\d\d\d\d\d).*"
)
_DAY_LAST = re.compile(r"([0-3]?\d)[-./ ]([A-Za-z]{3}|[01]?\d)[-./ ]((?:18|19|20)\d\d)(?:\D.*)?")
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()


def text_of(raw: bytes) -> str:
    """The text of a field up to its first zero: UTF-8, also cut off, or else Windows-1252."""
    raw = raw.split(b"\0", 1)[0].strip()
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start and error.start >= len(raw) - _CUT and "unexpected end" in error.reason:
            return raw[: error.start].decode("utf-8")
        return raw.decode("cp1252", "replace")


def field(kind: str, name: str, raw: bytes, tag: int = 0) -> Iterator[Told]:
    """A field of a fixed header, under its name in the format; nothing if it is empty."""
    text = text_of(raw)
    if text:
        yield told(f"{kind} {name}", tag, text)


def told(pointer: str, tag: int, *texts: str) -> Told:
    """Texts at a place whose pointer is words of the format, of the attribute with that tag."""
    number, vr, _ = label(tag)
    if vr in _DATES:
        texts = tuple(day(text) for text in texts)
    return Told(beside(pointer, number, vr or "UT"), texts)


def day(text: str) -> str:
    """A date as DICOM writes it (PS3.5 section 6.2, DA); the text itself if it is none."""
    if found := _DAY.fullmatch(text.strip()):
        return "".join(found.groups())
    if found := _DAY_LAST.fullmatch(text.strip()):
        number, month, year = found.groups()
        if month.isalpha():
            if month.lower() not in _MONTHS:
                return text
            month = str(_MONTHS.index(month.lower()) + 1)
        return f"{year}{month:0>2}{number:0>2}"
    return text


def of_pairs(
    kind: str, pairs: Iterable[tuple[str, str]], own: Mapping[str, int] | None = None
) -> Iterator[Told]:
    """The values of keys, by attribute; those of other keys as lines of text.

    `own` has the folded keys that the format defines; 0 says that a value is text for all that.
    """
    found: dict[int, dict[str, None]] = defaultdict(dict)
    tags: dict[str, int] = {}
    for key, value in pairs:
        tag = tags.get(key, -1)
        if tag < 0:
            tag = tags[key] = tag_of(key, own or {})
        text = fitted(tag, value) if tag else ""
        if text:
            found[tag][text] = None
        elif value.strip(' \t"<>{}()'):
            found[0][value if not key or value.startswith(_NOTATION) else f"{key}: {value}"] = None
    for tag, texts in found.items():
        yield told(f"{kind} {label(tag)[2]}" if tag else kind, tag, *texts)


def tag_of(key: str, own: Mapping[str, int]) -> int:
    """The tag that a key stands for; 0 if it stands for none."""
    known = own.get(folded(key))
    if known is not None:
        return known
    written = _WRITTEN_TAG.fullmatch(key.strip())
    if written is not None:
        return label(int(written[1] + written[2], 16))[0]
    return label_of(key)


def carved(readable: Readable, pointer: str, start: int, end: int) -> Iterator[Part]:
    """The texts in bytes of a file that belong to no field, as far as they are searched."""
    if end - start <= 0:
        return
    data = readable.read(start, min(end - start, _SEARCHED)).strip(b"\0")
    texts = tuple(runs(data)) if data else ()
    if texts:
        yield Told(beside(pointer), texts)
    if end - start > _SEARCHED:
        yield Lost("text-budget")


def head_of(readable: Readable, limit: int = HEAD) -> bytes:
    """The first bytes of a file."""
    return readable.first if len(readable.first) >= limit else readable.read(0, limit)
