"""Verify: what was cleared is there, and nothing but that."""

import hashlib
import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from tests.clearance.test_manifest import FACTS, text_of
from tests.test_signature import KEY, private, public
from vestige import signature
from vestige.clearance import manifest
from vestige.clearance.difference import Kind
from vestige.clearance.manifest import Clearance, EditedError, File, Other, head
from vestige.model import UsageError
from vestige.run.verify import load, with_listing_in, with_roots

CONTENT = {b"s/a.dcm": b"a" * 100, b"s/t/b.dcm": b"b", b"line\nfeed": b"", b"\xff": b"x"}
LONG = hashlib.shake_256(b"long").digest(9 << 20)


def cleared(*roots: Path, **facts: str) -> Clearance:
    files = [
        File(number, os.fsencode(path)[len(os.fsencode(root)) + 1 :], len(data), digest)
        for number, root in enumerate(roots)
        for path in root.rglob("*")
        if path.is_file() and not path.is_symlink()
        for data in (path.read_bytes(),)
        for digest in (hashlib.sha256(data).digest(),)
    ]
    others = (Other("d", 0, b"empty"), Other("l", 0, b"link"))
    told = head({**FACTS, "roots": str(len(roots)), **facts}, files, others)
    return Clearance(told, tuple(sorted(files)), others)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for path, data in {**CONTENT, b"long": LONG}.items():
        file = Path(os.fsdecode(os.fsencode(tmp_path / "root") + b"/" + path))
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    (tmp_path / "root/empty").mkdir()
    (tmp_path / "root/link").symlink_to("long")
    return tmp_path / "root"


def test_what_is_as_it_was_is_proven(root: Path) -> None:
    verified = with_roots(cleared(root), [root], jobs=2)
    assert (verified.code, verified.right, verified.differences) == (0, 5, ())
    (root / "empty").rmdir()
    (root / "link").unlink()
    assert with_roots(cleared(root), [root]).code == 0


def rewritten(root: Path) -> None:
    path = root / "s/a.dcm"
    facts = path.stat()
    path.write_bytes(b"A" * 100)
    os.utime(path, ns=(facts.st_atime_ns, facts.st_mtime_ns))


def as_link(root: Path) -> None:
    (root / "s/a.dcm").rename(root.parent / "elsewhere")
    (root / "s/a.dcm").symlink_to(root.parent / "elsewhere")


def as_file(root: Path) -> None:
    (root / "link").unlink()
    (root / "link").write_bytes(LONG)


def late_byte(root: Path) -> None:
    with (root / "long").open("r+b") as stream:
        stream.seek(len(LONG) - 1)
        stream.write(bytes((LONG[-1] ^ 1,)))


def as_folder(root: Path) -> None:
    (root / "s/a.dcm").unlink()
    (root / "s/a.dcm").mkdir()


DIFFERENT: dict[str, tuple[Callable[[Path], object], list[tuple[Kind, bytes]]]] = {
    "content": (rewritten, [(Kind.CHANGED, b"s/a.dcm")]),
    "one late byte": (late_byte, [(Kind.CHANGED, b"long")]),
    "size": (lambda r: os.truncate(r / "s/a.dcm", 99), [(Kind.CHANGED, b"s/a.dcm")]),
    "gone": (lambda r: (r / "s/a.dcm").unlink(), [(Kind.REMOVED, b"s/a.dcm")]),
    "file": (lambda r: (r / "s/new").touch(), [(Kind.ADDED, b"s/new")]),
    "folder": (lambda r: (r / "s/Anna").mkdir(), [(Kind.ADDED, b"s/Anna")]),
    "new link": (lambda r: (r / "new").symlink_to("long"), [(Kind.ADDED, b"new")]),
    "pipe": (lambda r: os.mkfifo(r / "pipe"), [(Kind.ADDED, b"pipe")]),
    "link for file": (as_link, [(Kind.CHANGED, b"s/a.dcm")]),
    "file for link": (as_file, [(Kind.ADDED, b"link")]),
    "folder for file": (as_folder, [(Kind.ADDED, b"s/a.dcm")]),
    "renamed": (
        lambda r: (r / "s").rename(r / "u"),
        [
            *((Kind.ADDED, path) for path in (b"u", b"u/a.dcm", b"u/t", b"u/t/b.dcm")),
            *((Kind.REMOVED, path) for path in (b"s/a.dcm", b"s/t/b.dcm")),
        ],
    ),
}


@pytest.mark.parametrize("how", DIFFERENT)
def test_every_difference_is_told(root: Path, how: str) -> None:
    meddle, expected = DIFFERENT[how]
    clearance = cleared(root)
    meddle(root)
    verified = with_roots(clearance, [root])
    assert sorted((one.kind, one.path) for one in verified.differences) == sorted(expected)
    assert verified.code == 1


def test_what_cannot_be_read_is_not_proven(root: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may read everything")
    (root / "long").chmod(0)
    verified = with_roots(cleared(root), [root])
    assert [one.kind for one in verified.differences] == [Kind.UNREADABLE]
    assert verified.code == 3


def test_roots_are_held_against_theirs_in_order(root: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "x").write_bytes(b"x")
    clearance = cleared(root, other)
    assert with_roots(clearance, [root, other]).code == 0
    assert with_roots(clearance, [other, root]).code == 1
    with pytest.raises(UsageError, match="2 roots"):
        with_roots(clearance, [root])
    (tmp_path / "list").touch()
    with pytest.raises(UsageError, match="one root"):
        with_listing_in(clearance, tmp_path / "list")


def put(clearance: Clearance, folder: Path) -> Path:
    (folder / "clearance").write_bytes(text_of(clearance))
    return folder / "clearance"


def test_a_clearance_that_does_not_hold_today_is_refused_in_a_sentence(
    root: Path, tmp_path: Path
) -> None:
    now = manifest.now()
    soon, past = now + timedelta(hours=1), now - timedelta(hours=1)
    good = cleared(root, cleared=past.isoformat(), expires=soon.isoformat())
    assert load(put(good, tmp_path)).refusals == ()
    old = cleared(root, cleared=past.isoformat(), expires=past.isoformat())
    assert "expired" in load(put(old, tmp_path)).refusals[0]
    early = cleared(root, cleared=soon.isoformat(), expires=soon.isoformat())
    assert "clock" in load(put(early, tmp_path)).refusals[0]


def test_the_signature_must_be_there_and_hold(root: Path, tmp_path: Path) -> None:
    file = put(cleared(root), tmp_path)
    (tmp_path / "pub.pem").write_bytes(public(KEY))
    with pytest.raises(UsageError, match=r"\.sig"):
        load(file, tmp_path / "pub.pem")
    (tmp_path / "clearance.sig").write_bytes(signature.sign(file.read_bytes(), private(KEY)))
    assert load(file, tmp_path / "pub.pem").clearance == cleared(root)
    file.write_bytes(text_of(cleared(root, policy="other")))
    assert load(file)
    with pytest.raises(EditedError, match="signature"):
        load(file, tmp_path / "pub.pem")


def test_what_is_not_there_is_said(tmp_path: Path, root: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        load(tmp_path / "none")
    with pytest.raises(UsageError, match="cannot be read"):
        with_listing_in(cleared(root), tmp_path / "none")
