"""Contents compared by XXH3: what was digested is what is judged, and nothing else counts."""

import os
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.read.test_held import long_bytes
from vestige.listing import looked_at
from vestige.model import Entry, Kind
from vestige.read import held
from vestige.read.compared import Comparing, by_xxh3
from vestige.read.held import BLOCK
from vestige.read.unreadable import Unreadable

KEY = b"k" * 32


def digest(data: bytes, key: bytes = KEY) -> bytes:
    whole = by_xxh3(key).whole()
    whole.update(data)
    return whole.digest()


def entry(path: Path) -> Entry:
    status = path.stat()
    of = os.fsencode(path)
    times = (status.st_mtime_ns, status.st_ctime_ns)
    name = os.path.basename(of)
    return Entry(1, 0, name, of, Kind.FILE, status.st_size, *times, status.st_ino)


def taken(comparing: Comparing, folder: Path) -> dict[bytes, bytes]:
    names = sorted(map(os.fsencode, os.listdir(folder)))
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        listed = [one for one in looked_at(names, descriptor) if not isinstance(one, str)]
    finally:
        os.close(descriptor)
    found = comparing.taken(os.fsencode(folder) + b"/", 0, listed)
    return {names[one.entry]: one.digest for one in found}


@pytest.mark.parametrize("size", [1, 5_000, BLOCK - 1, BLOCK, BLOCK + 1, 9 * BLOCK + 3])
def test_read_to_be_judged_or_to_be_compared_the_digest_is_the_same(
    tmp_path: Path, size: int
) -> None:
    data = random.Random(size).randbytes(size)  # noqa: S311 - chance, not secrecy
    (tmp_path / "a").write_bytes(data)
    comparing = Comparing(KEY)
    with comparing.folder(os.fsencode(tmp_path) + b"/", 1) as folder:
        os.close(folder.glance(b"a", 100, size)[0])
        read = taken(comparing, tmp_path)
        assert read == {b"a": digest(data)}
        assert folder.holds(b"a", size, digest(data))
        assert taken(comparing, tmp_path) == read
        assert not folder.holds(b"a", size, digest(data[:-1] + bytes([data[-1] ^ 1])))
        assert not folder.holds(b"a", size + 1, digest(data))
        assert not folder.holds(b"b", size, digest(data)), "it is not there"
        assert not folder.holds(b".", size, digest(data)), "it is no file"
        assert taken(comparing, tmp_path) == {}


def test_the_digest_depends_on_the_key() -> None:
    assert len(digest(b"text")) == 16
    assert digest(b"text") != digest(b"text", b"l" * 32)


def test_a_file_that_does_not_keep_still_is_read_without_a_digest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"x" * 5_000)
    plain = held.blocks
    written: list[int] = []

    def busy(descriptor: int, size: int) -> Iterator[bytes]:
        for block in plain(descriptor, size):
            with path.open("r+b") as stream:
                stream.write(b"y" * 10)
            os.utime(path, ns=(len(written), len(written)))
            written.append(size)
            yield block

    monkeypatch.setattr(held, "blocks", busy)
    comparing = Comparing(KEY)
    with comparing.opened(entry(path), 100) as source:
        assert source.first == b"y" * 10 + b"x" * 90
        assert source.read(0, 6_000) == b"y" * 10 + b"x" * 4_990
    assert written, "it was written to while it was digested"
    assert taken(comparing, tmp_path) == {}


def test_other_bytes_of_a_long_file_are_a_problem_and_it_has_no_digest(tmp_path: Path) -> None:
    path = tmp_path / "long"
    path.write_bytes(long_bytes())
    comparing = Comparing(KEY)
    met = entry(path)
    with comparing.opened(met, 100) as source:
        status = path.stat()
        with path.open("r+b") as stream:
            stream.seek(3 * BLOCK)
            stream.write(b"other")
        os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
        assert source.read(3 * BLOCK, 10) == b""
        problem = source.changed(met)
    assert problem is not None
    assert problem.code == "changed"
    assert taken(comparing, tmp_path) == {}


def test_what_cannot_be_opened_says_why(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"x")
    met = entry(path)
    path.unlink()
    with pytest.raises(Unreadable) as refused:
        Comparing(KEY).opened(met, 100)
    assert refused.value.code == "vanished"
    path.mkdir()
    with pytest.raises(Unreadable) as refused:
        Comparing(KEY).opened(met, 100)
    assert refused.value.code == "replaced"
