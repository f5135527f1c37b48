from tests.read.beside.given import MUTANTS, given, survived

FIGURES = "2 2 8 0 0 2 1 9 1 64"
FILE = (
    f'name {FIGURES}\n1 "Quintero"\n0\nnp {FIGURES}\n1 64\n0\ncomment {FIGURES}\n2 "first"\n'
    f'"second"\n0\norient {FIGURES}\n1 "trans"\n3 "trans" "sag" "cor"\n'
)


def test_strings_of_parameters() -> None:
    found = given(FILE, "procpar")
    assert found.texts["procpar PatientName"] == ["Quintero"]
    assert found.texts["procpar"] == ["comment: first", "comment: second", "orient: trans"]


def test_bytes_that_lie_are_read_within_bounds() -> None:
    assert survived(FILE) == MUTANTS
