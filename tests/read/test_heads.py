import struct

import pytest

from tests.read.build import explicit, implicit, vr_of
from vestige.read.heads import (
    Head,
    breaks_off,
    head_of,
    is_credible,
    is_vr_shaped,
    item_coding,
    may_hold_items,
    plain_vr,
)
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


def test_a_credible_head_is_known_and_ends_inside_its_limit() -> None:
    sound = head(explicit(0x00100010, "PN", b"Probe^Paula"))
    assert is_credible(sound, LIMIT, within=False)
    assert not is_credible(sound, sound.start + 3, within=False)
    assert not is_credible(sound._replace(sure=False), LIMIT, within=False)
    assert not is_credible(None, LIMIT, within=True)
    end = head(b"\xfe\xff\x0d\xe0" + bytes(4))._replace(sure=True)
    assert is_credible(end, LIMIT, within=True)
    assert not is_credible(end, LIMIT, within=False)


def test_items_without_vr_are_known_by_their_first_element() -> None:
    assert item_coding(explicit(0x00100010, "PN", b""), EXPLICIT_LITTLE) is EXPLICIT_LITTLE
    assert item_coding(implicit(0x00100010, b""), EXPLICIT_LITTLE) is IMPLICIT_LITTLE
    assert item_coding(b"", EXPLICIT_BIG) is EXPLICIT_BIG


def test_only_what_is_of_unknown_kind_may_hold_items() -> None:
    assert may_hold_items(head(implicit(0x00091001, b""), IMPLICIT_LITTLE))
    assert may_hold_items(head(implicit(0x00090010, b""), IMPLICIT_LITTLE))
    assert not may_hold_items(head(implicit(0x00100020, b""), IMPLICIT_LITTLE))


def test_zeros_at_the_end_are_no_broken_head() -> None:
    assert not breaks_off(bytes(7))
    assert breaks_off(explicit(0x00100010, "PN", b"")[:7])
    assert breaks_off(explicit(0x7FE00010, "OW", b"")[:11])
    assert not breaks_off(explicit(0x00100010, "PN", b"")[:8])
