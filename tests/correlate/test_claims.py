import random

import pytest

from vestige.correlate import claims
from vestige.correlate.claims import CHECKS, Series, is_called_clean
from vestige.model import Band, RuleError


def series(number: int, worst: Band = Band.INFO, files: int = 3, **facts: str) -> Series:
    return Series(number, facts, files, worst)


@pytest.mark.parametrize(
    "name",
    [
        "anon",
        "export_ANON",
        "anonymised",
        "Anonymisiert_2020",
        "deid",
        "de-identified",
        "DEIDENT",
        "pseudonymized",
        "nophi",
        "data-cleaned",
        "anonimizado",
    ],
)
def test_folders_that_say_their_content_was_cleaned(name: str) -> None:
    assert is_called_clean(name)


@pytest.mark.parametrize(
    "name", ["export", "canon", "Kanone", "android", "raw", "deideris", "SUB-001", "unclean", "phi"]
)
def test_folders_that_say_nothing_of_the_kind(name: str) -> None:
    assert not is_called_clean(name)


def test_a_claim_in_the_object_takes_the_place_of_one_in_the_path() -> None:
    dirty = series(1, Band.HIGH)._replace(is_called_clean=True)
    said = series(2, Band.HIGH, removed="YES")._replace(is_called_clean=True)
    clean = series(3, Band.LOW)._replace(is_called_clean=True)
    assert list(claims.called_clean_but_real([dirty, said, clean])) == [1]


def test_series_without_a_number_share_none() -> None:
    volume = [series(1, sex="F"), series(2, sex="M")]
    assert list(claims.one_number_two_people(volume)) == []


def test_copies_and_siblings_are_two_things() -> None:
    raw = series(1, Band.HIGH, study="s", series="a")
    copy = series(2, study="s", series="a")
    sibling = series(3, study="s", series="b")
    assert sorted(claims.raw_beside_clean([raw, copy])) == [1, 2]
    assert list(claims.sibling_is_real([raw, copy])) == []
    assert list(claims.sibling_is_real([raw, sibling])) == [1]


def test_files_with_a_number_each_need_a_study_in_common() -> None:
    volume = [series(n, files=1, patient=f"p{n}", study="s") for n in range(1, 4)]
    assert sorted(claims.one_number_a_file(volume)) == [1, 2, 3]
    apart = [one._replace(facts={**one.facts, "study": f"s{one.number}"}) for one in volume]
    assert list(claims.one_number_a_file(apart)) == []


def test_dates_by_chance_show_no_weekdays() -> None:
    chance = random.Random(3)  # noqa: S311 - chance, not secrecy
    for _ in range(200):
        volume = [
            series(n, temporal="MODIFIED", patient=f"p{n}", weekday=str(chance.randrange(7)))
            for n in range(60)
        ]
        assert list(claims.weekdays_show_through(volume)) == []


def test_an_unknown_check_is_refused() -> None:
    with pytest.raises(RuleError, match="nobody"):
        claims.check("nobody")
    assert all(claims.check(name) is check for name, check in CHECKS.items())
