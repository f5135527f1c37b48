import struct

import pytest

from tests.read.build import explicit, header_of, item, part_10, sequence
from vestige.read.dicom import observations, vr_of
from vestige.read.header import Header
from vestige.read.slack import slack

HIDDEN = b"Patient name: Paula Probe   "
UNDEFINED = 0xFFFFFFFF


def sizes(rows: int, columns: int, bits: int = 16, samples: int = 1, frames: bytes = b"") -> bytes:
    return b"".join(
        (
            explicit(0x00280002, "US", struct.pack("<H", samples)),
            explicit(0x00280008, "IS", frames) if frames else b"",
            explicit(0x00280010, "US", struct.pack("<H", rows)),
            explicit(0x00280011, "US", struct.pack("<H", columns)),
            explicit(0x00280100, "US", struct.pack("<H", bits)),
        )
    )


def image(head: bytes, pixels: bytes) -> Header:
    return header_of(part_10(head + explicit(0x7FE00010, "OW", pixels)), vr_of)


def behind(head: bytes, pixels: bytes) -> bytes:
    header = image(head, pixels)
    return b"".join(header.bytes_of(span) for _, span in slack(header))


def found(header: Header) -> list[str]:
    return [o.text.reveal() for o in observations(header) if o.place.pointer == "pixel slack"]


@pytest.mark.parametrize(
    ("head", "pixels"),
    [
        (sizes(4, 4), 32),
        (sizes(4, 4, bits=8, samples=3), 48),
        (sizes(4, 4, frames=b"3 "), 96),
        (sizes(4, 4, bits=32), 64),
        (sizes(10, 10, bits=1, frames=b"3 "), 38),
        (sizes(3, 3, bits=8), 10),
    ],
)
def test_what_stands_behind_the_pixels_is_slack_and_is_searched(head: bytes, pixels: int) -> None:
    assert behind(head, bytes(pixels)) == b""
    assert behind(head, bytes(pixels) + HIDDEN) == HIDDEN
    assert found(image(head, bytes(pixels) + HIDDEN)) == [HIDDEN.decode().strip()]


@pytest.mark.parametrize(
    ("head", "pixels"),
    [
        (sizes(64, 64), bytes(5 * 8192)),
        (sizes(65, 65, bits=8), bytes(2 * 4225)),
        (sizes(65, 65, bits=8), bytes(3 * 4225 + 1)),
        (sizes(4, 4, bits=12), bytes(32)),
        (sizes(0, 4), bytes(32)),
        (b"", bytes(32)),
        (sizes(40, 40), bytes(32)),
    ],
)
def test_frames_nobody_told_of_and_sizes_nobody_knows_leave_no_slack(
    head: bytes, pixels: bytes
) -> None:
    assert behind(head, pixels) == b""


def test_encapsulated_pixels_have_none() -> None:
    fragments = item(b"") + item(HIDDEN)
    end = b"\xfe\xff\xdd\xe0" + bytes(4)
    data = explicit(0x7FE00010, "OB", fragments, length=UNDEFINED) + end
    assert slack(header_of(part_10(sizes(1, 1) + data), vr_of)) == ()


def test_an_icon_has_sizes_of_its_own() -> None:
    icon = sizes(2, 2, bits=8) + explicit(0x7FE00010, "OB", bytes(4) + HIDDEN)
    pixels = explicit(0x7FE00010, "OW", bytes(32))
    header = header_of(part_10(sizes(4, 4) + sequence(0x00880200, item(icon)) + pixels), vr_of)
    ((index, span),) = slack(header)
    assert header.elements[index].parent >= 0
    assert header.bytes_of(span) == HIDDEN
    assert found(header) == [HIDDEN.decode().strip()]


def test_numbers_are_read_in_the_order_of_the_data_set() -> None:
    tags = ((0x00280010, 4), (0x00280011, 4), (0x00280100, 16))
    head = b"".join(explicit(t, "US", struct.pack(">H", n), order=">") for t, n in tags)
    pixels = explicit(0x7FE00010, "OW", bytes(32) + HIDDEN, order=">")
    header = header_of(part_10(head + pixels, "1.2.840.10008.1.2.2"), vr_of)
    assert [header.bytes_of(span) for _, span in slack(header)] == [HIDDEN]
