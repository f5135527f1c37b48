import pytest

from tests.read.build import SEQUENCE_END, item, tag_bytes
from vestige.read.fragments import end_of_fragments
from vestige.read.pages import Held, Pages
from vestige.read.raw import EXPLICIT_BIG, EXPLICIT_LITTLE, Coding

BIG_END = tag_bytes(0xFFFEE0DD, ">") + bytes(4)


def end(data: bytes, coding: Coding = EXPLICIT_LITTLE, start: int = 0) -> tuple[int, str]:
    return end_of_fragments(Pages(Held(data)), start, len(data), coding)


@pytest.mark.parametrize("sizes", [(), (0,), (0, 10), (0, 5000, 3, 9000), (100_000,)])
def test_fragments_lead_to_their_delimiter(sizes: tuple[int, ...]) -> None:
    body = b"".join(item(SEQUENCE_END * (size // 8) + bytes(size % 8)) for size in sizes)
    assert end(body + SEQUENCE_END + b"more") == (len(body), "")
    assert end(b"head" + body + SEQUENCE_END, start=4) == (4 + len(body), "")


def test_fragments_in_the_other_order_of_bytes_are_followed() -> None:
    body = item(bytes(20), order=">") * 3
    assert end(body + BIG_END, EXPLICIT_BIG) == (len(body), "")


def test_a_delimiter_that_fragments_do_not_lead_to_is_searched() -> None:
    body = b"no item" + bytes(300_000)
    assert end(body + SEQUENCE_END) == (len(body), "")
    long = item(bytes(8))[:-4] + bytes(20)
    assert end(long + SEQUENCE_END) == (len(long), "")


def test_a_delimiter_across_two_steps_of_the_search_is_found() -> None:
    body = b"no item" + bytes((256 << 10) - 9)
    assert end(body + SEQUENCE_END) == (len(body), "")


@pytest.mark.parametrize("data", [b"", item(bytes(20)), item(bytes(20))[:-3], b"no item at all"])
def test_without_delimiter_the_value_is_cut(data: bytes) -> None:
    assert end(data) == (len(data), "truncated")
