from vestige.sensitive import Sensitive
from vestige.statement import OF_ONE_FILE, Statement, Tag

ABOUT = Statement(
    {
        Tag.PATIENT_NAME: Sensitive("Probe^Paula"),
        Tag.IMAGE_TYPE: Sensitive("original\\Primary\\"),
        Tag.PATIENT_IDENTITY_REMOVED: Sensitive("yes"),
        Tag.STUDY_INSTANCE_UID: Sensitive("1.2.3"),
        Tag.SERIES_INSTANCE_UID: Sensitive("1.2.3 Probe"),
    }
)


def test_what_is_absent_is_empty() -> None:
    assert ABOUT.value(Tag.PATIENT_ID) is None
    assert (ABOUT.text(Tag.PATIENT_ID), ABOUT.uid(Tag.FRAME_OF_REFERENCE_UID)) == ("", "")
    assert (ABOUT.words(Tag.MODALITY), ABOUT.answer(Tag.BURNED_IN_ANNOTATION)) == ((), "")


def test_values_are_read_as_what_they_are() -> None:
    assert ABOUT.words(Tag.IMAGE_TYPE) == ("ORIGINAL", "PRIMARY")
    assert ABOUT.answer(Tag.PATIENT_IDENTITY_REMOVED) == "YES"
    assert ABOUT.answer(Tag.PATIENT_NAME) == ""
    assert ABOUT.uid(Tag.STUDY_INSTANCE_UID) == "1.2.3"
    assert ABOUT.uid(Tag.SERIES_INSTANCE_UID) == ""


def test_other_values_take_the_place_of_those_before() -> None:
    other = ABOUT.with_values({Tag.PATIENT_NAME: None, Tag.PATIENT_ID: Sensitive("P-1")})
    assert other.value(Tag.PATIENT_NAME) is None
    assert other.text(Tag.PATIENT_ID) == "P-1"
    assert ABOUT.text(Tag.PATIENT_NAME) == "Probe^Paula"


def test_a_statement_shows_no_value() -> None:
    assert "Probe" not in f"{ABOUT} {ABOUT!r}"


def test_what_differs_from_file_to_file_is_named() -> None:
    assert set(Tag) > OF_ONE_FILE
