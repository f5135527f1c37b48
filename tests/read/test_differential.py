"""The readers against their judge: every element and text as pydicom has it, on every real file."""

import io
import os
import struct
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pydicom
import pytest
from pydicom import config
from pydicom.datadict import dictionary_VR
from pydicom.dataelem import DataElement, RawDataElement
from pydicom.dataset import Dataset

from tests.read.sources import PACKAGED, SHARED, folders
from vestige.model import Where
from vestige.read.carve import LONGEST_PIECE
from vestige.read.dicom import observations, vr_of
from vestige.read.header import Header, read_header
from vestige.read.pages import Held
from vestige.read.raw import UNDEFINED, Element

NOT_DICOM = {
    "README": "a text",
    "README.md": "a text",
    "README.txt": "a text",
    "FileInfo.txt": "a text",
    "crayons.icc": "a colour profile",
    "rtplan.dump": "a text",
    "rtstruct.dump": "a text",
    "hashes.json": "JSON",
    "test1.json": "JSON",
    "test_PN.json": "JSON",
    "urls.json": "JSON",
    "zipMR.gz": "compressed",
    "no_meta.dcm": "begins in the middle of a data set, whose first bytes are lost",
}
"""Files that ship with pydicom and are none of DICOM, and what they are."""

TOO_SHORT = "emri_small_jpeg_2k_lossless_too_short.dcm"

DELIBERATE = {
    "no-delimiter": "the delimiter of the pixel data is missing (one file): pydicom gives an empty "
    "data set, we give the 139 elements up to it and the flaw 'truncated'",
    "unknown-parsed": "a UN value of defined length that holds items throughout is parsed (PS3.5 "
    "section 6.2.2); pydicom leaves it as bytes until its VR is looked up",
    "cut": "of a value that the file ends in we have the length that is there, pydicom the length "
    "that was promised; the bytes are the same",
    "numbers": "of long decimal strings that hold nothing but numbers we give no text",
    "converted": "a character set of VR UN keeps it; pydicom needs it at once, and looks its VR up",
    "choice-of-vr": "where the dictionary leaves a choice, as 'OB or OW', we have the VR of "
    "implicit files",
}
"""All in which the two readers differ, and why. Each must still occur; nothing else may."""

TEXT_VRS = frozenset("AE AS CS DA DS DT IS LO LT PN SH ST TM UC UI UR UT".split())


class Node(NamedTuple):
    """An element as one of the readers has it.

    `length` is that in the file; `value` the bytes; `items` the data sets by their numbers, those
    without elements left out. None is what a reader does not tell.
    """

    vr: str
    length: int | None
    value: bytes | None
    items: "dict[int, Tree]"


Tree = dict[int, Node]


class Difference(NamedTuple):
    kind: str
    where: str
    ours: object
    theirs: object


def _files(folder: Path) -> list[Path]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return sorted(f for f in files if f.suffix != ".py" and "__pycache__" not in f.parts)


def _cases(*, real: bool) -> list[Any]:
    """Every file as a case; `real` leaves out those that are none of DICOM."""
    absent = pytest.param(None, marks=pytest.mark.skip(reason="../shared/data/dicom is not here"))
    shared = [pytest.param(path, id=f"shared-{path.name}") for path in _files(SHARED)]
    packaged = [path for path in _packaged() if not (real and path.name in NOT_DICOM)]
    named = [pytest.param(path, id=f"{path.parent.name}-{path.name}") for path in packaged]
    return (shared or [absent]) + named


def _packaged() -> list[Path]:
    """The files of pydicom and those of pydicom-data."""
    return [path for folder in folders() if folder != SHARED for path in _files(folder)]


@cache
def _judged(path: Path) -> Dataset:
    with warnings.catch_warnings(), config.disable_value_validation():
        warnings.simplefilter("ignore")
        return pydicom.dcmread(io.BytesIO(path.read_bytes()), force=True)


# --- elements ------------------------------------------------------------------------------------


def _theirs(data_set: Dataset) -> Tree:
    return {int(tag): _node(data_set, element) for tag, element in data_set._dict.items()}


def _node(data_set: Dataset, element: DataElement | RawDataElement) -> Node:
    if not isinstance(element, RawDataElement):
        # what pydicom has to know in order to read on, it converts at once
        if element.VR == "SQ":
            return Node("SQ", None, None, _items(element.value))
        return Node(str(element.VR), None, _encoded(element, data_set), {})
    vr = str(element.VR or _dictionary_vr(int(element.tag)))
    items = _items(data_set[element.tag].value) if vr == "SQ" and element.length else {}
    return Node(vr, element.length, element.value or b"", items)


