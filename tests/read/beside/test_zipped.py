"""Zip archives."""

import io
import struct
import zipfile

import pytest

from tests.read.beside.packing import (
    FILES,
    LETTER,
    NOISE,
    files_in,
    lost_in,
    met,
    names_in,
    zipped,
)
from vestige.read.beside import flowing
from vestige.read.beside import zipped as read
from vestige.read.beside.flowing import UNTOLD, Flow
from vestige.read.beside.parts import Bounds
from vestige.read.pages import Held

METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)


@pytest.mark.parametrize("method", METHODS)
def test_members_of_every_method_are_read(method: int) -> None:
    data = zipped(FILES, method)
    assert files_in(data) == FILES
    assert lost_in(data) == []
    assert files_in(zipped(FILES, method, streamed=True)) == FILES


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("streamed", [False, True])
def test_without_a_directory_the_heads_are_followed(method: int, *, streamed: bool) -> None:
    data = zipped(FILES, method, streamed=streamed)
    cut = data[: data.rindex(b"PK\x01\x02") - 30]
    assert lost_in(cut) == ["damaged"]
    assert files_in(cut) == FILES


@pytest.mark.parametrize("streamed", [False, True])
def test_a_long_one_inside_another_is_read_forward(
    monkeypatch: pytest.MonkeyPatch, *, streamed: bool
) -> None:
    data = zipped({**FILES, "more": LETTER * 500}, streamed=streamed)
    monkeypatch.setattr(flowing, "WHOLE", 2_000)
    monkeypatch.setattr(flowing, "KEPT", 1_000)
    flow = Flow(io.BytesIO(data), UNTOLD, Bounds(len(data)))
    told = [(way, one) for way, one in met(flow) if isinstance(one, bytes)]
    assert dict(told) == {
        b"!/dir/letter.txt": LETTER,
        b"!/dir/noise.bin": NOISE,
        b"!/empty": b"",
        b"!/more": LETTER * 500,
    }


def test_a_program_may_stand_before_it() -> None:
    assert files_in(b"PK\x03\x04" + b"program" * 1000 + zipped(FILES)) == FILES
    assert files_in(b"MZ" + b"program" * 5000 + zipped(FILES)) == FILES
    assert files_in(b"#!/bin/sh\nexit\n" + zipped(FILES)) == FILES


def test_large_ones_are_read_by_their_extra_fields(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zipfile, "ZIP64_LIMIT", 100)
    monkeypatch.setattr(zipfile, "ZIP_FILECOUNT_LIMIT", 1)
    data = zipped(FILES)
    assert b"PK\x06\x06" in data
    assert files_in(data) == FILES
    assert lost_in(data) == []


def test_what_is_encrypted_is_told_with_its_name() -> None:
    data = bytearray(zipped({"Zargothy/one.dcm": b"x"}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert lost_in(bytes(data)) == ["protected"]
    assert names_in(bytes(data)) == {(b"Zargothy/one.dcm", "")}


def test_methods_that_nobody_here_knows_are_told() -> None:
    data = bytearray(zipped({"a": b"x"}))
    data[8] = data[data.index(b"PK\x01\x02") + 10] = 6
    assert lost_in(bytes(data)) == ["form-unread"]


def test_damage_in_one_member_leaves_the_others() -> None:
    data = bytearray(zipped({"a": LETTER, "b": LETTER}))
    data[50:60] = b"\xff" * 10
    assert lost_in(bytes(data)) == ["damaged"]
    assert files_in(bytes(data))["b"] == LETTER


def test_folders_and_comments_are_names() -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as made:
        made.comment = b"for Maria Quintero"
        made.writestr("Zargothy/", b"")
        member = zipfile.ZipInfo("a")
        member.comment = b"hers"
        made.writestr(member, b"x")
    comments = {(b"for Maria Quintero", read.COMMENT), (b"hers", read.COMMENT)}
    assert names_in(data.getvalue()) == {*comments, (b"Zargothy/", "")}


def test_members_that_overlap_come_out_no_oftener_than_there_is_room() -> None:
    """A bomb whose members are all the same bytes: they are counted each time."""
    data = bytearray(zipped({"a": bytes(1 << 20)}))
    at = data.index(b"PK\x01\x02")
    entry, end = bytes(data[at : at + 47]), bytes(data[at + 47 :])
    many = 1_000
    head = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, many, many, 47 * many, at, 0)
    data[at:] = entry * many + head
    assert len(end) == len(head)
    bounds = Bounds(9)
    bounds.bytes = 20 << 20
    told = list(met(Held(bytes(data)), bounds))
    assert sum(len(one) for _, one in told if isinstance(one, bytes)) <= 20 << 20
    assert "archive-budget" in [one for _, one in told]
    assert len([one for _, one in told if isinstance(one, tuple)]) >= 900, "names are told all"


def test_a_directory_that_is_too_long_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read, "LONGEST_DIRECTORY", 100)
    assert lost_in(zipped(FILES)) == ["archive-budget"]
