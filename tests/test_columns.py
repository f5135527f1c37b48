import pytest
from hypothesis import given
from hypothesis import strategies as st

from vestige.columns import Role, role

KNOWN = {
    Role.FAMILY: ("Surname", "last_name", "Apellidos", "Primer apellido", "NACHNAME", "Фамилия"),
    Role.GIVEN: ("givenName", "First name", "Vorname", "Prénom", "nombre_de_pila", "voornaam"),
    Role.FULL: (
        "PatientName",
        "patient name",
        "Nombre y apellidos",
        "姓名",
        "Full name",
    ),
    Role.NUMBER: (
        "MRN",
        "Medical record number",
        "patient_id (old)",
        "NHC",
        "Fallnr.",
        "codice fiscale",
    ),
    Role.BIRTH: ("DOB", "Date of birth", "Geburtsdatum", "fecha_nacimiento", "生年月日"),
    Role.LABEL: ("Name", "nombre", "Nom"),
    Role.PATIENT: ("PatientID", "Patient ID"),
    Role.CODE: ("pseudonym", "study_code", "AnonID", "UUID", "subject", "new_id"),
}


@pytest.mark.parametrize(
    ("heading", "wanted"), [(word, kind) for kind, words in KNOWN.items() for word in words]
)
def test_headings_are_known_in_many_languages(heading: str, wanted: Role) -> None:
    assert role(heading) is wanted


@pytest.mark.parametrize(
    "heading", ["modality", "age", "Series description", "file", "", "42", "hospital", "protocol"]
)
def test_other_headings_announce_nobody(heading: str) -> None:
    assert role(heading) is Role.OTHER


@given(st.text(max_size=60))
def test_any_text_is_a_heading_or_none(text: str) -> None:
    assert role(text) in Role
