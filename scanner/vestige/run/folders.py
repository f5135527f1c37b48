"""Folders for results: outside of what is scanned, for their owner alone, files written aside."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TextIO

from vestige.model import StoreError, UsageError
from vestige.run import key as keys


def demand_outside(wanted: Path, roots: Sequence[bytes]) -> None:
    """UsageError if a folder for results lies inside a scanned root."""
    if keys.inside(wanted, roots):
        raise UsageError(
            "the output folder lies inside a scanned root, which must not be changed; "
            "name another with --out"
        )


def folder(wanted: Path, roots: Sequence[bytes]) -> Path:
    """The folder for results, made if it is missing; UsageError if it must not or cannot be."""
    demand_outside(wanted, roots)
    try:
        wanted.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise UsageError(f"the output folder cannot be made ({error.strerror})") from None
    return wanted


def write_text(path: Path, write_to: Callable[[TextIO], None]) -> None:
    """Write one file of text aside, mode 0600, and rename it; StoreError if it cannot be."""
    aside = path.with_name(f".{path.name}.part")
    try:
        with os.fdopen(_opened(aside), "w", encoding="utf-8", newline="") as stream:
            write_to(stream)
        aside.replace(path)
    except OSError as error:
        raise StoreError(f"{path.name} cannot be written ({error.strerror})") from None


def write(path: Path, raw: bytes) -> None:
    """Write one file of bytes aside, mode 0600, and rename it; StoreError if it cannot be."""
    aside = path.with_name(f".{path.name}.part")
    try:
        with os.fdopen(_opened(aside), "wb") as stream:
            stream.write(raw)
        aside.replace(path)
    except OSError as error:
        raise StoreError(f"{path.name} cannot be written ({error.strerror})") from None


def _opened(aside: Path) -> int:
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0)
    return os.open(aside, flags, 0o600)
