import random

import pytest

from vestige.read.pages import FIRST, KEPT, WIDEST, Held, Pages


class Counted(Held):
    """A source that counts how often, and how much, it is asked."""

    __slots__ = ("asked",)

    def __init__(self, data: bytes) -> None:
        super().__init__(data)
        self.asked: list[int] = []

    def read(self, offset: int, length: int) -> bytes:
        self.asked.append(length)
        return super().read(offset, length)


@pytest.fixture(scope="module")
def data() -> bytes:
    return random.Random(3).randbytes(KEPT + (2 << 20))  # noqa: S311 - chance, not secrecy


def test_a_small_source_is_read_once(data: bytes) -> None:
    source = Counted(data[:1000])
    pages = Pages(source)
    assert pages.peek(10, 12) == data[10:22]
    assert pages.slice(500, 1000) == data[500:1000]
    assert pages.peek(996, 4) == data[996:1000]
    assert source.asked == []


def test_every_slice_is_what_the_source_holds(data: bytes) -> None:
    pages = Pages(Held(data))
    chance = random.Random(4)  # noqa: S311 - chance, not secrecy
    for _ in range(2000):
        start = chance.randrange(len(data))
        end = min(len(data), start + chance.choice((0, 1, 12, 5000, WIDEST + 5)))
        assert pages.slice(start, end) == data[start:end]
        assert pages.peek(start, 12) == data[start : start + 12]
        assert pages.fetch(start, 7) == data[start : start + 7]


def test_pages_in_a_row_double_and_a_jump_begins_anew(data: bytes) -> None:
    source = Counted(data)
    pages = Pages(source)
    at = FIRST
    for _ in range(6):
        pages.turn(at, 8)
        at = pages.start + len(pages.bytes)
    assert source.asked == [min(WIDEST, FIRST << n) for n in range(1, 7)]
    pages.turn(at + 100_000, 8)
    assert source.asked[-1] == FIRST


def test_no_more_than_the_bound_is_kept(data: bytes) -> None:
    pages = Pages(Held(data))
    for at in range(0, len(data) - 8, WIDEST):
        pages.turn(at, 8)
        assert sum(len(page) for page in pages._all) <= KEPT + WIDEST
        assert pages._starts == sorted(pages._starts)


def test_behind_the_end_there_is_nothing() -> None:
    pages = Pages(Held(b"abc"))
    assert pages.peek(2, 12) == b"c"
    assert pages.peek(3, 12) == b""
    assert pages.slice(1, 9) == b"bc"
