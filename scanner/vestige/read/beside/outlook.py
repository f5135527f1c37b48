"""Outlook messages (MS-OXMSG): who wrote to whom, what, and the files that were sent with it."""

from collections import defaultdict
from collections.abc import Callable, Iterator

from vestige.read.beside import mail, writing
from vestige.read.beside.parts import Held, Inner, Part, Told, beside
from vestige.read.beside.properties import told
from vestige.read.markup import decoded, of_markup

Way = tuple[str, ...]

_SIGN = "__substg1.0_"
_KINDS = frozenset({"001e", "001f"})
_BYTES = "0102"
_PERSONS = frozenset(
    """
    0c1a 0042 0040 0044 004d 004e 3ff8 3ffa 0e04 0e03 0e02 3001 5ff6 3a06 3a11 3a44 3a05 3a45 3a41
    3a48 3a49 3a4e 0e4b 0e4a
    """.split()
)
"""Names of senders, recipients, creators and contacts, by the number of the property."""

_ADDRESSES = frozenset("0c1f 0065 5d01 5d02 5d07 5d08 39fe 3003 0076 0078 0c1e".split())
_NAMES_OF_FILES = ("3707", "3704", "3001")
_HEADERS, _HTML, _DATA, _RICH = "007d", "1013", "3701", "1009"
_QUIET = frozenset("001a 3002 3703 370e 3712 0071 1035 1042 1039 300b 0f03 65e0 65e1 3710".split())
"""Classes, kinds and numbers that programs give."""

_ATTACHED = "__attach"


def of_message(ways: tuple[Way, ...], content: Callable[[Way], bytes]) -> Iterator[Part]:
    """What a message holds, and messages within it."""
    people = _People()
    files: dict[Way, dict[str, Way]] = defaultdict(dict)
    for way in ways:
        number, kind = _property(way[-1])
        if _is_attached(way) and (number in _NAMES_OF_FILES or number == _DATA):
            files[way[:-1]][number] = way
        elif kind in _KINDS:
            text = _text(content(way), kind)
            if not people.heard(number, text) and number not in _QUIET:
                yield from _of_text(number, text)
        elif kind == _BYTES and number in _BODIES:
            yield from _BODIES[number](content(way))
    yield from people.told()
    for file in files.values():
        yield from _file(file, content)


class _People:
    """Names and addresses of senders and recipients."""

    def __init__(self) -> None:
        self._names: dict[str, None] = {}
        self._addresses: dict[str, None] = {}

    def heard(self, number: str, text: str) -> bool:
        """Keeps the text of a property if it names somebody; else False."""
        if number in _PERSONS and "@" not in text:
            self._names.update(dict.fromkeys(one.strip(" '\"") for one in text.split(";")))
        elif number in _PERSONS or number in _ADDRESSES:
            self._addresses[text] = None
        else:
            return False
        return True

    def told(self) -> Iterator[Part]:
        """All of them, each once."""
        yield from told("mail header", "recipient", self._names)
        if self._addresses:
            yield Told(beside("mail header"), tuple(self._addresses))


def _property(name: str) -> tuple[str, str]:
    """Number and type of the property in a stream; "" if it holds none."""
    if not name.startswith(_SIGN):
        return "", ""
    code = name[len(_SIGN) :].partition("-")[0]
    return code[:4], code[4:8]


def _is_attached(way: Way) -> bool:
    return len(way) > 1 and way[-2].startswith(_ATTACHED)


def _text(data: bytes, kind: str) -> str:
    if kind == "001f":
        return data.decode("utf_16_le", "replace").strip("\0")
    return decoded(data).strip("\0")


def _of_text(number: str, text: str) -> Iterator[Part]:
    if number == _HEADERS:
        yield from mail.of_headers(text.encode("utf-8", "replace"))
    else:
        yield from writing.told("mail text", text.splitlines())


def _file(file: dict[str, Way], content: Callable[[Way], bytes]) -> Iterator[Part]:
    """A file that was sent with the message, under its longest name."""
    ways = (file[number] for number in _NAMES_OF_FILES if number in file)
    named = next((way for way in ways if way is not None), None)
    name = _text(content(named), _property(named[-1])[1]) if named else "attachment"
    data = content(file[_DATA]) if _DATA in file else b""
    if data:
        yield Inner(name.encode("utf-8", "replace"), Held(data))


# --- compressed RTF (MS-OXRTFCP) ------------------------------------------------------------------

_FIRST = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript "
    rb"\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0" + b"\r\n"
    rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)
"""What the dictionary holds before the first byte (section 2.1.2.1)."""

_RING, _HEAD = 4096, 16
_PACKED, _PLAIN = b"LZFu", b"MELA"
_MOST = 16 << 20


def _rich(data: bytes) -> Iterator[Part]:
    """The body as RTF."""
    if data[8:12] == _PLAIN:
        yield Inner(b"body.rtf", Held(data[_HEAD:]))
    elif data[8:12] == _PACKED:
        yield Inner(b"body.rtf", Held(unpacked(data[_HEAD:])))


def _html(data: bytes) -> Iterator[Part]:
    """The body as HTML."""
    yield from writing.told("mail text", (field.text for field in of_markup(decoded(data))))


_BODIES = {_HTML: _html, _RICH: _rich}


def unpacked(data: bytes) -> bytes:
    """Compressed RTF as it was; what precedes damage."""
    out = bytearray(_FIRST)
    at = 0
    while at < len(data) and len(out) < _MOST:
        flags = data[at]
        at += 1
        for bit in range(8):
            if at >= len(data):
                break
            if not flags >> bit & 1:
                out.append(data[at])
                at += 1
                continue
            if at + 1 >= len(data):
                return bytes(out[len(_FIRST) :])
            pair = data[at] << 8 | data[at + 1]
            at += 2
            offset, length = pair >> 4, (pair & 15) + 2
            back = (len(out) - offset) % _RING
            if not 0 < back <= len(out):
                return bytes(out[len(_FIRST) :])
            for _ in range(length):
                out.append(out[-back])
    return bytes(out[len(_FIRST) :])
