"""Archives that are damaged in any way: whatever the bytes are, nothing is raised and all ends."""

import bz2
import gzip
import io
import lzma
import random
import zipfile

import pytest

from tests.read.beside.packing import FILES, met, tarred, zipped
from tests.read.beside.test_bundled import ar, cpio
from vestige.read.beside import flowing
from vestige.read.beside.flowing import UNTOLD, Flow
from vestige.read.beside.parts import Bounds
from vestige.read.pages import Held

INNER = {**FILES, "in.zip": zipped(FILES), "in.tar.gz": gzip.compress(tarred(FILES))}
ARCHIVES = {
    "zip": zipped(INNER),
    "stored zip": zipped(INNER, zipfile.ZIP_STORED),
    "streamed zip": zipped(INNER, streamed=True),
    "lzma zip": zipped(INNER, zipfile.ZIP_LZMA),
    "tar": tarred(INNER),
    "tar.gz": gzip.compress(tarred(INNER)),
    "tar.bz2": bz2.compress(tarred(INNER)),
    "tar.xz": lzma.compress(tarred(INNER)),
    "ar": ar(INNER),
    "cpio": cpio(INNER),
}
ROOM = 8 << 20


def damaged(data: bytes, chance: random.Random) -> bytes:
    """Bytes changed here and there, cut, or doubled."""
    broken = bytearray(data)
    for _ in range(chance.choice((1, 4, 40))):
        broken[chance.randrange(len(broken))] = chance.choice((0, 1, 0x7F, 0x80, 0xFF))
    start, end = sorted(chance.sample(range(len(broken) + 1), 2))
    choice = chance.randrange(4)
    if choice == 1:
        del broken[start:]
    elif choice == 2:
        broken[start:start] = broken[start:end]
    return bytes(broken)


@pytest.mark.parametrize("name", ARCHIVES)
def test_no_damage_is_too_much(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(name)  # noqa: S311 - no secret
    for turn in range(60):
        if turn == 30:
            monkeypatch.setattr(flowing, "WHOLE", 20_000)
            monkeypatch.setattr(flowing, "KEPT", 5_000)
        data = damaged(ARCHIVES[name], chance)
        for readable in (Held(data), Flow(io.BytesIO(data), UNTOLD, Bounds(9))):
            bounds = Bounds(9)
            bounds.bytes = ROOM
            told = sum(len(one) for _, one in met(readable, bounds) if isinstance(one, bytes))
            assert told <= ROOM + len(data)


def test_an_archive_that_holds_itself_ends() -> None:
    """Members of members: of a bomb with fingers to spare only so many layers are opened."""
    data = b"\0" * 1_000_000
    for _ in range(30):
        data = zipped({"a": data, "b": data})
    told = list(met(Held(data)))
    assert len(told) <= 1 << 9
