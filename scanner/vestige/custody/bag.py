"""A bag (BagIt, RFC 8493) of an exhibit: its files copied, each hashed as it is written.

Names that not every reader of BagIt can find again are written otherwise; `names.jsonl` tells them.
"""

import hashlib
import json
import os
from collections.abc import Callable, Iterable
from dataclasses import replace
from io import FileIO
from pathlib import Path
from typing import BinaryIO, NamedTuple

from vestige.custody import names, states
from vestige.custody.hashing import opened
from vestige.evidence import Exhibit, State
from vestige.model import Kind, SealError

_BUFFER = 1 << 20
_NAMES = "names.jsonl"


class Bagged(NamedTuple):
    """What a bag holds, and how many sealed files were not what they were, and are left out."""

    files: int
    bytes: int
    left_out: int


def bag(
    of: Exhibit,
    told: Iterable[State],
    into: Path,
    listener: Callable[[int, int], None],
    root: bytes = b"",
) -> Bagged:
    """Copy the files of an exhibit into a new bag; SealError if it cannot be written.

    They are read below `root`, a copy of what was sealed, by default where they were sealed.
    """
    try:
        into.mkdir(mode=0o700, parents=True)
        return _filled(replace(of, root=root or of.root), told, into, listener)
    except FileExistsError:
        raise SealError("the folder of the bag exists already; name another") from None
    except OSError as error:
        raise SealError(f"the bag cannot be written ({error.strerror})") from None


def _filled(
    of: Exhibit, told: Iterable[State], into: Path, listener: Callable[[int, int], None]
) -> Bagged:
    files = size = left_out = 0
    with (
        _private(into / "manifest-sha256.txt") as manifest,
        _private(into / _NAMES) as renamed,
    ):
        for one in told:
            if one.kind is not Kind.FILE:
                continue
            name = names.bag_name(one.path)
            if not one.sha256 or not _copied(of.root, one, into / "data" / name):
                left_out += 1
                continue
            manifest.write(f"{one.sha256}  data/{name}\n".encode())
            if os.fsencode(name) != one.path:
                held = {"in_bag": f"data/{name}", **names.json_path(one.path)}
                renamed.write(json.dumps(held, ensure_ascii=False).encode() + b"\n")
            files, size = files + 1, size + one.size
            listener(files, size)
    _tags(of, into, files, size)
    return Bagged(files, size, left_out)


def _copied(root: bytes, one: State, to: Path) -> bool:
    """Copy a file, and say whether what was copied is what was sealed; if not, it is not kept."""
    to.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    digest = hashlib.sha256()
    try:
        source = opened(os.path.join(root, one.path))
    except OSError:
        return False
    with os.fdopen(source, "rb", buffering=0) as stream, _private(to) as target:
        while chunk := _chunk(stream):
            digest.update(chunk)
            target.write(chunk)
    os.utime(to, ns=(one.mtime_ns, one.mtime_ns))
    if digest.hexdigest() == one.sha256:
        return True
    to.unlink()
    return False


def _chunk(stream: FileIO) -> bytes:
    """The next bytes of a file; none where it can be read no further, as its digest will tell."""
    try:
        return stream.read(_BUFFER) or b""
    except OSError:
        return b""


def _tags(of: Exhibit, into: Path, files: int, size: int) -> None:
    (into / "data").mkdir(mode=0o700, exist_ok=True)
    tags = {
        "bagit.txt": "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
        "bag-info.txt": f"External-Identifier: {of.id}\nPayload-Oxum: {size}.{files}\n"
        f"External-Description: {states.HEAD.strip('# ').strip()}\n"
        f"Seal-SHA256: {of.digest}\n",
    }
    for name, text in tags.items():
        with _private(into / name) as stream:
            stream.write(text.encode())
    listed = [*tags, _NAMES, "manifest-sha256.txt"]
    lines = [
        f"{hashlib.sha256((into / name).read_bytes()).hexdigest()}  {name}\n" for name in listed
    ]
    with _private(into / "tagmanifest-sha256.txt") as stream:
        stream.write("".join(lines).encode())


def _private(path: Path) -> BinaryIO:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
    return os.fdopen(os.open(path, flags, 0o600), "wb")
