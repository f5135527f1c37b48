"""Containers: files to the bytes of an archive, always the same for the same files."""

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
from collections.abc import Callable, Mapping, Sequence

from vestige.model import VestigeError

_YEAR = (2019, 1, 1, 0, 0, 0)
_SECONDS = 1_546_300_800
"""When all members were written: at the start of 2019."""

_MODE = 0o644


def forms() -> frozenset[str]:
    """What an archive can be; several, as in `tar gzip`, from within."""
    return frozenset(_HOLDING) | frozenset(_PACKING)


def checked(form: str) -> tuple[str, ...]:
    """The steps of a form; ValueError if one is unknown, or comes where it cannot."""
    steps = tuple(form.split())
    unknown = [step for step in steps if step not in forms()]
    if unknown or not steps:
        raise ValueError(f"{form!r} is not of {', '.join(sorted(forms()))}")
    if any(step in _HOLDING for step in steps[1:]):
        raise ValueError(f"{form!r}: only the first step can hold files")
    return steps


def packed(form: str, files: Sequence[tuple[str, bytes]]) -> bytes:
    """The files, by their paths inside, in a container; a step that holds none packs the first."""
    first, *others = checked(form)
    if first in _HOLDING:
        data = _HOLDING[first](files)
    elif len(files) == 1:
        data = _PACKING[first](files[0][1])
    else:
        raise VestigeError(f"{first} packs one member")
    for step in others:
        data = _PACKING[step](data)
    return data


def _zip(files: Sequence[tuple[str, bytes]]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files:
            member = zipfile.ZipInfo(name, _YEAR)
            member.external_attr = _MODE << 16
            member.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(member, content)
    return stream.getvalue()


def _tar(files: Sequence[tuple[str, bytes]]) -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w", format=tarfile.PAX_FORMAT) as made:
        for name, content in files:
            member = tarfile.TarInfo(name)
            member.size, member.mtime, member.mode = len(content), _SECONDS, _MODE
            made.addfile(member, io.BytesIO(content))
    return stream.getvalue()


def _gzip(data: bytes) -> bytes:
    return gzip.compress(data, mtime=0)


_HOLDING: Mapping[str, Callable[[Sequence[tuple[str, bytes]]], bytes]] = {"zip": _zip, "tar": _tar}
_PACKING: Mapping[str, Callable[[bytes], bytes]] = {
    "gzip": _gzip,
    "bzip2": bz2.compress,
    "xz": lzma.compress,
}
