"""Check digits: whether numbers that stand together were issued by one scheme.

One number with a right check digit is nothing, for one in ten has it by chance; of ten numbers
eight are proof. The algorithms are those of python-stdnum.
"""

from collections.abc import Sequence
from functools import lru_cache

from vestige.registers import is_right

SCHEMES: tuple[tuple[str, int, int], ...] = (
    ("luhn", 6, 16),
    ("verhoeff", 6, 12),
    ("damm", 6, 12),
    ("iso7064.mod_11_10", 6, 12),
    ("iso7064.mod_11_2", 6, 12),
    ("iso7064.mod_97_10", 7, 16),
    ("gb.nhs", 10, 10),
    ("nl.bsn", 9, 9),
    ("pl.pesel", 11, 11),
    ("br.cpf", 11, 11),
    ("es.dni", 9, 9),
    ("es.nie", 9, 9),
    ("be.nn", 11, 11),
    ("bg.egn", 10, 10),
    ("ca.sin", 9, 9),
    ("ch.ssn", 13, 13),
    ("cl.rut", 8, 9),
    ("cz.rc", 10, 10),
    ("de.idnr", 11, 11),
    ("dk.cpr", 10, 10),
    ("ee.ik", 11, 11),
    ("fr.nir", 15, 15),
    ("gr.amka", 11, 11),
    ("hr.oib", 11, 11),
    ("il.idnr", 9, 9),
    ("in_.aadhaar", 12, 12),
    ("is_.kennitala", 10, 10),
    ("it.codicefiscale", 16, 16),
    ("kr.rrn", 13, 13),
    ("lt.asmens", 11, 11),
    ("lv.pvn", 11, 11),
    ("mx.curp", 18, 18),
    ("no.fodselsnummer", 11, 11),
    ("pt.cc", 12, 12),
    ("ro.cnp", 13, 13),
    ("se.personnummer", 10, 12),
    ("th.pin", 13, 13),
    ("tr.tckimlik", 11, 11),
    ("za.idnr", 13, 13),
    ("cn.ric", 18, 18),
)
"""Modules of python-stdnum, and the least and greatest length of what they are asked about."""

_LETTERED = frozenset({"es.dni", "es.nie", "it.codicefiscale", "mx.curp"})
"""Numbers that hold letters always."""

FEWEST = 10
"""Different numbers below which chance may have set their last digits."""
VALID = 0.8
"""Share of the numbers that must be right."""
_LAST_DIGITS = 4
"""A true check digit takes many values; fewer than these are a constant ending."""


def scheme(numbers: Sequence[str]) -> str:
    """The scheme by which at least eight in ten of different numbers are right; "" for none."""
    distinct = sorted(set(numbers))
    if len(distinct) < FEWEST or len({number[-1] for number in distinct}) < _LAST_DIGITS:
        return ""
    length = len(distinct[0])
    none = _LETTERED if all(map(str.isdecimal, distinct)) else frozenset()
    fitting = (name for name, least, most in SCHEMES if least <= length <= most)
    fitting = (name for name in fitting if name not in none)
    return next((name for name in fitting if _holds(name, distinct)), "")


def _holds(name: str, distinct: Sequence[str]) -> bool:
    allowed = int((1 - VALID) * len(distinct))
    wrong = 0
    for number in distinct:
        wrong += not _is_right(name, number)
        if wrong > allowed:
            return False
    return True


@lru_cache(maxsize=1 << 13)
def _is_right(name: str, number: str) -> bool:
    """Whether a number is right; directories with files that count up ask for the same ones."""
    return is_right(name, number)
