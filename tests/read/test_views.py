import base64
import gzip
import io
import zipfile
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.read.test_containers import tarred, zipped
from tests.read.test_records import database
from vestige.read import views as of_views
from vestige.read.containers import Room
from vestige.read.views import View, views, views_of

TEXT = b"a line about nobody\n" * 30 + b"case of QUINTERO ANA\n"
NAME = b"QUINTERO ANA"


def seen(data: bytes, room: Room | None = None) -> list[View]:
    return list(views(io.BytesIO(data), len(data), room or Room(len(data))))


def ways(data: bytes, wanted: bytes = NAME) -> set[str]:
    found = (one for one in seen(data) if wanted in one.data)
    return {" > ".join(step.kind for step in one.steps) for one in found}


@pytest.mark.parametrize(
    ("data", "way"),
    [
        (TEXT, ""),
        (gzip.compress(TEXT, mtime=0), "gzip"),
        (zlib.compress(TEXT), "zlib"),
        (zipped(a=TEXT), "zip"),
        (tarred(a=TEXT), "tar"),
        (gzip.compress(tarred(a=TEXT)), "gzip > tar"),
        (zipped(a=zipped(b=gzip.compress(TEXT, mtime=0))), "zip > zip > gzip"),
        (zipped(**{"QUINTERO ANA": b"x"}), "zip > names of members"),
        (b"x: " + base64.b64encode(TEXT), "base64"),
        (b"x: " + base64.b64encode(gzip.compress(TEXT, mtime=0)), "base64 > gzip"),
        (b"<a>QUINTERO</a> <b>ANA</b>", "text across tags"),
        (TEXT.decode().encode("utf-16"), "UTF-16"),
        (bytes(range(256)) * 4 + zlib.compress(TEXT) + bytes(99), "stream"),
    ],
)
def test_what_stands_in_bytes_is_viewed(data: bytes, way: str) -> None:
    assert way in ways(data)


def test_a_database_is_viewed_record_by_record(tmp_path: Path) -> None:
    assert "records" in ways(database(tmp_path / "a.db"), b"Quintero\tAna")


def test_older_encodings_are_read_as_what_they_may_be() -> None:
    assert "cp1252" in ways("Gespräch mit Müller\r\n".encode("cp1252"), "Müller".encode())
    assert "gb18030" in ways("病人 王小明 男\n".encode("gb18030"), "王小明".encode())


def test_what_lies_too_deep_is_a_loss() -> None:
    data = TEXT
    for _ in range(5):
        data = gzip.compress(data, mtime=0)
    room = Room(len(data))
    assert not [one for one in seen(data, room) if NAME in one.data]
    assert list(room.losses) == ["hunt-budget"]


def test_an_archive_that_nobody_opens_is_a_loss() -> None:
    room = Room(9)
    seen(b"7z\xbc\xaf\x27\x1c" + bytes(range(200)), room)
    assert list(room.losses) == ["hunt-unopened"]


def test_nothing_is_cut_between_stretches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(of_views, "STRETCH", 4096)
    for at in range(4000, 4200, 7):
        data = b"x " * (at // 2) + NAME + b" y" * 3000
        assert "" in ways(data)


def test_a_long_file_is_held_by_stretches() -> None:
    class Endless(io.RawIOBase):
        """A gigabyte of text that is made as it is read, and counts what was asked for at once."""

        def __init__(self) -> None:
            super().__init__()
            self.at = self.most = 0

        def seek(self, offset: int, whence: int = 0, /) -> int:
            self.at = offset if whence == 0 else (1 << 26)
            return self.at

        def tell(self) -> int:
            return self.at

        def read(self, size: int = -1, /) -> bytes:
            self.most = max(self.most, size)
            part = b"x" * max(0, min(size, (1 << 26) - self.at))
            self.at += len(part)
            return part

    file = Endless()
    longest = max(len(one.data) for one in views(file, 1 << 26, Room(1 << 26)))
    assert longest <= of_views.STRETCH
    assert file.most <= of_views.STRETCH


@given(
    st.binary(max_size=600), st.sampled_from((b"", b"PK\x03\x04", b"%PDF-1.4\n", b"\x1f\x8b\x08"))
)
def test_any_bytes_can_be_viewed(data: bytes, head: bytes) -> None:
    room = Room(0)
    room.bytes = 1 << 20
    for one in views_of(head + data, (), room):
        assert isinstance(one.data, bytes)


@given(st.data())
def test_archives_that_were_tampered_with_can_be_viewed(data: st.DataObject) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.zip", zipped(b=gzip.compress(TEXT, mtime=0)))
    raw = bytearray(buffer.getvalue())
    for _ in range(data.draw(st.integers(1, 8))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    for one in seen(bytes(raw)):
        assert len(one.data) <= of_views.STRETCH + of_views.OVERLAP
