"""Bad input, end to end through the real command: said, counted, and nothing beside it lost."""

import os
import shutil
import socket
import stat
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.account import CLEAN, DIRTY, Account, account, put, rows, scanned, tree
from tests.nobody import vestige_as_nobody
from tests.read.build import explicit, part_10, patient
from tests.volumes import vestige as run
from vestige import met
from vestige.run.examine import NO_READER

CUT = part_10(patient(b"") + explicit(0x7FE00010, "OW", bytes(40), length=4000))
LETTER = b"a letter, which is no image\n" * 20
LUMP = bytes(range(256)) * 4
"""Bytes of no kind that anything here reads."""
LONGEST_NAME = 255

# --- one volume with all that lies still ----------------------------------------------------------


def bind(path: bytes) -> None:
    here = os.getcwd()
    os.chdir(os.path.dirname(path))
    try:
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(os.path.basename(path))
    finally:
        os.chdir(here)


def deepen(folder: bytes) -> int:
    """Directories in each other until no path reaches the last; gives their number."""
    count, length = 0, len(folder)
    here = os.open(folder, os.O_RDONLY)
    while length < 4096:
        os.mkdir(b"d" * 200, dir_fd=here)
        below = os.open(b"d" * 200, os.O_RDONLY, dir_fd=here)
        os.close(here)
        here, count, length = below, count + 1, length + 201
        image = os.open(b"i", os.O_WRONLY | os.O_CREAT, dir_fd=here, mode=0o644)
        os.write(image, DIRTY)
        os.close(image)
    os.close(here)
    return count


ODD_NAMES = (
    b"\xff\xfe\x80.dcm",
    b"\xed\xa0\x80.dcm",
    b"two\nlines.dcm",
    b"\x1b[31mred.dcm",
    b"=cmd|' '!A0.dcm",
    b"<script>alert(1)<",
    b"\xe2\x80\xaemcd.dcm",
    b"-rf",
    b"x" * LONGEST_NAME,
)

LINKS = {
    b"itself": b"itself",
    b"one": b"two",
    b"two": b"one",
    b"up": b"..",
    b"nowhere": b"missing/file",
    b"folder": b"../../outside",
    b"file": b"../../outside/image.dcm",
}

EXPECTED: dict[bytes, tuple[tuple[str, str], set[str]]] = {
    b"empty/image.dcm": (("read", ""), set()),
    b"cut/image.dcm": (("partly", ""), {"truncated"}),
    b"cut/magic.dcm": (("partly", ""), {"truncated"}),
    b"other/letter.dcm": (("read", ""), set()),
    b"other/lump.dcm": (("skipped", NO_READER), set()),
    b"special/pipe": (("skipped", met.SPECIAL), set()),
    b"special/socket": (("skipped", met.SPECIAL), set()),
    **{b"names/" + one: (("read", ""), set()) for one in ODD_NAMES},
    **{b"links/" + one: (("read", ""), set()) for one in LINKS},
}


def build(top: Path) -> int:
    """Write the volume and what lies outside it; gives how deep its directories go."""
    volume = os.fsencode(top / "volume")
    put(os.fsencode(top / "outside"), b"image.dcm", DIRTY)
    put(volume + b"/empty", b"image.dcm", b"")
    put(volume + b"/cut", b"image.dcm", CUT)
    put(volume + b"/cut", b"magic.dcm", bytes(128) + b"DICM\x02")
    put(volume + b"/other", b"letter.dcm", LETTER)
    put(volume + b"/other", b"lump.dcm", LUMP)
    for own in ODD_NAMES:
        put(volume + b"/names", own, DIRTY)
    os.mkdir(volume + b"/links")
    for own, target in LINKS.items():
        os.symlink(target, volume + b"/links/" + own)
    os.mkdir(volume + b"/special")
    os.mkfifo(volume + b"/special/pipe")
    bind(volume + b"/special/socket")
    os.mkdir(volume + b"/deep")
    depth = deepen(volume + b"/deep")
    for folder in os.listdir(volume):
        put(volume + b"/" + folder, b"0.dcm", DIRTY)
        put(volume + b"/" + folder, b"~.dcm", DIRTY)
    return depth


