"""Slots in sequences: of any length, if all that holds them is as long as it says."""

import pytest

from tests.read.build import explicit, item, part_10, sequence
from tests.read.test_series import PIXELS, UID, header_of, made, match
from vestige.read.parts import values_in
from vestige.read.series import Template


def reported(*texts: bytes, closed: bool = True, deep: bytes = b"D-1 ", longest: int = 0) -> bytes:
    """A file with two items of a sequence, the second with a sequence of its own."""
    first, second = (explicit(0x00401001, "SH", text) for text in texts)
    inner = sequence(0x00400260, item(explicit(0x00080104, "LO", deep), closed=closed))
    note = explicit(0x00400007, "LO", b"x" * longest)
    return part_10(
        explicit(0x0020000E, "UI", UID)
        + sequence(0x00400275, item(first), item(inner + second + note), closed=closed)
        + explicit(0x00400555, "LO", b"behind")
        + PIXELS
    )


@pytest.mark.parametrize("closed", [True, False])
def test_in_sequences_slots_take_values_of_any_length_if_what_holds_them_is_as_long(
    closed: bool,  # noqa: FBT001
) -> None:
    template = made(reported(b"R-1 ", b"R-2 ", closed=closed), 0x00401001, 0x00080104)
    for first, deep, second in ((b"R-000001", b"", b"R-1 "), (b"", b"D-000001", b"R-00000001")):
        data = reported(first, second, closed=closed, deep=deep)
        for _ in range(2):
            found = match(template, data)
            assert found is not None
            assert list(found) == [first, deep, second]
        other = reported(first, second, closed=closed, deep=deep).replace(b"behind", b"before")
        assert match(template, other) is None


def test_no_length_of_what_holds_a_slot_is_another_than_it_should_be() -> None:
    template = made(reported(b"R-1 ", b"R-2 "), 0x00401001, 0x00080104)
    data = reported(b"R-000001", b"R-2 ", deep=b"D-0001")
    assert match(template, data) is not None
    for at in range(132, data.index(b"behind")):
        for other in (data[at] - 1, data[at] + 2, data[at] ^ 0x80):
            lying = bytearray(data)
            lying[at] = other & 0xFF
            values = match(template, bytes(lying))
            assert values is None or header_values(template, bytes(lying)) == list(values)


def header_values(template: Template, data: bytes) -> list[bytes]:
    header = header_of(data)
    assert tuple((e.tag, e.vr, e.parent, e.item) for e in header.elements) == template.layout
    return [header.value(header.elements[index]) for index in template.slots]


def test_what_is_long_or_becomes_long_keeps_the_lengths_in_it() -> None:
    template = made(reported(b"R-1 ", b"R-2 ", longest=4010), 0x00401001)
    assert match(template, reported(b"R-10", b"R-20", longest=4010)) == (b"R-10", b"R-20")
    assert match(template, reported(b"R-10", b"R-0002", longest=4010)) is not None
    assert match(template, reported(b"R-10", b"R-2 " * 8, longest=4010)) is None
    long = made(reported(b"R-1 ", b"R-2 ", longest=4090), 0x00401001)
    assert match(long, reported(b"R-10", b"R-20", longest=4090)) == (b"R-10", b"R-20")
    assert match(long, reported(b"R-10", b"R-0002", longest=4090)) is None


def test_slots_are_read_between_the_runs() -> None:
    template = made(reported(b"R-1 ", b"R-2 "), 0x00401001)
    data = reported(b"R-000001", b"R-20")
    found = values_in(data, template._parts)
    assert found is not None
    values, end = found
    assert values == [b"R-000001", b"R-20"]
    assert data.startswith(b"behind", end + 8 + 8)
    assert values_in(data[: end - 1] + b"x" * 100, template._parts) is not None
    assert values_in(data[: end - 30], template._parts) is None
    assert values_in(data[1:], template._parts) is None
