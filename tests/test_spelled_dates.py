from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vestige.spelled_dates import dates, day_of

DAY = date(1961, 2, 13)
SPELLINGS = (
    "19610213",
    "1961-02-13",
    "1961.02.13",
    "1961/02/13",
    "1961_02_13",
    "1961 02 13",
    "13.02.1961",
    "13-02-1961",
    "13/02/1961",
    "13_2_1961",
    "02/13/1961",
    "2-13-1961",
    "13021961",
    "02131961",
    "19610213101500",
    "610213",
    "130261",
    "021361",
    "13.02.61",
    "02/13/61",
    "61-02-13",
    "13 Feb 1961",
    "13-FEB-1961",
    "13FEB1961",
    "Feb 13, 1961",
    "February 13th, 1961",
    "13th of February 1961",
    "1961 Feb 13",
    "13. Februar 1961",
    "13 février 1961",
    "13 de febrero de 1961",
    "13 de fevereiro de 1961",
    "13 febbraio 1961",
    "13 lutego 1961",
    "13. února 1961",
    "13 Şubat 1961",
    "13.II.1961",
    "1961年2月13日",
    "1961년 2월 13일",
    "١٣/٠٢/١٩٦١",
)


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize("frame", ["{}", "SMITH_{}.dcm", "geb. {} in X"])
def test_a_day_is_known_in_any_spelling(spelling: str, frame: str) -> None:
    text = frame.format(spelling)
    found = [one for one in dates(text) if one.day == DAY]
    assert found
    assert all(any(map(str.isdecimal, text[one.start : one.end])) for one in found)


@pytest.mark.parametrize(
    "text", ["20261301", "19610230", "1.2.840.10008", "12", "13 Foo 1961", "99.99.1961", ""]
)
def test_what_is_no_day_is_none(text: str) -> None:
    assert not [one for one in dates(text) if one.sure]


def test_six_digits_alone_are_not_sure() -> None:
    assert {one.sure for one in dates("610213")} == {False}
    assert {one.sure for one in dates("19610213")} == {True}


@given(st.dates(date(1900, 1, 1), date(2049, 12, 31)))
def test_every_day_is_found_where_its_digits_stand(day: date) -> None:
    text = f"x {day:%d.%m.%Y} y"
    assert day in {one.day for one in dates(text)}
    assert day_of(f"{day:%Y%m%d}") == day


@given(st.text(alphabet="0123456789-./_ FebMaraugII年月", max_size=40))
def test_any_text_gives_days_within_it(text: str) -> None:
    for one in dates(text):
        assert 0 <= one.start < one.end <= len(text)


@pytest.mark.parametrize(("text", "day"), [("1961.02.13", DAY), ("19610213", DAY), ("1961", None)])
def test_a_dicom_date_is_a_day(text: str, day: date | None) -> None:
    assert day_of(text) == day
