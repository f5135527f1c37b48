"""Containers: what goes in comes out, and the same files give the same bytes."""

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile

import pytest

from vestige.model import VestigeError
from vestige.planting.container import checked, forms, packed

FILES = (("a/b.txt", b"one"), ("c", b"two" * 500))


def test_a_zip_holds_the_files() -> None:
    with zipfile.ZipFile(io.BytesIO(packed("zip", FILES))) as found:
        assert {name: found.read(name) for name in found.namelist()} == dict(FILES)


@pytest.mark.parametrize(
    ("form", "opened"),
    [
        ("tar", bytes),
        ("tar gzip", gzip.decompress),
        ("tar bzip2", bz2.decompress),
        ("tar xz", lzma.decompress),
    ],
)
def test_a_tar_holds_the_files_however_it_is_packed(form: str, opened: type) -> None:
    with tarfile.open(fileobj=io.BytesIO(opened(packed(form, FILES)))) as found:
        members = {one.name: found.extractfile(one) for one in found}
        assert {name: one.read() for name, one in members.items() if one} == dict(FILES)


def test_what_packs_takes_one_file() -> None:
    assert gzip.decompress(packed("gzip", FILES[:1])) == b"one"
    with pytest.raises(VestigeError, match="gzip packs one member"):
        packed("gzip", FILES)


@pytest.mark.parametrize("form", sorted(forms()))
def test_the_same_files_give_the_same_bytes(form: str) -> None:
    assert packed(form, FILES[:1]) == packed(form, FILES[:1])


@pytest.mark.parametrize("form", ["", "rar", "gzip tar", "zip rar"])
def test_a_form_that_nobody_can_write_is_refused(form: str) -> None:
    with pytest.raises(ValueError, match=form or "is not of"):
        checked(form)
