"""Listings of the far side: strict, bounded, and never more sure than they say."""

import base64
import hashlib
import io
import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vestige.clearance import listings
from vestige.clearance.listings import Listed, ListingError, read

DIGEST = hashlib.sha256(b"x").digest()
HEX = DIGEST.hex()
BASE64 = base64.b64encode(DIGEST).decode()


def listed(data: bytes | str | object, prefix: str = "") -> dict[bytes, Listed]:
    if not isinstance(data, bytes):
        data = data.encode() if isinstance(data, str) else json.dumps(data).encode()
    return read(io.BytesIO(data), prefix)


def one(path: bytes, size: int | None = None, sha256: bytes | None = DIGEST) -> dict[bytes, Listed]:
    return {path: Listed(path, size, sha256)}


@pytest.mark.parametrize(
    ("text", "path"),
    [
        (f"{HEX}  a.dcm\n", b"a.dcm"),
        (f"{HEX} *a.dcm\n", b"a.dcm"),
        (f"{HEX.upper()}  ./s/a b.dcm\n", b"s/a b.dcm"),
        (f"\\{HEX}  line\\nfeed\\\\\\r\n", b"line\nfeed\\\r"),
        (f"{HEX}  back\\slash\n", b"back\\slash"),
        (f"SHA256 (a (1).dcm) = {HEX}\n", b"a (1).dcm"),
        (f"\\SHA256 (a\\nb) = {HEX}\n", b"a\nb"),
        (f"{HEX}  line\nfeed\0", b"line\nfeed"),
        (f"{HEX}  a.dcm\r\n", b"a.dcm"),
    ],
)
def test_text_of_sha256sum(text: str, path: bytes) -> None:
    assert listed(text) == one(path)


def test_real_sha256sum_with_names_of_every_kind(tmp_path: Path) -> None:
    if shutil.which("sha256sum") is None:
        pytest.skip("no sha256sum here")
    names = [b"plain", b"a b", b"back\\slash", b"line\nfeed", b"cr\rx", b"\xff\xfe", b"*star"]
    for name in names:
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_bytes(b"x")
    paths = [b"./" + name for name in names]
    for options in ([], ["-z"], ["--tag"], ["-b"]):
        ran = subprocess.run(
            ["sha256sum", *options, "--", *paths], cwd=tmp_path, capture_output=True, check=True
        )
        assert {path: told.sha256 for path, told in listed(ran.stdout).items()} == dict.fromkeys(
            names, DIGEST
        )


@pytest.mark.parametrize("column", [" " * 64, "UNSUPPORTED".rjust(64), "ERROR".rjust(64)])
def test_what_rclone_has_no_checksum_of_is_listed_without(column: str) -> None:
    assert listed(f"{column}  a.dcm\n") == one(b"a.dcm", sha256=None)


@pytest.mark.parametrize(
    "text",
    [
        "no listing\n",
        f"{HEX[:-1]}  a\n",
        f"{HEX}a  a\n",
        f"{HEX} a\n",
        f"{HEX}  \n",
        f"{HEX}  a\n\n{HEX}  b\n",
        f"{HEX}  a",
        f"\\{HEX}  a\\q\n",
        f"\\{HEX}  a\\\n",
        hashlib.md5(b"x", usedforsecurity=False).hexdigest() + "  a\n",
        f"{HEX}  " + "x" * (1 << 17) + "\n",
    ],
)
def test_text_that_is_none_of_it_is_refused(text: str) -> None:
    with pytest.raises(ListingError):
        listed(text)


def test_rclone_lsjson() -> None:
    told = [
        {"Path": "s", "Name": "s", "Size": -1, "IsDir": True},
        {"Path": "s/a", "Size": 1, "IsDir": False, "Hashes": {"sha256": HEX, "md5": "x"}},
        {"Path": "s/b", "Size": 1, "IsDir": False, "Hashes": {"SHA-256": HEX.upper()}},
        {"Path": "s/c", "Size": -1, "IsDir": False, "Hashes": {"md5": "x"}},
        {"Path": "s/d", "Size": 2, "IsDir": False, "Hashes": {"sha256": ""}},
        {"Path": "s/e", "Size": 2, "IsDir": False},
    ]
    assert listed(told) == {
        **one(b"s/a", 1),
        **one(b"s/b", 1),
        **one(b"s/c", None, None),
        **one(b"s/d", 2, None),
        **one(b"s/e", 2, None),
    }


