"""What stands behind slots is found where their values move it."""

import pytest

from vestige.read.holders import Around, Holder
from vestige.read.moved import moving
from vestige.read.parts import File

SQ = (0x00400275, "SQ", -1, -1)
LAYOUT = ((0x00080032, "TM", -1, -1), SQ, (0x00401001, "SH", 1, 0), (0x7FE00010, "OW", -1, -1))


def file(time: int, inner: int) -> File:
    """The file whose two slots have values of these lengths."""
    sequence = 8 + time + 12
    item = sequence + 8
    end = item + 8 + inner
    starts, ends = (8, sequence, item + 8, end + 12), (8 + time, end, end, end + 12)
    holders = Holder(sequence, end), Holder(item, end)
    return File(LAYOUT, starts, ends, (2, 0, 2, 0), bytes(end + 12), 64, Around(holders, ()))


@pytest.mark.parametrize("time", [2, 6, 14])
@pytest.mark.parametrize("inner", [2, 4, 10])
def test_offsets_are_those_of_the_file_with_these_values(time: int, inner: int) -> None:
    of_slots = moving(file(6, 4), (0, 2))
    wanted = file(time, inner)
    found = of_slots.to(wanted.head + b"pixels", [bytes(time), bytes(inner)])
    for index in range(len(LAYOUT)):
        assert found.starts[index] == wanted.starts[index]
        assert found.ends[index] == wanted.ends[index]
    for number in range(2):
        assert found.around.holders[number] == wanted.around.holders[number]
    assert (found.layout, found.fields, found.head) == (LAYOUT, wanted.fields, wanted.head)
