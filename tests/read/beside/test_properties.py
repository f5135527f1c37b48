import pytest

from tests.read.beside.papers import heard
from vestige.read.beside.properties import is_nobody, labelled, meaning, told, valued


@pytest.mark.parametrize(
    ("name", "tag", "vr"),
    [
        ("dc:creator", 0, "PN"),
        ("lastModifiedBy", 0, "PN"),
        ("By-line", 0, "PN"),
        ("aux:SerialNumber", 0x00181000, "LO"),
        ("GPSLatitude", 0x00160072, "DS"),
        ("PatientName", 0x00100010, "PN"),
        ("DateTimeOriginal", 0, "DT"),
        ("Title", 0, "UT"),
    ],
)
def test_the_name_of_a_property_says_what_it_holds(name: str, tag: int, vr: str) -> None:
    assert meaning(name)[1:] == (tag, vr)
    assert meaning(name).word


def test_a_name_that_somebody_chose_shows_nowhere() -> None:
    assert meaning("Zargothy").word == ""
    assert labelled(0x00990099).word == ""
    assert set(heard(told("PNG", "Zargothy", ("note",))).texts) == {"PNG"}


@pytest.mark.parametrize(
    "name",
    ["python-docx", "openpyxl", "Administrator", "Microsoft Office User", "Usuario"],
)
def test_programs_and_delivered_accounts_are_nobody(name: str) -> None:
    assert is_nobody(name)
    found = heard(told("document property", "creator", (name, "Paula Probe")))
    assert found.texts["document property creator"] == ["Paula Probe"]
    assert found.texts["document property"] == [name], "and still a text like any other"


def test_the_author_of_a_template_of_a_library_wrote_no_document() -> None:
    assert list(told("document property", "lastModifiedBy", ("Steve Canny",))) == []


@pytest.mark.parametrize("name", ["Paula Probe", "pprobe", "Dr. Lopez", "Adminia Testerova"])
def test_people_are_somebody(name: str) -> None:
    assert not is_nobody(name)


def test_values_are_written_as_their_attribute_holds_them() -> None:
    assert valued(meaning("DateTimeOriginal"), "2020:01:02 03:04:05") == "20200102030405"
    assert valued(meaning("DateTimeOriginal"), "0000:00:00 00:00:00") == ""
    assert valued(meaning("title"), " x\0") == "x"
    assert list(told("EXIF", "Artist", ("", " "))) == []
