import random
import struct
import zlib

import pytest

from tests.read.beside.papers import XMP, artist, jpeg, of_file, png

EXIF = b"Exif\0\0" + artist()
PACKET = b"http://ns.adobe.com/xap/1.0/\0" + XMP
MORE = b"http://ns.adobe.com/xmp/extension/\0"


def test_segments_of_a_jpeg_are_told() -> None:
    data = jpeg((0xE1, EXIF), (0xE1, PACKET), (0xFE, "Jörg".encode("cp1252")), behind=b"Muster Max")
    found = of_file(data)
    assert found.texts["EXIF artist"] == found.texts["XMP creator"] == ["Paula Probe"]
    assert found.texts["JPEG comment"] == ["Jörg"]
    assert found.texts["bytes behind the picture"] == ["Muster Max"]
    assert found.lost == []


def test_a_long_packet_is_put_together() -> None:
    halves = (MORE + bytes(32) + bytes(8) + part for part in (XMP[:200], XMP[200:]))
    found = of_file(jpeg(*((0xE1, part) for part in halves)))
    assert found.texts["XMP creator"] == ["Paula Probe"]


def test_chunks_of_a_png_are_told_and_pixels_are_not_asked_for() -> None:
    data = png(
        (b"tEXt", b"Author\0Paula Probe"),
        (b"zTXt", b"Note\0\0" + zlib.compress(b"Patient name: Max Muster")),
        (b"iTXt", b"Comment\0\0\0de\0\0" + "Jörg".encode()),
        (b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + XMP),
        (b"eXIf", artist()),
        behind=b"Muster Max",
    )
    found = of_file(data)
    assert found.texts["PNG author"] == ["Paula Probe"]
    assert found.texts["PNG > PatientName"] == ["Max Muster"]
    assert found.texts["PNG comment"] == ["Jörg"]
    assert found.texts["XMP creator"] == found.texts["EXIF artist"] == ["Paula Probe"]
    assert found.texts["bytes behind the picture"] == ["Muster Max"]


def test_profiles_that_were_written_out_are_read() -> None:
    digits = EXIF.hex().encode()
    raw = b"Raw profile type exif\0\0" + zlib.compress(b"\nexif\n     7\n" + digits)
    assert of_file(png((b"zTXt", raw))).texts["EXIF artist"] == ["Paula Probe"]


def test_a_chunk_that_holds_more_than_it_may_is_cut() -> None:
    bomb = b"Note\0\0" + zlib.compress(b"x" * (80 << 20))
    found = of_file(png(*[(b"zTXt", bomb)] * 2, (b"zTXt", b"Note\0\0x\x9c")))
    assert set(found.lost) == {"text-budget", "damaged"}
    assert sum(map(len, found.texts["PNG"])) <= 32 << 20


def test_comments_and_packets_of_a_gif_are_told() -> None:
    comment = b"\x21\xfe\x0bPaula Probe\0"
    packet = b"\x21\xff\x0bXMP DataXMP" + XMP + b"\1" + bytes(range(255, -1, -1)) + b"\0"
    picture = b"\x2c" + bytes(9) + b"\2\1\0\0"
    head = b"GIF89a" + struct.pack("<HHBBB", 60_000, 60_000, 0x80, 0, 0) + bytes(6)
    found = of_file(head + comment + picture + packet + b"\x3b")
    assert found.texts["GIF comment"] == ["Paula Probe"]
    assert found.texts["XMP creator"] == ["Paula Probe"]
    assert of_file(head + comment).lost == ["damaged"]


def test_chunks_of_riff_are_told() -> None:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return kind + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2)

    info = b"INFO" + chunk(b"IART", b"Paula Probe\0")
    parts = chunk(b"EXIF", artist()) + chunk(b"XMP ", XMP) + chunk(b"LIST", info)
    found = of_file(b"RIFF\0\0\0\0WEBP" + parts)
    assert found.texts["EXIF artist"] == found.texts["XMP creator"] == ["Paula Probe"]
    assert found.texts["RIFF artist"] == ["Paula Probe"]


def test_other_pictures_are_read_for_what_they_hold() -> None:
    resource = b"8BIM" + struct.pack(">HHI", 0x0424, 0, len(XMP)) + XMP
    head = b"8BPS" + bytes(22) + struct.pack(">II", 0, len(resource))
    assert of_file(head + resource).texts["XMP creator"] == ["Paula Probe"]
    size = struct.pack("<I", 60)
    bitmap = b"BM" + size + bytes(4) + size + struct.pack("<I", 40) + bytes(42)
    found = of_file(bitmap + b"Muster Max")
    assert found.texts == {"bytes behind the picture": ["Muster Max"]}
    drawn = b"\1\0\0\0" + bytes(36) + b" EMF" + bytes(20) + "Muster Max".encode("utf-16-le")
    assert of_file(drawn).texts["metafile"] == ["Muster Max"]


@pytest.mark.parametrize("whole", [jpeg((0xE1, EXIF), (0xE1, PACKET)), png((b"eXIf", artist()))])
def test_no_mutant_is_an_error(whole: bytes) -> None:
    chance = random.Random(7)  # noqa: S311 - chance, not secrecy
    losses = set()
    for _ in range(150):
        data = bytearray(whole[: chance.randrange(40, len(whole) + 1)])
        for _ in range(chance.randrange(6)):
            data[chance.randrange(12, len(data))] = chance.randrange(256)
        losses.update(of_file(bytes(data)).lost)
    assert "damaged" in losses
    assert losses <= {"damaged", "text-budget"}