def _items(sequence: Iterable[Dataset]) -> dict[int, Tree]:
    return {number: _theirs(item) for number, item in enumerate(sequence or ()) if item._dict}


def _encoded(element: DataElement, data_set: Dataset) -> bytes:
    """The bytes of an element that pydicom has converted, padding aside."""
    if element.VR in {"UL", "US"}:
        order = "<" if data_set.original_encoding[1] in {True, None} else ">"
        return struct.pack(order + ("L" if element.VR == "UL" else "H"), element.value)
    if isinstance(element.value, bytes):
        return element.value
    values = element.value if element.VM > 1 else [element.value]
    return "\\".join("" if one is None else str(one) for one in values).encode()


def _dictionary_vr(tag: int) -> str:
    """The VR that pydicom has for an element of an implicit file."""
    if tag & 0xFFFF == 0:
        return "UL"
    if tag >> 16 & 1:
        return "LO" if 0x10 <= tag & 0xFFFF <= 0xFF else "UN"
    try:
        return dictionary_VR(tag)
    except KeyError:
        return "UN"


def _ours(header: Header) -> Tree:
    below: dict[int, dict[int, list[int]]] = {}
    for index, element in enumerate(header.elements):
        below.setdefault(element.parent, {}).setdefault(element.item, []).append(index)

    def tree(indices: list[int]) -> Tree:
        return {
            header.elements[index].tag: node(index, header.elements[index]) for index in indices
        }

    def node(index: int, element: Element) -> Node:
        items = below.get(index, {}) if element.vr == "SQ" else {}
        length = element.end - element.start
        value = header.pages.fetch(element.start, length)
        return Node(element.vr, length, value, {n: tree(items[n]) for n in sorted(items)})

    return tree(below.get(-1, {}).get(-1, []))


def _differences(ours: Tree, theirs: Tree, where: str = "") -> Iterator[Difference]:
    for tag in sorted(ours.keys() | theirs.keys()):
        path = f"{where}/{tag:08X}"
        one, other = ours.get(tag), theirs.get(tag)
        if one is None or other is None:
            yield Difference("presence", path, one is not None, other is not None)
            continue
        yield from _vr_and_bytes(one, other, path)
        if one.vr != "SQ" or other.vr != "SQ":
            continue
        if one.items.keys() != other.items.keys():
            yield Difference("items", path, list(one.items), list(other.items))
        for number in one.items.keys() & other.items.keys():
            yield from _differences(one.items[number], other.items[number], f"{path}[{number}]")


def _vr_and_bytes(one: Node, other: Node, path: str) -> Iterator[Difference]:
    if one.vr != other.vr:
        looked_up = one.vr == "UN" and other.length is None
        kind = "converted" if looked_up else _kind_of_vr(one.vr, other.vr)
        yield Difference(kind, path, one.vr, other.vr)
    assert one.value is not None
    if other.length not in {None, UNDEFINED, one.length}:
        cut = other.value is not None and len(one.value) == len(other.value) < (other.length or 0)
        yield Difference("cut" if cut else "length", path, one.length, other.length)
    if other.value is None:
        return
    converted = other.length is None
    ours = one.value.rstrip(b" \x00") if converted else one.value
    if ours != (other.value.rstrip(b" \x00") if converted else other.value):
        yield Difference("bytes", path, len(one.value), len(other.value))


def _kind_of_vr(ours: str, theirs: str) -> str:
    if ours == "SQ" and theirs == "UN":
        return "unknown-parsed"
    return "choice-of-vr" if ours in theirs.split(" or ") else "vr"


@cache
def _compared(path: Path) -> tuple[Difference, ...]:
    header = read_header(Held(path.read_bytes()), vr_of)
    assert header is not None
    data_set = _judged(path)
    if path.name == TOO_SHORT:
        assert len(header.elements) == 139
        assert [flaw.code for flaw in header.flaws] == ["truncated"]
        assert not data_set
        return (Difference("no-delimiter", "", len(header.elements), 0),)
    with warnings.catch_warnings(), config.disable_value_validation():
        warnings.simplefilter("ignore")
        theirs = _theirs(data_set) | _theirs(data_set.file_meta)
    return tuple(_differences(_ours(header), theirs))


@pytest.mark.parametrize("path", _cases(real=False))
def test_every_element_is_as_pydicom_has_it(path: Path) -> None:
    if path.name in NOT_DICOM:
        assert read_header(Held(path.read_bytes()), vr_of) is None
        return
    assert [one for one in _compared(path) if one.kind not in DELIBERATE] == []


