"""Places of a DICOM file into which a planting puts a value, and how a finding names them."""

from collections.abc import Callable

from pydicom.dataset import Dataset
from pydicom.sequence import Sequence

from benchmarks.bases import Made, new_uid
from vestige.read.dictionary import is_known
from vestige.read.places import step

Place = Callable[[Made, str], str]
"""Puts a value into an object, and gives the pointer under which a finding of it stands."""

PIXELS = "pixels"
"""Stands for any place of a finding about pixels."""


def element(vr: str, *tags: int) -> Place:
    """An element, in sequences if more than one tag is given."""

    def put(of: Made, value: str) -> str:
        target, pointer = _below(of.header, tags[:-1])
        target.add_new(tags[-1], vr, value.encode() if vr in _BYTES else value)
        return pointer + step(tags[-1], "", known=False)

    return put


_BYTES = frozenset({"OB", "UN", "OW"})


def _below(target: Dataset, tags: tuple[int, ...]) -> tuple[Dataset, str]:
    pointer = ""
    for tag in tags:
        if tag not in target:
            target.add_new(tag, "SQ", Sequence([Dataset()]))
        target = target[tag].value[0]
        pointer += f"{step(tag, '', known=False)}[*]/"
    return target, pointer


def private(
    vr: str,
    group: int,
    number: int,
    creator: str,
    encode: Callable[[str], bytes | str] = str,
    inside: tuple[int, ...] = (),
) -> Place:
    """A private element under its creator; without one if that is ""."""

    def put(of: Made, value: str) -> str:
        target, pointer = _below(of.header, inside)
        block = 0x10
        while creator and target.get((group, block)) not in (None, creator):
            held = target[group, block].value
            if held == creator:
                break
            block += 1
        if creator:
            target.add_new((group, block), "LO", creator)
        target.add_new((group, block << 8 | number), vr, encode(value))
        tag = group << 16 | block << 8 | number
        return pointer + step(tag, creator, known=is_known(creator))

    return put


def wrapped(group: int, number: int, creator: str) -> Place:
    """A sequence with a name in it, written as bytes of no known kind, as old archives leave it."""

    def put(of: Made, value: str) -> str:
        body = _implicit(0x00100010, value)
        item = b"\xfe\xff\x00\xe0" + len(body).to_bytes(4, "little") + body
        return private("UN", group, number, creator, lambda _: item)(of, value)

    return put


def _implicit(tag: int, value: str) -> bytes:
    raw = value.encode()
    raw += b" " * (len(raw) % 2)
    head = (tag >> 16).to_bytes(2, "little") + (tag & 0xFFFF).to_bytes(2, "little")
    return head + len(raw).to_bytes(4, "little") + raw


def sr_item(kind: str, tag: int, vr: str, depth: int) -> Place:
    """An item of a content tree (PS3.3 C.17.3), so many containers deep."""

    def put(of: Made, value: str) -> str:
        target, pointer = of.header, ""
        for _ in range(depth):
            target, above = _below(target, (0x0040A730,))
            pointer += above
            target.RelationshipType, target.ValueType = "CONTAINS", "CONTAINER"
        target.ValueType = kind
        target.ConceptNameCodeSequence = Sequence([_concept()])
        target.add_new(tag, vr, value)
        return pointer + step(tag, "", known=False)

    return put


def _concept() -> Dataset:
    item = Dataset()
    item.CodeValue, item.CodingSchemeDesignator, item.CodeMeaning = "121106", "DCM", "Comment"
    return item


def document(kind: str, encode: Callable[[str], bytes]) -> Place:
    """An encapsulated document (PS3.3 C.24.2)."""

    def put(of: Made, value: str) -> str:
        of.header.MIMETypeOfEncapsulatedDocument = kind
        raw = encode(value)
        of.header.add_new(0x00420011, "OB", raw + b"\0" * (len(raw) % 2))
        return "(0042,0011)"

    return put


def preamble(of: Made, value: str) -> str:
    """The 128 bytes before DICM."""
    of.preamble = value.encode()[:128].ljust(128, b"\0")
    return "preamble"


def trailing(of: Made, value: str) -> str:
    """Bytes behind the data set."""
    of.tail += value.encode() + b"\0"
    return "trailing"


def meta(tag: int, vr: str) -> Place:
    """An element of the file meta information."""

    def put(of: Made, value: str) -> str:
        if tag == _PRIVATE_INFORMATION:
            of.meta[tag - 2] = ("UI", new_uid("creator"))
        of.meta[tag] = (vr, value.encode() if vr == "OB" else value)
        return step(tag, "", known=False)

    return put


_PRIVATE_INFORMATION = 0x00020102


def padding(of: Made, value: str) -> str:
    """Data Set Trailing Padding (PS3.10 7.2), written behind the pixels."""
    raw = value.encode()
    of.late += b"\xfc\xff\xfc\xffOB\0\0" + (len(raw) + len(raw) % 2).to_bytes(4, "little")
    of.late += raw + b"\0" * (len(raw) % 2)
    return "(FFFC,FFFC)"


_PIXEL_DATA = 0x7FE00010


def slack(of: Made, value: str) -> str:
    """Bytes behind the last frame, inside the pixel data."""
    if _PIXEL_DATA not in of.header:
        return trailing(of, value)
    raw = value.encode()
    of.header.add_new(_PIXEL_DATA, "OW", bytes(128) + raw + b"\0" * (len(raw) % 2))
    return "pixel slack"


def unsaid(put: Place) -> Place:
    """The place, in an object that does not say whether text is burned in."""

    def silent(of: Made, value: str) -> str:
        if value in {"US", "ES", "XC"} and "BurnedInAnnotation" in of.header:
            del of.header.BurnedInAnnotation
        put(of, value)
        return PIXELS

    return silent
