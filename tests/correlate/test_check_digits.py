"""Check digits prove a set of numbers, and never a few."""

# ruff: noqa: S311 - seeded for tests, not for secrets

import random
from importlib import import_module

import pytest

from vestige.correlate.check_digits import SCHEMES, scheme
from vestige.registers import is_right


@pytest.mark.parametrize("name", [name for name, _, _ in SCHEMES])
def test_every_scheme_survives_any_text(name: str) -> None:
    assert callable(import_module(f"stdnum.{name}").is_valid)
    for text in ("", "0", "x", "\u0663" * 11, "00000000000", "9" * 18, "A" * 16):
        assert is_right(name, text) in (True, False)


def _luhn(digits: str) -> str:
    total = sum(
        sum(divmod(int(d) * (2 - place % 2), 10)) for place, d in enumerate(reversed(digits))
    )
    return digits + str(-total % 10)


def test_a_scheme_is_told_by_its_numbers() -> None:
    rng = random.Random(1)
    numbers = [_luhn(f"{rng.randrange(10**7):07}") for _ in range(30)]
    assert scheme(numbers) == "luhn"
    assert scheme(numbers[:9]) == ""
    assert scheme([f"{int(number) + 1:08}" for number in numbers]) == ""


def test_random_numbers_have_no_scheme() -> None:
    for seed in range(200):
        rng = random.Random(seed)
        digits = rng.randint(6, 16)
        assert scheme([f"{rng.randrange(10**digits):0{digits}}" for _ in range(10)]) == ""
