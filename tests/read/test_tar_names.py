"""Names in tar archives and in the heads of gzip files."""

import bz2
import gzip
import io
import lzma
import tarfile

import pytest

from tests.read.remnants import names_of, tar
from vestige.read import tar_names
from vestige.read.pages import Held
from vestige.read.recorded import BUDGET, UNREAD

NAMES = ["Zargothy, Ada", "Müller" * 40, "森"]
KINDS = (tarfile.PAX_FORMAT, tarfile.GNU_FORMAT)


@pytest.mark.parametrize("kind", KINDS)
def test_members_are_told(kind: int) -> None:
    ghosts = tar_names.read(Held(tar(NAMES, kind)))
    found = names_of(ghosts)
    assert {*NAMES, "data", "IM0000.dcm"} <= found
    assert ghosts is not None
    assert ghosts.flaws == ()
    assert not any("?" in name for name in found), "the name in the head gives way"


def test_the_oldest_format_is_known_by_its_checksum() -> None:
    data = bytearray(tar(["Quintero"], tarfile.USTAR_FORMAT))
    data[257:512] = b"\0" * 255
    data[148:156] = b" " * 8
    data[148:156] = b"%06o\0 " % sum(data[:512])
    assert "Quintero" in names_of(tar_names.read(Held(bytes(data))))


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_compressed_archives_are_unpacked(pack: type[bytes]) -> None:
    data = pack(tar(NAMES))
    ghosts = tar_names.packed(Held(data))
    assert set(NAMES) <= names_of(ghosts)
    assert ghosts is not None
    assert ghosts.flaws == ()
    assert tar_names.packed(Held(pack(b"x" * 5_000))) is None
    broken = tar_names.packed(Held(data[: len(data) // 2]))
    assert broken is None or broken.flaws == (UNREAD,)


def test_an_archive_in_several_gzip_members_is_read_to_its_end() -> None:
    data = tar([f"Zargothy {number}" for number in range(50)])
    packed = gzip.compress(data[:7_000]) + gzip.compress(data[7_000:])
    assert "Zargothy 49" in names_of(tar_names.packed(Held(packed)))


def test_what_an_archive_unpacks_to_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w") as made:
        for name, size in (("first", 5_000_000), ("Zargothy", 10)):
            member = tarfile.TarInfo(name)
            member.size = size
            made.addfile(member, io.BytesIO(b"\0" * size))
    packed = gzip.compress(data.getvalue())
    assert "Zargothy" in names_of(tar_names.packed(Held(packed)))
    monkeypatch.setattr(tar_names, "UNPACKED", 1_000_000)
    ghosts = tar_names.packed(Held(packed))
    assert names_of(ghosts) == {"first"}
    assert ghosts is not None
    assert ghosts.flaws == (BUDGET,)


def test_owners_and_targets_of_links_are_told() -> None:
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w") as made:
        member = tarfile.TarInfo("a")
        member.type, member.linkname, member.uname = tarfile.SYMTYPE, "Zargothy/x", "mquintero"
        made.addfile(member)
    ghosts = tar_names.read(Held(data.getvalue()))
    assert ghosts is not None
    told = {(folder.place, name) for folder in ghosts.folders for name in folder.names}
    assert (tar_names.OWNER, b"mquintero") in told
    assert (tar_names.PLACE, b"Zargothy") in told


def test_an_archive_that_breaks_off_is_told() -> None:
    data = tar(["Quintero", "Zargothy"])
    for cut in (data[: 512 + 1024 + 100], data[:1024] + b"x" * 2048):
        ghosts = tar_names.read(Held(cut))
        assert ghosts is not None
        assert ghosts.flaws == (UNREAD,)


def test_the_name_of_the_content_of_a_gzip_file_is_told() -> None:
    packed = io.BytesIO()
    with gzip.GzipFile("Zargothy, Ada.nii", "wb", fileobj=packed) as made:
        made.write(b"x" * 10)
    ghosts = tar_names.packed(Held(packed.getvalue()))
    assert names_of(ghosts) == {"Zargothy, Ada.nii"}
    assert ghosts is not None
    assert ghosts.folders[0].place == tar_names.GZIP


def test_what_is_none_is_not_taken_for_one() -> None:
    assert tar_names.read(Held(b"03/01/2024  10:00 AM" * 100)) is None
    assert not tar_names.is_tar(b"")
    assert not tar_names.is_tar(b"\0" * 512)
    assert tar_names.packed(Held(b"\x1f\x8b\x08\x08")) is None
