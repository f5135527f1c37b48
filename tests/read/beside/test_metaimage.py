from tests.read.beside.given import MUTANTS, given, survived
from vestige.read.beside.kinds import kind_of
from vestige.read.beside.parts import Held

HEADER = (
    "ObjectType = Image\nNDims = 3\nBinaryData = True\nDimSize = 4 4 4\nElementType = MET_SHORT\n"
    "Comment = of QUINTERO\n0010|0010 = QUINTERO^MARIA\nPatientID = 4711\nElementDataFile = {}\n"
)


def test_keys_of_the_header() -> None:
    found = given(HEADER.format("LOCAL") + "PatientID = 4712\n", "MetaImage")
    assert found.texts == {
        "MetaImage PatientName": ["QUINTERO^MARIA"],
        "MetaImage PatientID": ["4711"],
        "MetaImage": ["Comment: of QUINTERO"],
    }
    assert found.losses == []


def test_the_file_of_the_voxels_is_named() -> None:
    found = given(HEADER.format("quintero.raw"), "MetaImage")
    assert "ElementDataFile: quintero.raw" in found.texts["MetaImage"]


def test_settings_of_other_programs_are_none() -> None:
    kind = kind_of(Held(b"Name = something\nComment = else\n"))
    assert kind is not None
    assert kind.name != "MetaImage"


def test_bytes_that_lie_are_read_within_bounds() -> None:
    assert survived(HEADER) == MUTANTS
