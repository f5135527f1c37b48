import pytest
from hypothesis import given
from hypothesis import strategies as st

from vestige.columns import Column, column

KNOWN = {
    Column.SURNAME: ("Surname", "last_name", "Apellidos", "Primer apellido", "NACHNAME", "Фамилия"),
    Column.GIVEN: ("givenName", "First name", "Vorname", "Prénom", "nombre_de_pila", "voornaam"),
    Column.NAME: (
        "PatientName",
        "patient name",
        "Nombre y apellidos",
        "Nom",
        "姓名",
        "Name (full)",
    ),
    Column.NUMBER: ("MRN", "Patient ID", "patient_id (old)", "NHC", "Fallnr.", "codice fiscale"),
    Column.BIRTH: ("DOB", "Date of birth", "Geburtsdatum", "fecha_nacimiento", "生年月日"),
    Column.CODE: ("pseudonym", "study_code", "AnonID", "UUID", "subject", "new_id"),
}


@pytest.mark.parametrize(
    ("heading", "wanted"), [(word, kind) for kind, words in KNOWN.items() for word in words]
)
def test_headings_are_known_in_many_languages(heading: str, wanted: Column) -> None:
    assert column(heading) is wanted


@pytest.mark.parametrize(
    "heading", ["modality", "age", "Series description", "file", "", "42", "hospital", "protocol"]
)
def test_other_headings_announce_nobody(heading: str) -> None:
    assert column(heading) is None


@given(st.text(max_size=60))
def test_any_text_is_a_heading_or_none(text: str) -> None:
    assert column(text) in (None, *Column)
