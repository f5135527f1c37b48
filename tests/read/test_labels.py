import pytest
from hypothesis import given
from hypothesis import strategies as st

from vestige.read.dictionary import label
from vestige.read.labels import LABELS, fitted, folded, label_of

NAME, NUMBER, BIRTH, WEIGHT = 0x00100010, 0x00100020, 0x00100030, 0x00101030


@pytest.mark.parametrize(
    ("key", "tag"),
    [
        ("PatientName", NAME),
        ("tPatientName", NAME),
        ("PATIENT_NAME", NAME),
        ("Patient's Name", NAME),
        ("sPatient.tPatientName", NAME),
        ("Nombre del paciente", NAME),
        ("Nom du patient", NAME),
        ("(0010,0010)", NAME),
        ("00100020", NUMBER),
        ("Historia clínica", NUMBER),
        ("birthDate", BIRTH),
        ("Fecha de nacimiento", BIRTH),
        ("Geburtsdatum", BIRTH),
        ("Date de naissance", BIRTH),
        ("Data di nascita", BIRTH),
        ("flUsedPatientWeight", WEIGHT),
        ("PatientPosition", 0),
        ("name", 0),
        ("00280010", 0),
        ("PatientName" * 9, 0),
    ],
)
def test_a_key_stands_for_an_attribute_however_it_is_written(key: str, tag: int) -> None:
    assert label_of(key) == tag


def test_a_key_may_need_the_one_above_it() -> None:
    assert label_of("Name", "Patient") == NAME
    assert label_of("Name", "Protocol") == 0
    assert label_of("FamilyName", "Coil") == LABELS["familyname"]


@pytest.mark.parametrize(
    ("tag", "text", "value"),
    [
        (BIRTH, "1956-03-04", "19560304"),
        (BIRTH, "1956-03-04T00:00:00Z", "19560304"),
        (BIRTH, "19560304112233", "19560304"),
        (BIRTH, "4.3.1956", "19560304"),
        (BIRTH, "4 Mar 1956", "4 Mar 1956"),
        (BIRTH, "0001-01-01", ""),
        (BIRTH, "00000000", ""),
        (WEIGHT, "0.0", ""),
        (WEIGHT, " 77.5 ", "77.5"),
        (NAME, '""Quintero""', "Quintero"),
        (NAME, " \0 --- ", ""),
        (NAME, "Quintero " * 40, ""),
    ],
)
def test_values_are_written_as_their_attribute_has_them(tag: int, text: str, value: str) -> None:
    assert fitted(tag, text) == value


def test_every_label_has_a_name_in_the_dictionary() -> None:
    for name, tag in LABELS.items():
        assert folded(name) == name
        assert label(tag)[2], hex(tag)


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_key_and_value_are_no_error(key: str, value: str) -> None:
    tag = label_of(key, value)
    assert tag == 0 or tag in LABELS.values()
    assert isinstance(fitted(BIRTH, value), str)


def test_where_a_value_is_from_may_stand_before_the_name_of_its_field() -> None:
    for key in (
        "dcmPatientName",
        "xnat:dcmPatientName",
        "PHI-PatientName",
        "original_patient_name",
    ):
        assert label_of(key) == 0x00100010
    assert label_of("dcmPatientZoo") == 0
