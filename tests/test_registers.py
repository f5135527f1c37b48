import pytest
from hypothesis import given
from hypothesis import strategies as st

from vestige.registers import is_right


@pytest.mark.parametrize(
    ("register", "right", "wrong"),
    [
        ("luhn", "79927398713", "79927398710"),
        ("gb.nhs", "9434765919", "9434765918"),
        ("es.dni", "12345678Z", "12345678A"),
        ("iso7064.mod_97_10", "3214282912345698765432161182", "3214282912345698765432161183"),
    ],
)
def test_a_number_is_right_or_not(register: str, right: str, wrong: str) -> None:
    assert is_right(register, right)
    assert not is_right(register, wrong)


@given(st.sampled_from(["cn.ric", "il.idnr", "nl.bsn", "luhn"]), st.text(max_size=24))
def test_whatever_a_number_leads_the_library_into_is_not_right(register: str, number: str) -> None:
    assert is_right(register, number) in (True, False)
    assert not is_right(register, "")


@pytest.mark.parametrize(
    "number", ["943 476 5919", "943-476-5919", "9434765919", "\uff1994-3476-5919"]
)
def test_numbers_are_cleaned_as_the_library_does(number: str) -> None:
    assert is_right("gb.nhs", number) == number.isascii()
