"""Records of TensorFlow: what TensorBoard draws, and examples to learn from (TFRecord).

Each record is a message of protocol buffers (protobuf.dev, encoding) between its length and sums
(tensorflow.org, TFRecord); which fields it has is not known here. Texts are told; a text that is
the first field of a message announces those behind it, as the keys of features and parameters do.
"""

from collections.abc import Iterator

from vestige.read.beside import structured
from vestige.read.beside.gathered import Pairs
from vestige.read.beside.parts import Bounds, Held, Inner, Lost, Part, Readable

_LENGTH, _SUM = 8, 4
_BEFORE = _LENGTH + _SUM
_LARGEST = 64 << 20
_DEEPEST = 16
_BATCH = 2_000
_LEAST_FILE = 16
_LAST_FIELD = 1 << 14
_VARINT, _EIGHT, _MESSAGE, _FOUR = 0, 1, 2, 5
_KEY, _VALUE = 1, 2

_Field = tuple[int, object]


def looks(readable: Readable) -> bool:
    """Whether a file begins with a record, and another one or its end behind it."""
    first = readable.first
    if first[4:_LENGTH] != b"\0\0\0\0":
        return False
    length = int.from_bytes(first[:_LENGTH], "little")
    end = _BEFORE + length + _SUM
    if not 1 < length <= _LARGEST or end > readable.size:
        return False
    following = readable.read(end + 4, 4)
    if end < readable.size and following != b"\0\0\0\0":
        return False
    return _fields(readable.read(_BEFORE, length)) is not None


def read(readable: Readable, bounds: Bounds) -> Iterator[Part]:
    """The texts of all records; bytes in them may be files, as pictures are."""
    at = 0
    batch: list[object] = []
    while at + _BEFORE + _SUM <= readable.size:
        length = int.from_bytes(readable.read(at, _LENGTH), "little")
        if length > _LARGEST or at + _BEFORE + length + _SUM > readable.size:
            yield Lost("damaged")
            break
        if not bounds.take(length):
            yield Lost("text-budget")
            break
        files: list[Inner] = []
        fields = _fields(readable.read(at + _BEFORE, length))
        if fields is not None:
            batch.append(_value(fields, files, 0))
        yield from files
        if len(batch) >= _BATCH:
            yield from structured.told(batch)
            batch.clear()
        at += _BEFORE + length + _SUM
    yield from structured.told(batch)


def _fields(data: bytes) -> list[_Field] | None:
    """The numbers of the fields of a message with their values; None if bytes are none."""
    found: list[_Field] = []
    at = 0
    try:
        while at < len(data):
            head, at = _varint(data, at)
            number, kind = head >> 3, head & 7
            if not 0 < number < _LAST_FIELD:
                return None
            value: object = None
            if kind == _VARINT:
                value, at = _varint(data, at)
            elif kind == _MESSAGE:
                length, at = _varint(data, at)
                value, at = data[at : at + length], at + length
            elif kind in {_EIGHT, _FOUR}:
                at += _EIGHT_BYTES if kind == _EIGHT else _FOUR_BYTES
            else:
                return None
            found.append((number, value))
    except IndexError:
        return None
    return found if at == len(data) else None


_EIGHT_BYTES, _FOUR_BYTES = 8, 4


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """A number of seven bits in each byte, and where it ends; IndexError behind the end."""
    found = 0
    for count in range(10):
        byte = data[at + count]
        found |= (byte & 0x7F) << 7 * count
        if byte < 0x80:  # noqa: PLR2004 - no more follow
            return found, at + count + 1
    raise IndexError


def _value(fields: list[_Field], files: list[Inner], depth: int) -> object:
    """A message as pairs: of a text in the first field and the others, else without keys."""
    values = [(number, _plain(one, files, depth)) for number, one in fields]
    first = values[0][1] if values and values[0][0] == _KEY else None
    if isinstance(first, str) and len(values) > 1 and values[1][0] == _VALUE:
        return Pairs([("", first), *((first, one) for _, one in values[1:])])
    return [one for _, one in values]


def _plain(one: object, files: list[Inner], depth: int) -> object:
    """A value of a field: a text, a number as one, or what is inside a message."""
    if isinstance(one, int):
        return str(one)
    if not isinstance(one, bytes) or not one:
        return None
    inner = _fields(one) if depth < _DEEPEST else None
    text = _text(one)
    if inner is not None and (text is None or one[:1] == b"\n"):
        return _value(inner, files, depth + 1)
    if text is None and len(one) >= _LEAST_FILE:
        files.append(Inner(b"value", Held(one), surely=False))
    return text


def _text(raw: bytes) -> str | None:
    """Bytes as a text; None if they are none."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return text if all(one.isprintable() or one in "\t\r\n" for one in text) else None
