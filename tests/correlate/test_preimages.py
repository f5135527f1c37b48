"""Preimages: the spellings in which programs digest names, numbers and dates."""

from datetime import UTC, datetime

import pytest

from vestige.correlate.preimages import (
    Origin,
    Secret,
    birth_dates,
    numbers,
    pairs,
    same,
    spellings,
)
from vestige.sensitive import Sensitive


def spelt(text: str, origin: Origin) -> dict[bytes, str]:
    found: dict[bytes, str] = {}
    for raw, known_as in spellings(Secret(Sensitive(text), origin)):
        found.setdefault(raw, known_as)
    return found


def test_names_in_either_order_and_case() -> None:
    found = spelt("Zebrinsky^Anna^", Origin.NAME)
    for text in (
        *("Zebrinsky^Anna^", "Zebrinsky^Anna", "ZEBRINSKYANNA", "anna zebrinsky"),
        *("Anna_Zebrinsky", "Zebrinsky, Anna", "Zebrinsky^Anna^\n"),
    ):
        assert text.encode() in found, text
    assert "Zebrinsky^Anna^".encode("utf-16-le") in found


def test_other_letters_in_other_encodings() -> None:
    assert "Müller".encode("latin-1") in spelt("Müller", Origin.NAME)


def test_numbers_with_and_without_zeros_and_marks() -> None:
    found = spelt("00-4711", Origin.NUMBER)
    for text in ("00-4711", "004711", "4711", "00004711", "0000004711", "00-4711\n"):
        assert text.encode() in found, text


def test_dates_as_they_are_written_around_the_world() -> None:
    found = spelt("19610203", Origin.DATE)
    for text in ("19610203", "1961-02-03", "03.02.1961", "02/03/1961", "03/02/1961", "610203"):
        assert text.encode() in found, text


def test_what_ctp_digests() -> None:
    found = spelt("O'Zebrinsky^Anna^B", Origin.NAME)
    assert found[b"OZEBRINSKYANNAB"] == ""
    assert found[b"OZEBRINSKY"] == "@hashname of CTP"
    assert found[b"[1]O'Zebrinsky^Anna^B"] == "@hashptid of CTP"


def test_nothing_is_no_secret() -> None:
    assert spelt(" \0", Origin.NAME) == {}
    assert b"" not in spelt("...", Origin.NAME)
    assert b"" not in spelt("--", Origin.NUMBER)


def test_names_with_dates_of_birth() -> None:
    found = {one.text.reveal() for one in pairs(Sensitive("Zebrinsky^Anna"), Sensitive("19610203"))}
    assert {"ZA19610203", "Zebrinsky_19610203", "Zebrinsky^Anna^19610203"} <= found
    assert list(pairs(Sensitive("Zebrinsky"), Sensitive("unknown"))) == []
    assert list(pairs(Sensitive("^^"), Sensitive("19610203"))) == []


def test_all_days_since_1900() -> None:
    days = list(birth_dates())
    assert days[:3] == [b"19000101", b"1900-01-01", b"19000102"]
    assert len(set(days)) == len(days) > 90_000
    assert b"20000229" in days
    assert days == sorted(days, key=lambda day: (day.replace(b"-", b""), b"-" in day))
    assert days[-1].decode() == datetime.now(UTC).date().isoformat()


@pytest.mark.parametrize("digits", [1, 2, 3, 4, 5])
def test_all_numbers_of_so_many_digits(digits: int) -> None:
    assert list(numbers(digits)) == [str(one).zfill(digits).encode() for one in range(10**digits)]


def test_codes_that_differ_in_marks_are_the_same() -> None:
    assert same(Sensitive("S-0017"), Sensitive("s0017"))
    assert same(Sensitive("0017"), Sensitive("17"))
    assert not same(Sensitive("17"), Sensitive("18"))
