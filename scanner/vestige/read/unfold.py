"""Unfolding: values whose bytes are themselves containers, opened within stated budgets.

What a value is shows in its first bytes; all others are left to whoever searches them for text.
Whatever the bytes, nothing here raises, and the work is bounded by their number.
"""

from collections.abc import Iterable
from typing import NamedTuple

from vestige.read.carve import runs
from vestige.read.csa import is_csa, of_csa, of_protocol
from vestige.read.fields import DEEPEST, Field, of_lines
from vestige.read.labels import fitted
from vestige.read.markup import decoded, of_markup
from vestige.read.notation import of_json
from vestige.read.packed import inflated, is_base64, stream_start, unbased
from vestige.read.pdf import of_pdf, without_streams

ROOM = 4 << 20
"""Bytes that may be unpacked from one value."""

RATIO = 32
"""Bytes that may be unpacked from one byte; protocols and reports have five to ten."""

LEAST_ROOM = 1 << 20
"""Bytes that may be unpacked from any value, however short: masks are a thousand times that."""

MOST_FIELDS = 512
"""Labelled values that are told of one value."""

_BINARY_ZEROS = b"\x00"
_PADDING = b"\xef\xbb\xbf \t\r\n\0"
_UTF_16 = (b"\xff\xfe<", b"\xfe\xff\0<", b"<\0", b"\0<")
_XPROTOCOL = b"<XProtocol"
_JSON = (b"{", b"[")
_JSON_NEXT = b' \t\r\n"[{-0123456789tfn]}\\'
_PDF = b"%PDF-"
_PDF_WITHIN = 1024
"""Bytes within which a PDF begins (ISO 32000-1 annex H.3.4.1)."""

MOST_DOCUMENTS = 8
"""Documents in one value that are read."""

_LEAF = 32
"""Characters of a text inside markup at least that may be a container again."""

_SHORTEST_TEXT = 8
_PRINTED = 0.97
"""Share of characters that a text decoded from base64 must be made of."""


class Part(NamedTuple):
    """A text found inside: the containers on the way to it, and the tag of its label or 0."""

    steps: tuple[str, ...]
    tag: int
    text: str


class Loss(NamedTuple):
    """What was not read: the containers on the way to it, and the code of the problem."""

    steps: tuple[str, ...]
    code: str


class Unfolded(NamedTuple):
    """What a value holds; `rest` are those of its own bytes that are to be searched for text."""

    parts: tuple[Part, ...]
    losses: tuple[Loss, ...]
    rest: bytes


def kind_of(value: bytes) -> str:
    """What container a value is, by its first bytes and, of base64, its alphabet; "" for none."""
    head = value[:64]
    if stream_start(head) >= 0:
        return "gzip"
    if is_csa(head):
        return "CSA"
    return _kind_of_text(value, head)


def is_written(value: bytes) -> bool:
    """Whether a text may be a container; the same for two that differ in digits alone."""
    return stream_start(value[:64]) >= 0 or bool(_kind_of_text(value, value[:64]))


def _kind_of_text(value: bytes, head: bytes) -> str:
    plain = head.lstrip(_PADDING)
    if plain.startswith(_XPROTOCOL):
        return "XProtocol"
    if plain.startswith(b"<") or head.startswith(_UTF_16):
        return "XML"
    if plain.startswith(_JSON) and plain[1:2] in _JSON_NEXT:
        return "JSON"
    if plain.startswith(_PDF):
        return "PDF"
    return "base64" if is_base64(value) else ""


def unfolded(value: bytes) -> Unfolded | None:
    """What a value holds that is a container; None if it is none."""
    kind = kind_of(value)
    if not kind:
        return None
    work = _Work(value)
    opened = work.open(value, kind, ())
    if not opened:
        return None
    rest = b"" if kind in _PACKED else without_streams(value) if kind == "PDF" else value
    return Unfolded(tuple(work.parts), tuple(work.losses), rest)


_PACKED = frozenset({"gzip", "base64"})


