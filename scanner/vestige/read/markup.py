"""Markup: XML and HTML to fields; no entity is ever expanded.

What is no well-formed XML, or was cut off, is read tag by tag.
"""

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from importlib import import_module
from typing import NamedTuple
from xml.sax import SAXException

from defusedxml import DefusedXmlException

from vestige.read.fields import Field
from vestige.read.labels import NAMING, WITHIN, folded, label_of

DEEPEST_ELEMENT = 200
"""Elements within elements; what lies deeper has no label."""

_DECLARATION = re.compile(r"<\?xml[^<>]{0,200}\?>")
_ENCODING = re.compile(rb"""<\?xml[^>]{0,80}encoding\s*=\s*["']([A-Za-z0-9._-]{1,32})""")
_TEXT_CODEC = re.compile(r"(?i)(?:utf|iso|windows|cp|latin|us-ascii|shift|euc|gb|big5|koi8).*")
_TAG = re.compile(r"<(/?)([^\W\d][\w:.-]{0,63})([^<>]*)>")
_ATTRIBUTE = re.compile(r"""([^\W\d][\w:.-]{0,63})\s{0,16}=\s{0,16}(?:"([^"]*)"|'([^']*)')""")


def decoded(data: bytes) -> str:
    """The text of markup: by its mark or shape, as it declares, as UTF-8, or as Windows-1252."""
    for start, codec in ((b"\xff\xfe", "utf_16"), (b"\xfe\xff", "utf_16"), (b"<\0", "utf_16_le")):
        if data.startswith(start):
            return data.decode(codec, "replace")
    if data.startswith(b"\0<"):
        return data.decode("utf_16_be", "replace")
    declared = _ENCODING.search(data[:128])
    named = declared[1].decode("ascii") if declared else ""
    for codec in (named, "utf_8") if _TEXT_CODEC.fullmatch(named) else ("utf_8",):
        try:
            return data.decode(codec).removeprefix("\ufeff")
        except (LookupError, ValueError):
            continue
    return data.decode("cp1252", "replace")


def of_markup(text: str) -> Iterator[Field]:
    """The texts and attributes of markup in order, each with its label where one is known."""
    text = text.strip("\0 \t\r\n\ufeff")
    declared = _DECLARATION.match(text)
    text = text[declared.end() :] if declared else text
    handler = _Handler()
    try:
        # Loaded with the first text that is some: it brings along all that speaks to networks.
        import_module("vestige.read.well_formed").parse(text, handler)
    except (SAXException, DefusedXmlException, ValueError, LookupError, AssertionError):
        handler = _Handler()
        _read_leniently(text, handler)
    yield from handler.fields


LONGEST_TAG = 4 << 20
"""Characters of one tag, or of a text between two, that are held."""


def of_stretches(stretches: Iterable[str]) -> Iterator[list[Field]]:
    """The texts and attributes of markup in stretches, tag by tag, well-formed or not.

    Labels hold across stretches. No entity is expanded but those of single characters.
    """
    handler = _Handler()
    left = ""
    for stretch in stretches:
        text = left + stretch
        end = text.rfind(">") + 1 or (len(text) if len(text) > LONGEST_TAG else 0)
        left = text[end:]
        _read_tags(text[:end], handler)
        found, handler.fields = handler.fields, []
        yield found
    _read_leniently(left, handler)
    yield handler.fields


def _read_leniently(text: str, handler: "_Handler") -> None:
    """Tells the handler of tags and of the texts between them, well-formed or not."""
    _read_tags(text, handler)
    handler.finish()


def _read_tags(text: str, handler: "_Handler") -> None:
    at = 0
    for found in _TAG.finditer(text):
        if at < found.start():
            handler.heard.append(html.unescape(text[at : found.start()]))
        at = found.end()
        if found[1]:
            handler.end(found[2])
        elif found[2]:
            handler.begin(found[2], _pairs(found[3]) if "=" in found[3] else ())
            if "/" in found[3] and found[3].rstrip().endswith("/"):
                handler.end(found[2])
    handler.heard.append(html.unescape(text[at:]))


@lru_cache(maxsize=1 << 14)
def _tag_of(name: str, above: str) -> int:
    return label_of(name, above)


