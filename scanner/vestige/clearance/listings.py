r"""Listings of the far side: what a tool says there is, with checksums where it knows them.

Read are the text of `sha256sum` (coreutils, also with -z and --tag) and of `rclone hashsum sha256`,
the JSON of `rclone lsjson -R --hash`, and that of S3 (`aws s3api list-objects-v2`, or a list of
what `get-object-attributes` gave, each with its key). What has no SHA-256 is listed without one,
and proves nothing.
"""

import base64
import binascii
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, BinaryIO, NamedTuple

from vestige.model import UsageError

MOST_BYTES = 1 << 30
"""Bytes of a listing at most: what is longer is verified where it lies, or folder by folder."""

MOST_JSON = 256 << 20
"""Bytes of a listing in JSON at most: it has to be held in memory as a whole, several times."""

LONGEST_LINE = 64 << 10
MOST_ENTRIES = 50_000_000

_GNU = re.compile(rb"(\\?)([0-9a-fA-F]{64}) [ *](.+)", re.DOTALL)
_TAGGED = re.compile(rb"(\\?)SHA256 \((.+)\) = ([0-9a-fA-F]{64})", re.DOTALL)
_NONE = re.compile(rb" *(?:|UNSUPPORTED|ERROR) {2}(.+)", re.DOTALL)
"""Where rclone has no checksum it fills its column with blanks, or says why."""

_ESCAPES = {b"\\\\": b"\\", b"\\n": b"\n", b"\\r": b"\r"}
_ESCAPE = re.compile(rb"\\.", re.DOTALL)
_SHA256_SIZE = 32


class ListingError(UsageError):
    """A listing cannot be read: the text names the line or entry, and nothing that stands in it."""


class Listed(NamedTuple):
    """One object of a listing; `size` and `sha256` are None where the listing does not say."""

    path: bytes
    size: int | None
    sha256: bytes | None


def read(stream: BinaryIO, prefix: str = "") -> dict[bytes, Listed]:
    """The objects of a listing below `prefix`, by their paths below it.

    ListingError if it is of no known kind, is cut, or tells of an object twice. Objects outside of
    the prefix are not part of what was transferred; that there are any below it is demanded.
    """
    data = stream.read(MOST_BYTES + 1)
    is_json = data.lstrip()[:1] in {b"[", b"{"}
    most = MOST_JSON if is_json else MOST_BYTES
    if len(data) > most:
        raise ListingError(
            f"the listing is longer than {most >> 20:,} MB: gate and verify folder by folder, or "
            "list as text by `rclone hashsum sha256`"
        )
    told = _of_json(data) if is_json else _of_text(data)
    found: dict[bytes, Listed] = {}
    begins = prefix.encode("utf-8", "surrogateescape").strip(b"/")
    for one in told:
        path = _below(one.path, begins)
        if path is None:
            continue
        if path in found:
            raise ListingError("the listing tells of one path twice; make it anew")
        if len(found) >= MOST_ENTRIES:
            raise ListingError(f"the listing has more than {MOST_ENTRIES:,} entries")
        found[path] = one._replace(path=path)
    return found


def _below(path: bytes, prefix: bytes) -> bytes | None:
    """The path below a prefix; None if it is not below it, or says nothing but the prefix."""
    path = path.removeprefix(b"./").lstrip(b"/") if not path.startswith(b"../") else path
    if not prefix:
        return path or None
    return path[len(prefix) + 1 :] or None if path.startswith(prefix + b"/") else None


# --- text ----------------------------------------------------------------------------------------


def _of_text(data: bytes) -> Iterator[Listed]:
    if b"\0" in data:
        # sha256sum -z ends lines so, and escapes nothing.
        lines, raw = data.removesuffix(b"\0").split(b"\0"), True
    else:
        lines, raw = data.removesuffix(b"\n").split(b"\n"), False
        if data and not data.endswith(b"\n"):
            raise ListingError("the last line of the listing has no end: it was cut; make it anew")
    if not data:
        return
    for number, line in enumerate(lines, 1):
        yield _line(line, number, raw=raw)


def _line(line: bytes, number: int, *, raw: bool) -> Listed:
    if len(line) > LONGEST_LINE:
        raise _bad(number)
    line = line if raw else line.removesuffix(b"\r")
    match = _GNU.fullmatch(line)
    if match is not None:
        mark, digest, path = match.groups()
    elif (match := _TAGGED.fullmatch(line)) is not None:
        mark, path, digest = match.groups()
    elif (match := _NONE.fullmatch(line)) is not None:
        return Listed(match[1], None, None)
    else:
        raise _bad(number)
    if mark and not raw:
        path = _unescaped(path, number)
    return Listed(path, None, bytes.fromhex(digest.decode()))