class _Work:
    """The opening of one value: what was found, and how much may still be unpacked."""

    def __init__(self, value: bytes) -> None:
        self.parts: dict[Part, None] = {}
        self.losses: dict[Loss, None] = {}
        self._room = min(ROOM, max(LEAST_ROOM, RATIO * len(value)))
        self._documents = MOST_DOCUMENTS
        self._openers = {
            "gzip": self._gzip,
            "base64": self._base64,
            "CSA": self._csa,
            "XProtocol": self._xprotocol,
            "XML": self._xml,
            "JSON": self._json,
            "PDF": self._pdf,
        }

    def open(self, data: bytes, kind: str, steps: tuple[str, ...]) -> bool:
        """Opens a container below others; False if it is none after all."""
        if len(steps) >= DEEPEST:
            self.losses[Loss(steps, "budget")] = None
            return True
        return self._openers[kind](data, (*steps, kind))

    # --- packed ---

    def _gzip(self, data: bytes, steps: tuple[str, ...]) -> bool:
        unpacked = inflated(data, stream_start(data[:64]), self._room)
        if unpacked is None:
            return False
        self._room -= len(unpacked.data)
        if unpacked.loss:
            self.losses[Loss(steps, unpacked.loss)] = None
        self._inside(unpacked.data, steps)
        if unpacked.around.strip(_BINARY_ZEROS):
            self._tell("\n".join(runs(unpacked.around)), steps)
        return True

    def _base64(self, data: bytes, steps: tuple[str, ...]) -> bool:
        inside = unbased(data)
        if not inside:
            return False
        kind = kind_of(inside)
        if kind and kind != "base64" and self.open(inside, kind, steps):
            if kind not in _PACKED:
                rest = without_streams(inside) if kind == "PDF" else inside
                self._tell("\n".join(runs(rest)), steps)
            return True
        if not _is_text(inside):
            return False
        self._inside(inside, steps)
        return True

    def _inside(self, data: bytes, steps: tuple[str, ...]) -> None:
        """What came out of a packed value: a container again, lines of a protocol, or bytes."""
        kind = kind_of(data)
        if kind and self.open(data, kind, steps) and kind in _PACKED:
            return
        self._tell("\n".join(runs(data)), steps)
        if not kind:
            self._fields(of_lines(decoded(data)), steps)

    # --- vendors' ---

    def _csa(self, data: bytes, steps: tuple[str, ...]) -> bool:
        for protocol, field in of_csa(data):
            self._fields((field,), (*steps, protocol) if protocol else steps)
        return True

    def _xprotocol(self, data: bytes, steps: tuple[str, ...]) -> bool:
        self._fields(of_protocol(decoded(data)), steps)
        return True

    # --- written ---

    def _xml(self, data: bytes, steps: tuple[str, ...]) -> bool:
        text = decoded(data)
        self._leaves(of_markup(text), steps, escaped="&" in text)
        return True

    def _json(self, data: bytes, steps: tuple[str, ...]) -> bool:
        text = decoded(data)
        self._leaves(of_json(text), steps, escaped="\\" in text)
        return True

    def _leaves(self, found: Iterable[Field], steps: tuple[str, ...], *, escaped: bool) -> None:
        """The fields of a text in a notation; escapes hide letters, so texts are told again."""
        plain = []
        for tag, text in found:
            if tag:
                self._fields((Field(tag, fitted(tag, text)),), steps)
            elif len(text) >= _LEAF:
                raw = text.encode("utf-8", "replace")
                kind = kind_of(raw)
                if kind and self.open(raw, kind, steps):
                    continue
            if escaped:
                plain.append(text)
        if escaped:
            self._tell("\n".join(plain), steps)

    def _pdf(self, data: bytes, steps: tuple[str, ...]) -> bool:
        self._documents -= 1
        if self._documents < 0:
            self.losses[Loss(steps, "budget")] = None
            return True
        document = of_pdf(data)
        for step, text in document.texts:
            self._tell(text, (*steps, step) if step else steps)
        for code in document.losses:
            self.losses[Loss(steps, code)] = None
        for attached in document.attached:
            kind = kind_of(attached)
            if not (kind and self.open(attached, kind, steps)):
                self._tell("\n".join(runs(attached)), steps)
        return True

    # --- what is told ---

    def _fields(self, found: Iterable[Field], steps: tuple[str, ...]) -> None:
        for tag, text in found:
            if not text:
                continue
            if len(self.parts) >= MOST_FIELDS:
                self.losses[Loss(steps, "budget")] = None
                return
            self.parts[Part(steps, tag, text)] = None

    def _tell(self, text: str, steps: tuple[str, ...]) -> None:
        if text.strip():
            self.parts[Part(steps, 0, text)] = None


def _is_text(data: bytes) -> bool:
    """Whether bytes that were base64 are a text: chance hardly ever writes one."""
    if len(data) < _SHORTEST_TEXT:
        return False
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return sum(c.isprintable() or c.isspace() for c in text) >= _PRINTED * len(text)
