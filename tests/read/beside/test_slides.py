import struct

import pytest

from benchmarks.imaging_files import tiff
from tests.read.beside.given import MUTANTS, given, survived
from vestige.read.beside.kinds import kind_of
from vestige.read.beside.parts import Held

SVS = (
    "Aperio Image Library v11.2.1 \r\n46000x32914 J2K|AppMag = 20|Date = 12/29/09|Barcode = 4711|"
    "Title = of QUINTERO|MPP = 0.4990"
)
LABEL = "Aperio Image Library v11.2.1 \r\nlabel 387x463"


@pytest.mark.parametrize("big", [False, True])
@pytest.mark.parametrize("order", ["<", ">"])
def test_texts_and_the_label_of_a_slide(order: str, big: bool) -> None:  # noqa: FBT001
    found = given(
        tiff(({270: SVS, 306: "2019:03:02 10:11:12"}, {270: LABEL}), order, big=big), "slide"
    )
    assert found.texts["TIFF tag 270 ContainerIdentifier"] == ["4711"]
    assert "Title: of QUINTERO" in found.texts["TIFF tag 270"]
    assert found.texts["TIFF tag 306"] == ["20190302"]
    assert found.texts["slide image"] == ["[slide image: label]"]


@pytest.mark.parametrize(
    ("description", "shown"),
    [
        ('<OME><Image Name="label image"/></OME>', "label"),
        ('<scn><supplementalImage type="label"/></scn>', "label"),
        ("<PerkinElmer-QPI-ImageDescription><ImageType>Overview</ImageType>", "overview"),
        ('<DataObject ObjectType="DPUfsImport">MACROIMAGE', "macro"),
        (LABEL.replace("label", "macro"), "macro"),
    ],
)
def test_makers_name_their_pictures_of_the_slide(description: str, shown: str) -> None:
    found = given(tiff(({270: description},)), "slide")
    assert found.texts["slide image"] == [f"[slide image: {shown}]"]


def test_philips_writes_elements_and_bar_codes() -> None:
    one = '<Attribute Name="{}" Group="0x{}" Element="0x{}" PMSVR="IString">{}</Attribute>'
    text = (
        '<DataObject ObjectType="DPUfsImport">'
        + one.format("DICOM_DEVICE_SERIAL_NUMBER", "0018", "1000", "FMT0107")
        + one.format("PIM_DP_UFS_BARCODE", "301D", "1002", "UVVJTlRFUk8gNDcxMQ==")
        + one.format("PIM_DP_IMAGE_DATA", "301D", "1005", "QUJD" * 100)
    )
    found = given(tiff(({270: text},)), "slide").texts
    assert found["TIFF tag 270 DeviceSerialNumber"] == ["FMT0107"]
    assert found["TIFF tag 270 ContainerIdentifier"] == ["QUINTERO 4711"]
    assert not any("QUJDQUJD" in part for part in found["TIFF tag 270"])


def test_the_camera_of_hamamatsu_shows_the_slide() -> None:
    data = bytearray(tiff(({306: "2019:03:02 10:11:12", 65420: "1", 65421: "x"},)))
    at = data.index(struct.pack("<HH", 65421, 2))
    data[at : at + 12] = struct.pack("<HHIf", 65421, 11, 1, -1.0)
    assert given(bytes(data), "slide").texts["slide image"] == ["[slide image: macro]"]


def test_a_slide_without_label_shows_none_and_photographs_are_no_slides() -> None:
    assert "slide image" not in given(tiff(({270: SVS},)), "slide").texts
    kind = kind_of(Held(tiff(({270: "a photograph"},))))
    assert kind is None or kind.name != "slide"


def test_directories_in_a_circle_end() -> None:
    data = bytearray(tiff(({270: SVS},)))
    data[8 + 2 + 12 : 8 + 2 + 12 + 4] = struct.pack("<I", 8)
    assert "TIFF tag 270" in given(bytes(data), "slide").texts


def test_bytes_that_lie_are_read_within_bounds() -> None:
    assert survived(tiff(({270: SVS}, {270: LABEL}))) == MUTANTS
