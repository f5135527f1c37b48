from tests.read.beside.given import MUTANTS, given, survived

FILE = (
    "##TITLE=Parameter List, ParaVision 6.0.1\n##OWNER=nmr\n"
    "$$ /opt/PV6.0.1/data/quintero/20190302/subject\n##$SUBJECT_name_string=( 64 )\n<QUINTERO>\n"
    "##$SUBJECT_id=( 60 )\n<4711>\n##$SUBJECT_dbirth=( 24 )\n<02 May 1951>\n"
    "##$SUBJECT_remarks=( 2048 )\n<called at\n home>\n##$VisuSubjectName=<Other^Name>\n"
    "##$PVM_Matrix=( 2 )\n64 64\n##$SUBJECT_weight=0.02\n##END=\n"
)


def test_strings_comments_and_records() -> None:
    found = given(FILE, "JCAMP-DX")
    assert found.texts["JCAMP-DX comment"] == ["/opt/PV6.0.1/data/quintero/20190302/subject"]
    assert found.texts["JCAMP-DX PatientName"] == ["QUINTERO", "Other^Name"]
    assert found.texts["JCAMP-DX PatientID"] == ["4711"]
    assert found.texts["JCAMP-DX PatientBirthDate"] == ["19510502"]
    assert "SUBJECT_remarks: called at home" in found.texts["JCAMP-DX"]
    assert not any("64 64" in text for text in found.texts["JCAMP-DX"])


def test_bytes_that_lie_are_read_within_bounds() -> None:
    assert survived(FILE) == MUTANTS
