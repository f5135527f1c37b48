"""Narrowed templates match the files of one series, and know of them what a template knows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.read.test_series import image, made
from vestige.read.narrowed import Narrowed, chosen, cut
from vestige.read.pages import FIRST
from vestige.read.series import Template, differing

VARYING = (0x00080018, 0x00200013)
STAYING = (0x00080032, 0x00100010, 0x00401001)
NUMBERS = [b"1 ", b"12", b"1234", b""]
NAMES = [b"Probe^Paula ", b"Muster^Max", b"Muster^Moritz "]
TIMES = [b"1", b"101112", b"101113"]


def kind() -> Template:
    return made(image(), *VARYING, *STAYING)


def narrowed(template: Template, data: bytes) -> Narrowed:
    """The series of a file of the kind."""
    values = template.match(data[:FIRST], len(data))
    assert values is not None
    slots = tuple([at for at in template.slots if template.layout[at][0] in VARYING])
    return Narrowed(template, cut(template, slots), values)


@given(
    first=st.sampled_from(NUMBERS[:3]),
    numbers=st.lists(st.sampled_from(NUMBERS), min_size=2, max_size=20),
    names=st.lists(st.sampled_from(NAMES), min_size=2, max_size=20),
    times=st.lists(st.sampled_from(TIMES), min_size=2, max_size=20),
)
def test_it_matches_what_the_template_of_its_series_matches(
    first: bytes, numbers: list[bytes], names: list[bytes], times: list[bytes]
) -> None:
    files = [
        image(number=number, name=name, time=time)
        for number, name, time in zip([first, *numbers], names, times, strict=False)
    ]
    template = kind()
    own = narrowed(template, files[0])
    whole = made(files[0], *VARYING)
    for data in files:
        found = own.match(data[:FIRST], len(data))
        expected = whole.match(data[:FIRST], len(data))
        assert (found and list(found)) == (expected and list(expected))
        if found is not None:
            assert own.end == whole.end
            again = own.in_full(data[:FIRST], len(data))
            assert again is not None
            assert (again.head, again.slots) == (data[: own.end], own.slots)


def test_what_it_is_not_has_no_template() -> None:
    own = narrowed(kind(), image())
    other = image(pixels=b"")
    assert own.match(other, len(other)) is None
    assert own.in_full(other, len(other)) is None


def test_it_tells_the_values_that_stay_in_its_series() -> None:
    template = kind()
    data = image(number=b"12", name=b"Muster^Max", inner=b"R7")
    own, read = narrowed(template, data), made(data)
    for index, (_, vr, _, _) in enumerate(own.layout):
        if vr == "SQ":
            continue
        assert own.value(index) == (b"" if index in own.slots else read.value(index))
    assert own.pixels == template.pixels
    other = differing(own, made(image(number=b"13", name=b"Muster^Max", inner=b"R8")))
    assert other is not None
    assert {own.layout[index][0] for index in other} == {*VARYING, 0x00401001}


def test_it_knows_when_more_varies_than_it_was_told() -> None:
    own = narrowed(kind(), image())
    assert not own.misses(frozenset(own.slots))
    staying = next(at for at in kind().slots if at not in own.slots)
    assert own.misses(frozenset({staying}))
    assert not own.misses(frozenset(range(len(own.layout))).difference(kind().slots))


def test_it_weighs_less_than_a_template() -> None:
    template = kind()
    longer = narrowed(template, image(name=b"Muster^Max" * 100))
    assert narrowed(template, image()).weight < longer.weight
    assert narrowed(template, image()).weight * 4 < template.weight


@pytest.mark.parametrize("places", [[], [1], [2, 0]])
def test_values_are_chosen_by_their_places(places: list[int]) -> None:
    values = [b"a", b"b", b"c"]
    assert list(chosen(places)(values)) == [values[place] for place in places]
