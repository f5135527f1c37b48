from tests.read.beside.given import MUTANTS, given, survived

FILE = (
    "\ntype = string-attribute\nname = HISTORY_NOTE\ncount = 40\n'[quintero@mri: Sat] to3d *.dcm~\n"
    "\ntype = integer-attribute\nname = DATASET_RANK\ncount = 2\n 3 1\n"
    "\ntype = string-attribute\nname = NOTE_NUMBER_001\ncount = 9\n'QUINTERO~\n"
)


def test_attributes_of_text() -> None:
    found = given(FILE, "AFNI")
    assert found.texts == {"AFNI": ["[quintero@mri: Sat] to3d *.dcm", "NOTE_NUMBER_001: QUINTERO"]}


def test_bytes_that_lie_are_read_within_bounds() -> None:
    assert survived(FILE) == MUTANTS
