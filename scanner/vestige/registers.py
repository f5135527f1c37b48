"""Registers: whether a number is right by the rules of the register that issues such numbers.

The only door of python-stdnum; its modules are loaded when the first number asks for them.
"""

from collections.abc import Callable
from functools import cache
from importlib import import_module


def is_right(register: str, number: str) -> bool:
    """Whether a number is right by that module of python-stdnum, as "pl.pesel" or "luhn"."""
    try:
        return bool(_check(register)(number))
    except Exception:  # noqa: BLE001 - some of its modules raise whatever a number led them into
        return False


@cache
def _check(register: str) -> Callable[[str], object]:
    check: Callable[[str], object] = import_module(f"stdnum.{register}").is_valid
    return check
