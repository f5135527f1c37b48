"""Mail: messages (RFC 5322, RFC 2045) and boxes of them (RFC 4155): who wrote to whom, and what.

Attachments are files inside the message, and so is a message that was forwarded.
"""

import re
from binascii import Error, a2b_base64, a2b_qp
from collections.abc import Iterator
from email.header import decode_header
from email.utils import getaddresses
from itertools import chain
from typing import NamedTuple

from vestige.read.beside import writing
from vestige.read.beside.parts import WHOLE, Bounds, Held, Inner, Lost, Part, Readable, Told, beside
from vestige.read.markup import decoded, of_markup

MOST_PARTS = 2_000
"""Parts of one message that are read."""

DEEPEST = 16
"""Parts within parts that are read."""

LONGEST_HEAD = 1 << 20
"""Bytes of the headers of one part that are read."""

_HEADER = re.compile(rb"[!-9;-~]{1,64}:(?:[ \t]|\r?\n|[^\r\n])")
_KNOWN = frozenset(
    b"from to cc bcc subject date sender reply-to message-id received return-path mime-version "
    b"delivered-to content-type x-mailer x-original-to references in-reply-to dkim-signature "
    b"authentication-results x-mozilla-status user-agent thread-topic arc-seal x-received".split()
)
_PEOPLE = frozenset(
    "from to cc bcc sender reply-to return-path delivered-to x-original-to resent-from resent-to "
    "envelope-to x-sender x-envelope-from disposition-notification-to x-apparently-to "
    "mail-followup-to errors-to resent-sender".split()
)
_TEXTS = frozenset(
    "subject comments keywords thread-topic organization organisation x-originating-ip received "
    "x-authenticated-user content-description x-original-subject x-google-sender-auth".split()
)
"""Headers in which people are named or write; all others are of programs."""

_FROM = b"From "
_ENVELOPE = re.compile(rb"^From [^\r\n]{1,998}\r?\n(?=[!-9;-~]{1,64}:|>From )", re.MULTILINE)
_END_OF_HEAD = re.compile(rb"\r?\n[ \t]*\r?\n|\r\r")
_LINE = re.compile(r"[^\r\n]+")
_FOLDED = re.compile(rb"\r?\n(?=[ \t])")
_LINES_OF_A_HEAD = 8
_LONGEST_WORDED, _LONGEST_LIST = 20_000, 200_000
"""Characters of a header at most whose encoded words, or whose addresses, are read as such."""

_PARAMETER = re.compile(
    r""";\s{0,64}([\w-]{1,32})\*?(\d{0,3})\*?\s{0,16}=\s{0,16}(?:"((?:[^"\\]|\\.){0,999})"|([^;\s]{0,999}))"""
)


def looks(readable: Readable) -> bool:
    """Whether a file begins as messages and boxes of them do: with headers of mail."""
    first = readable.first[:4096]
    if first.startswith(_FROM):
        return _ENVELOPE.match(first) is not None
    digits, _, rest = first.partition(b"\n")
    return _is_head(rest if digits.strip().isdigit() else first)


def _is_head(first: bytes) -> bool:
    """Whether lines are headers, and two of them such as messages have."""
    if first[:1] not in b" \t" and not _HEADER.match(first + b"\n"):
        return False
    known = set()
    for line in first.splitlines()[: 8 * _LINES_OF_A_HEAD]:
        if not line.strip():
            break
        if line[:1] in b" \t":
            continue
        if not _HEADER.match(line + b"\n"):
            return False
        known.add(line.partition(b":")[0].lower())
    return len(known & _KNOWN) > 1 and bool(known & _SENT)


_SENT = frozenset(b"from to received return-path message-id delivered-to x-received".split())


def read(readable: Readable, bounds: Bounds) -> Iterator[Part]:
    """What the messages of a file hold."""
    for start, size in _messages(readable):
        if size > WHOLE or not bounds.take(size):
            yield Lost("text-budget")
            continue
        yield from _Message(bounds).parts(readable.read(start, size))


