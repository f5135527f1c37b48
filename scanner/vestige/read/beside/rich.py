"""RTF (version 1.9.1): text, author and other properties, and the objects in a document."""

import re
from binascii import unhexlify
from collections.abc import Iterator

from vestige.read.beside import rows, writing
from vestige.read.beside.parts import WHOLE, Bounds, Held, Inner, Lost, Part, Readable
from vestige.read.beside.properties import told

SIGN = b"{\\rtf"

MOST_TOKENS = 4_000_000
"""Words, signs and stretches of text of one document that are read."""

_DEEPEST = 500
_TOKEN = re.compile(
    rb"\\'([0-9A-Fa-f]{2})|\\([a-zA-Z]{1,32})(-?[0-9]{1,10})? ?|\\(.)|([{}])|([^\\{}]+)", re.DOTALL
)
_SPACES = {b"tab": "\t", b"line": "\n", b"cell": "\x07", b"nestcell": "\x07", b"emspace": " "}
_BREAKS = frozenset({b"par", b"row", b"sect", b"page", b"nestrow"})
_CHARACTERS = {
    b"lquote": "‘", b"rquote": "’", b"ldblquote": "“", b"rdblquote": "”", b"bullet": "•",
    b"endash": "–", b"emdash": "—",
}  # fmt: skip
_SKIPPED = frozenset(
    b"fonttbl colortbl stylesheet listtable listoverridetable rsidtbl generator latentstyles "
    b"datastore themedata colorschememapping xmlnstbl filetbl mmathPr wgrffmtfilter pgptbl "
    b"blipuid panose falt creatim revtim printim buptim objclass sn atnid atndate atnref atrfstart "
    b"atrfend pgdsctbl".split()
)
_NAMES = {
    b"author": "author", b"operator": "operator", b"manager": "manager", b"company": "company",
    b"title": "title", b"subject": "subject", b"category": "category", b"keywords": "keywords",
    b"comment": "comment", b"doccomm": "comment", b"hlinkbase": "hyperlinkbase",
    b"atnauthor": "author",
}  # fmt: skip
_APART = frozenset(
    b"header headerl headerr headerf footer footerl footerr footerf footnote annotation shptxt "
    b"listtext fldinst txfielddef propname staticval bkmkstart".split()
)
"""Groups whose text is none of the paragraph in which they stand."""

_BYTES = frozenset({b"pict", b"objdata"})
_LISTED = frozenset({b"revtbl"})
_DESTINATIONS = frozenset({*_SKIPPED, *_BYTES, *_NAMES, *_LISTED})
_SIGNS = {**dict.fromkeys(_BREAKS, "\n\n"), **_SPACES, **_CHARACTERS}
_CHARSETS = {
    0: "cp1252", 77: "mac_roman", 128: "cp932", 129: "cp949", 134: "cp936", 136: "cp950",
    161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257",
    204: "cp1251", 222: "cp874", 238: "cp1250",
}  # fmt: skip
_BLANKS = b" \r\n\t"


def read(readable: Readable, bounds: Bounds) -> Iterator[Part]:
    """What a document holds; pictures and objects in it are files of their own."""
    if readable.size > WHOLE or not bounds.take(readable.size):
        yield Lost("text-budget")
        return
    data = readable.read(0, WHOLE)
    reading = _Reading()
    for number, token in enumerate(_TOKEN.finditer(data)):
        if number >= MOST_TOKENS:
            yield Lost("text-budget")
            break
        reading.hear(token)
    paragraphs = reading.paragraphs()
    yield from writing.told("document text", (one for one in paragraphs if "\x07" not in one))
    cells = (one.split("\x07") for one in paragraphs if "\x07" in one)
    yield from rows.told("document table", map(rows.row_of, cells))
    for name, texts in reading.properties.items():
        yield from told("document property", name, texts)
    for kind, content in reading.bytes:
        if bounds.take(len(content)):
            yield Inner(kind, Held(content))
    if reading.is_open:
        yield Lost("damaged")


class _State:
    """A group that is open: what it is for, and how its bytes are read."""

    __slots__ = ("codec", "hex", "name", "skip", "texts")

    def __init__(self, above: "_State | None") -> None:
        self.codec: str = above.codec if above else "cp1252"
        self.skip: int = above.skip if above else 1
        self.name = b""
        self.texts: list[str] = above.texts if above else []
        self.hex: bytearray | None = above.hex if above else None


