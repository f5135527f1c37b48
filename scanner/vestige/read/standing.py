"""Which names still stand in the folders of which a record tells."""

import os
import unicodedata
from collections.abc import Sequence

from vestige.text import readings

_FOLDERS = 2_000
"""Folders that are listed for one record; names in further ones are told as if they were gone."""

_OPEN = (
    os.O_RDONLY
    | getattr(os, "O_DIRECTORY", 0)
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_CLOEXEC", 0)
)
_NO_ATIME = getattr(os, "O_NOATIME", 0)


class Standing:
    """The folders at and below one, listed when they are asked for; links are not followed.

    Names are compared in one normal form and without regard to case, as the systems do that write
    such records.
    """

    def __init__(self, top: bytes) -> None:
        self._top = top
        self._left = _FOLDERS
        self._listed: dict[tuple[bytes, ...], tuple[bytes, dict[str, tuple[bytes, bool]]] | None]
        self._listed = {}

    def gone(self, above: tuple[bytes, ...], names: Sequence[bytes]) -> list[bytes]:
        """Those of the names that do not stand in the folder at `above` any more."""
        listed = self._at(above)
        if listed is None:
            return list(names)
        return [name for name in names if _key(name) not in listed[1]]

    def _at(self, above: tuple[bytes, ...]) -> tuple[bytes, dict[str, tuple[bytes, bool]]] | None:
        """The path of a folder and what it holds: names as they stand, and whether a folder."""
        if above not in self._listed:
            self._listed[above] = self._look(above)
        return self._listed[above]

    def _look(self, above: tuple[bytes, ...]) -> tuple[bytes, dict[str, tuple[bytes, bool]]] | None:
        path = self._top
        if above:
            around = self._at(above[:-1])
            name, is_folder = (
                around[1].get(_key(above[-1]), (b"", False)) if around else (b"", False)
            )
            if around is None or not is_folder:
                return None
            path = around[0] + name + b"/"
        if self._left <= 0:
            return None
        self._left -= 1
        try:
            return path, _names(path)
        except OSError:
            return None


def _names(path: bytes) -> dict[str, tuple[bytes, bool]]:
    try:
        descriptor = os.open(path, _OPEN | _NO_ATIME)
    except PermissionError:
        descriptor = os.open(path, _OPEN)
    try:
        with os.scandir(descriptor) as items:
            found = [(item.name, item.is_dir(follow_symlinks=False)) for item in items]
    finally:
        os.close(descriptor)
    raw = [(os.fsencode(name), is_folder) for name, is_folder in found]
    return {_key(name): (name, is_folder) for name, is_folder in raw}


def _key(name: bytes) -> str:
    return unicodedata.normalize("NFC", readings(name)[0]).casefold()
