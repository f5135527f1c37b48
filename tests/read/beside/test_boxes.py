import struct

import pytest

from tests.read.beside.papers import XMP, artist, box, of_file

FTYP = box(b"ftyp", b"heic\0\0\0\0mif1heic")


def heic(kind: bytes, item: bytes) -> bytes:
    """A file with one item, behind the box that says where it lies."""
    infe = box(b"infe", b"\2\0\0\0" + struct.pack(">HH", 1, 0) + kind + b"\0")
    iinf = box(b"iinf", b"\0\0\0\0\0\1" + infe)

    def meta(at: int) -> bytes:
        place = b"\0\0\0\0\x44\0" + struct.pack(">HHHHII", 1, 1, 0, 1, at, len(item))
        return box(b"meta", b"\0\0\0\0" + box(b"hdlr", bytes(25)) + iinf + box(b"iloc", place))

    return FTYP + meta(len(FTYP) + len(meta(0)) + 8) + box(b"mdat", item)


def test_items_of_a_picture_are_read_where_they_lie() -> None:
    exif = heic(b"Exif", b"\0\0\0\6Exif\0\0" + artist())
    assert of_file(exif).texts["EXIF artist"] == ["Paula Probe"]
    assert of_file(heic(b"mime", XMP)).texts["XMP creator"] == ["Paula Probe"]


def test_boxes_of_metadata_are_read() -> None:
    own = bytes.fromhex("be7acfcb97a942e89c71999491e3afac") + XMP
    tail = box(b"Exif", bytes(4) + artist()) + box(b"uuid", own) + box(b"brob", b"Exif")
    found = of_file(box(b"JXL ", b"\r\n\x87\n") + tail)
    assert found.texts["EXIF artist"] == found.texts["XMP creator"] == ["Paula Probe"]
    assert found.lost == ["form-unread"]


def test_texts_of_films_are_told() -> None:
    film = FTYP + box(b"moov", box(b"udta", box(b"\xa9nam", b"\0\x0b\0\0Paula Probe")))
    assert of_file(film).texts["box"] == ["Paula Probe"]


def test_comments_of_a_code_stream_are_told() -> None:
    text = b"Paula Probe"
    stream = (
        b"\xff\x4f\xff\x51\0\4\0\0\xff\x64"
        + struct.pack(">HH", len(text) + 4, 1)
        + text
        + b"\xff\x90"
    )
    assert of_file(stream).texts["JPEG comment"] == ["Paula Probe"]
    assert of_file(box(b"jP  ", b"\r\n\x87\n") + box(b"jp2c", stream)).texts["JPEG comment"]


@pytest.mark.parametrize(
    "data",
    [
        FTYP + struct.pack(">I4s", 1 << 30, b"moov"),
        FTYP + struct.pack(">I4sQ", 1, b"mdat", 3),
        heic(b"Exif", bytes(8))[:60],
        FTYP + box(b"free", b"") * 100_001,
    ],
)
def test_boxes_that_lie_or_never_end_are_a_loss(data: bytes) -> None:
    assert of_file(data).lost == ["damaged"]


def test_places_of_nothing_take_no_time() -> None:
    infe = box(b"infe", b"\2\0\0\0\0\1\0\0Exif\0")
    place = b"\0\0\0\0\0\0\xff\xff" + b"\0\1\0\0\xff\xff" * 6_000
    meta = b"\0\0\0\0" + box(b"iinf", b"\0\0\0\0\0\1" + infe) + box(b"iloc", place)
    found = of_file(FTYP + box(b"meta", meta))
    assert set(found.lost) == {"damaged"}
