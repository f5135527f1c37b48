from tests.read.beside.given import MUTANTS, given, survived

FILE = (
    "# === DATA DESCRIPTION FILE ======\n#\n# CAUTION - Investigational device.\n#\n"
    "# Dataset name: E:\\Quintero\\scan_1\n#\n# CLINICAL TRYOUT     Research image export tool\n"
    "# === GENERAL INFORMATION ========\n.    Patient name                       :   QUINTERO\n"
    ".    Examination name                   :   Brain\n.    Acquisition nr          :   4\n"
    ".    Examination date/time              :   2014.02.14 / 09:00:57\n"
    "# === IMAGE INFORMATION ==========\n  1   1    1  1 0 2     0  16    62   64\n"
)


def test_the_general_information_is_read() -> None:
    found = given(FILE, "PAR")
    assert found.texts == {
        "PAR data set name": ["E:\\Quintero\\scan_1"],
        "PAR comment": ["CAUTION - Investigational device."],
        "PAR PatientName": ["QUINTERO"],
        "PAR StudyDescription": ["Brain"],
        "PAR StudyDate": ["20140214"],
    }


def test_a_name_that_is_a_number_is_told() -> None:
    assert given(FILE.replace("QUINTERO", "48291"), "PAR").texts["PAR PatientName"] == ["48291"]


def test_bytes_that_lie_are_read_within_bounds() -> None:
    assert survived(FILE) == MUTANTS
