import pytest

from vestige.model import Where
from vestige.read import ways
from vestige.read.ways import Way

DEFAULT = ("ascii",)


def texts(way: Way, value: bytes) -> list[str]:
    return [one.text.reveal() for one in way.observed(value)]


def standard(tag: int, vr: str, *, judged: bool = False) -> Way:
    return ways.standard("", tag, vr, DEFAULT, (False, judged))


@pytest.mark.parametrize(
    ("tag", "vr", "read"),
    [
        (0x00100010, "PN", ways.text),
        (0x00100010, "UN", ways.text),
        (0x00200032, "DS", ways.decimal),
        (0x00280010, "US", ways.nothing),
        (0x001021C0, "US", ways.presence),
        (0x7FE00010, "OW", ways.nothing),
        (0x00420011, "OB", ways.document),
    ],
)
def test_the_way_of_a_standard_element_follows_its_vr(tag: int, vr: str, read: object) -> None:
    assert standard(tag, vr).read is read


def test_numbers_that_no_table_judges_say_nothing_unless_letters_stand_in_them() -> None:
    way = standard(0x00200032, "DS")
    assert texts(way, b"-1.5\\2e+03\\0 ") == []
    assert texts(way, b"Probe^Paula ") == ["Probe^Paula"]
    assert texts(standard(0x00101030, "DS", judged=True), b"71 ") == ["71"]


def test_ways_are_known_by_identity() -> None:
    assert standard(0x00100010, "PN") is standard(0x00100010, "PN")
    private = ways.private("", 0x00291009, "LO", "SIEMENS CSA HEADER", DEFAULT)
    assert private is ways.private("", 0x00291009, "LO", "SIEMENS CSA HEADER", DEFAULT)
    assert private.place.where is Where.PRIVATE
    assert private.place.pointer == "(0029,xx09) SIEMENS CSA HEADER"


def test_private_elements_and_sequences_are_seen_to_be_there() -> None:
    number = ways.private("", 0x00291010, "FD", "SIEMENS CSA HEADER", DEFAULT)
    assert texts(number, bytes(8)) == [""]
    holding = ways.holding("(0040,0275)[*]/", 0x00400008, "", private=False)
    assert texts(holding, b"") == [""]
    assert holding.place.pointer == "(0040,0275)[*]/(0040,0008)"
    reserving = ways.reserving("", 0x00290010, DEFAULT)
    assert texts(reserving, b"Praxis Dr. Probe") == ["Praxis Dr. Probe"]


def test_a_private_vr_comes_from_the_vendor_where_none_is_written() -> None:
    way = ways.private("", 0x00291009, "UN", "SIEMENS CSA HEADER", DEFAULT)
    assert (way.place.vr, way.read) == ("LO", ways.text)


def test_long_private_tables_of_numbers_are_there_and_no_more() -> None:
    way = ways.private("", 0x00291010, "DS", "nobody", DEFAULT)
    assert texts(way, b"1.5\\" * 100) == [""]
    assert texts(way, b"1.5\\") == ["1.5\\"]


def test_opaque_bytes_give_their_text() -> None:
    way = ways.private("", 0x00291010, "OB", "nobody", DEFAULT)
    assert texts(way, b"\x01\x02Paula Probe\x00\x01\xfe1956-03-04\x00") == [
        "Paula Probe\n1956-03-04"
    ]
    assert texts(ways.BEFORE, b"\x00Paula Probe") == ["Paula Probe"]
    assert texts(ways.BEHIND, bytes(8)) == []
