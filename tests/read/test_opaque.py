import struct

from pydicom.encaps import encapsulate

from tests.read.build import explicit, part_10
from vestige.read.opaque import MOST_FRAGMENTS, Opaque, opaque
from vestige.read.pages import Held

NAME = b"QUINTERO^ANA"


def of(data: bytes) -> list[Opaque]:
    ranges = opaque(Held(data))
    assert ranges is not None
    return list(ranges)


def holding(data: bytes) -> list[str]:
    return [one.what for one in of(data) if NAME in one.data]


def test_what_is_no_dicom_has_no_ranges() -> None:
    assert opaque(Held(b"a text")) is None


def test_elements_that_are_read_are_left_out() -> None:
    assert holding(part_10(explicit(0x00100010, "PN", NAME))) == []


def test_bytes_that_no_element_accounts_for_are_given() -> None:
    private = explicit(0x00290010, "LO", b"QZ ") + explicit(0x00291010, "UN", b"\1\2" + NAME)
    assert holding(part_10(private)) == ["values of unknown kind"]
    assert holding(part_10(b"") + bytes(4) + NAME) == ["bytes behind the last element"]
    pixels = explicit(0x00280010, "US", b"\4\0") + explicit(0x7FE00010, "OW", b"\7" * 40 + NAME)
    assert holding(part_10(pixels)) == ["pixels"]


def test_the_ends_of_fragments_are_given_and_the_middle_is_not() -> None:
    head = b"\xff\xd8" + NAME
    middle = bytes(200_000) + b"MIDDLE" + bytes(200_000)
    value = encapsulate([head + middle + NAME])
    tag = struct.pack("<HH2sHI", 0x7FE0, 0x0010, b"OB", 0, 0xFFFFFFFF)
    data = part_10(tag + value + b"\xfe\xff\xdd\xe0\0\0\0\0", syntax="1.2.840.10008.1.2.4.50")
    (found,) = (one for one in of(data) if one.what == "fragments")
    assert found.data.count(NAME) == 2
    assert b"MIDDLE" not in found.data
    assert MOST_FRAGMENTS > 1
