"""Inputs: one digest of all that decides what a scan finds, but for the volume and the key.

It is of the bytes of every file of rules, tables, lexicons and policies, so that a scan can tell
that nothing of them has changed without loading any.
"""

import hashlib
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources.abc import Traversable
from pathlib import Path

from vestige import __version__, shipped


def digest(options: Mapping[str, object], rules: Sequence[Path], files: Sequence[Path]) -> str:
    """The digest of a scan's options that are not as usual, its folders of rules, and other files.

    OSError if one of them cannot be read.
    """
    told = hashlib.blake2b(digest_size=32)
    said = json.dumps([__version__, options], sort_keys=True)
    parts = [(b"options", said.encode()), *_files("shipped", shipped.rules())]
    for number, folder in enumerate(rules):
        parts += _files(f"rules {number}", folder)
    parts += [(b"file %d" % number, file.read_bytes()) for number, file in enumerate(files)]
    for name, raw in parts:
        for part in (name, raw):
            told.update(len(part).to_bytes(8, "big"))
            told.update(part)
    return told.hexdigest()


def of_policy(name: str) -> tuple[Path, ...]:
    """The files that a policy is made of, if it is a file: that, and the lists beside it."""
    path = Path(name)
    if not path.is_file():
        return ()
    return tuple(sorted(one for one in path.resolve().parent.iterdir() if one.is_file()))


def _files(name: str, folder: Traversable) -> Iterator[tuple[bytes, bytes]]:
    """Every file at and below a folder, by its way from there."""
    for item in sorted(folder.iterdir(), key=lambda item: item.name):
        way = f"{name}/{item.name}"
        if item.is_dir():
            if item.name != "__pycache__":
                yield from _files(way, item)
        else:
            yield os.fsencode(way), item.read_bytes()
