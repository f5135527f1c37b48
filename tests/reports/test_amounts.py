from datetime import UTC, datetime

import pytest
from babel.dates import format_date
from babel.numbers import format_decimal

from vestige.reports import amounts
from vestige.reports.language import ENGLISH, LANGUAGES, language

SPANISH = language("es")


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("value", [0, 7, 999, 10_000, 123_456, 5_000_000, -12_345])
def test_numbers_are_written_as_in_the_language(code: str, value: int) -> None:
    assert amounts.number(language(code), value) == format_decimal(value, locale=code)


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("value", [0.0, 0.1, 7.5, 999.9, 99_999.4])
def test_decimals_are_written_as_in_the_language(code: str, value: float) -> None:
    told = format_decimal(value, format="#,##0.#", locale=code)
    assert amounts.tenths(language(code), value) == told


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("month", range(1, 13))
def test_days_are_written_as_in_the_language(code: str, month: int) -> None:
    time = datetime(2019, month, 3, 6, 5, tzinfo=UTC)
    pattern = "d MMMM y" if code == "en" else "d 'de' MMMM 'de' y"
    told = format_date(time, pattern, locale=code)
    assert amounts.day(language(code), int(time.timestamp()) * 10**9) == told
    assert amounts.moment(language(code), time.isoformat()) == f"{told}, 06:05 UTC"


def test_numbers_of_four_digits_have_a_mark_in_english_alone() -> None:
    """As the academies of Spanish ask, and as browsers write them."""
    assert amounts.number(ENGLISH, 1_000) == "1,000"
    assert amounts.number(SPANISH, 9_999) == "9999"
    assert amounts.tenths(SPANISH, 1_234.5) == "1234,5"


def test_sizes_and_parts_have_the_marks_of_the_language() -> None:
    assert amounts.size(SPANISH, 1_234_000) == "1,2 MB"
    assert amounts.size(SPANISH, 1) == "1 byte"
    assert amounts.size(ENGLISH, 1_234_000) == "1.2 MB"
    assert amounts.part(SPANISH, 1, 3) == "33,3 %"
    assert amounts.part(SPANISH, 1, 100_000) == "menos del 0,1 %"
    assert amounts.counted(SPANISH, 1, "file") == "1 fichero"
    assert amounts.counted(SPANISH, 12_345, "file") == "12.345 ficheros"


def test_what_is_not_known_is_said_so_in_the_language() -> None:
    assert amounts.day(SPANISH, 0) == amounts.moment(SPANISH, "") == "no se conoce"
    assert amounts.day(SPANISH, 2**63 * 2**30) == "no se conoce"
    assert amounts.moment(SPANISH, "soon") == "soon"
