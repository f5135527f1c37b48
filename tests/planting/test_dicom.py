"""DICOM: what is written, pydicom reads back, in every transfer syntax and form."""

import struct
import zlib
from io import BytesIO

import pydicom
import pytest
from pydicom.dataset import FileDataset

from vestige.planting.dicom import Element, Form, Syntax, Writing, data_set, part10
from vestige.planting.value import packed

INNER = Element(0x00100010, "PN", b"Inner^Name")


def sample(*, big: bool = False) -> list[Element]:
    return [
        Element(0x00020002, "UI", b"1.2.840.10008.5.1.4.1.1.2"),
        Element(0x00020003, "UI", b"2.25.7"),
        Element(0x00080016, "UI", b"1.2.840.10008.5.1.4.1.1.2"),
        Element(0x00080018, "UI", b"2.25.7"),
        Element(0x00081140, "SQ", ((INNER,), (), (Element(0x00081140, "SQ", ((INNER,),)),))),
        Element(0x00100010, "PN", b"Odd^Name1"),
        Element(0x00100020, "LO", b""),
        Element(0x00290010, "LO", b"VESTIGE ROOM"),
        Element(0x00291001, "UT", b"x" * 70_001),
        Element(0x00280010, "US", packed((16,), "US", big=big)),
        Element(0x7FE00010, "OW", bytes(512)),
        Element(0xFFFCFFFC, "OB", b"\0\0"),
    ]


def read(raw: bytes) -> FileDataset:
    return pydicom.dcmread(BytesIO(raw))


@pytest.mark.parametrize("undefined", [False, True])
@pytest.mark.parametrize("syntax", list(Syntax))
def test_pydicom_reads_what_was_written(syntax: Syntax, undefined: bool) -> None:  # noqa: FBT001
    writing = Writing(syntax, undefined)
    elements = sorted(sample(big=writing.big), key=lambda element: element.tag)
    found = read(part10(elements, writing, Form.PART10, b"preamble"))
    assert found.preamble is not None
    assert found.preamble.startswith(b"preamble\0")
    assert found.file_meta.TransferSyntaxUID == syntax.uid.decode()
    assert found.file_meta.MediaStorageSOPInstanceUID == found.SOPInstanceUID == "2.25.7"
    assert str(found.PatientName) == "Odd^Name1"
    assert found.PatientID == ""
    assert found.Rows == 16
    assert len(found.PixelData) == 512
    first, empty, last = found.ReferencedImageSequence
    assert str(first.PatientName) == "Inner^Name"
    assert len(empty) == 0
    assert str(last.ReferencedImageSequence[0].PatientName) == "Inner^Name"
    assert found["ReferencedImageSequence"].is_undefined_length is undefined
    assert found[0x00291001].value in ("x" * 70_001, b"x" * 70_001 + b" ")
    assert [element.tag for element in elements if element.tag >> 16 > 2] == list(found.keys())


def test_the_meta_group_is_as_long_as_it_says() -> None:
    raw = part10(sample(), Writing(), Form.PART10)
    (length,) = struct.unpack_from("<L", raw, 140)
    assert raw[144 + length : 148 + length] == b"\x08\0\x16\0"


def test_forms_leave_out_what_they_say() -> None:
    whole = part10(sample(), Writing(), Form.PART10)
    assert part10(sample(), Writing(), Form.NO_PREAMBLE) == whole[132:]
    bare = part10(sample(), Writing(), Form.BARE)
    assert whole.endswith(bare)
    assert bare.startswith(b"\x08\0\x16\0UI")
    assert part10(sample(), Writing(), Form.NO_META) == bytes(128) + b"DICM" + bare


def test_a_deflated_data_set_is_a_raw_stream_of_even_length() -> None:
    bare = part10(sample(), Writing(Syntax.DEFLATED), Form.BARE)
    assert len(bare) % 2 == 0
    assert zlib.decompress(bare, -15) == part10(sample(), Writing(), Form.BARE)


def test_lengths_lie_when_they_are_told_to() -> None:
    raw = data_set([Element(0x00090010, "OB", b"abc", 0xFFFFFFF0)], Writing())
    assert raw == b"\x09\0\x10\0OB\0\0\xf0\xff\xff\xffabc\0"
    raw = data_set([Element(0x00081140, "SQ", (), 99)], Writing(undefined=True))
    assert raw == b"\x08\0\x40\x11SQ\0\0\x63\0\0\0"


def test_a_value_too_long_for_its_vr_is_unknown() -> None:
    raw = data_set([Element(0x00081030, "LO", b"x" * 65_536)], Writing())
    assert raw[4:6] == b"UN"
    assert struct.unpack_from("<L", raw, 8) == (65_536,)
