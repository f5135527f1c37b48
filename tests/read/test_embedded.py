import gzip
import io
import random
import zipfile
import zlib

from hypothesis import given
from hypothesis import strategies as st

from vestige.read.embedded import streams

TEXT = b"case of somebody, and a line that is long enough\n"
ROOM = 1 << 20


def noise(count: int) -> bytes:
    return random.Random(count).randbytes(count)  # noqa: S311 - no secret


def test_streams_anywhere_are_unpacked() -> None:
    data = noise(500) + zlib.compress(TEXT) + noise(300) + gzip.compress(TEXT * 2) + noise(90)
    assert [one.data for one in streams(data, ROOM) if TEXT in one.data] == [TEXT, TEXT * 2]


def test_members_of_an_archive_without_its_end_are_found_with_their_names() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("x/1.txt", TEXT)
    (found,) = streams(buffer.getvalue()[:-60], ROOM)
    assert found == (b"x/1.txt", TEXT)


def test_chance_writes_no_stream() -> None:
    assert [one for one in streams(noise(200_000), ROOM) if len(one.data) > 200] == []


def test_what_is_unpacked_is_bounded() -> None:
    bomb = zlib.compress(bytes(50 << 20))
    (found,) = streams(bomb, 10_000)
    assert len(found.data) <= 10_000


@given(st.binary(max_size=400))
def test_any_bytes_may_hold_a_stream(data: bytes) -> None:
    for one in streams(b"\x78\x9c" + data + b"PK\x03\x04" + data, ROOM):
        assert len(one.data) <= ROOM