class _Reading:
    """What has been read of a document, and the groups that are open."""

    def __init__(self) -> None:
        self._texts: list[str] = []
        self.properties: dict[str, list[str]] = {}
        self.bytes: list[tuple[bytes, bytes]] = []
        self._groups: list[_State] = []
        self._state = _State(None)
        self._state.texts = self._texts
        self._pending = bytearray()
        self._ansi = "cp1252"
        self._fonts: dict[int, str] = {}
        self._font = 0
        self._optional = False
        self._passed = 0
        self._lost_depth = 0

    @property
    def is_open(self) -> bool:
        """Whether a group has no end."""
        return bool(self._groups)

    def paragraphs(self) -> list[str]:
        """The paragraphs of the text; in a row of a table its cells end with U+0007."""
        self._settle()
        return _whole("".join(self._texts)).split("\n\n")

    def hear(self, token: re.Match[bytes]) -> None:
        """The next token."""
        code, word, figure, sign, brace, text = token.groups()
        if code is not None:
            self._byte(int(code, 16))
        elif text is not None:
            self._plain(text)
        elif brace is not None:
            self._settle()
            self._brace(brace)
        elif word is not None:
            self._word(word, int(figure) if figure else None)
        elif sign == b"*":
            self._optional = True
        else:
            self._signed(sign)

    def _signed(self, sign: bytes) -> None:
        if sign in b"{}\\":
            self._byte(sign[0])
        elif sign == b"~":
            self._say(" ")
        elif sign in b"\r\n":
            self._say("\n\n")

    def _byte(self, value: int) -> None:
        if self._passed:
            self._passed -= 1
        else:
            self._pending.append(value)

    def _plain(self, text: bytes) -> None:
        state = self._state
        if state.hex is not None:
            state.hex += text.translate(None, _BLANKS)
            return
        text = text.translate(None, b"\r\n")
        if self._passed:
            cut = min(self._passed, len(text))
            self._passed -= cut
            text = text[cut:]
        self._pending += text

    def _settle(self) -> None:
        """The bytes that wait become text."""
        if self._pending:
            text = self._pending.decode(self._state.codec, "replace")
            self._pending.clear()
            self._state.texts.append(text)

    def _say(self, text: str) -> None:
        self._settle()
        self._state.texts.append(text)

    def _brace(self, brace: bytes) -> None:
        self._passed = 0
        self._optional = False
        if brace == b"{":
            if len(self._groups) >= _DEEPEST:
                self._lost_depth += 1
                return
            self._groups.append(self._state)
            self._state = _State(self._state)
        elif self._lost_depth:
            self._lost_depth -= 1
        elif self._groups:
            ended = self._state
            self._state = self._groups.pop()
            self._end(ended)

    def _end(self, ended: _State) -> None:
        """A group that was a property, a picture or an object has ended."""
        if ended.name in _BYTES and ended.hex is not None:
            self._bytes(ended.name, bytes(ended.hex))
        elif ended.name in _NAMES:
            text = _whole("".join(ended.texts)).strip()
            self.properties.setdefault(_NAMES[ended.name], []).append(text)
        elif ended.name in _APART:
            self._state.texts.append("\n\n")
        elif ended.name in _LISTED:
            found = [one.strip() for one in "".join(ended.texts).split(";")]
            self.properties.setdefault("author", []).extend(found)

    def _bytes(self, name: bytes, digits: bytes) -> None:
        try:
            content = unhexlify(digits[: len(digits) // 2 * 2])
        except ValueError:
            return
        if name == b"objdata":
            content = _native(content)
        if content:
            self.bytes.append((name, content))

    def _word(self, word: bytes, figure: int | None) -> None:
        if word == b"u" and figure is not None:
            self._say(chr(figure % 0x10000))
            self._passed = self._state.skip
            return
        self._settle()
        optional, self._optional = self._optional, False
        if word in _SIGNS:
            self._say(_SIGNS[word])
        elif word in _DESTINATIONS:
            self._destined(word)
        elif word in _APART:
            self._state.name = word
            self._state.texts.append("\n\n")
        elif figure is not None:
            self._set(word, figure)
        elif optional:
            self._state.texts.append("\n\n")

    def _destined(self, word: bytes) -> None:
        """The group that is open is no part of the text."""
        self._state.texts = []
        self._state.name = word
        if word in _BYTES:
            self._state.hex = bytearray()

    def _set(self, word: bytes, figure: int) -> None:
        """A word that says how bytes are to be read."""
        if word == b"uc":
            self._state.skip = min(max(figure, 0), 16)
        elif word == b"ansicpg":
            self._ansi = self._state.codec = _codec(f"cp{figure}")
        elif word == b"f":
            self._font = figure
            self._state.codec = self._fonts.get(figure, self._ansi)
        elif word == b"fcharset":
            if figure in _CHARSETS and figure:
                self._fonts[self._font] = _CHARSETS[figure]
            self._state.codec = _CHARSETS.get(figure, self._ansi)
        elif word == b"bin":
            self._passed = min(max(figure, 0), WHOLE)


def _whole(text: str) -> str:
    """Text whose halves of characters are put together."""
    return text.encode("utf_16_le", "surrogatepass").decode("utf_16_le", "replace")


def _codec(name: str) -> str:
    try:
        "".encode(name)
    except LookupError:
        return "cp1252"
    return name


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def _native(data: bytes) -> bytes:
    """The bytes of an object behind its head (MS-OLEDS section 2.2.5)."""
    at = data.find(_OLE)
    if at >= 0:
        return data[at:]
    starts = [
        at for sign in (b"PK\x03\x04", b"\xff\xd8\xff", b"%PDF-") if (at := data.find(sign)) > 0
    ]
    return data[min(starts) :] if starts else data
