"""Marks as they are kept."""

from vestige import lexicon, shipped
from vestige.identity import Form, Marker
from vestige.trace import form_of, packed, records, unpacked

MARKER = Marker(b"k" * 32, lexicon.load(shipped.rules() / "lexicons").ordinary)


def test_marks_come_back_as_they_were() -> None:
    marks = MARKER.of_person("Zargothy^Quillonia", "0048291", "19610203")
    assert frozenset(unpacked(packed(marks))) == marks
    assert {form_of(record) for record in records(packed(marks))} == {m.form for m in marks}


def test_equal_marks_are_kept_once_and_in_one_order() -> None:
    marks = [sign.mark for sign in MARKER.in_text("Zargothy Quillonia Zargothy")]
    assert packed(marks) == packed(reversed([*marks, *marks]))
    assert Form.NAMES in {mark.form for mark in unpacked(packed(marks))}
    assert b"argothy" not in packed(marks).lower()