@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared/data/dicom is not here")
def test_the_deliberate_differences_all_occur_and_are_few() -> None:
    files = [path for path in _packaged() + _files(SHARED) if path.name not in NOT_DICOM]
    kinds = Counter(one.kind for path in files for one in _compared(path))
    kinds += Counter(one.kind for path in files for one in _text_differences(path))
    assert kinds.keys() == DELIBERATE.keys()
    assert kinds["no-delimiter"] == len({path.parent for path in files if path.name == TOO_SHORT})
    assert kinds.total() - kinds["numbers"] < len(files) / 4


# --- texts ---------------------------------------------------------------------------------------


def _judged_texts(data_set: Dataset, above: str = "") -> Iterator[tuple[str, str]]:
    """Pointers and texts of standard elements that hold text, in sequences too."""
    for tag, element in data_set._dict.items():
        written = str(element.VR or "UN")
        vr = _dictionary_vr(int(tag)) if written == "UN" else written
        if tag.is_private or (vr != "SQ" and vr not in TEXT_VRS):
            continue
        pointer = f"{above}({tag.group:04X},{tag.element:04X})"
        value = data_set[tag].value
        if vr == "SQ":
            for item in value or ():
                yield from _judged_texts(item, f"{pointer}[*]/")
        elif value is not None:
            values = value if data_set[tag].VM > 1 else [value]
            yield pointer, _plain("\\".join("" if one is None else str(one) for one in values))


def _plain(text: str) -> str:
    """A text without what pads its values; pydicom drops an empty group of a name (trailing =)."""
    return "\\".join(part.replace(" ", "").strip("\0").rstrip("=") for part in text.split("\\"))


def _our_texts(header: Header) -> list[tuple[str, str]]:
    """The same of ours; the pieces of a long text are put together."""
    found: list[tuple[str, str]] = []
    for one in observations(header):
        pointer, text = one.place.pointer, one.text.reveal()
        if one.place.where not in {Where.HEADER, Where.META} or one.place.vr not in TEXT_VRS:
            continue
        if found and found[-1][0] == pointer and len(found[-1][1]) > LONGEST_PIECE // 2:
            text = found.pop()[1] + text
        found.append((pointer, text))
    return [(pointer, _plain(text)) for pointer, text in found]


@cache
def _text_differences(path: Path) -> tuple[Difference, ...]:
    if path.name == TOO_SHORT:
        return ()
    header = read_header(Held(path.read_bytes()), vr_of)
    assert header is not None
    data_set = _judged(path)
    with warnings.catch_warnings(), config.disable_value_validation():
        warnings.simplefilter("ignore")
        both = (*_judged_texts(data_set), *_judged_texts(data_set.file_meta))
    # a character set is converted to the name of a codec
    theirs = {pair for pair in both if pair[1] and not pair[0].endswith("(0008,0005)")}
    ours = {pair for pair in _our_texts(header) if pair[1] and not pair[0].endswith("(0008,0005)")}
    return (
        *(
            Difference("numbers" if _is_long_number(text) else "text", pointer, "", text)
            for pointer, text in sorted(theirs - ours)
        ),
        *(Difference("text", pointer, text, "") for pointer, text in sorted(ours - theirs)),
    )


def _is_long_number(text: str) -> bool:
    return len(text) > SHORTER_THAN_LONG and not text.strip("0123456789+-.eE\\")


SHORTER_THAN_LONG = 200


@pytest.mark.parametrize("path", _cases(real=True))
def test_every_text_is_as_pydicom_decodes_it(path: Path) -> None:
    assert [one for one in _text_differences(path) if one.kind not in DELIBERATE] == []


def test_there_is_much_to_compare() -> None:
    files = [path for path in _files(PACKAGED) if path.name not in NOT_DICOM]
    texts = [text for path in files for text in _judged_texts(_judged(path))]
    assert len(files) > 180
    assert len(texts) > 4000
    assert len({text for _, text in texts if not text.isascii()}) > 20


def test_no_file_of_this_machine_is_taken_for_dicom() -> None:
    top = Path(os.__file__).parent
    files = [p for p in top.rglob("*") if p.is_file() and "site-packages" not in p.parts]
    taken = [
        path.name
        for path in files
        if path.stat().st_size and read_header(Held(_head(path)), vr_of) is not None
    ]
    assert len(files) > 1000
    assert taken == []


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(1 << 16)
