"""Tar archives."""

import gzip
import io
import tarfile

import pytest

from tests.read.beside.packing import (
    FILES,
    LETTER,
    NOISE,
    files_in,
    lost_in,
    met,
    names_in,
    tarred,
)
from vestige.read import tar_names
from vestige.read.beside import flowing
from vestige.read.beside import tarred as read
from vestige.read.beside.parts import Bounds
from vestige.read.pages import Held

FORMS = (tarfile.PAX_FORMAT, tarfile.GNU_FORMAT, tarfile.USTAR_FORMAT)
LONG = "/".join(["folder" * 10] * 4) + "/Müller.dcm"


@pytest.mark.parametrize("form", FORMS)
def test_members_of_every_form_are_read(form: int) -> None:
    data = tarred(FILES, form)
    assert files_in(data) == FILES
    assert lost_in(data) == []


@pytest.mark.parametrize("form", FORMS[:2])
def test_long_names_are_told_whole(form: int) -> None:
    assert files_in(tarred({LONG: LETTER, "b": NOISE}, form)) == {LONG: LETTER, "b": NOISE}


def test_the_oldest_form_is_known_by_its_checksum() -> None:
    data = bytearray(tarred({"a": LETTER}, tarfile.USTAR_FORMAT))
    data[257:512] = b"\0" * 255
    data[148:156] = b" " * 8
    data[148:156] = b"%06o\0 " % sum(data[:512])
    assert files_in(bytes(data)) == {"a": LETTER}


def test_archives_one_behind_the_other_are_read() -> None:
    assert files_in(tarred({"a": LETTER}) + tarred({"b": NOISE})) == {"a": LETTER, "b": NOISE}


def test_links_folders_devices_and_owners_are_names_and_never_followed() -> None:
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w") as made:
        for name, kind, link in (
            ("../../etc/passwd", tarfile.SYMTYPE, "/etc/shadow"),
            ("hard", tarfile.LNKTYPE, "Zargothy"),
            ("zero", tarfile.CHRTYPE, ""),
            ("folder", tarfile.DIRTYPE, ""),
        ):
            member = tarfile.TarInfo(name)
            member.type, member.linkname, member.uname = kind, link, "mquintero"
            made.addfile(member)
    found = names_in(data.getvalue())
    assert (b"mquintero", tar_names.OWNER) in found
    names = {name for name, place in found if not place}
    assert names == {b"../../etc/passwd", b"/etc/shadow", b"hard", b"Zargothy", b"zero", b"folder/"}
    assert files_in(data.getvalue()) == {}


def test_a_member_of_a_name_that_came_before_is_read_too() -> None:
    data = tarred({"a": LETTER}) + tarred({"a": NOISE})
    assert [one for _, one in met(Held(data)) if isinstance(one, bytes)] == [LETTER, NOISE]


def test_one_that_breaks_off_is_told() -> None:
    data = tarred({"a": LETTER, "b": NOISE})
    cut = data[: len(data) // 2]
    assert lost_in(cut) == ["damaged"]
    assert files_in(cut)["a"] == LETTER
    broken = bytearray(data)
    broken[1536 + 150] ^= 7
    assert lost_in(bytes(broken)) == ["damaged"]


def test_what_is_unpacked_in_order_is_read_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flowing, "WHOLE", 3_000)
    monkeypatch.setattr(flowing, "KEPT", 2_000)
    monkeypatch.setattr(read, "WHOLE", 3_000)
    many = {f"{n}": bytes([n]) * 900 + NOISE[:n] for n in range(60)}
    assert files_in(gzip.compress(tarred(many))) == many


def test_sizes_that_lie_end_it() -> None:
    member = tarfile.TarInfo("a")
    member.size = 1 << 60
    data = member.tobuf(tarfile.GNU_FORMAT) + b"x" * 1024
    assert lost_in(data) == ["damaged"]


def test_names_are_told_when_no_more_is_read() -> None:
    bounds = Bounds(9)
    bounds.members = -1
    told = [one for _, one in met(Held(tarred({"a": LETTER, "b": b""})), bounds)]
    assert told == [(b"a", ""), "archive-budget", (b"b", ""), "archive-budget"]
