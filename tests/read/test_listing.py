"""Listings of files."""

from pathlib import Path

import pytest

from tests.read import remnants
from tests.read.remnants import names_of, told_in
from vestige.read import listing
from vestige.read.pages import Held
from vestige.read.recorded import BUDGET

NAMES = ["Zargothy, Ada", "Müller Örjan", "森"]
WRITERS = (
    remnants.checksums,
    remnants.found,
    remnants.listed,
    remnants.listed_short,
    remnants.file_list,
    remnants.dir_listing,
)


@pytest.mark.parametrize("write", WRITERS, ids=lambda one: str(one.__name__))
def test_names_are_told_and_nothing_else(tmp_path: Path, write: remnants.Write) -> None:
    write(tmp_path, NAMES)
    assert told_in(tmp_path) - {"data", "IM1.dcm", "export"} == set(NAMES)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("SHA256 (data/Zargothy, Ada/x) = " + "0" * 64, {"data", "Zargothy, Ada", "x"}),
        ("# made by a program\n" + "0" * 32 + " *Zargothy.dcm\n", {"Zargothy.dcm"}),
        (".\n├── Zargothy\n│   └── x.dcm\n", {"Zargothy", "x.dcm"}),
        ("drwxr-xr-x          4,096 2024/01/01 12:00:00 Zargothy, Ada\n", {"Zargothy, Ada"}),
        ("total 8\ndrwxr-xr-x 2 a b 4096 Jan  1 12:00 Zargothy\n", {"Zargothy"}),
        ("/data/x/Zargothy\n/data/x/y\n", {"data", "x", "y", "Zargothy"}),
        ("C:\\data\\Zargothy\r\nC:\\data\\y\r\n", {"data", "y", "Zargothy"}),
        (
            ".:\ntotal 4\nlrwxrwxrwx 1 a b 9 Jan  1 2024 x -> ../Zargothy/y\n",
            {"x", "Zargothy", "y"},
        ),
    ],
)
def test_kinds_of_listings_are_known(text: str, names: set[str]) -> None:
    ghosts = listing.read(Held(text.encode()))
    assert names_of(ghosts) == names
    assert ghosts is not None
    assert ghosts.whole


@pytest.mark.parametrize(
    "text",
    [
        "Dear Maria,\n\nplease find\n",
        "key:\n  value: 1\n\nother:\n  value: 2\n",
        "#!/bin/sh\nset -e\n",
        '{"a": 1}\n',
        "# Title\n\nText about ./data\n",
        "id,name\n1,Maria\n",
        "",
    ],
)
def test_other_texts_are_none(text: str) -> None:
    assert listing.read(Held(text.encode())) is None


def test_a_line_of_no_listing_leaves_the_file_not_wholly_read() -> None:
    ghosts = listing.read(Held(b"./a\n./b\nMaria Quintero was here\n"))
    assert ghosts is not None
    assert not ghosts.whole
    assert names_of(ghosts) == {"a", "b"}


@pytest.mark.parametrize(
    ("name", "is_list"),
    [
        (b"files.txt", True),
        (b"export_filelist.lst", True),
        (b"MANIFEST", True),
        (b"ls-lR", True),
        (b".filelist", True),
        (b"profile.txt", False),
        (b"MANIFEST.in", False),
        (b"notes.txt", False),
    ],
)
def test_files_are_called_lists(name: bytes, is_list: bool) -> None:  # noqa: FBT001
    assert listing.is_called_list(name.lower()) is is_list


def test_bytes_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "BYTES", 10)
    ghosts = listing.read(Held(b"./a\n./b\n./c\n./d\n"))
    assert ghosts is not None
    assert ghosts.flaws == (BUDGET,)


@pytest.mark.parametrize(
    "line",
    [
        b" " * 16_000,
        b"1 " * 8_000,
        b"01.01.2024 10:00" + b" " * 16_000,
        b"-rwxr-xr-x 1 " + b"a " * 8_000,
        b"| " * 8_000,
        b"a" * 16_000 + b":",
        b"\xe2\x94\x82" * 5_000,
    ],
)
def test_no_line_takes_long(line: bytes) -> None:
    """A regular expression that tried all ways to read one would not come to its end."""
    for start in (b"", b"./a\n"):
        listing.read(Held(start + line + b"\n" + line))
        assert listing.named(Held(start + line + b"\n" + line)) is not None
