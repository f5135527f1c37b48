"""Check digits of numbers of persons: those of python-stdnum, and those it does not know.

Every check takes a number without marks, in capitals, whose form was seen already.
"""

import re
from collections.abc import Callable, Mapping

from vestige.detect.checks import exists
from vestige.registers import is_right

_CHECKED = 10
"""Digits of a Czech or Slovak number that has a check digit."""

_SCOTTISH = "gb.nhs"


def passes(check: str, number: str) -> bool:
    """Whether a number passes the check of that name; "" asks for nothing."""
    if not check:
        return True
    if not number.isascii():
        return False
    own = OWN.get(check)
    try:
        return own(number) if own is not None else is_right(check, number)
    except Exception:  # noqa: BLE001 - some of its modules raise whatever a number led them into
        return False


def _sum(number: str, weights: tuple[int, ...]) -> int:
    return sum(int(digit) * weight for digit, weight in zip(number, weights, strict=False))


def _cross_sum(number: str, weights: tuple[int, ...]) -> int:
    """The sum of the digits of all weighted digits."""
    products = (int(digit) * weight for digit, weight in zip(number, weights, strict=False))
    return sum(product // 10 + product % 10 for product in products)


def _position(letter: str) -> int:
    """1 for A to 26 for Z."""
    return ord(letter) - ord("A") + 1


def cz_rc(number: str) -> bool:
    """Birth number of ten digits; those of nine, given out before 1954, have no check digit."""
    return len(number) == _CHECKED and is_right("cz.rc", number)


def de_kvnr(number: str) -> bool:
    """Health insurance number: the letter as two digits, weights 1 and 2 by turns (SGB V 290)."""
    digits = f"{_position(number[0]):02}{number[1:9]}"
    return _cross_sum(digits, (1, 2) * 5) % 10 == int(number[9])


def de_rvnr(number: str) -> bool:
    """Pension insurance number: area, birth date, letter, serial, check digit (VKVV 4)."""
    day, month, year = int(number[2:4]), int(number[4:6]), int(number[6:8])
    digits = f"{number[:8]}{_position(number[8]):02}{number[9:11]}"
    weights = (2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1)
    born = exists(1900 + year, month, day) or exists(2000 + year, month, day)
    return born and _cross_sum(digits, weights) % 10 == int(number[11])


def dk_cpr(number: str) -> bool:
    """Civil number whose digits add up to a multiple of 11, as all did until 2007."""
    return is_right("dk.cpr", number) and _sum(number, (4, 3, 2, 7, 6, 5, 4, 3, 2, 1)) % 11 == 0


def gb_chi(number: str) -> bool:
    """Community health index: a birth date, and the check digit of an NHS number."""
    return short_day(number[:6]) and is_right(_SCOTTISH, number)


def gb_nino(number: str) -> bool:
    """National insurance number: none begins with these pairs of letters."""
    return number[:2] not in ("BG", "GB", "KN", "NK", "NT", "TN", "ZZ")


def hu_taj(number: str) -> bool:
    """Social security number: weights 3 and 7 by turns, modulo 10."""
    return _sum(number, (3, 7) * 4) % 10 == int(number[8])


def lu_matricule(number: str) -> bool:
    """Identification number: a birth date; a Luhn and a Verhoeff digit of the eleven before."""
    born = exists(int(number[:4]), int(number[4:6]), int(number[6:8]))
    verhoeff = is_right("verhoeff", number[:11] + number[12])
    return born and is_right("luhn", number[:12]) and verhoeff


def ru_snils(number: str) -> bool:
    """Insurance number: weights 9 to 1, modulo 101; numbers up to 001-001-998 have no check."""
    rest = _sum(number, (9, 8, 7, 6, 5, 4, 3, 2, 1)) % 101 % 100
    return rest == int(number[9:])


def us_npi(number: str) -> bool:
    """Provider number: Luhn, behind the prefix 80840."""
    return is_right("luhn", f"80840{number}")


def ca_ohip(number: str) -> bool:
    """Ontario health card: Luhn of its ten digits; a version code of two letters may follow."""
    return is_right("luhn", number[:10])


def br_cns(number: str) -> bool:
    """Health card: weights 15 to 1, a multiple of 11."""
    return _sum(number, tuple(range(15, 0, -1))) % 11 == 0


def au_medicare(number: str) -> bool:
    """Medicare card: weights 1, 3, 7, 9 twice, modulo 10; issue and person follow."""
    return _sum(number, (1, 3, 7, 9, 1, 3, 7, 9)) % 10 == int(number[8])


_WITHOUT_I_AND_O = "ABCDEFGHJKLMNPQRSTUVWXYZ"


def nz_nhi(number: str) -> bool:
    """Health index: letters without I and O as 1 to 24, weights 7 to 2, modulo 11.

    New numbers end in a letter, modulo 23, or 24 as first drafted (HISO 10046).
    """
    values = [int(c) if c.isdigit() else _position_of(c) for c in number[:6]]
    total = sum(value * weight for value, weight in zip(values, range(7, 1, -1), strict=True))
    if number[6].isdigit():
        rest = total % 11
        return rest != 0 and (11 - rest) % 10 == int(number[6])
    return _position_of(number[6]) in (23 - total % 23, 24 - total % 24)


def _position_of(letter: str) -> int:
    return _WITHOUT_I_AND_O.index(letter) + 1


def hk_hkid(number: str) -> bool:
    """Identity card: a space or letters as 10 to 36, weights 9 to 2, modulo 11."""
    padded = number.rjust(9)
    values = [36 if c == " " else int(c, 36) for c in padded[:8]]
    total = sum(value * weight for value, weight in zip(values, range(9, 1, -1), strict=True))
    return (total + int(padded[8], 16)) % 11 == 0


_TAIWAN = "ABCDEFGHJKLMNPQRSTUVXYWZIO"


def tw_id(number: str) -> bool:
    """Identity number: the letter of the place as 10 to 35, weights 1, 9 to 1 and 1, modulo 10."""
    digits = f"{_TAIWAN.index(number[0]) + 10}{number[1:]}"
    return _sum(digits, (1, 9, 8, 7, 6, 5, 4, 3, 2, 1, 1)) % 10 == 0


_SINGAPORE = {
    "S": (0, "JZIHGFEDCBA"),
    "T": (4, "JZIHGFEDCBA"),
    "F": (0, "XWUTRQPNMLK"),
    "G": (4, "XWUTRQPNMLK"),
    "M": (3, "KLJNPQRTUWX"),
}


def sg_nric(number: str) -> bool:
    """Identity number: weights 2, 7 to 2, an addend for the series, modulo 11 picks the letter."""
    addend, letters = _SINGAPORE[number[0]]
    rest = (_sum(number[1:8], (2, 7, 6, 5, 4, 3, 2)) + addend) % 11
    if number[0] == "M":
        rest = 10 - rest
    return letters[rest] == number[8]


_MRZ_NAMES = re.compile(r"[PIACV][A-Z<][A-Z<]{3}[A-Z]+(?:<[A-Z]+)*<<[A-Z<]*")


def travel_document(number: str) -> bool:
    """The first line of a travel document: type, state, surname, two fillers (ICAO 9303)."""
    return _MRZ_NAMES.fullmatch(number) is not None


def short_day(digits: str) -> bool:
    """Whether six digits are day, month and year of some day of this century or the last."""
    day, month, year = int(digits[:2]), int(digits[2:4]), int(digits[4:6])
    return exists(1900 + year, month, day) or exists(2000 + year, month, day)


def day_inside_ramq(number: str) -> bool:
    """Quebec's number: behind four letters year, month (of women with 50) and day of birth."""
    month = int(number[6:8])
    return short_day(f"{number[8:10]}{month % 50:02}{number[4:6]}")


def day_inside_cip(number: str) -> bool:
    """Catalonia's number: behind four letters the sex, and year, month and day (of women + 40)."""
    day = int(number[9:11])
    return short_day(f"{day % 40:02}{number[7:9]}{number[5:7]}")


OWN: Mapping[str, Callable[[str], bool]] = {
    "au-medicare": au_medicare,
    "br-cns": br_cns,
    "ca-ohip": ca_ohip,
    "cz-rc": cz_rc,
    "day-inside-cip": day_inside_cip,
    "day-inside-ramq": day_inside_ramq,
    "de-kvnr": de_kvnr,
    "de-rvnr": de_rvnr,
    "dk-cpr": dk_cpr,
    "gb-chi": gb_chi,
    "gb-nino": gb_nino,
    "hk-hkid": hk_hkid,
    "hu-taj": hu_taj,
    "lu-matricule": lu_matricule,
    "nz-nhi": nz_nhi,
    "ru-snils": ru_snils,
    "sg-nric": sg_nric,
    "travel-document": travel_document,
    "tw-id": tw_id,
    "us-npi": us_npi,
}
"""The checks that python-stdnum does not have, or of which ours asks more, by their names."""