def _unescaped(path: bytes, number: int) -> bytes:
    """A name in which coreutils escaped backslash, line feed and carriage return."""

    def plain(match: re.Match[bytes]) -> bytes:
        found = _ESCAPES.get(match[0])
        if found is None:
            raise _bad(number)
        return found

    if _ESCAPE.sub(b"", path).endswith(b"\\"):
        raise _bad(number)
    return _ESCAPE.sub(plain, path)


def _bad(number: int) -> ListingError:
    return ListingError(
        f"line {number} of the listing is none of sha256sum or rclone hashsum sha256: "
        "64 hexadecimal digits, two blanks, and the path"
    )


# --- JSON ----------------------------------------------------------------------------------------


def _of_json(data: bytes) -> Iterator[Listed]:
    told = _parsed(data)
    if isinstance(told, Mapping):
        if told.get("IsTruncated") is True or told.get("NextToken"):
            raise ListingError(
                "the listing is not the whole: S3 gave a page of it; list all pages (the AWS "
                "command does so unless told otherwise)"
            )
        told = told.get("Contents", []) if "Key" not in told else [told]
    if not isinstance(told, Sequence) or isinstance(told, str):
        raise ListingError("the listing is JSON, but no list of objects as rclone or S3 give it")
    for number, one in enumerate(told, 1):
        if not isinstance(one, Mapping):
            raise _odd(number)
        listed = _of_rclone(one, number) if "Path" in one else _of_s3(one, number)
        if listed is not None:
            yield listed


def _parsed(data: bytes) -> Any:  # noqa: ANN401 - whatever the file holds
    try:
        return json.loads(data, object_pairs_hook=_once)
    except (ValueError, RecursionError):
        raise ListingError("the listing is no JSON, or was cut; make it anew") from None


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """An object in which each key stands once; ValueError otherwise."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError
    return found


def _of_rclone(one: Mapping[str, object], number: int) -> Listed | None:
    if one.get("IsDir") is True:
        return None
    hashes = one.get("Hashes") or {}
    if not isinstance(hashes, Mapping):
        raise _odd(number)
    plain = {str(key).lower().replace("-", ""): value for key, value in hashes.items()}
    digest = plain.get("sha256") or None
    if digest is None:
        return Listed(_path(one["Path"], number), _size(one.get("Size"), number), None)
    if not isinstance(digest, str) or re.fullmatch(r"[0-9a-fA-F]{64}", digest) is None:
        raise _odd(number)
    sha256 = bytes.fromhex(digest)
    return Listed(_path(one["Path"], number), _size(one.get("Size"), number), sha256)


def _of_s3(one: Mapping[str, object], number: int) -> Listed | None:
    path = _path(one.get("Key"), number)
    size = _size(one.get("Size", one.get("ObjectSize", one.get("ContentLength"))), number)
    if path.endswith(b"/") and not size:
        # What consoles make to show a folder.
        return None
    inner = one.get("Checksum") or {}
    if not isinstance(inner, Mapping):
        raise _odd(number)
    told = inner.get("ChecksumSHA256") or one.get("ChecksumSHA256")
    kind = inner.get("ChecksumType") or one.get("ChecksumType")
    if told is None or kind == "COMPOSITE":
        return Listed(path, size, None)
    return Listed(path, size, _base64(told, number))


def _base64(told: object, number: int) -> bytes | None:
    """A SHA-256 as S3 writes it; None where it is that of the checksums of parts, as "…-3"."""
    if not isinstance(told, str):
        raise _odd(number)
    if re.fullmatch(r"[0-9A-Za-z+/]{43}=-\d+", told):
        return None
    try:
        sha256 = base64.b64decode(told, validate=True)
    except (binascii.Error, ValueError):
        raise _odd(number) from None
    if len(sha256) != _SHA256_SIZE:
        raise _odd(number)
    return sha256


def _path(told: object, number: int) -> bytes:
    if not isinstance(told, str) or not told or len(told) > LONGEST_LINE:
        raise _odd(number)
    return told.encode("utf-8", "surrogatepass")


def _size(told: object, number: int) -> int | None:
    """Bytes as a listing gives them; below zero rclone says that it does not know."""
    if told is None:
        return None
    if isinstance(told, bool) or not isinstance(told, int):
        raise _odd(number)
    return told if told >= 0 else None


def _odd(number: int) -> ListingError:
    return ListingError(
        f"entry {number} of the listing is no object as `rclone lsjson` or S3 give it"
    )
