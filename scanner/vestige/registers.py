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
    module = import_module(f"stdnum.{register}")
    clean: Callable[[str, str], str] | None = getattr(module, "clean", None)
    if clean is not None:
        # What most of its time goes to changes nothing in the plain numbers that are asked about.
        vars(module)["clean"] = _cleaning(clean)
    check: Callable[[str], object] = module.is_valid
    return check


def _cleaning(clean: Callable[[str, str], str]) -> Callable[..., str]:
    """The same as `clean`, sooner where a number holds nothing that it could take away."""

    def cleaned(number: str, deletechars: str = "") -> str:
        plain = number.isascii() and number.isalnum()
        if plain and not any(map(str.isalnum, deletechars)):
            return number
        return clean(number, deletechars)

    return cleaned
