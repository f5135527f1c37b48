"""Keys and headings, and the places of what they announce."""

import pytest

from vestige.read.beside.keys import inherits, is_figure, is_label, place_of, tag_of


@pytest.mark.parametrize(
    ("key", "tag"),
    [
        *(("PatientName", 0x00100010), ("patient_name", 0x00100010), ("MRN", 0x00100020)),
        *(("Geburtsdatum", 0x00100030), ("apellidos", 0x0040A123), ("ФИО", 0x0040A123)),
        *(
            ("InstitutionName", 0x00080080),
            ("acq_time", 0x0008002A),
            ("fecha nacimiento", 0x00100030),
        ),
        *(("ProcedureStepDescription", 0x00400254), ("ReceiveCoilName", 0x00181250)),
        *(("subject_id", 0), ("name", 0), ("group", 0), ("Quintero", 0), ("", 0)),
    ],
)
def test_keys_of_a_known_vocabulary_stand_for_an_attribute(key: str, tag: int) -> None:
    assert tag_of(key) == tag


def test_the_place_names_the_attribute_and_never_the_key() -> None:
    assert place_of(tag_of("apellidos"), 3).pointer == "column 3 PersonName"
    assert place_of(tag_of("MRN")).pointer == "PatientID"
    assert place_of(0, 2).pointer == "column 2"
    assert place_of(0).pointer == "value"
    assert (place_of(0x00100010).tag, place_of(0x00100010).vr) == (0x00100010, "PN")


def test_what_any_record_may_have_is_no_label_of_a_person() -> None:
    assert is_label("name")
    assert not is_label("surname")
    assert inherits("Alphabetic")
    assert not inherits("EchoTime")
    assert is_figure(tag_of("EchoTime"))
    assert not is_figure(tag_of("PatientWeight"))
