"""Clearances as files: any name comes back, nothing edited is believed."""

import hashlib
import io
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vestige.clearance import manifest
from vestige.clearance.manifest import (
    Clearance,
    ClearanceError,
    EditedError,
    File,
    Other,
    escaped,
    head,
    read,
    tree_digest,
    unescaped,
    validity,
    write,
)
from vestige.model import UsageError

FACTS = {
    "version": "1.0",
    "scan": "00ff",
    "cleared": "2026-11-21T00:00:00+00:00",
    "expires": "2026-11-28T00:00:00+00:00",
    "catalog": "c" * 64,
    "policy": "gdpr",
    "policy-digest": "p" * 64,
    "fail-on": "medium",
    "baseline": "",
    "verdict": "v" * 64,
    "allowed": "",
    "roots": "2",
    "token": "t" * 32,
}
HOSTILE = (
    *(b"plain", b"a b  ", b" begins", b"back\\slash", b"\\x41", b"line\nfeed", b"cr\r", b"\x7f"),
    *(b"\xff\xfe", "Müller".encode(), "Mu\u0308ller".encode(), "\u202egnp".encode(), b"\xc3("),
    *("\u2028\u0085".encode(), b"f 0 0", b"digest: sha256 ", b"-", b"#", b"\xed\xa0\x80"),
)


def made(*paths: bytes) -> Clearance:
    digest = hashlib.sha256(b"x").digest()
    files = tuple(File(number % 2, path, number, digest) for number, path in enumerate(paths))
    others = (Other("d", 0, b"empty"), Other("l", 1, b"a link"), Other("s", 0, b"pipe"))
    return Clearance(head(FACTS, files, others), tuple(sorted(files)), tuple(sorted(others)))


def text_of(clearance: Clearance) -> bytes:
    stream = io.BytesIO()
    write(clearance, stream)
    return stream.getvalue()


def test_what_is_written_is_read_again() -> None:
    clearance = made(*HOSTILE)
    text = text_of(clearance)
    assert read(io.BytesIO(text)) == clearance
    assert clearance.expires - clearance.cleared == timedelta(days=7)
    assert clearance.roots == 2
    assert clearance.head["left-out"] == "2"
    assert clearance.head["files"] == str(len(HOSTILE))
    assert text.splitlines()[1].startswith(b"# ")
    assert text.count(b"\n") == len(text.split(b"\n")) - 1 == 2 + 17 + 1 + len(HOSTILE) + 3 + 2
    for part in text.split(b"\n"):
        part.decode("utf-8")


name = st.binary(min_size=1, max_size=40).filter(lambda raw: not {0, 47} & set(raw))
path = st.lists(name.filter(lambda raw: raw not in {b".", b".."}), min_size=1, max_size=4)


@given(st.lists(path.map(b"/".join), unique=True, max_size=6))
def test_any_name_that_a_file_can_have_comes_back(paths: list[bytes]) -> None:
    kept = [one for one in paths if one not in {b"empty", b"pipe", b"a link"}]
    assert read(io.BytesIO(text_of(made(*kept)))) == made(*kept)
    for one in paths:
        assert unescaped(escaped(one)) == one
        assert b"\n" not in escaped(one)


def test_every_edited_byte_is_noticed() -> None:
    text = text_of(made(b"a.dcm", "Müller\n".encode()))
    for place in range(len(text)):
        edited = text[:place] + bytes((text[place] ^ 1,)) + text[place + 1 :]
        error = ClearanceError if place < len(manifest.MAGIC) else EditedError
        with pytest.raises(error):
            read(io.BytesIO(edited))


def test_every_cut_is_noticed_and_so_is_what_is_added() -> None:
    text = text_of(made(b"a.dcm"))
    for end in range(len(text) - 1):
        with pytest.raises(ClearanceError):
            read(io.BytesIO(text[:end]))
    with pytest.raises(EditedError):
        read(io.BytesIO(text + b"\n"))


def sealed(text: bytes) -> bytes:
    """The text with the digest that an editor would reckon."""
    body = text.rpartition(b"digest: sha256 ")[0]
    return body + b"digest: sha256 " + hashlib.sha256(body).hexdigest().encode() + b"\n"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"files: 2\n", b"files: 3\n"),
        (b"bytes: 1\n", b"bytes: 2\n"),
        (b" 0 a.dcm\n", b" 9 a.dcm\n"),
        (b" 0 a.dcm\n", b" 0 b.dcm\n"),
        (b" 0 a.dcm\n", b" 0 ../a.dcm\n"),
        (b" 0 a.dcm\n", b" 0 /a.dcm\n"),
        (b" 0 a.dcm\n", b" 0 a\\qdcm\n"),
        (b" 0 a.dcm\n", b" 0 empty\n"),
        (b"\nd 0 empty", b"\nx 0 empty"),
        (b" 0 0 a.dcm", b"0 0 0 a.dcm"),
        (b"expires: 2026-11-28T00:00:00+00:00", b"expires: 2026-11-28T00:00:00"),
        (b"expires: 2026-11-28T00:00:00+00:00", b"expires: never"),
        (b"roots: 2", b"roots: two"),
        (b"roots: 2", b"roots: 1"),
        (b"policy: gdpr\n", b""),
        (b"tree: ", b"tree: 0"),
    ],
)
def test_head_and_entries_must_agree_even_if_the_digest_is_reckoned_anew(
    old: bytes, new: bytes
) -> None:
    text = text_of(made(b"a.dcm", b"other"))
    assert text.count(old) == 1, old
    with pytest.raises(EditedError):
        read(io.BytesIO(sealed(text.replace(old, new))))
    assert read(io.BytesIO(sealed(text)))


@pytest.mark.parametrize("data", [b"", b"\0" * 100, b"SQLite format 3\0", b"vestige-clearance 2\n"])
def test_what_is_no_clearance_is_said_to_be_none(data: bytes) -> None:
    with pytest.raises(ClearanceError, match="no clearance"):
        read(io.BytesIO(data))


def test_a_line_without_end_is_bounded() -> None:
    text = text_of(made(b"a.dcm"))
    bomb = text.replace(b"policy: gdpr", b"policy: " + b"x" * (1 << 20))
    with pytest.raises(ClearanceError, match="longer than any"):
        read(io.BytesIO(bomb))


def test_an_error_tells_no_name() -> None:
    text = text_of(made(b"Zebrinsky_Anna.dcm")).replace(b" 0 Zebrinsky", b" q Zebrinsky")
    with pytest.raises(ClearanceError) as told:
        read(io.BytesIO(text))
    assert "Zebrinsky" not in str(told.value)


def test_equal_trees_have_equal_digests_in_any_order() -> None:
    files = made(b"a", b"b", b"c").files
    assert tree_digest(files) == tree_digest(reversed(files))
    assert tree_digest(files) != tree_digest(files[:2])


@pytest.mark.parametrize(("text", "hours"), [("12h", 12), ("7d", 168), ("2w", 336)])
def test_validity(text: str, hours: int) -> None:
    assert validity(text) == timedelta(hours=hours)


@pytest.mark.parametrize("text", ["", "0d", "7", "d", "-1d", "1y", "7 d", "999999999d"])
def test_validity_that_says_nothing(text: str) -> None:
    with pytest.raises(UsageError, match="--valid"):
        validity(text)


def test_now_has_no_fraction() -> None:
    assert manifest.now().microsecond == 0
    assert manifest.now().tzinfo is not None
