import struct

import pytest

from tests.read.build import explicit, implicit, vr_of
from vestige.read.heads import Head, head_of, is_vr_shaped, plain_vr
from vestige.read.raw import (
    EXPLICIT_BIG,
    EXPLICIT_LITTLE,
    IMPLICIT_LITTLE,
    ITEM,
    LONG_FORM,
    SHORT_FORM,
    Coding,
)

LIMIT = 10_000


def head(data: bytes, coding: Coding = EXPLICIT_LITTLE) -> Head:
    found = head_of(data[:12], 100, LIMIT, coding, vr_of)
    assert found is not None
    return found


@pytest.mark.parametrize("raw", SHORT_FORM)
def test_short_heads_have_eight_bytes(raw: bytes) -> None:
    for coding, order in ((EXPLICIT_LITTLE, "<"), (EXPLICIT_BIG, ">")):
        found = head(explicit(0x00100010, raw.decode(), bytes(300), order=order), coding)
        assert found == Head(100, 0x00100010, raw.decode(), 300, 108, sure=True)


@pytest.mark.parametrize("raw", LONG_FORM)
def test_long_heads_have_twelve_bytes(raw: bytes) -> None:
    for coding, order in ((EXPLICIT_LITTLE, "<"), (EXPLICIT_BIG, ">")):
        found = head(explicit(0x00100010, raw.decode(), bytes(70_000), order=order), coding)
        assert found == Head(100, 0x00100010, raw.decode(), 70_000, 112, sure=True)


def test_heads_without_vr_take_it_from_the_dictionary() -> None:
    assert head(implicit(0x00100010, bytes(300)), IMPLICIT_LITTLE) == Head(
        100, 0x00100010, "PN", 300, 108, sure=True
    )
    assert not head(implicit(0x00091001, b"x"), IMPLICIT_LITTLE).sure


def test_items_have_no_vr_in_any_coding() -> None:
    assert head(struct.pack("<HHL", 0xFFFE, 0xE000, 0x4C4F)).tag == ITEM
    assert head(struct.pack("<HHL", 0xFFFE, 0xE000, 0x4C4F)).length == 0x4C4F


@pytest.mark.parametrize("size", range(12))
def test_too_few_bytes_are_no_head(size: int) -> None:
    data = explicit(0x00100010, "OB", bytes(8))[:size]
    assert head_of(data, 0, LIMIT, EXPLICIT_LITTLE, vr_of) is None


def test_two_capitals_are_a_vr() -> None:
    assert is_vr_shaped(b"ZZ")
    assert not any(is_vr_shaped(pair) for pair in (b"", b"P", b"Pn", b"P\xcc", b"??", b"\x00\x00"))


def test_only_plain_values_are_read_in_a_run() -> None:
    assert plain_vr(vr_of, 0x00100010) == "PN"
    closer = (0x00081140, 0x00091001, ITEM, 0x7FE00010, 0x00000000)
    assert [plain_vr(vr_of, tag) for tag in closer] == [None] * 5
