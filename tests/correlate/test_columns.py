"""Columns: numbers of names that differ only in their digits stand where one name has them."""

import pytest

from vestige.correlate import many
from vestige.correlate.columns import Names

FORMS = ("P-{:07}_{:02}.dcm", "mrn {:04}-{:04}-x.txt", "{:08}", "A{:08}B{:09}", "IM{:04}.jp2.gz")


@pytest.mark.parametrize("form", FORMS)
def test_columns_are_the_same_by_places_as_by_searching(form: str) -> None:
    names = [form.format(number * 37, number) for number in range(90)]
    forms = many.forms(names)
    alike = Names.of(names, forms)
    searched = Names(alike.texts, alike=False)
    assert alike.alike
    assert list(alike.columns()) == list(searched.columns())


@pytest.mark.parametrize("form", FORMS)
def test_a_column_of_all_names_goes_as_far_as_its_values(form: str) -> None:
    numbers = [(number * 37 % 91, number // 3) for number in range(90)]
    names = [form.format(*pair) for pair in numbers]
    forms = many.forms(names)
    sample = Names.of(names, forms, 4)
    for place, column in enumerate(Names.of(names, forms).columns()):
        assert sample.whole_column(place) == (min(column), max(column), len(set(column)))


def test_other_letters_are_other_names() -> None:
    names = Names.of(["a-0001.dcm", "b-0002.dcm"], ["a-9999.dcm", "b-9999.dcm"])
    assert not names.alike
    assert names.texts == ["a-0001", "b-0002"]
    assert list(names.columns())[-1] == ["0001", "0002"]
    assert names.whole_column(0) == ("", "", 0)
