"""Parts and bounds of files beside the images."""

import io

import pytest

from vestige.model import Where
from vestige.read.beside.parts import LEAST_ROOM, MEMBERS, Bounds, Held, as_file, beside


def test_bounds_count_what_comes_out_of_a_file() -> None:
    bounds = Bounds(100)
    assert bounds.take(LEAST_ROOM)
    assert not bounds.take(1)
    assert not bounds.enter()
    many = Bounds(0)
    assert all(many.enter() for _ in range(MEMBERS))
    assert not many.enter()


def test_a_readable_is_a_file_that_is_only_read() -> None:
    data = bytes(range(256)) * 1000
    file = as_file(Held(data))
    assert file.read(10) == data[:10]
    assert file.seek(-5, io.SEEK_END) == len(data) - 5
    assert file.read() == data[-5:]
    assert (file.seekable(), file.writable()) == (True, False)
    with pytest.raises(ValueError, match="before the beginning"):
        file.seek(-1)


def test_a_place_beside_has_the_tag_of_its_label() -> None:
    place = beside("PatientName", 0x00100010, "PN")
    assert (place.where, place.pointer, place.tag, place.vr) == (
        Where.BESIDE,
        "PatientName",
        0x00100010,
        "PN",
    )
