import pytest

from tests.read.beside.papers import XMP, heard
from vestige.read.beside.xmp import told_of


def test_properties_are_told_by_the_names_of_the_standard() -> None:
    found = heard(told_of(XMP))
    assert found.texts["XMP creator"] == ["Paula Probe"]
    assert found.tags["XMP GPSLatitude"] == (0x00160072, "DS")
    assert not any("uuid" in text for texts in found.texts.values() for text in texts)


def test_names_that_somebody_chose_show_in_no_pointer() -> None:
    packet = XMP.replace(b"e:DocumentID", b"e:Zargothy")
    assert heard(told_of(packet)).texts["XMP"] == ["uuid:1"]


@pytest.mark.parametrize(
    "packet",
    [
        XMP[:-9],
        b"<x>&lol;</x>",
        b'<!DOCTYPE x [<!ENTITY a "aaa"><!ENTITY b "&a;&a;">]><x>&b;</x>',
        b"\xff\xfe\0",
    ],
)
def test_what_cannot_be_read_is_a_loss(packet: bytes) -> None:
    found = heard(told_of(packet))
    assert (found.lost, found.texts) == (["damaged"], {})


def test_an_empty_packet_is_nothing() -> None:
    assert heard(told_of(b" \0\n")).lost == []
