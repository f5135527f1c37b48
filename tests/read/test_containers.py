import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vestige.read import containers
from vestige.read.containers import Room, Unpacking

TEXT = b"case of somebody\n" * 50
PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "bzip2": bz2.compress,
    "xz": lzma.compress,
    "zlib": zlib.compress,
}


def everything(stream: containers.Stream) -> bytes:
    parts = []
    while part := stream.read(100):
        parts.append(part)
    return b"".join(parts)


def zipped(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def tarred(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return buffer.getvalue()


@pytest.mark.parametrize("kind", PACKERS)
def test_streams_are_known_and_unpacked(kind: str) -> None:
    packed = PACKERS[kind](TEXT)
    room = Room(len(packed))
    assert containers.kind_of(packed) == kind
    assert everything(Unpacking(kind, io.BytesIO(packed), room)) == TEXT
    assert not room.losses


@pytest.mark.parametrize("kind", PACKERS)
def test_damage_ends_a_stream_and_is_told(kind: str) -> None:
    noisy = bytes(range(256)) * 4_000
    packed = PACKERS[kind](noisy + TEXT * 9_000)
    room = Room(len(packed))
    found = everything(Unpacking(kind, io.BytesIO(packed[: len(packed) // 2]), room))
    assert len(found) < len(noisy + TEXT * 9_000)
    assert "hunt-damaged" in room.losses or not found


def test_streams_behind_one_another_are_one() -> None:
    packed = gzip.compress(TEXT) + gzip.compress(b"second")
    assert everything(Unpacking("gzip", io.BytesIO(packed), Room(9))) == TEXT + b"second"


def test_a_bomb_ends_where_the_room_does() -> None:
    bomb = gzip.compress(bytes(40 << 20))
    room = Room(0)
    room.bytes = 1 << 20
    found = everything(Unpacking("gzip", io.BytesIO(bomb), room))
    assert len(found) <= (1 << 20) + 100
    assert list(room.losses) == ["hunt-budget"]


@pytest.mark.parametrize(
    ("make", "read"), [(zipped, containers.of_zip), (tarred, containers.of_tar)]
)
def test_archives_give_names_and_members(
    make: Callable[..., bytes], read: Callable[..., Iterator[containers.Member]]
) -> None:
    found = {m.name: everything(m.stream) for m in read(io.BytesIO(make(a=TEXT, b=b"2")), Room(9))}
    assert found[b"a"] == TEXT
    assert found[b"b"] == b"2"
    assert {b"a", b"b"} <= set(found[b""].split())


def test_more_members_than_are_looked_at_are_a_loss() -> None:
    room = Room(9)
    room.members = 1
    names = [m.name for m in containers.of_zip(io.BytesIO(zipped(a=b"1", b=b"2", c=b"3")), room)]
    assert names == [b"", b"a"]
    assert list(room.losses) == ["hunt-budget"]


def test_a_member_that_is_encrypted_is_a_loss_and_its_name_is_seen() -> None:
    data = bytearray(zipped(secret=TEXT))
    at = data.find(b"PK\x01\x02")
    data[at + 8] |= 1
    room = Room(9)
    found = [(m.name, everything(m.stream)) for m in containers.of_zip(io.BytesIO(data), room)]
    assert found == [(b"", b"secret\n") if found[0][1].endswith(b"\n") else (b"", b"secret")]
    assert list(room.losses) == ["hunt-protected"]


@given(st.data())
def test_archives_that_were_tampered_with_raise_nothing(data: st.DataObject) -> None:
    for make, read in ((zipped, containers.of_zip), (tarred, containers.of_tar)):
        raw = bytearray(make(a=TEXT, b=b"2" * 600))
        for _ in range(data.draw(st.integers(1, 6))):
            raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
        room = Room(len(raw))
        room.bytes = 1 << 20
        cut = raw[: data.draw(st.integers(1, len(raw)))]
        for member in read(io.BytesIO(bytes(cut)), room):
            assert len(everything(member.stream)) <= (1 << 20) + 100
