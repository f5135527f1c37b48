from tests.read.beside.given import MUTANTS, given, survived

HEADER = (
    "NRRD0005\n# made by hand\ntype: short\ndimension: 3\nsizes: 4 4 4\nencoding: raw\n"
    "content: brain of QUINTERO\nPatientName:=QUINTERO^MARIA\n0010|0020:=4711\n"
    "note:=first\\nsecond\ndata file: quintero.raw.gz\n\nPatientName:=IN^DATA\n"
)


def test_fields_keys_and_comments_of_the_header() -> None:
    found = given(HEADER, "NRRD")
    assert found.texts == {
        "NRRD comment": ["made by hand"],
        "NRRD PatientName": ["QUINTERO^MARIA"],
        "NRRD PatientID": ["4711"],
        "NRRD content": ["brain of QUINTERO"],
        "NRRD": ["note: first\nsecond", "data file: quintero.raw.gz"],
    }
    assert found.losses == []


def test_a_header_without_end_is_a_loss() -> None:
    assert given("NRRD0004\nnote:=x\n" + "#\n" * (1 << 19), "NRRD").losses == ["text-budget"]


def test_bytes_that_lie_are_read_within_bounds() -> None:
    assert survived(HEADER) == MUTANTS
