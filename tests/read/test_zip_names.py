"""Names in zip archives."""

import io
import struct
import zipfile
import zlib

import pytest

from tests.read.remnants import names_of
from vestige.read import zip_names
from vestige.read.pages import Held
from vestige.read.recorded import BUDGET, UNREAD

NAMES = ["Zargothy, Ada", "Müller", "森"]


def archive(names: list[str], comment: bytes = b"") -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as made:
        made.comment = comment
        for name in names:
            made.writestr(f"{name}/one.dcm", b"x" * 50)
    return data.getvalue()


def test_members_are_told_folder_by_folder() -> None:
    ghosts = zip_names.read(Held(archive(NAMES)))
    assert names_of(ghosts) == {*NAMES, "one.dcm"}
    assert ghosts is not None
    assert ghosts.flaws == ()
    assert not ghosts.whole


def test_comments_are_told() -> None:
    ghosts = zip_names.read(Held(archive(["a"], b"for Maria Quintero")))
    assert ghosts is not None
    assert (zip_names.COMMENT, (b"for Maria Quintero",)) in [(f[0], f[2]) for f in ghosts.folders]


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("Müller".encode(), "Müller"),
        ("Müller".encode("cp437"), "Müller"),
        ("森田".encode("cp932"), "森田".encode("cp932").decode("utf-8", "surrogateescape")),
    ],
)
def test_names_without_a_flag_are_read_as_archivers_write_them(raw: bytes, name: str) -> None:
    data = archive(["A" * (len(raw) - len("/one.dcm"))] if len(raw) > 8 else ["A" * len(raw)])
    data = data.replace(b"A" * len(raw), raw)
    ghosts = zip_names.read(Held(data))
    assert ghosts is not None
    found = {n.decode("utf-8", "surrogateescape") for f in ghosts.folders for n in f.names}
    assert name in found


def test_a_name_in_an_extra_field_counts_if_it_belongs_there() -> None:
    right, wrong = zlib.crc32(b"a"), zlib.crc32(b"b")
    for checksum, name in ((right, "Zargothy"), (wrong, "a")):
        member = zipfile.ZipInfo("a")
        field = struct.pack("<BI", 1, checksum) + b"Zargothy"
        member.extra = struct.pack("<HH", 0x7075, len(field)) + field
        data = io.BytesIO()
        with zipfile.ZipFile(data, "w") as made:
            made.writestr(member, b"x")
        assert names_of(zip_names.read(Held(data.getvalue()))) == {name}


def test_archives_of_more_than_65535_members_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as made:
        for number in range(70_000):
            made.writestr(f"{number}.dcm", b"")
        made.writestr("Zargothy, Ada/last.dcm", b"")
    assert b"PK\x06\x06" in data.getvalue()
    assert "Zargothy, Ada" in names_of(zip_names.read(Held(data.getvalue())))
    monkeypatch.setattr(zip_names, "BYTES", 100_000)
    ghosts = zip_names.read(Held(data.getvalue()))
    assert ghosts is not None
    assert BUDGET in ghosts.flaws


def test_a_program_that_unpacks_itself_may_stand_before_the_archive() -> None:
    data = b"PK\x03\x04" + b"program" * 1000 + archive(NAMES)
    assert names_of(zip_names.read(Held(data))) == {*NAMES, "one.dcm"}


def test_an_archive_that_breaks_off_is_told_by_its_members() -> None:
    data = archive(NAMES)
    ghosts = zip_names.read(Held(data[: data.index(b"PK\x01\x02") - 3]))
    assert names_of(ghosts) == {*NAMES, "one.dcm"}
    assert ghosts is not None
    assert ghosts.flaws == (UNREAD,)


@pytest.mark.parametrize("names", [["[Content_Types].xml", "word"], ["mimetype", "content.xml"]])
def test_office_documents_are_no_archives(names: list[str]) -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as made:
        for name in names:
            made.writestr(name, b"x")
    assert zip_names.read(Held(data.getvalue())) is None
    with zipfile.ZipFile(data, "w") as made:
        for name in ("Zargothy, Ada", "mimetype"):
            made.writestr(name, b"x")
    assert "Zargothy, Ada" in names_of(zip_names.read(Held(data.getvalue())))


def test_paths_that_lead_out_are_only_names() -> None:
    ghosts = zip_names.read(Held(archive(["../../Zargothy", "/etc"])))
    assert names_of(ghosts) == {"Zargothy", "etc", "one.dcm"}


def test_an_empty_archive_tells_nothing() -> None:
    ghosts = zip_names.read(Held(archive([])))
    assert ghosts is not None
    assert ghosts.folders == ()
    assert ghosts.flaws == ()
