"""Families of numbers that tell persons, and numbers that tell none."""

# ruff: noqa: S311 - seeded for tests, not for secrets

import random
import string
import uuid
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest

from vestige.correlate import numbers
from vestige.correlate.numbers import number_families
from vestige.correlate.templates import FoundFamily, Sibling
from vestige.model import Certainty, FamilyKind


def siblings(names: Sequence[str]) -> list[Sibling]:
    return [Sibling(number, name) for number, name in enumerate(names)]


def born(rng: random.Random) -> date:
    return date(1926, 1, 1) + timedelta(rng.randrange(33_000))


def seen(rng: random.Random) -> date:
    return date(2009, 1, 1) + timedelta(rng.randrange(5_500))


def initials(rng: random.Random) -> str:
    return "".join(rng.choices(string.ascii_uppercase, k=2))


def weighted(rng: random.Random) -> str:
    """A number of ten digits whose last is right modulo 11."""
    while True:
        digits = [rng.randrange(10) for _ in range(9)]
        check = -sum(d * w for d, w in zip(digits, range(10, 1, -1), strict=True)) % 11
        if check < 10:
            return "".join(map(str, [*digits, check]))


def lettered(rng: random.Random) -> str:
    """Eight digits and the letter that they make modulo 23."""
    number = rng.randrange(10_000_000, 100_000_000)
    return f"{number}{'TRWAGMYFPDXBNJZSQVHLCKE'[number % 23]}"


def timed(rng: random.Random) -> str:
    hour, minute, second = rng.randrange(24), rng.randrange(60), rng.randrange(60)
    return f"1.2.276.0.99.{seen(rng):%Y%m%d}{hour:02}{minute:02}{second:02}.{rng.randrange(10**6)}"


Maker = Callable[[random.Random], str]

PERSONS: dict[str, tuple[FamilyKind, Maker]] = {
    "compact": (FamilyKind.BIRTH_DATES, lambda r: f"{born(r):%Y%m%d}"),
    "day first": (FamilyKind.BIRTH_DATES, lambda r: f"{born(r):%d.%m.%Y}"),
    "six digits": (FamilyKind.BIRTH_DATES, lambda r: f"{born(r):%y%m%d}"),
    "behind a word": (FamilyKind.BIRTH_DATES, lambda r: f"sub-{born(r)}.zip"),
    "initials": (FamilyKind.INITIALS, lambda r: f"{initials(r)}_{born(r):%Y%m%d}"),
    "initials behind": (FamilyKind.INITIALS, lambda r: f"{born(r):%Y%m%d}-{initials(r)}"),
    "modulo 11": (FamilyKind.RECORD_NUMBERS, weighted),
    "modulo 11 and a day": (FamilyKind.RECORD_NUMBERS, lambda r: f"{weighted(r)}_{seen(r)}"),
    "letter": (FamilyKind.RECORD_NUMBERS, lettered),
    "labelled": (FamilyKind.RECORD_NUMBERS, lambda r: f"MRN{r.randrange(10**8):08}"),
    "accession": (FamilyKind.ACCESSION_NUMBERS, lambda r: f"ACC{r.randrange(10**8):08}"),
    "by year": (FamilyKind.ACCESSION_NUMBERS, lambda r: f"{seen(r).year}MR{r.randrange(10**6):06}"),
    "times": (FamilyKind.UID_TIMES, timed),
    "times of files": (FamilyKind.UID_TIMES, lambda r: f"{timed(r)}.dcm"),
}


def found(names: Sequence[str]) -> list[FoundFamily]:
    return number_families(siblings(names))


@pytest.mark.parametrize("form", PERSONS)
@pytest.mark.parametrize("count", [12, 300])
def test_numbers_of_persons_are_a_family(form: str, count: int) -> None:
    kind, make = PERSONS[form]
    rng = random.Random(form)
    (family,) = found([make(rng) for _ in range(count)])
    assert family.kind is kind
    assert len(family.members) == count
    persons = kind not in (FamilyKind.UID_TIMES, FamilyKind.ACCESSION_NUMBERS)
    assert (family.subjects > 0) is persons


