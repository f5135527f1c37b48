import pytest

from tests.read.build import header_of, part_10, patient
from vestige.model import Where
from vestige.read import dicom
from vestige.read.places import creator_tag, is_creator, is_private, place, reread, step


@pytest.mark.parametrize(
    ("tag", "private", "creator", "reserved_by"),
    [
        (0x00100010, False, False, 0),
        (0x00290010, True, True, 0),
        (0x002900FF, True, True, 0),
        (0x0029000F, True, False, 0),
        (0x00290100, True, False, 0),
        (0x00291008, True, False, 0x00290010),
        (0x0029FF08, True, False, 0x002900FF),
        (0x00290000, True, False, 0),
    ],
)
def test_private_blocks_are_those_of_the_standard(
    tag: int,
    private: bool,  # noqa: FBT001 - a column of the table
    creator: bool,  # noqa: FBT001
    reserved_by: int,
) -> None:
    assert is_private(tag) is private
    assert is_creator(tag) is creator
    if private:
        assert creator_tag(tag) == reserved_by


@pytest.mark.parametrize(
    ("tag", "creator", "known", "shown"),
    [
        (0x00100010, "", False, "(0010,0010)"),
        (0x7FE00010, "", False, "(7FE0,0010)"),
        (0x00290010, "", False, "(0029,00xx) creator"),
        (0x00291008, "SIEMENS CSA HEADER", True, "(0029,xx08) SIEMENS CSA HEADER"),
        (0x00292008, "SIEMENS CSA HEADER", True, "(0029,xx08) SIEMENS CSA HEADER"),
        (0x00291008, "Paula Probe", False, "(0029,xx08) P**** P****"),
        (0x00291008, "", False, "(0029,1008) no creator"),
    ],
)
def test_a_step_shows_the_element_and_never_an_unknown_creator(
    tag: int,
    creator: str,
    known: bool,  # noqa: FBT001 - a column of the table
    shown: str,
) -> None:
    assert step(tag, creator, known=known) == shown


def test_a_creator_without_end_is_cut() -> None:
    assert len(step(0x00291008, "x" * 5000, known=True)) < 100
    assert len(step(0x00291008, "x" * 5000, known=False)) < 100


@pytest.mark.parametrize(
    ("tag", "private", "where"),
    [
        (0x00020010, False, Where.META),
        (0x00100010, False, Where.HEADER),
        (0x00100010, True, Where.PRIVATE),
        (0x00291008, True, Where.PRIVATE),
    ],
)
def test_a_place_is_in_the_meta_group_in_the_header_or_private(
    tag: int,
    private: bool,  # noqa: FBT001 - a column of the table
    where: Where,
) -> None:
    made = place("pointer", tag, "LO", "MAKER", private=private)
    assert (made.where, made.pointer, made.tag, made.vr) == (where, "pointer", tag, "LO")
    assert made.creator == "MAKER"


def test_equal_places_of_different_files_are_one_object() -> None:
    one, other = (
        {
            o.place.pointer: o.place
            for o in dicom.observations(header_of(part_10(data_set), dicom.vr_of))
        }
        for data_set in (patient(b"Probe^Paula"), patient(b"Muster^Max"))
    )
    assert one.keys() == other.keys()
    assert all(one[pointer] is other[pointer] for pointer in one)


def test_a_further_reading_has_the_same_place_without_a_vr() -> None:
    made = place("pointer", 0x00204000, "LT", "", private=False)
    other = reread(made)
    assert (other.where, other.pointer, other.tag, other.vr) == (
        made.where,
        "pointer",
        made.tag,
        "",
    )
