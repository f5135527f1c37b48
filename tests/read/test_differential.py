"""The header reader against its judge: every element as pydicom has it, on every real file."""

import io
import os
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pydicom
import pytest
from pydicom import config
from pydicom.dataelem import RawDataElement
from pydicom.dataset import Dataset

from vestige.read.dicom import observations, vr_of
from vestige.read.header import Header, read_header
from vestige.read.pages import Held
from vestige.read.raw import Element

SHARED = Path(__file__).parents[2] / "../shared/data/dicom"
PACKAGED = Path(pydicom.__file__).parent / "data/test_files"

NOT_DICOM = {
    "README",
    "README.txt",
    "crayons.icc",
    "rtplan.dump",
    "rtstruct.dump",
    "test1.json",
    "test_PN.json",
    "zipMR.gz",
    "no_meta.dcm",
}
"""Files that pydicom takes for DICOM when forced, or that are none.

no_meta.dcm has lost the first bytes of its data set and begins in the middle of one.
"""

DIFFERENT_ON_PURPOSE = {
    "emri_small_jpeg_2k_lossless_too_short.dcm": (
        "the delimiter of the pixel data is missing; pydicom gives an empty data set, "
        "we give the 131 elements before it and the flaw 'truncated'"
    ),
}
"""Files that pydicom does not read at all, or not sanely, and we do."""

UNKNOWN_PARSED = (
    "a UN value of defined length that holds items throughout is parsed (PS3.5 section 6.2.2); "
    "pydicom leaves it as bytes until its VR is looked up"
)
TWO_LETTERS = "where the dictionary leaves a choice, 'OB or OW', we have the VR of implicit files"

Tree = dict[int, tuple[str, Any]]
"""Tag to VR and value; the value of a sequence is a list of trees, of others bytes."""


class Difference(NamedTuple):
    where: str
    ours: object
    theirs: object


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _theirs(data_set: Dataset) -> Tree:
    tree: Tree = {}
    for tag, element in data_set._dict.items():
        if not isinstance(element, RawDataElement):
            # pydicom converts sequences of undefined length, and a few others, while it reads
            is_sequence = element.VR == "SQ"
            value = [_theirs(item) for item in element.value or ()] if is_sequence else None
            tree[int(tag)] = (str(element.VR), value)
            continue
        vr = str(element.VR or vr_of(int(tag)))
        if vr == "SQ":
            items = data_set[tag].value if element.length else ()
            tree[int(tag)] = (vr, [_theirs(item) for item in items])
        else:
            tree[int(tag)] = (vr, element.value or b"")
    return tree


def _ours(header: Header) -> Tree:
    below: dict[int, dict[int, list[Element]]] = {}
    index_of = {element: index for index, element in enumerate(header.elements)}
    for element in header.elements:
        below.setdefault(element.parent, {}).setdefault(element.item, []).append(element)

    def tree(elements: list[Element]) -> Tree:
        made: Tree = {}
        for element in elements:
            if element.vr == "SQ":
                items = below.get(index_of[element], {})
                made[element.tag] = ("SQ", [tree(items[number]) for number in sorted(items)])
            else:
                made[element.tag] = (
                    element.vr,
                    header.pages.fetch(element.start, element.end - element.start),
                )
        return made

    return tree(below.get(-1, {}).get(-1, []))


def _differences(ours: Tree, theirs: Tree, where: str = "") -> Iterator[Difference]:
    for tag in sorted(ours.keys() | theirs.keys()):
        path = f"{where}/{tag:08X}"
        if tag not in ours or tag not in theirs:
            yield Difference(path, tag in ours, tag in theirs)
            continue
        (our_vr, our_value), (their_vr, their_value) = ours[tag], theirs[tag]
        if our_vr == "SQ" and their_vr == "UN":
            continue  # UNKNOWN_PARSED
        if our_vr != their_vr and " or " not in their_vr:  # TWO_LETTERS
            yield Difference(path, our_vr, their_vr)
        elif isinstance(our_value, list) and isinstance(their_value, list):
            # an item without elements is none in a flat list
            full = [item for item in their_value if item]
            if len(our_value) != len(full):
                yield Difference(path, len(our_value), len(full))
            for number, (one, other) in enumerate(zip(our_value, full, strict=False)):
                yield from _differences(one, other, f"{path}[{number}]")
        elif their_value is not None and our_value != their_value:
            yield Difference(path, len(our_value), len(their_value))


def _cases() -> list[Any]:
    if not SHARED.is_dir():
        absent = pytest.param(None, marks=pytest.mark.skip(reason=f"{SHARED.name}: no such data"))
        shared = [absent]
    else:
        shared = [pytest.param(path, id=f"shared-{path.name}") for path in _files(SHARED)]
    return shared + [pytest.param(path, id=path.name) for path in _files(PACKAGED)]


@pytest.mark.parametrize("path", _cases())
def test_every_element_is_as_pydicom_has_it(path: Path) -> None:
    data = path.read_bytes()
    header = read_header(Held(data), vr_of)
    if path.name in NOT_DICOM:
        assert header is None
        return
    assert header is not None
    with warnings.catch_warnings(), config.disable_value_validation():
        warnings.simplefilter("ignore")
        data_set = pydicom.dcmread(io.BytesIO(data), force=True)
        theirs = _theirs(data_set) | _theirs(data_set.file_meta)
        if path.name in DIFFERENT_ON_PURPOSE:
            assert not data_set
            assert len(header.elements) > 100
            return
        assert list(_differences(_ours(header), theirs)) == []


@pytest.mark.parametrize("path", _cases())
def test_the_patient_is_observed_wherever_pydicom_finds_one(path: Path) -> None:
    if path.name in NOT_DICOM or path.name in DIFFERENT_ON_PURPOSE:
        return
    header = read_header(Held(path.read_bytes()), vr_of)
    assert header is not None
    with warnings.catch_warnings(), config.disable_value_validation():
        warnings.simplefilter("ignore")
        data_set = pydicom.dcmread(path, force=True, specific_tags=[0x00100010, 0x00080005])
        name = str(data_set.get("PatientName", "") or "").strip(" \x00")
    seen = [o for o in observations(header) if o.place.pointer == "(0010,0010)"]
    assert [o.text.reveal() for o in seen] == ([name] if name else [])


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