NOBODY: dict[str, Maker] = {
    "days": lambda r: f"{seen(r):%Y%m%d}",
    "modality and day": lambda r: f"{r.choice(['CT', 'MR', 'PT'])}_{seen(r):%Y-%m-%d}",
    "initials and day": lambda r: f"{initials(r)}_{seen(r):%Y%m%d}",
    "seconds": lambda r: f"{1_500_000_000 + r.randrange(10**8)}",
    "milliseconds": lambda r: f"{1_500_000_000_000 + r.randrange(10**11)}",
    "versions": lambda r: f"{r.randrange(4)}.{r.randrange(20)}.{r.randrange(30)}",
    "uuids": lambda r: str(uuid.UUID(int=r.getrandbits(128), version=4)),
    "random uids": lambda r: f"2.25.{r.getrandbits(120)}",
    "random numbers": lambda r: f"{r.randrange(10**8):08}",
    "codes": lambda r: f"TRIAL-{r.randrange(10**5):05}",
}


@pytest.mark.parametrize("form", NOBODY)
@pytest.mark.parametrize("count", [12, 300])
def test_numbers_of_nobody_are_no_family(form: str, count: int) -> None:
    for seed in range(20):
        rng = random.Random(f"{form}{seed}")
        assert found([NOBODY[form](rng) for _ in range(count)]) == []


def test_a_date_behind_words_that_vary_is_said_of_the_words() -> None:
    rng = random.Random(7)
    names = [f"{''.join(rng.choices(string.ascii_lowercase, k=6))}_{born(rng)}" for _ in range(90)]
    assert found(names) == []


def test_stamps_of_time_are_no_accession_numbers() -> None:
    rng = random.Random(6)
    assert found([f"v{seen(rng):%Y%m%d}{rng.randrange(24):02}30-r" for _ in range(40)]) == []


@pytest.mark.parametrize("pattern", ["{:04}", "{:06}", "IM{:06}.dcm", "MRN{:06}", "{}"])
def test_numbers_counted_up_are_no_family(pattern: str) -> None:
    assert found([pattern.format(number) for number in range(1, 1_001)]) == []


def test_days_in_a_row_are_no_births() -> None:
    assert found([f"{date(1975, 1, 1) + timedelta(day)}" for day in range(400)]) == []


def test_four_in_five_right_digits_are_proof() -> None:
    rng = random.Random(8)
    names = [
        weighted(rng) if number % 6 else f"{rng.randrange(10**10):010}" for number in range(90)
    ]
    (family,) = found(names)
    assert family.verdict is Certainty.CERTAIN
    assert family.share < 1


def test_initials_and_birth_date_tell_one_person_once() -> None:
    rng = random.Random(9)
    names = [f"{initials(rng)}_{born(rng):%Y%m%d}" for _ in range(20)]
    (family,) = found([*names, *(f"{name.lower()}" for name in names[:5])])
    assert len(family.members) == 25
    assert family.subjects == 20


PUBLIC = Path(__file__).parents[3] / "shared" / "data" / "names" / "idc_PatientID.txt"


@pytest.mark.skipif(not PUBLIC.exists(), reason="the list of public subject IDs is not here")
def test_public_subject_ids_are_no_family() -> None:
    by_prefix: dict[str, list[str]] = {}
    for line in PUBLIC.read_text(encoding="utf-8").split():
        by_prefix.setdefault(line.rstrip(string.digits), []).append(line)
    assert [found(names) for names in by_prefix.values() if found(names)] == []


@pytest.mark.parametrize("name", PERSONS)
@pytest.mark.parametrize("beside", ["", "abdomen", "DEADBEEFDEADBEEF-", "mr AAAAA_xyz."])
def test_families_are_the_same_however_many_forms_there_are(
    name: str, beside: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    rng, (_, make) = random.Random(name), PERSONS[name]
    ones = siblings([f"{beside}{make(rng)}" for _ in range(60)])
    found = number_families(ones)
    monkeypatch.setattr(numbers, "_MANY_FORMS", 0)
    assert number_families(ones) == found
    assert found or beside
