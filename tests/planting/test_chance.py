"""Draws: the same for the same reason, different for different ones."""

import re

from vestige.planting.chance import draw, noise, pick, uid, unique


def test_a_draw_depends_on_all_that_it_is_for() -> None:
    assert draw(1, "a") == draw(1, "a")
    assert len({draw(1, "a"), draw(2, "a"), draw(1, "b"), draw("1a"), draw(1, "a", "")}) == 5


def test_picks_reach_every_choice_about_evenly() -> None:
    counts = [0] * 10
    for number in range(10_000):
        counts[pick(range(10), "choice", number)] += 1
    assert min(counts) > 850
    assert max(counts) < 1_150


def test_noise_has_its_size_and_no_pattern() -> None:
    raw = noise(4096, "x")
    assert len(raw) == 4096
    assert len(set(raw)) == 256
    assert noise(4096, "y") != raw


def test_uuids_and_uids_are_well_formed() -> None:
    assert unique("a").version == 4
    assert re.fullmatch(r"2\.25\.[1-9]\d{0,38}", uid("a"))
    assert len({uid(n) for n in range(1000)}) == 1000
