import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.detect.numbers import KNOWN
from vestige.detect.check_digits import OWN, passes

PRINTED = (
    ("de-kvnr", "A123456780"),
    ("de-rvnr", "15070649C103"),
    ("hu-taj", "111111110"),
    ("ru-snils", "11223344595"),
    ("us-npi", "1234567893"),
    ("ca-ohip", "9876543217"),
    ("au-medicare", "2123456701"),
    ("nz-nhi", "ZAC5361"),
    ("nz-nhi", "ZBN77VL"),
    ("hk-hkid", "A1234563"),
    ("hk-hkid", "G123456A"),
    ("tw-id", "A123456789"),
    ("sg-nric", "S1234567D"),
    ("sg-nric", "F1234567N"),
    ("sg-nric", "M1234567K"),
    ("gb-nino", "QQ123456C"),
    ("dk-cpr", "2110625629"),
    ("cz-rc", "7103192745"),
    ("gb-chi", "0101302118"),
    ("travel-document", "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<"),
    ("es.dni", "12345678Z"),
    ("fi.hetu", "131052-308T"),
)
"""Numbers that standards, manuals and authorities print as samples."""

CHECKS = sorted(
    {kind.check for kind in KNOWN.kinds} | {kind.check_labelled for kind in KNOWN.kinds}
)


@pytest.mark.parametrize(("check", "number"), PRINTED)
def test_printed_samples_pass(check: str, number: str) -> None:
    assert passes(check, number)


@pytest.mark.parametrize(("check", "number"), PRINTED)
def test_one_other_digit_fails(check: str, number: str) -> None:
    if check in ("gb-nino", "travel-document"):
        assert not passes(check, f"GB{number[2:]}")
        return
    last = max(at for at, c in enumerate(number) if c.isdigit() and at < len(number) - 1)
    if check == "au-medicare":
        last = 7
    other = str((int(number[last]) + 1) % 10)
    assert not passes(check, number[:last] + other + number[last + 1 :])


@pytest.mark.parametrize(
    ("check", "number"),
    [
        ("lu-matricule", "2099130112345"),
        ("day-inside-ramq", "ABCD00133201"),
        ("day-inside-cip", "ABCD0991332000"),
        ("br-cns", "100000000000001"),
        ("cz-rc", "710319274"),
        ("gb-chi", "9999999999"),
        ("day-inside-ramq", "TREM85563112"),
    ],
)
def test_what_cannot_have_been_issued_fails(check: str, number: str) -> None:
    assert not passes(check, number)


def test_birth_dates_of_women_are_read() -> None:
    assert passes("day-inside-ramq", "TREM85563012")
    assert passes("day-inside-cip", "GATO1850571002")


def test_no_check_asks_for_nothing() -> None:
    assert passes("", "anything")


def test_digits_of_other_scripts_are_none() -> None:
    assert not passes("luhn", "٤٢")


@given(st.sampled_from([check for check in CHECKS if check]), st.text(max_size=20))
def test_no_check_raises(check: str, number: str) -> None:
    assert passes(check, number) in (True, False)


@pytest.mark.parametrize("check", CHECKS)
def test_every_check_of_the_table_is_known(check: str) -> None:
    if check and check not in OWN:
        module = __import__(f"stdnum.{check}", fromlist=["is_valid"])
        assert callable(module.is_valid)
    assert not check or check in OWN or "-" not in check
