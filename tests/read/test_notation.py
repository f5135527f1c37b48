import pytest
from hypothesis import given
from hypothesis import strategies as st

from vestige.read.fields import Field
from vestige.read.notation import of_json

NAME, NUMBER, BIRTH = 0x00100010, 0x00100020, 0x00100030


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('{"patientName": "Quintero"}', [(NAME, "Quintero")]),
        ('{"patient": {"name": "Quintero", "id": 4711}}', [(NAME, "Quintero"), (NUMBER, "4711")]),
        ('{"00100010": {"vr": "PN", "Value": [{"Alphabetic": "Q^M"}]}}', [(NAME, "Q^M")]),
        ('[{"name": "PatientID", "value": "X12"}]', [(NUMBER, "X12")]),
        ('{"birthDate": "1956-03-04", "birthDate": "x"}', [(BIRTH, "1956-03-04"), (BIRTH, "x")]),
        (r'{"patientName": "M\u00fcller", "cut": "of', [(NAME, "Müller")]),
        ('{"coil": {"name": "HEAD"}, "n": 7}', []),
    ],
)
def test_labels_are_found_where_json_has_them(text: str, found: list[tuple[int, str]]) -> None:
    assert [(one.tag, one.text) for one in of_json(text) if one.tag] == found


def test_strings_without_a_label_are_told_too() -> None:
    assert list(of_json('{"a": ["b", 7, null, true]}')) == [Field(0, "b")]


@pytest.mark.parametrize(
    "text", ["[" * 100_000, '{"a":' * 5_000 + "1" + "}" * 5_000, "[" + "9" * 5_000 + "]"]
)
def test_depth_and_size_are_no_error(text: str) -> None:
    assert not [one for one in of_json(text) if one.tag]


@given(st.one_of(st.text(max_size=200), st.text(alphabet='{}[]":,\\u0a1', max_size=200)))
def test_any_text_is_no_error(text: str) -> None:
    assert all(isinstance(one.text, str) for one in of_json(text))
