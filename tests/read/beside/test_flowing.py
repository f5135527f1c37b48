"""Bytes that come one after the other, as readables."""

import io

import pytest

from vestige.read.beside import flowing
from vestige.read.beside.flowing import UNTOLD, Flow, Following, Window, is_forward, part_of
from vestige.read.beside.parts import Bounds
from vestige.read.pages import Held

DATA = bytes(n * 7 % 251 for n in range(40_000))


class Breaking(io.BytesIO):
    """A stream that is damaged after so many bytes."""

    def read(self, size: int | None = -1, /) -> bytes:
        part = super().read(min(size or 0, 1000))
        if not part:
            raise EOFError
        return part


def flow(size: int = len(DATA), data: bytes = DATA) -> Flow:
    return Flow(io.BytesIO(data), size, Bounds(1 << 20))


@pytest.mark.parametrize("size", [len(DATA), UNTOLD])
def test_what_is_short_is_read_in_any_order(size: int) -> None:
    made = flow(size)
    assert made.read(30_000, 50_000) == DATA[30_000:]
    assert made.read(10, 20_000) == DATA[10:20_010]
    assert made.read(len(DATA), 9) == b""
    assert made.size == len(DATA)
    assert made.lost == ""
    assert not is_forward(made)


@pytest.mark.parametrize("size", [len(DATA), UNTOLD])
def test_of_what_is_long_only_the_beginning_and_what_came_last_stay(
    monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    for name, value in {"WHOLE": 8_000, "KEPT": 4_000, "_BEHIND": 100, "_STEP": 500}.items():
        monkeypatch.setattr(flowing, name, value)
    made = flow(size)
    assert is_forward(made)
    for at in range(0, 20_000, 300):
        assert made.read(at, 400) == DATA[at : at + 400]
    assert made.read(3_900, 90) == DATA[3_900:3_990], "the beginning stays"
    assert made.read(30_000, 5_000) == DATA[30_000:35_000]
    assert made.lost == ""
    assert made.read(10_000, 10) == b""
    assert made.lost == "archive-budget"
    assert made.read(35_000, 9_000) == DATA[35_000:], "what follows is read all the same"
    made.drain()
    assert made.size == len(DATA)


def test_damage_ends_it_and_is_told() -> None:
    short = flow(len(DATA) + 1)
    assert short.read(39_000, 9_000) == DATA[39_000:]
    assert short.lost == "damaged"
    broken = Flow(Breaking(DATA[:2_500]), len(DATA), Bounds(9))
    assert broken.first == DATA[:2_500]
    assert (broken.lost, broken.size) == ("damaged", 2_500)


def test_no_more_is_unpacked_than_there_is_room_for() -> None:
    bounds = Bounds(9)
    bounds.bytes = 20_000
    made = Flow(io.BytesIO(DATA), len(DATA), bounds)
    assert len(made.read(0, len(DATA))) <= 20_000
    assert made.lost == "archive-budget"
    assert bounds.spent


def test_a_window_shows_its_part_alone() -> None:
    window = Window(Held(DATA), 100, 50, Bounds(9))
    assert (window.size, window.first) == (50, DATA[100:150])
    assert window.read(40, 100) == DATA[140:150]
    assert Window(Held(DATA), len(DATA) - 5, 50, Bounds(9)).size == 5
    bounds = Bounds(9)
    bounds.bytes = 60
    assert Window(Held(DATA), 0, 70, bounds).first == b"", "what is read of it is counted"


def test_a_part_of_what_flows_flows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flowing, "WHOLE", 1_000)
    monkeypatch.setattr(flowing, "KEPT", 500)
    made = part_of(flow(), 2_000, 5_000, Bounds(9))
    assert isinstance(made, Flow)
    assert made.read(0, 4_000) == DATA[2_000:6_000]
    assert isinstance(part_of(Held(DATA), 0, 9, Bounds(9)), Window)
    assert Following(Held(DATA), 3, 9).read(99) == DATA[3:9]