@pytest.fixture(scope="module")
def top(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("still")
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def depth(top: Path) -> int:
    return build(top)


@pytest.fixture(scope="module")
def whole(top: Path, depth: int) -> Account:
    assert depth
    return scanned(top / "volume", top)


def test_the_whole_volume_is_accounted_for(top: Path, whole: Account) -> None:
    assert whole.code == 1, whole.text
    reachable = {
        os.path.relpath(os.path.join(os.fsencode(folder), own), os.fsencode(top / "volume"))
        for folder, folders, files in os.walk(os.fsencode(top / "volume"))
        for own in (*folders, *files)
    }
    assert reachable | {b""} == whole.states.keys()
    assert "Coverage:" in whole.text


@pytest.mark.parametrize("path", EXPECTED, ids=repr)
def test_an_entry_ends_in_the_state_that_is_due_to_it(whole: Account, path: bytes) -> None:
    state, codes = EXPECTED[path]
    assert whole.states[path] == state
    assert whole.problems.get(path, set()) == codes


def test_nothing_beside_a_bad_entry_is_lost(whole: Account) -> None:
    folders = {path.split(b"/")[0] for path in EXPECTED} | {b"deep"}
    for folder in folders:
        assert {folder + b"/0.dcm", folder + b"/~.dcm"} <= whole.named
    assert {b"names/" + own for own in ODD_NAMES} <= whole.named


def test_no_link_is_followed(whole: Account) -> None:
    assert not [path for path in whole.states if path.count(b"/") > 1 and b"links/" in path]
    assert {path for path in whole.named if path.startswith(b"links/")} == {
        b"links/0.dcm",
        b"links/~.dcm",
    }


def test_as_deep_as_paths_go_all_is_read_and_then_it_is_said(
    top: Path, depth: int, whole: Account
) -> None:
    room = 4095 - len(os.fsencode(top / "volume/deep"))
    levels = (b"deep" + b"/" + b"/".join([b"d" * 200] * level) for level in range(1, depth + 1))
    reached = [level for level in levels if level in whole.states]
    assert len(reached) == room // 201 + 1
    *read, last = reached
    assert all(whole.states[level] == ("read", "") for level in read)
    assert {level + b"/i" for level in read} <= whole.named
    assert whole.states[last] == ("unreadable", "")
    assert whole.problems[last] == {"path-too-long"}


def test_reports_hold_no_byte_that_could_steer_a_terminal_or_a_sheet(
    top: Path, whole: Account
) -> None:
    assert "\x1b" not in whole.text
    for file in ("findings.csv", "occurrences.csv", "problems.csv", "families.csv"):
        for row in rows(top / "out", file):
            assert not any(value[:1] in {"=", "+", "-", "@"} for value in row.values())
            assert all(c.isprintable() or c == "\n" for value in row.values() for c in value)


# --- exit codes -----------------------------------------------------------------------------------


def _pipe_in(folder: Path) -> None:
    os.mkfifo(folder / "pipe")


def _device_in(folder: Path) -> None:
    try:
        os.mknod(folder / "null", stat.S_IFCHR | 0o666, os.makedev(1, 3))
    except PermissionError:
        pytest.skip("devices cannot be made here")


@pytest.mark.parametrize(
    ("files", "more", "code", "says"),
    [
        ({"image.dcm": CLEAN}, None, 0, "Everything that holds data was read"),
        ({"image.dcm": CLEAN, "empty": b""}, _pipe_in, 0, "Everything that holds data was read"),
        ({"image.dcm": CLEAN}, _device_in, 0, "Everything that holds data was read"),
        ({"image.dcm": DIRTY}, None, 1, "1 finding is in band medium or worse"),
        ({"image.dcm": DIRTY, "cut.dcm": CUT}, None, 1, "1 entry could be read in part only"),
        ({"image.dcm": CLEAN, "cut.dcm": CUT}, None, 3, "1 entry could be read in part only"),
        ({"letter.dcm": LETTER}, None, 0, "Everything that holds data was read"),
        ({"lump.dcm": LUMP}, None, 3, "The content of 1 entry was not examined"),
        ({}, None, 3, "The volume holds no file"),
    ],
    ids=[
        *("clean", "pipe", "device", "dirty", "dirty-and-cut", "cut"),
        *("letter", "no-reader", "hollow"),
    ],
)
def test_the_exit_code_and_the_verdict_agree(
    tmp_path: Path,
    files: dict[str, bytes],
    more: Callable[[Path], None] | None,
    code: int,
    says: str,
) -> None:
    volume = tmp_path / "volume"
    volume.mkdir()
    for own, content in files.items():
        (volume / own).write_bytes(content)
    if more:
        more(volume)
    ended = scanned(volume, tmp_path)
    assert ended.code == code, ended.text
    assert says in ended.text


# --- what may not be read -------------------------------------------------------------------------


@pytest.fixture
def open_to_all() -> Iterator[Path]:
    """A folder that everybody may enter, as those of pytest are not."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    for own in ("volume", "home", "rehearsal"):
        (folder / own).mkdir()
    (folder / "rehearsal/image.dcm").write_bytes(DIRTY)
    yield folder
    for one in (folder, *(folder / "volume").iterdir()):
        one.chmod(0o755)
    shutil.rmtree(folder)


def test_what_may_not_be_read_is_said_entry_by_entry(open_to_all: Path) -> None:
    volume = open_to_all / "volume"
    for folder in ("closed", "listed", "passed", "plain"):
        (volume / folder / "below").mkdir(parents=True)
        (volume / folder / "image.dcm").write_bytes(DIRTY)
        (volume / folder / "secret.dcm").write_bytes(DIRTY)
    (volume / "plain/secret.dcm").chmod(0o000)
    for folder, mode in (("closed", 0o000), ("listed", 0o444), ("passed", 0o111)):
        (volume / folder).chmod(mode)

    out = open_to_all / "home/out"
    ended = account(vestige_as_nobody("scan", volume, "--out", out, folder=open_to_all), out)

    assert ended.code == 1, ended.text
    refused = {b"closed", b"passed", b"plain/secret.dcm"}
    refused |= {b"listed/" + own for own in (b"below", b"image.dcm", b"secret.dcm")}
    assert ended.problems == {path: {"permission"} for path in refused}
    assert all(ended.states[path] == ("unreadable", "") for path in refused)
    assert ended.named == {b"plain/image.dcm"}
    assert (ended.coverage["seen"], ended.coverage["directories"]) == (11, 7)
    assert "6 entries could not be read." in ended.text


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ("volume --out new", "the output folder cannot be made (Permission denied)"),
        ("volume --out home/out --key closed/key", "the key file cannot be read (Permission"),
        ("closed --out home/out", "is not readable"),
    ],
)
def test_what_a_scan_may_not_write_or_read_at_all_is_wrong_usage(
    open_to_all: Path, arguments: str, says: str
) -> None:
    (open_to_all / "closed").mkdir(mode=0o000)
    open_to_all.chmod(0o555)
    words = (w if w.startswith("-") else open_to_all / w for w in arguments.split())
    ran = vestige_as_nobody("scan", *words, folder=open_to_all)
    assert ran.code == 2, ran.text
    assert says in " ".join(ran.text.split())
    assert "Traceback" not in ran.text
    assert not (open_to_all / "home/out").exists()


# --- wrong usage ----------------------------------------------------------------------------------

NO_EXAMPLE = b"""
title = "A rule without example"
why = "w"
remedy = "r"
severity = "high"
certainty = 0.5
where = ["path"]
identifies = "direct"
basis = ["b"]
since = "0.1"
[match.pattern]
regex = '''(?P<value>x)'''
"""

BROKEN_RULES = {
    "toml": (b'title = "unclosed', ("broken.toml",)),
    "bytes": (b"\xff\xfe\x00", ("broken.toml",)),
    "key": (NO_EXAMPLE.replace(b"title", b"sevrity = 'low'\ntitle"), ("broken.toml", "sevrity")),
    "type": (NO_EXAMPLE.replace(b"0.5", b'"half"'), ("broken.toml", "certainty")),
    "regex": (NO_EXAMPLE.replace(b"value>x)", b"value>x"), ("broken.toml", "regex")),
    "example": (NO_EXAMPLE, ("broken.toml", "example")),
}


@pytest.mark.parametrize("kind", BROKEN_RULES)
def test_a_broken_rule_is_named_by_file_and_key_before_anything_is_read(
    tmp_path: Path, kind: str
) -> None:
    content, words = BROKEN_RULES[kind]
    (tmp_path / "rules/mine").mkdir(parents=True)
    file = tmp_path / "rules/mine/broken.toml"
    file.write_bytes(content)
    (tmp_path / "volume").mkdir()
    out = tmp_path / "out"
    ran = run("scan", tmp_path / "volume", "--rules", file.parents[1], "--out", out, home=tmp_path)
    assert ran.code == 2, ran.text
    assert all(word in ran.text for word in words), ran.text
    assert "Traceback" not in ran.text
    assert not out.exists()


REFUSED = {
    "volume --out volume/out": "inside a scanned root",
    "volume --out way-in/out": "inside a scanned root",
    "volume --out volume": "inside a scanned root",
    "volume --out volume/below/../out": "inside a scanned root",
    "volume --out file": "the output folder cannot be made",
    "missing --out out": "the root does not exist",
    "volume/missing --out out": "the root does not exist",
    "file --out out": "the root is a file",
    "endless --out out": "not a folder",
    "volume volume --out out": "one root lies inside another",
    "volume volume/below --out out": "one root lies inside another",
    "volume/below volume --out out": "one root lies inside another",
    "volume way-in --out out": "one root lies inside another",
    "/ / --out out": "one root lies inside another",
    "": "Missing argument",
    "/dev/null --out out": "the root is a file, not a folder",
}
"""Arguments of a scan, and what is said of them."""


@pytest.mark.parametrize("arguments", REFUSED)
def test_roots_and_folders_that_cannot_be_are_refused_and_nothing_is_written(
    tmp_path: Path, arguments: str
) -> None:
    home = tmp_path / "home"
    (home / "volume/below").mkdir(parents=True)
    (home / "volume/image.dcm").write_bytes(DIRTY)
    (home / "file").write_bytes(DIRTY)
    (home / "way-in").symlink_to("volume")
    (home / "endless").symlink_to("endless")
    before = tree(home / "volume")
    ran = run("scan", *arguments.split(), home=home)
    assert ran.code == 2, ran.text
    assert REFUSED[arguments] in " ".join(ran.text.split())
    assert "Traceback" not in ran.text
    assert tree(home / "volume") == before
    assert not (home / "out").exists()


def test_a_scan_from_within_the_volume_is_not_written_there(tmp_path: Path) -> None:
    volume = tmp_path / "volume"
    volume.mkdir()
    (volume / "image.dcm").write_bytes(DIRTY)
    before = tree(volume)
    ran = run("scan", ".", home=volume)
    assert ran.code == 2, ran.text
    assert "name another with --out" in " ".join(ran.text.split())
    assert tree(volume) == before


def test_a_link_to_a_folder_is_a_root(tmp_path: Path) -> None:
    (tmp_path / "volume").mkdir()
    (tmp_path / "volume/image.dcm").write_bytes(DIRTY)
    (tmp_path / "way-in").symlink_to("volume")
    assert scanned(tmp_path / "way-in", tmp_path).named == {b"image.dcm"}
