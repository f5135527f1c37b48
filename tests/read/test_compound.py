"""Names in the catalog of a Thumbs.db."""

import io
import struct

import pytest

from benchmarks.compounds import compound as of_streams
from tests.read.remnants import catalog, compound, names_of
from vestige.read import compound as reader
from vestige.read.pages import Held
from vestige.read.recorded import UNREAD

NAMES = [f"Zargothy_{number}.jpg" for number in range(300)] + ["Müller, Ängla"]


def test_all_names_of_the_catalog_are_told() -> None:
    for names in (NAMES[:2], NAMES):
        ghosts = reader.read(Held(compound(catalog(names))))
        assert names_of(ghosts) == set(names)
        assert ghosts is not None
        assert ghosts.flaws == ()
        assert not ghosts.whole, "the pictures themselves are not read"
        assert ghosts.folders[0].above == ()


def test_the_file_is_what_others_take_for_one() -> None:
    olefile = pytest.importorskip("olefile", reason="judges that the planted file is one")
    with olefile.OleFileIO(io.BytesIO(compound(catalog(NAMES)))) as judged:
        assert judged.openstream("Catalog").read().startswith(catalog(NAMES))


def test_short_streams_lie_in_another() -> None:
    stream = catalog(NAMES[:3])
    data = bytearray(compound(catalog(NAMES[:3])))
    # The same stream once more, as the stream of the root in which short ones lie.
    small = [*range(1, -(-len(stream) // 64)), 0xFFFFFFFE]
    table = struct.pack(f"<{len(small)}I", *small).ljust(512, b"\xff")
    at = len(data) // 512 - 1
    data += table
    struct.pack_into("<II", data, 0x3C, at, 1)
    root = 512 + 512
    struct.pack_into("<II", data, root + 0x74, 2, 4096)
    struct.pack_into("<II", data, root + 128 + 0x74, 0, len(stream))
    struct.pack_into("<I", data, 512 + 4 * at, 0xFFFFFFFE)
    ghosts = reader.read(Held(bytes(data)))
    assert names_of(ghosts) == set(NAMES[:3])


def test_other_compound_files_are_none() -> None:
    assert reader.read(Held(compound(b"x", "WordDocument"))) is None


def test_a_chain_that_bites_its_tail_ends() -> None:
    data = bytearray(compound(catalog(NAMES)))
    struct.pack_into("<I", data, 512 + 4 * 3, 2)
    ghosts = reader.read(Held(bytes(data)))
    assert ghosts is not None
    assert ghosts.flaws == (UNREAD,)


def test_a_catalog_that_breaks_off_tells_what_came_before() -> None:
    stream = bytearray(catalog(NAMES))
    stream[len(stream) // 2 :] = b"\xff" * (len(stream) - len(stream) // 2)
    ghosts = reader.read(Held(compound(bytes(stream))))
    assert ghosts is not None
    assert ghosts.flaws == (UNREAD,)
    assert len(names_of(ghosts)) > 100


def test_all_streams_are_told_with_their_ways() -> None:
    streams = {"WordDocument": b"a" * 5000, "1Table": b"b", "Data": b"c" * 9000}
    found = reader.Compound(Held(of_streams(streams)))
    told = {way: found.content(where) for way, where in found.streams()}
    assert set(told) == {("worddocument",), ("1table",), ("data",)}
    assert told["data",].rstrip(b"\0") == streams["Data"]


def test_entries_that_point_at_each_other_are_told_once() -> None:
    data = bytearray(of_streams({"a": b"x", "b": b"y"}))
    for entry in (1, 2):
        struct.pack_into("<III", data, 1024 + 128 * entry + 0x44, 1, 2, 1)
    assert len(list(reader.Compound(Held(bytes(data))).streams())) == 2
