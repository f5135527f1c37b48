"""Dates as they are written in names, and how births spread."""

from datetime import date, timedelta

import pytest

from vestige.correlate.birth_dates import dates, spread_as_births

DAYS = [date(1931, 2, 3) + timedelta(1_234 * number) for number in range(24)]


@pytest.mark.parametrize(
    "form", ["%Y%m%d", "%Y-%m-%d", "%d.%m.%Y", "%m/%d/%Y", "%d%m%Y", "x_%Y_%m_%d_y"]
)
def test_all_ways_of_writing_are_read(form: str) -> None:
    read = dates([day.strftime(form) for day in DAYS])
    assert read == [(day.year, day.month, day.day) for day in DAYS]


def test_a_year_of_two_digits_stays_as_it_is() -> None:
    assert dates([day.strftime("%y%m%d") for day in DAYS])[0] == (31, 2, 3)


def test_numbers_are_no_dates() -> None:
    assert dates([f"{number:08}" for number in range(19_990_000, 19_990_400)]) == []


def test_births_spread_over_decades() -> None:
    births = [(day.year, day.month, day.day) for day in DAYS]
    assert spread_as_births(births)
    assert not spread_as_births([(2010 + number % 9, 3, number + 1) for number in range(24)])
    assert not spread_as_births([(1965, 3, number + 1) for number in range(24)])
    assert not spread_as_births([])
