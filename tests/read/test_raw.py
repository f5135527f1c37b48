import ast
from pathlib import Path

import pytest
from pydicom.valuerep import EXPLICIT_VR_LENGTH_32, VR

import vestige.read
from vestige.read.raw import (
    EXPLICIT_BIG,
    EXPLICIT_LITTLE,
    FLAWS,
    IMPLICIT_BIG,
    IMPLICIT_LITTLE,
    LONG_FORM,
    LOSSES,
    SHORT_FORM,
    Coding,
)


def test_every_loss_is_a_flaw_with_a_meaning() -> None:
    assert FLAWS.keys() > LOSSES
    assert all(meaning[0].islower() and " " in meaning for meaning in FLAWS.values())
    unread = {code for code, meaning in FLAWS.items() if "was not" in meaning}
    assert unread - {"missing-delimiter"} <= LOSSES


def test_every_flaw_arises_somewhere_and_nothing_else_does() -> None:
    room = Path(vestige.read.__file__).parent
    literals = {
        str(node.value)
        for file in room.glob("*.py")
        if file.name != "raw.py"
        for node in ast.walk(ast.parse(file.read_bytes()))
        if isinstance(node, ast.Constant)
    }
    assert FLAWS.keys() - literals == set()


def test_the_vrs_are_those_of_the_standard_in_their_forms() -> None:
    vrs = {vr.value for vr in VR if len(vr.value) == 2}
    assert set(SHORT_FORM.values()) | set(LONG_FORM.values()) == vrs
    assert set(LONG_FORM.values()) == {str(vr.value) for vr in EXPLICIT_VR_LENGTH_32}


@pytest.mark.parametrize(
    ("coding", "order"),
    [
        (EXPLICIT_LITTLE, "little"),
        (IMPLICIT_LITTLE, "little"),
        (EXPLICIT_BIG, "big"),
        (IMPLICIT_BIG, "big"),
    ],
)
def test_a_coding_unpacks_in_its_own_order(coding: Coding, order: str) -> None:
    data = bytes(range(1, 13))
    read = [int.from_bytes(data[a:b], order) for a, b in ((0, 2), (2, 4), (4, 8))]  # type: ignore[arg-type]
    assert list(coding.plain(data, 0)) == read
    assert coding.word(data, 4)[0] == read[2]
    group, number, raw, length = coding.head(data, 0)
    assert [group, number, raw] == [*read[:2], data[4:6]]
    assert length == int.from_bytes(data[6:8], order)  # type: ignore[arg-type]
    assert coding.little is (order == "little")
    assert coding.explicit is (coding in {EXPLICIT_LITTLE, EXPLICIT_BIG})
