"""Casts are shared by series, and no more of them are made than are asked for."""

from collections.abc import Sequence

from vestige.read.casts import OF_A_SERIES, Cast, Casts, Made


class Maker:
    """Makes casts of nothing but a size, and counts them."""

    def __init__(self) -> None:
        self.made: list[Sequence[int]] = []

    def __call__(self, lengths: Sequence[int]) -> Cast:
        self.made.append(lengths)
        return Cast(lambda data: (data,), (), sum(lengths))


def test_casts_are_made_once_for_all_series() -> None:
    make = Maker()
    made = Made(make, make((1, 1)), 10)
    one, other = Casts(made), Casts(made)
    one.met((2, 3))
    other.met((2, 3))
    assert one.last is other.last is one.by_size[5]
    assert make.made == [(1, 1), (2, 3)]
    one.met((1, 4))
    assert one.by_size[5] is one.last is not other.last


def test_what_is_kept_is_bounded() -> None:
    make = Maker()
    casts = Casts(Made(make, make((0,)), 12))
    for length in range(1, 40):
        casts.met((length,))
    assert len(make.made) == 13
    assert casts.last.size == 12
    assert len(casts.by_size) == OF_A_SERIES
