import struct

from tests.read.beside.papers import XMP, artist, ifd, jpeg, of_file, tiff
from vestige.read.beside import tiff as reader
from vestige.read.beside.parts import Bounds, Held, Inner, Lost


def test_texts_of_a_directory_are_told_by_what_they_are() -> None:
    entries = {
        0x010E: (2, b"Patient name: Paula Probe\0"),
        0x013B: (2, "Jörg Ämter\0".encode()),
        0x0131: (2, b"Tool 1\0"),
        0x0110: (2, b"Model X\0"),
        0xFDE8: (2, b"own text\0"),
    }
    for order in "<>":
        found = of_file(tiff(entries, order))
        assert found.texts["TIFF artist"] == ["Jörg Ämter"]
        assert found.tags["TIFF artist"] == (0, "PN")
        assert found.texts["TIFF imagedescription > PatientName"] == ["Paula Probe"]
        assert found.texts["TIFF"] == ["own text"]
        assert not any("Model" in text for texts in found.texts.values() for text in texts)
        assert found.lost == []


def test_directories_below_are_read_and_a_position_is_there() -> None:
    at = 8 + len(ifd({0x8769: (4, b"\0\0\0\0"), 0x8825: (4, b"\0\0\0\0")}))
    exif = ifd({0xA430: (2, b"Paula Probe\0"), 0x9003: (2, b"2020:01:02 03:04:05\0")}, base=at)
    degrees = struct.pack("<6I", 41, 1, 30, 1, 0, 1)
    gps = ifd({2: (5, degrees), 4: (5, bytes(24)), 0x1D: (2, b"2020:01:02\0")}, base=at + len(exif))
    below = struct.pack("<I", at), struct.pack("<I", at + len(exif))
    top = ifd({0x8769: (4, below[0]), 0x8825: (4, below[1])})
    found = of_file(b"II*\0\10\0\0\0" + top + exif + gps)
    assert found.texts["TIFF cameraownername"] == ["Paula Probe"]
    assert found.texts["TIFF datetimeoriginal"] == ["20200102030405"]
    assert found.texts["EXIF GPSLatitude"] == ["41.500000"]
    assert found.tags["EXIF GPSLatitude"] == (0x00160072, "DS")
    assert "EXIF GPSLongitude" not in found.texts, "nothing but zeros"


def test_comments_in_any_charset_and_order() -> None:
    for raw in (
        b"UNICODE\0" + "Jörg".encode("utf-16-le"),
        b"UNICODE\0" + "Jörg".encode("utf-16-be"),
        b"ASCII\0\0\0" + b"Jorg",
        bytes(8) + "Jörg".encode("cp1252"),
    ):
        text = of_file(tiff({0x9286: (7, raw)})).texts["TIFF usercomment"][0]
        assert text in {"Jörg", "Jorg"}
    wide = "Jörg\0".encode("utf-16-le")
    assert of_file(tiff({0x9C9D: (1, wide)})).texts["TIFF author"] == ["Jörg"]


def test_packets_and_records_within_are_read() -> None:
    record = b"\x1c\2\x50\0\4Jorg"
    found = of_file(tiff({0x02BC: (1, XMP), 0x83BB: (7, record)}))
    assert found.texts["XMP creator"] == ["Paula Probe"]
    assert found.texts["IPTC byline"] == ["Jorg"]


def test_big_files_are_read_too() -> None:
    value = b"Paula Probe\0"
    entry = struct.pack("<HHQQ", 0x013B, 2, len(value), 16 + 8 + 20 + 8)
    data = (
        b"II+\0" + struct.pack("<HHQ", 8, 0, 16) + struct.pack("<Q", 1) + entry + bytes(8) + value
    )
    assert of_file(data).texts["TIFF artist"] == ["Paula Probe"]


def test_directories_that_follow_each_other_for_ever_end() -> None:
    data = bytearray(artist())
    struct.pack_into("<I", data, 8 + 2 + 12, 8)
    assert of_file(bytes(data)).texts["TIFF artist"] == ["Paula Probe"]


def test_what_lies_is_a_loss() -> None:
    assert of_file(artist()[:20]).lost == ["damaged"]
    assert of_file(b"II*\0").lost == ["damaged"]
    many = b"II*\0\10\0\0\0" + struct.pack("<H", 60_000)
    assert of_file(many).lost == ["damaged"]
    entries = b"".join(struct.pack("<HHII", 0xFDE8, 2, 1 << 20, 0) for _ in range(1000))
    data = b"II*\0\10\0\0\0" + struct.pack("<H", 1000) + entries + bytes(4)
    data = data.ljust(1 << 20, b"x")
    parts = list(reader.read(Held(data), Bounds(len(data))))
    assert Lost("text-budget") in parts
    assert len(parts) < 300, "no more is read than the bounds allow"


def test_thumbnails_are_files_inside() -> None:
    small = jpeg((0xFE, b"Patient: Paula Probe"))
    where = {0x0201: (4, struct.pack("<I", 38)), 0x0202: (4, struct.pack("<I", len(small)))}
    data = tiff(where)
    assert len(data) == 38
    (inner,) = (
        one for one in reader.read(Held(data + small), Bounds(1 << 20)) if isinstance(one, Inner)
    )
    assert (inner.name, inner.content.first) == (b"thumbnail", small)