def test_s3() -> None:
    contents = [
        {"Key": "p/a", "Size": 1, "ChecksumSHA256": BASE64},
        {"Key": "p/b", "ObjectSize": 1, "Checksum": {"ChecksumSHA256": BASE64}},
        {"Key": "p/c", "Size": 9, "ETag": '"abc"', "ChecksumAlgorithm": ["SHA256"]},
        {"Key": "p/d", "Size": 9, "ChecksumSHA256": f"{BASE64}-3"},
        {
            "Key": "p/e",
            "Size": 9,
            "Checksum": {"ChecksumSHA256": BASE64, "ChecksumType": "COMPOSITE"},
        },
        {"Key": "p/", "Size": 0},
        {"Key": "elsewhere/x", "Size": 1},
    ]
    expected = {
        **one(b"a", 1),
        **one(b"b", 1),
        **one(b"c", 9, None),
        **one(b"d", 9, None),
        **one(b"e", 9, None),
    }
    assert listed({"Contents": contents}, "p") == expected
    assert listed({"Contents": contents}, "/p/") == expected
    assert listed(contents, "p") == expected
    assert listed({"RequestCharged": None}) == {}


def test_a_page_of_a_listing_is_not_the_whole() -> None:
    for page in ({"IsTruncated": True, "Contents": []}, {"NextToken": "x", "Contents": []}):
        with pytest.raises(ListingError, match="not the whole"):
            listed(page)


@pytest.mark.parametrize(
    "told",
    [
        [1],
        ["x"],
        [{}],
        [{"Path": 1}],
        [{"Path": ""}],
        [{"Path": "a", "Size": "1"}],
        [{"Path": "a", "Size": True}],
        [{"Path": "a", "Hashes": ["x"]}],
        [{"Path": "a", "Hashes": {"sha256": "abc"}}],
        [{"Path": "a", "Hashes": {"sha256": 1}}],
        [{"Key": "a", "ChecksumSHA256": "abc"}],
        [{"Key": "a", "ChecksumSHA256": 1}],
        [{"Key": "a", "Checksum": 1}],
        [{"Key": "a", "ChecksumSHA256": base64.b64encode(b"short").decode()}],
        {"Contents": 1},
        {"Contents": "x"},
        [{"Path": "a"}, {"Path": "a"}],
        [{"Path": "a"}, {"Path": "./a"}],
    ],
)
def test_json_that_is_none_of_it_is_refused(told: object) -> None:
    with pytest.raises(ListingError):
        listed(told)


@pytest.mark.parametrize(
    "data", [b"[", b'[{"Path": "a", "Path": "b"}]', b"[" * 100_000, b'{"a": 1e999999}x', b"[\xff]"]
)
def test_broken_json_is_refused(data: bytes) -> None:
    with pytest.raises(ListingError):
        listed(data)


def test_a_path_told_twice_is_refused() -> None:
    with pytest.raises(ListingError, match="twice"):
        listed(f"{HEX}  a\n{HEX}  ./a\n")


def test_a_listing_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listings, "MOST_BYTES", 100)
    with pytest.raises(ListingError, match="longer"):
        listed(f"{HEX}  a\n" * 2)
    monkeypatch.setattr(listings, "MOST_BYTES", 1000)
    monkeypatch.setattr(listings, "MOST_JSON", 10)
    with pytest.raises(ListingError, match="longer"):
        listed([{"Path": "a"}])
    monkeypatch.setattr(listings, "MOST_ENTRIES", 1)
    with pytest.raises(ListingError, match="more than"):
        listed(f"{HEX}  a\n{HEX}  b\n")


def test_an_empty_listing_lists_nothing() -> None:
    assert listed(b"") == {}
    assert listed([]) == {}


def test_errors_tell_no_name() -> None:
    for data in (f"{HEX[:-1]}  Zebrinsky.dcm\n", '[{"Path": "Zebrinsky", "Size": "x"}]'):
        with pytest.raises(ListingError) as told:
            listed(data)
        assert "Zebrinsky" not in str(told.value)


@given(st.binary(max_size=300))
def test_any_bytes_give_a_listing_or_an_error(data: bytes) -> None:
    try:
        found = listed(data)
    except ListingError:
        return
    assert all(path and one.path == path for path, one in found.items())
