import os
from pathlib import Path

import pytest

from vestige.read.extended import MOST_BYTES, attributes


def test_attributes_of_a_file_are_told_with_their_names(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"")
    try:
        os.setxattr(path, "user.xdg.origin.url", b"file:///in/Zebrinsky")
    except (OSError, AttributeError):
        pytest.skip("this file system keeps no attributes")
    assert attributes(os.fsencode(path)).data == b"xdg.origin.url\nfile:///in/Zebrinsky\n"


def test_what_has_none_or_is_not_there_gives_nothing(tmp_path: Path) -> None:
    assert attributes(os.fsencode(tmp_path)) == (b"", False)
    assert attributes(os.fsencode(tmp_path / "absent")) == (b"", False)
    assert MOST_BYTES > 0
