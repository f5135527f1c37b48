"""Kinds of files beside the images, by their bytes."""

import io
import zipfile

import pytest

from vestige.read.beside.kinds import kind_of
from vestige.read.beside.parts import Held


def packed() -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("a.txt", "a text")
    return data.getvalue()


@pytest.mark.parametrize(
    ("data", "name"),
    [(packed(), "zip"), (b"a text\n", "text"), ("größe\n".encode("utf-16"), "text")],
)
def test_a_kind_is_known_by_its_bytes(data: bytes, name: str) -> None:
    found = kind_of(Held(data))
    assert found is not None
    assert found.name == name


def test_what_nothing_reads_has_no_kind() -> None:
    assert kind_of(Held(bytes(range(256)))) is None
    assert kind_of(Held(b"")) is None
