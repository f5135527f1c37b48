"""Holders: what around an element says its length, and what does not."""

from tests.read.build import IMPLICIT, explicit, implicit, item, part_10, sequence
from vestige.read.dictionary import vr_of
from vestige.read.header import read_header
from vestige.read.holders import Holder, around
from vestige.read.pages import Held

CODE = explicit(0x00080100, "SH", b"113100")
TEXT = explicit(0x00081150, "UT", b"text")


def held(data: bytes) -> tuple[tuple[Holder, ...], dict[int, tuple[int, ...] | None]]:
    header = read_header(Held(data), vr_of)
    assert header is not None
    assert header.flaws == ()
    found = around(header.elements, data)
    assert isinstance(found.holders, tuple)
    for start, end in found.holders:
        assert int.from_bytes(data[start - 4 : start], "little") == end - start
    pairs = zip(header.elements, found.of_element, strict=True)
    return found.holders, {element.tag: numbers for element, numbers in pairs}


def test_sequences_and_items_hold_what_lies_in_them() -> None:
    inner = sequence(0x00400260, item(TEXT))
    data = part_10(explicit(0x00080018, "UI", b"1.2 ") + sequence(0x00400275, item(inner + CODE)))
    holders, of_tag = held(data)
    assert of_tag[0x00080018] == of_tag[0x00400275] == ()
    assert of_tag[0x00400260] == of_tag[0x00080100] == (0, 1)
    assert of_tag[0x00081150] == (0, 1, 2, 3)
    starts = [data.index(sequence(0x00400275, item(inner + CODE))) + 12]
    starts += [starts[0] + 8, starts[0] + 8 + 12, starts[0] + 8 + 12 + 8]
    assert [holder.start for holder in holders] == starts


def test_each_item_is_a_holder_of_its_own() -> None:
    _, of_tag = held(part_10(sequence(0x00400275, item(TEXT), item(CODE))))
    assert (of_tag[0x00081150], of_tag[0x00080100]) == ((0, 1), (0, 2))


def test_what_ends_at_a_delimiter_says_no_length() -> None:
    _, of_tag = held(part_10(sequence(0x00400275, item(CODE, closed=False), closed=False)))
    assert of_tag[0x00080100] == ()
    _, of_tag = held(part_10(sequence(0x00400275, item(CODE), closed=False)))
    assert of_tag[0x00080100] == (0,)


def test_in_long_values_no_length_may_change() -> None:
    long = explicit(0x00400007, "LO", b"x" * 4096)
    _, of_tag = held(part_10(sequence(0x00400275, item(CODE + long))))
    assert of_tag[0x00080100] is None
    _, of_tag = held(part_10(sequence(0x00400275, item(CODE + long), closed=False)))
    assert of_tag[0x00080100] is None


def test_without_vrs_it_is_the_same() -> None:
    code = implicit(0x00080100, b"113100")
    holders, of_tag = held(part_10(implicit(0x00400275, item(code)), syntax=IMPLICIT))
    assert of_tag[0x00080100] == (0, 1)
    assert len(holders) == 2
