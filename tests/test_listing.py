"""Listings of one directory: order, facts, and what the system refuses."""

import os
from pathlib import Path

from vestige import listing


def test_names_come_in_order_and_folders_apart(tmp_path: Path) -> None:
    for name in ("b", "a", "c"):
        (tmp_path / name).write_bytes(b"12345")
        (tmp_path / f"{name}.d").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "a.d")
    path = os.fsencode(tmp_path)
    found = listing.of(path, os.lstat(path))
    try:
        assert found.others == [b"a", b"b", b"c", b"link"]
        assert found.folders == [b"a.d", b"b.d", b"c.d"]
        facts = listing.looked_at([b"a", b"link", b"gone"], found.descriptor)
    finally:
        os.close(found.descriptor)
    assert [fact if isinstance(fact, str) else fact[:3] for fact in facts] == [
        (b"a", "file", 5),
        (b"link", "link", 0),
        "vanished",
    ]


def test_a_directory_that_another_replaced_is_not_listed(tmp_path: Path) -> None:
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
    other = os.lstat(tmp_path / "other")
    assert listing.of(os.fsencode(tmp_path / "one"), other).code == "replaced"
    assert listing.of(os.fsencode(tmp_path / "none"), other).code == "vanished"
    assert {"replaced", "vanished", "permission", "io-error"} <= listing.CODES


def test_names_come_in_the_order_of_their_bytes(tmp_path: Path) -> None:
    names = [
        b"\xff",
        b"\xf0\x9f\x98\x80",
        b"\xc3\xa4",
        b"z",
        b"Z",
        b"\xee\x80\x80",
        b"\x80\xff",
        b"a b",
    ]
    for name in names:
        (tmp_path / os.fsdecode(name)).touch()
        (tmp_path / os.fsdecode(b"d" + name)).mkdir()
    path = os.fsencode(tmp_path)
    found = listing.of(path, os.lstat(path))
    os.close(found.descriptor)
    assert found.others == sorted(names)
    assert found.folders == sorted(b"d" + name for name in names)
