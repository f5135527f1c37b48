"""Unpickled: the plain values of pickles; nothing is loaded."""

import collections
import os
import pickle
import pickletools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vestige.read.unpickled import Unpickled

VALUES = [
    {"Zargothy^Quillonia": "S-17", "Quexotl^Bela": "S-18"},
    [{"name": "Zargothy", "code": "S-17"}, {"name": "Zargothy", "code": "S-18"}],
    [("a", "b"), ["c", ("d",)], {"e": {"f": ["g", "7", None, True]}}],
]


def value(raw: bytes) -> object:
    built = Unpickled()
    for opcode, argument, _ in pickletools.genops(raw):
        built.hear(opcode.name, argument)
    return built.value


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
@pytest.mark.parametrize("plain", VALUES)
def test_plain_values_are_as_they_were(plain: object, protocol: int) -> None:
    assert value(pickle.dumps(plain, protocol)) == plain


class _Call:
    def __reduce__(self) -> tuple[object, ...]:
        return os.mkdir, ("never-made",)


def test_what_would_be_called_is_only_what_it_is_given() -> None:
    assert value(pickle.dumps(_Call())) == [("never-made",)]
    assert not os.path.exists("never-made")


def test_mappings_of_other_kinds_hold_theirs() -> None:
    held = collections.OrderedDict([("Zargothy", "S-17"), ("Quexotl", "S-18")])
    assert {"Zargothy": "S-17", "Quexotl": "S-18"} in value(pickle.dumps(held))  # type: ignore[operator]


@settings(max_examples=60)
@given(st.lists(st.sampled_from([one.name for one in pickletools.opcodes]), max_size=30))
def test_any_opcodes_give_some_value(names: list[str]) -> None:
    built = Unpickled()
    for name in names:
        built.hear(name, "7")
    assert built.value is None or built.value is not built
