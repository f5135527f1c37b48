"""Zip archives."""

import io
import zipfile

from tests.read.beside.told import told
from vestige.read.beside.zipped import read


def test_members_are_given_and_what_is_damaged_is_said() -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("a/b.txt", "x" * 100)
        archive.mkdir("c")
    whole = data.getvalue()
    assert told(read, whole) == {"inner": ["a/b.txt"]}
    assert told(read, whole[:60]) == {"lost": ["damaged"]}
    assert told(read, whole.replace(b"x" * 100, b"y" * 100)) == {"lost": ["damaged"]}
