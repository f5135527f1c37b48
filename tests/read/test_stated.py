import pytest

from tests.read.build import explicit, header_of, item, part_10, patient, private, sequence
from vestige.read.stated import statement
from vestige.statement import Tag


def test_facts_are_what_the_object_says_of_itself() -> None:
    code = item(explicit(0x00080100, "SH", b"113100"))
    other = item(explicit(0x00080100, "SH", b"999999"))
    data_set = b"".join(
        (
            explicit(0x00080016, "UI", b"1.2.840.10008.5.1.4.1.1.4\0"),
            explicit(0x00080018, "UI", b"2.25.1234"),
            explicit(0x00081140, "SQ", other),
            patient()[18:],
            explicit(0x00120062, "CS", b"YES "),
            explicit(0x00120063, "LO", b"Basic Profile "),
            sequence(0x00120064, code),
            private(b"SIEMENS CSA HEADER"),
        )
    )
    about = statement(header_of(part_10(data_set)))
    assert about.uid(Tag.SOP_CLASS_UID) == "1.2.840.10008.5.1.4.1.1.4"
    assert about.uid(Tag.SOP_INSTANCE_UID) == "2.25.1234"
    assert about.answer(Tag.PATIENT_IDENTITY_REMOVED) == "YES"
    assert about.codes == {"113100"}
    assert about.creators == {"SIEMENS CSA HEADER"}
    shown = [
        about.value(Tag.MODALITY),
        about.value(Tag.PATIENT_ID),
        about.value(Tag.PATIENT_NAME),
        about.value(Tag.DEIDENTIFICATION_METHOD),
    ]
    assert [one and one.reveal() for one in shown] == [
        "MR",
        "P-0001",
        "Probe^Paula",
        "Basic Profile",
    ]


def test_facts_that_are_missing_are_empty() -> None:
    about = statement(header_of(part_10(explicit(0x00080060, "CS", b""))))
    assert (
        about.value(Tag.PATIENT_ID),
        about.value(Tag.PATIENT_NAME),
        about.value(Tag.DEIDENTIFICATION_METHOD),
    ) == (None, None, None)
    assert (about.uid(Tag.SOP_CLASS_UID), about.codes) == ("", frozenset())


@pytest.mark.parametrize("value", [b"1.2.3 and a name", b"Probe^Paula", b"1" * 65])
def test_a_uid_that_is_none_is_empty(value: bytes) -> None:
    data_set = explicit(0x00080018, "UI", value) + explicit(0x0020000D, "UI", value)
    about = statement(header_of(part_10(data_set)))
    assert (about.uid(Tag.SOP_INSTANCE_UID), about.uid(Tag.STUDY_INSTANCE_UID)) == ("", "")


@pytest.mark.parametrize(
    ("value", "answer"), [(b"YES", "YES"), (b"no ", "NO"), (b"PROBE^PAULA", ""), (b"", "")]
)
def test_an_answer_is_yes_or_no_or_none(value: bytes, answer: str) -> None:
    about = statement(header_of(part_10(explicit(0x00120062, "CS", value))))
    assert about.answer(Tag.PATIENT_IDENTITY_REMOVED) == answer


@pytest.mark.parametrize(
    ("value", "said"), [(b"MODIFIED", "MODIFIED"), (b"removed ", "REMOVED"), (b"PROBE^PAULA ", "")]
)
def test_what_is_said_of_dates_is_one_of_three_words_or_nothing(value: bytes, said: str) -> None:
    assert statement(header_of(part_10(explicit(0x00280303, "CS", value)))).dates == said


def test_only_the_patient_at_the_top_is_whom_the_object_is_of() -> None:
    other = sequence(0x00081140, item(patient(b"Muster^Max")))
    about = statement(header_of(part_10(other + explicit(0x00100020, "LO", b"P-2"))))
    assert about.value(Tag.PATIENT_NAME) is None
    assert about.text(Tag.PATIENT_ID) == "P-2"


def test_method_codes_count_in_their_own_sequence_only() -> None:
    inner = sequence(0x00120064, item(explicit(0x00080100, "SH", b"113100")))
    about = statement(header_of(part_10(sequence(0x00081140, item(inner)))))
    assert about.codes == frozenset()
    words = sequence(0x00120064, item(explicit(0x00080100, "SH", b"Probe")))
    assert statement(header_of(part_10(words))).codes == frozenset()


def test_names_follow_the_character_set() -> None:
    name = "Жук^Иван"
    about = statement(header_of(part_10(patient(name.encode("iso8859_5"), b"ISO_IR 144"))))
    assert about.text(Tag.PATIENT_NAME) == name


def test_creators_in_sequences_count_too() -> None:
    data_set = sequence(0x00081140, item(private(b"INNER")), item(private(b"  ")))
    about = statement(header_of(part_10(data_set + private(b"OUTER"))))
    assert about.creators == {"INNER", "OUTER"}


def test_facts_show_themselves_masked() -> None:
    assert "Probe" not in repr(statement(header_of(part_10(patient()))))


def test_pictures_inside_sequences_are_known_by_the_outermost() -> None:
    picture = item(explicit(0x7FE00010, "OW", bytes(2)))
    outer = item(sequence(0x00081140, picture))
    data_set = b"".join(
        (
            sequence(0x00081199, outer),
            sequence(0x00880200, picture),
            explicit(0x7FE00010, "OW", bytes(4)),
        )
    )
    about = statement(header_of(part_10(data_set)))
    assert about.pictures == {0x00081199}, "an icon is judged as such, and the image is no second"
    assert 0x7FE00010 in about.holds


def test_the_bit_of_an_overlay_is_a_number() -> None:
    data_set = explicit(0x60000102, "US", b"\x0c\x00")
    about = statement(header_of(part_10(data_set)))
    assert about.text(Tag.OVERLAY_BIT_POSITION) == "12"
