import struct

from tests.read.beside.papers import XMP, artist, heard
from vestige.read.beside.iptc import of_records, of_resources
from vestige.read.beside.parts import Bounds


def record(number: int, value: bytes, part: int = 2) -> bytes:
    return struct.pack(">BBBH", 0x1C, part, number, len(value)) + value


def resource(number: int, value: bytes) -> bytes:
    return b"8BIM" + struct.pack(">HHI", number, 0, len(value)) + value + b"\0" * (len(value) % 2)


def test_people_and_places_are_told_and_numbers_are_not() -> None:
    data = record(80, b"Paula Probe") + record(90, "Köln".encode("cp1252")) + record(0, b"\0\2")
    found = heard(of_records(data))
    assert found.texts == {"IPTC byline": ["Paula Probe"], "IPTC city": ["Köln"]}
    assert found.tags["IPTC byline"] == (0, "PN")


def test_the_charset_is_heeded_and_long_values_are_read() -> None:
    long = b"\x1c\2\x78\x80\4\0\0\0\5" + "Jörg".encode()
    found = heard(of_records(record(90, b"\x1b%G", 1) + long))
    assert found.texts == {"IPTC caption": ["Jörg"]}


def test_what_follows_damage_is_left_out() -> None:
    assert heard(of_records(record(80, b"Paula Probe") + b"xx")).lost == []
    assert heard(of_records(b"\x1c\2\x50\xff\xff")).texts == {}


def test_resources_hold_records_packets_and_directories() -> None:
    data = (
        resource(0x0404, record(80, b"Jorg")) + resource(0x0424, XMP) + resource(0x0422, artist())
    )
    found = heard(of_resources(data, Bounds(1)))
    assert found.texts["IPTC byline"] == ["Jorg"]
    assert found.texts["XMP creator"] == found.texts["EXIF artist"] == ["Paula Probe"]
    assert "EXIF artist" not in heard(of_resources(data)).texts, "none within directories"
    assert heard(of_resources(b"8BIM")).texts == {}