@lru_cache(maxsize=1 << 14)
def _is_within(name: str) -> bool:
    return folded(name) in WITHIN


_IN_TABLES = frozenset({"table", "tr", "td", "th"})


class _Known(NamedTuple):
    """What a name says of its element: its label below the one above, and its part of a table.

    What stands `within` belongs to the label above.
    """

    tag: int
    within: bool
    part: str


@lru_cache(maxsize=1 << 14)
def _known(name: str, above: str) -> _Known:
    part = name.lower()
    part = part if part in _IN_TABLES else ""
    return _Known(_tag_of(name, above), _is_within(name), part)


@lru_cache(maxsize=1 << 14)
def _is_naming(name: str) -> bool:
    return folded(name) in NAMING


_LETTER = re.compile(r"[^\W\d_]")
_SHORTEST_TAG, _LONGEST_TAG = len("00100010"), len("(0010,0010)")


def _tag_of_text(text: str) -> int:
    """The tag that a text stands for, if it is a label: no figure is one but a tag itself."""
    if _LETTER.search(text) is not None:
        return label_of(text)
    may_be = "." not in text and _SHORTEST_TAG <= len(text) <= _LONGEST_TAG
    return label_of(text) if may_be else 0


def _pairs(text: str) -> list[tuple[str, str]]:
    """The attributes of a tag; of two of one name the last."""
    pairs = {one[1]: html.unescape(one[2] or one[3] or "") for one in _ATTRIBUTE.finditer(text)}
    return list(pairs.items())


_CELLS = frozenset({"td", "th"})


class _Open(NamedTuple):
    """An element that is open: its name, and the label of what stands in it."""

    name: str
    tag: int


class _Handler:
    """Gathers fields as it hears of elements."""

    def __init__(self) -> None:
        self.fields: list[Field] = []
        self._open: list[_Open] = [_Open("", 0)]
        self.heard: list[str] = []
        self._named = 0
        self._heads: dict[int, int] = {}
        self._row = self._column = -1

    def begin(self, name: str, pairs: Sequence[tuple[str, str]]) -> None:
        """An element begins that has these attributes."""
        if self.heard:
            self._say()
        above = self._open[-1]
        tag, within, part = _known(name, above.name)
        if part:
            self._place(part)
        if pairs:
            tag = self._of_attributes(name, above, pairs)
        elif within:
            tag = tag or above.tag
        if len(self._open) < DEEPEST_ELEMENT:
            self._open.append(_Open(name, tag))

    def _of_attributes(self, name: str, above: _Open, pairs: Sequence[tuple[str, str]]) -> int:
        """Tells what stands in attributes; gives the tag of their element."""
        tag = _tag_of(name, above.name)
        for key, value in pairs:
            if not tag and _is_naming(key):
                tag = _tag_of_text(value.strip())
        if not tag and _is_within(name):
            tag = above.tag
        for key, value in pairs:
            own = _tag_of(key, name) or (tag if _is_within(key) else 0)
            self.fields.append(Field(0 if _tag_of_text(value.strip()) else own, value))
        return tag

    def _place(self, name: str) -> None:
        """Where in a table an element begins; no row announces what stands in the next."""
        if name == "table":
            self._heads, self._row = {}, -1
        elif name == "tr":
            self._row, self._column, self._named = self._row + 1, -1, 0
        elif name in _CELLS:
            self._column += 1

    def _head(self, named: int) -> int:
        """The label that the heading of a column gives its cells; it is kept in the first row."""
        if self._row < 0:
            return 0
        cell = self._open[-1].name.lower()
        if self._row == 0 and cell == "th":
            self._heads[self._column] = named
        return self._heads.get(self._column, 0) if self._row > 0 and cell in _CELLS else 0

    def end(self, name: str) -> None:
        if self.heard:
            self._say()
        if len(self._open) > 1 and self._open[-1].name == name:
            self._open.pop()

    def finish(self) -> None:
        self._say()

    def _say(self) -> None:
        """A text has ended: its label is that of its element, or the name that stood before it."""
        text = "".join(self.heard).strip()
        self.heard.clear()
        if not text:
            return
        named, self._named = self._named, _tag_of_text(text)
        head = self._head(self._named)
        if not self._named:
            self.fields.append(Field(self._open[-1].tag or named or head, text))
