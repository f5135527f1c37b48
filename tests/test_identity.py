import pytest
from hypothesis import given
from hypothesis import strategies as st

from vestige import lexicon, shipped
from vestige.identity import STRONG, Form, Marker

LEXICON = lexicon.load(shipped.rules() / "lexicons")
KEY = b"k" * 32
MARKER = Marker(KEY, LEXICON.ordinary)
PERSON = MARKER.of_person("QUINTERO ZARGO^Ana María", "MRN-0048291", "19610203")


def forms(text: str, marker: Marker = MARKER) -> set[Form]:
    person = marker.of_person("QUINTERO ZARGO^Ana María", "MRN-0048291", "19610203")
    return {sign.mark.form for sign in marker.in_text(text) if sign.mark in person}


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("QUINTERO_ANA", Form.NAMES),
        ("ana maria quintero", Form.NAMES),
        ("Quintero Zargo", Form.NAMES),
        ("scan of María Zargo, left knee", Form.NAMES),
        ("Quintero, A.", Form.INITIAL_AND_NAME),
        ("aquintero_T1", Form.INITIAL_AND_NAME),
        ("quinterozargo", Form.JOINED),
        ("QUINTEROANA_CT", Form.JOINED),
        ("anaoretniuq", Form.JOINED),
        ("QUINTERO_3f2a77c1", Form.NAME),
        ("oretniuq", Form.NAME),
        ("QUINTERO%20Zargo", Form.NAMES),
        ("ZARGO-3.2.1961", Form.NAME_AND_BIRTH),
        ("quintero 030261", Form.NAME_AND_BIRTH),
        ("AQ_1961-02-03", Form.INITIALS_AND_BIRTH),
        ("born 3 Feb 1961", Form.BIRTH),
        ("MRN 0048291", Form.NUMBER),
        ("pat0048291x.dcm", Form.NUMBER),
        ("export_48291", Form.NUMBER),
        ("004-82-91", Form.NUMBER),
    ],
)
def test_a_person_is_known_in_any_form(text: str, form: Form) -> None:
    assert form in forms(text)


@pytest.mark.parametrize(
    "text",
    [
        "Head^Routine",
        "1.2.840.10008.0048291",
        "00482911-0000-4000-8000-000000000001",
        "QUINTANA_ANNA",
        "1961-02-04",
        "48292",
        "",
    ],
)
def test_a_text_of_others_bears_no_mark(text: str) -> None:
    assert forms(text) == set()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("王^小明", "王小明_CT"),
        ("王^小明", "wang xiaoming"),
        ("Müller^Jürgen", "MUELLER_JUERGEN"),
        ("Müller^Jürgen", "Mu\u0308ller, Jurgen"),
        ("Wang^XiaoDong=王^小东", "王 小东"),
        ("DE LA ZARGO^Iu", "IU_DELAZARGO"),
        ("Zargothy, Quillonia", "quillonia.zargothy"),
        ("Quillonia Zargothy", "ZARGOTHY^QUILLONIA"),
        ("Иванов^Иван", "ivan ivanov"),
    ],
)
def test_names_are_known_across_scripts_and_spellings(name: str, text: str) -> None:
    person = MARKER.of_person(name)
    assert {sign.mark.form for sign in MARKER.in_text(text) if sign.mark in person} & STRONG


def test_one_letter_more_is_nearly_the_name_if_asked_for() -> None:
    near = Marker(KEY, LEXICON.ordinary, near=True)
    assert Form.NEARLY not in forms("QUINTTERO_CT")
    for text in ("QUINTTERO_CT", "QUINERO_CT", "QUONTERO_CT"):
        assert Form.NEARLY in forms(text, near)
    assert forms("ROUTINE_CT", near) == set()


def test_ordinary_words_are_no_mark_alone() -> None:
    person = MARKER.of_person("Head^Routine")
    assert {s.mark.form for s in MARKER.in_text("Head") if s.mark in person} == set()
    assert {s.mark.form for s in MARKER.in_text("Routine, Head") if s.mark in person} == {
        Form.NAMES
    }


def test_marks_of_another_key_are_others() -> None:
    other = Marker(b"o" * 32, LEXICON.ordinary)
    person = {mark.digest for mark in PERSON}
    assert person.isdisjoint(sign.mark.digest for sign in other.in_text("QUINTERO_ANA 0048291"))


def test_spans_are_of_the_text() -> None:
    text = "x QUINTERO_ANA y"
    (sign,) = (s for s in MARKER.in_text(text) if s.mark in PERSON and s.mark.form is Form.NAMES)
    assert text[sign.start : sign.end] == "QUINTERO_ANA"


@given(st.text(max_size=80))
def test_any_text_can_be_marked(text: str) -> None:
    for sign in MARKER.in_text(text):
        assert 0 <= sign.start < sign.end


@given(st.text(max_size=60), st.text(max_size=20), st.text(max_size=12))
def test_any_person_can_be_marked(name: str, number: str, birth: str) -> None:
    assert all(len(mark.digest) == 8 for mark in MARKER.of_person(name, number, birth))
