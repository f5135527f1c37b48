from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vestige.correlate import runs


@pytest.mark.parametrize(
    ("run", "folds"),
    [
        (b"QUINTERO", {"quintero"}),
        (b"AnaQuintero", {"anaquintero", "ana", "quintero"}),
        (b"quintero.ana2", {"quintero", "ana"}),
        (b"O'Zargo", {"ozargo", "o"}),
        ("Müller".encode(), {"muller", "mueller"}),
        ("«Иванов»".encode(), {"ivanov"}),
        (b"0048291", set()),
    ],
)
def test_a_run_has_the_folds_of_its_words(run: bytes, folds: set[str]) -> None:
    assert set(runs.spellings(run)) == folds


def test_short_names_are_cut_from_signs_that_no_space_parts() -> None:
    assert "王小明" in set(runs.names_of_signs("病人王小明男"))
    assert "wangxiaoming" in set(runs.spellings("病人王小明男".encode()))


def test_among_bytes_a_letter_more_at_both_ends_is_chance() -> None:
    assert "quintero" in set(runs.trims(b"xQUINTEROZ"))
    assert "uinter" not in set(runs.spellings(b"QUINTERO"))


@pytest.mark.parametrize(
    ("run", "codes"),
    [
        (b"0048291", {"0048291"}),
        (b"PAT0048291x", {"PAT0048291X", "0048291"}),
        (b"IM000123.dcm", {"IM000123", "000123"}),
        (b"0.0048291", set()),
        (b"1.2.840.10008", set()),
        (b"abc", set()),
        (b"a12", set()),
    ],
)
def test_numbers_are_whole_and_no_decimals(run: bytes, codes: set[str]) -> None:
    assert set(runs.codes([run])) == codes


def test_a_day_is_written_in_the_orders_of_people() -> None:
    found = set(runs.in_digits(date(1961, 2, 3)))
    assert {"19610203", "03021961", "02031961", "610203", "030261", "020361"} == found


def test_a_sign_counts_for_more_than_a_letter() -> None:
    assert runs.letters("Li, Na") == 4
    assert runs.letters("王小明") == 9
    assert runs.letters_of(b"O'Zargo12") == 7


@given(st.binary(max_size=80))
def test_any_bytes_are_runs(data: bytes) -> None:
    for word in data.split():
        assert all(isinstance(fold, str) for fold in runs.trims(word))
    assert all(len(code) >= 4 for code in runs.codes(data.split()))
