"""The key of keyed digests: one file, made at first use, never inside a scanned volume."""

import os
import secrets
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from vestige.model import UsageError

_BYTES = 32


def default_file() -> Path:
    """Where the key lies unless another file is named: the user's data folder."""
    home = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return Path(home) / "vestige" / "key"


def load(file: Path | None, roots: Sequence[bytes]) -> bytes:
    """The key in `file`, made if the default file is missing; UsageError says what is wrong."""
    chosen = file or default_file()
    if inside(chosen, roots):
        raise UsageError("the key file lies inside a scanned root; keep it elsewhere")
    if file is None and not os.path.exists(chosen):
        return _make(chosen)
    return _read(chosen)


def _read(file: Path) -> bytes:
    try:
        key = file.read_bytes()
    except OSError as error:
        raise UsageError(f"the key file cannot be read ({error.strerror})") from None
    if len(key) < _BYTES:
        raise UsageError(f"the key file holds fewer than {_BYTES} bytes")
    return key[:_BYTES]


def _make(file: Path) -> bytes:
    """A new key, which appears whole; if somebody else made one meanwhile, that."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor, aside = tempfile.mkstemp(dir=file.parent)
        try:
            with os.fdopen(descriptor, "wb") as stream:
                stream.write(secrets.token_bytes(_BYTES))
            with suppress(FileExistsError):
                os.link(aside, file)
        finally:
            os.unlink(aside)
    except OSError as error:
        raise UsageError(
            f"the key file cannot be made ({error.strerror}); name another with --key"
        ) from None
    return _read(file)


def inside(path: Path, roots: Sequence[bytes]) -> bool:
    """Whether a path lies in one of the roots, links resolved."""
    real = os.path.realpath(os.fsencode(path))
    return any(os.path.commonpath((real, root)) == root for root in roots)