_STRETCH = 4 << 20


def _messages(readable: Readable) -> Iterator[tuple[int, int]]:
    """Where each message begins, and its bytes; one that is alone begins the file."""
    if not readable.first.startswith(_FROM):
        digits, _, _ = readable.first[:64].partition(b"\n")
        start = len(digits) + 1 if digits.strip().isdigit() else 0
        yield start, readable.size - start
        return
    start = at = 0
    while at < readable.size:
        data = readable.read(at, _STRETCH + 2048)
        for found in _ENVELOPE.finditer(data):
            place = at + found.start()
            if start < place < at + _STRETCH:
                yield start, place - start
                start = place
        at += _STRETCH
    yield start, readable.size - start


class _Head(NamedTuple):
    """The headers of a part that matter: what kind it is, how it is coded, what it is called."""

    kind: str
    charset: str
    boundary: bytes
    coding: str
    name: str


class _Message:
    """The reading of one message."""

    def __init__(self, bounds: Bounds) -> None:
        self._bounds = bounds
        self._left = MOST_PARTS

    def parts(self, data: bytes) -> Iterator[Part]:
        """Its headers, then its parts."""
        if data.startswith(_FROM):
            data = data.partition(b"\n")[2]
        head, body = _cut(data)
        yield from of_headers(head)
        yield from self._part(_head(head), body, 0)

    def _part(self, head: _Head, body: bytes, depth: int) -> Iterator[Part]:
        self._left -= 1
        if self._left < 0 or depth > DEEPEST:
            yield Lost("archive-budget")
        elif head.boundary and head.kind.startswith("multipart/"):
            for part in _between(body, head.boundary):
                inner, content = _cut(part)
                yield from self._part(_head(inner), content, depth + 1)
        else:
            yield from self._leaf(head, _uncoded(body, head.coding))

    def _leaf(self, head: _Head, content: bytes) -> Iterator[Part]:
        """A part that holds no others: text, or a file."""
        if not self._bounds.take(len(content)):
            yield Lost("archive-budget")
        elif head.kind in {"application/pkcs7-mime", "multipart/encrypted"}:
            yield Lost("protected")
        elif head.kind in _WRITTEN and not head.name:
            yield from _text(head, content)
        elif content.strip() and "signature" not in head.kind:
            name = head.name or head.kind.replace("/", ".")
            yield Inner(name.encode("utf-8", "replace"), Held(content))


_WRITTEN = frozenset({"text/plain", "text/html", "text/enriched", "text/x-amp-html", ""})


def _text(head: _Head, content: bytes) -> Iterator[Part]:
    if head.kind == "text/html":
        fields = of_markup(_decoded(content, head.charset))
        yield from writing.told("mail text", (field.text for field in fields))
        return
    lines = _LINE.finditer(_decoded(content, head.charset))
    yield from writing.told("mail text", (line[0] for line in lines))


def _cut(data: bytes) -> tuple[bytes, bytes]:
    """The headers of a part, and what follows them."""
    if data[:2] == b"\r\n" or data[:1] == b"\n":
        return b"", data
    end = _END_OF_HEAD.search(data, 0, LONGEST_HEAD)
    return (data[: end.start()], data[end.end() :]) if end else (data[:LONGEST_HEAD], b"")


def _between(body: bytes, boundary: bytes) -> list[bytes]:
    """The parts between boundaries (RFC 2046 section 5.1.1)."""
    mark = re.compile(rb"\n--" + re.escape(boundary) + rb"(?=[ \t]{0,99}\r?\n|--|\Z)")
    parts = mark.split(b"\n" + body, MOST_PARTS)[1:]
    kept = []
    for part in parts[:MOST_PARTS]:
        if part.startswith(b"--"):
            break
        kept.append(part.partition(b"\n")[2])
    return kept


