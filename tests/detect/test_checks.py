from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vestige.detect.checks import (
    CHECKS,
    birth_like_date,
    check,
    number_plate,
    plausible_date,
    spelt_date,
    telephone,
    us_ssn,
)
from vestige.model import RuleError

BOUNDS = (date(1900, 1, 1), date(2049, 12, 31))
MARKS = st.sampled_from("-_./ ")


@pytest.mark.parametrize(
    "value",
    ["19610203", "1961-02-03", "1961.02.03", "20240229", "3.2.1961", "03/02/1961", "12/31/1999"],
)
def test_days_that_the_calendar_has(value: str) -> None:
    assert plausible_date(value)


@pytest.mark.parametrize(
    "value",
    ["19619903", "20230229", "1961-02", "18991231", "20500101", "31.31.1961", "", "a", "0"],
)
def test_days_that_it_has_not(value: str) -> None:
    assert not plausible_date(value)


def has_day(year: int, month: int, day: int) -> bool:
    """Whether the calendar has the day, by counting the lengths of months."""
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    lengths = [31, 29 if leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return 1900 <= year <= 2049 and 1 <= month <= 12 and 1 <= day <= lengths[month - 1]


@given(st.integers(0, 9999), st.integers(0, 99), st.integers(0, 99), MARKS | st.just(""))
def test_dates_that_begin_with_the_year(year: int, month: int, day: int, mark: str) -> None:
    value = f"{year:04}{mark}{month:02}{mark}{day:02}"
    assert plausible_date(value) == has_day(year, month, day)


@given(st.integers(0, 9999), st.integers(0, 99), st.integers(0, 99), MARKS)
def test_dates_that_end_with_the_year(year: int, first: int, second: int, mark: str) -> None:
    value = f"{first}{mark}{second}{mark}{year:04}"
    assert plausible_date(value) == (has_day(year, first, second) or has_day(year, second, first))


@given(st.dates(*BOUNDS))
def test_every_day_in_its_common_spellings(day: date) -> None:
    for form in ("%Y%m%d", "%Y-%m-%d", "%d.%m.%Y", "%m/%d/%Y"):
        assert plausible_date(day.strftime(form))


@pytest.mark.parametrize("value", ["123-45-6788", "001-01-0001", "665-99-9999", "899-12-3456"])
def test_numbers_that_can_have_been_issued(value: str) -> None:
    assert us_ssn(value)


@pytest.mark.parametrize(
    "value",
    ["000-12-3456", "666-12-3456", "900-12-3456", "123-00-4567", "123-45-0000", "078-05-1120"],
)
def test_numbers_that_never_were(value: str) -> None:
    assert not us_ssn(value)


@given(st.integers(0, 999), st.integers(0, 99), st.integers(0, 9999))
def test_numbers_by_their_parts(area: int, group: int, serial: int) -> None:
    value = f"{area:03}-{group:02}-{serial:04}"
    samples = {(78, 5, 1120), (219, 9, 9999), (123, 45, 6789)}
    fits = 0 < area < 900 and area != 666 and group > 0 and serial > 0
    assert us_ssn(value) == (fits and (area, group, serial) not in samples)


@pytest.mark.parametrize(
    "value",
    [
        "3.2.61",
        "03FEB61",
        "3 de febrero de 1961",
        "1961-Feb-03",
        "03021961",
        "02/03/61",
        "19610203",
    ],
)
def test_days_in_any_spelling(value: str) -> None:
    assert spelt_date(value)


@pytest.mark.parametrize(
    "value", ["31.31.61", "32 Feb 1961", "99999999", "1.2", "Feb 1961", "1.2.3.4"]
)
def test_days_in_no_spelling(value: str) -> None:
    assert not spelt_date(value)


@given(st.dates(date(1926, 1, 1), date(1989, 12, 31)))
def test_days_before_there_were_images(day: date) -> None:
    for form in ("%Y%m%d", "%d.%m.%Y", "%d%b%Y", "%Y-%m-%d"):
        assert birth_like_date(day.strftime(form))
        assert not birth_like_date(day.replace(year=2019, day=1).strftime(form))
        assert not birth_like_date(day.replace(year=1925, day=1).strftime(form))
    assert not birth_like_date("31.31.1961")


def test_telephones_are_no_dates() -> None:
    assert telephone("91 555 12 34")
    assert not telephone("2019-03-17")


def test_plates_have_letters_and_digits() -> None:
    assert number_plate("M-AB 1234")
    assert not number_plate("12345")
    assert not number_plate("AB 1")


@given(st.text())
def test_no_check_raises(value: str) -> None:
    for named in CHECKS.values():
        assert named(value) in (True, False)


def test_checks_are_known_by_name() -> None:
    assert check("us-ssn") is us_ssn
    with pytest.raises(
        RuleError, match=r"'no-such' is unknown; checks are birth-like-date, .*, us-ssn"
    ):
        check("no-such")
