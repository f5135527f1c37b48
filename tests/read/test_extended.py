import os
import plistlib
from pathlib import Path

import pytest

from vestige.read.extended import MOST_BYTES, attributes, is_users, told


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


def test_texts_of_attributes_of_an_open_file_and_of_a_path(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"")
    inner = {"k": [b"\0\1Zebrinsky Anna\0", "Quexotl"], "n": 7}
    values = {
        "plain": b"Bela Quexotl\0",
        "list": plistlib.dumps(inner, fmt=plistlib.FMT_BINARY),
        "odd": b"\xff\xfe\x00bytes and words\x00",
        "torn": b"bplist00 torn apart",
    }
    try:
        for name, value in values.items():
            os.setxattr(path, f"user.{name}", value)
    except (OSError, AttributeError):
        pytest.skip("this file system keeps no attributes")
    expected = {
        *values,
        *("Bela Quexotl", "k", "n", "Zebrinsky Anna", "Quexotl", "bytes and words"),
        "bplist00 torn apart",
    }
    assert set(told(os.fsencode(path))) == expected
    with path.open("rb") as file:
        assert set(told(file.fileno())) == expected
    assert list(told(os.fsencode(tmp_path / "absent"))) == []


def test_labels_of_the_system_are_no_attributes_of_a_user() -> None:
    names = ("user.note", "security.selinux", "system.nfs4_acl", "trusted.overlay.opaque")
    assert [is_users(name) for name in names] == [True, False, False, False]