def _headers(head: bytes) -> Iterator[tuple[str, bytes]]:
    """The headers with their names in lower case, unfolded."""
    for line in _FOLDED.sub(b"", head).splitlines():
        name, mark, value = line.partition(b":")
        if mark:
            yield name.decode("latin_1").strip().lower(), value.strip()


def _head(head: bytes) -> _Head:
    found = {name: _decoded(value, "") for name, value in _headers(head)}
    kind, parameters = _parameters(found.get("content-type", "text/plain"))
    _, of_disposition = _parameters(found.get("content-disposition", ""))
    name = of_disposition.get("filename") or parameters.get("name", "")
    return _Head(
        kind,
        parameters.get("charset", ""),
        parameters.get("boundary", "").encode("utf-8", "replace"),
        found.get("content-transfer-encoding", "").lower(),
        _worded(name),
    )


def _parameters(value: str) -> tuple[str, dict[str, str]]:
    """The kind that a header names, and its parameters; those in pieces are joined (RFC 2231)."""
    kind = value.partition(";")[0].strip().lower()
    found: dict[str, str] = {}
    for key, _, quoted, plain in _PARAMETER.findall(value[:LONGEST_HEAD]):
        found[key.lower()] = found.get(key.lower(), "") + (quoted or plain)
    name = found.get("filename", "")
    if name.count("'") > 1 and "%" in name:
        raw = re.sub(rb"%([0-9A-Fa-f]{2})", lambda at: bytes([int(at[1], 16)]), name.encode())
        charset, _, rest = raw.partition(b"'")
        found["filename"] = _decoded(rest.partition(b"'")[2], charset.decode("latin_1"))
    return kind, found


def of_headers(head: bytes) -> Iterator[Part]:
    """Names and addresses of people, and what they wrote into headers."""
    for name, value in _headers(head):
        if name in _PEOPLE:
            yield from _people(name, _decoded(value, ""))
        elif name in _TEXTS:
            yield from writing.told(f"mail header {name}", (_worded(_decoded(value, "")),))


def _people(header: str, value: str) -> Iterator[Part]:
    if len(value) > _LONGEST_LIST:
        yield Told(beside(f"mail header {header}"), value.split(","))
        return
    pairs = [(_worded(name).strip(" '\""), address) for name, address in getaddresses([value])]
    names = [name for name, _ in pairs if name and "@" not in name]
    if names:
        yield Told(beside(f"mail header {header}", 0, "PN"), names)
    addresses = list(dict.fromkeys(chain.from_iterable(pairs)))
    yield Told(beside(f"mail header {header}"), [one for one in addresses if "@" in one])


def _worded(text: str) -> str:
    """A header whose encoded words are read (RFC 2047)."""
    if "=?" not in text or len(text) > _LONGEST_WORDED:
        return text
    try:
        found = decode_header(text)
    except (ValueError, LookupError):
        return text
    return "".join(
        _decoded(part, charset or "") if isinstance(part, bytes) else part
        for part, charset in found
    )


def _uncoded(body: bytes, coding: str) -> bytes:
    """The bytes that a transfer encoding stands for; those before damage."""
    if coding == "quoted-printable":
        return a2b_qp(body)
    if coding == "base64":
        clean = re.sub(rb"[^A-Za-z0-9+/]", b"", body)
        try:
            return a2b_base64(clean[: len(clean) // 4 * 4] + _padded(clean))
        except Error:
            return b""
    return body


def _padded(clean: bytes) -> bytes:
    rest = clean[len(clean) // 4 * 4 :]
    return rest + b"=" * (4 - len(rest)) if len(rest) > 1 else b""


def _decoded(data: bytes, charset: str) -> str:
    """Text in the charset that is named, or else by its shape."""
    try:
        return data.decode(charset or "utf_8")
    except (LookupError, ValueError):
        return decoded(data)
