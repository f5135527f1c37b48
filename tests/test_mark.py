"""Marks: the most telling form comes first, and equal marks are one."""

from vestige.mark import Form, Mark


def test_the_most_telling_form_comes_first() -> None:
    forms = list(Form)
    assert forms.index(Form.NAMES) < forms.index(Form.NUMBER) < forms.index(Form.NAME)
    assert forms[-1] is Form.RUN


def test_equal_marks_are_one_and_show_no_letter() -> None:
    mark = Mark(Form.NAME, b"12345678")
    assert len({mark, Mark(Form.NAME, b"12345678"), Mark(Form.BIRTH, b"12345678")}) == 2
