"""Templates kept as Python keeps modules: compiled, beside their sources, where that may be.

Whoever may write there may change the program itself. Where nobody may, and where Python is told
to keep nothing, templates are compiled each time.
"""

import hashlib
import marshal
import os
import sys
import tempfile
from contextlib import suppress
from functools import cache
from importlib.resources.abc import Traversable
from importlib.util import MAGIC_NUMBER, cache_from_source
from pathlib import Path

from jinja2 import BytecodeCache, compiler
from jinja2.bccache import Bucket

from vestige import __version__


class Kept(BytecodeCache):
    """The compiled templates of a folder; `spoken` is the language of what goes into them."""

    def __init__(self, folder: Traversable, spoken: str) -> None:
        self._folder = folder if isinstance(folder, Path) else None
        self._spoken = spoken

    def get_cache_key(self, name: str, filename: str | None = None) -> str:  # noqa: ARG002 - jinja's
        """What a template is kept under: its own name."""
        return name

    def get_source_checksum(self, source: str) -> str:
        """By what is told of which text a template was compiled, by what, and in which language."""
        told = "\0".join((*_compilers(), self._spoken, source))
        return hashlib.sha256(told.encode()).hexdigest()

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take what is kept, if it is of the same text; what is damaged is nothing."""
        path = self._path(bucket.key)
        if path is None:
            return
        with suppress(OSError, EOFError, ValueError, TypeError):
            checksum, _, code = path.read_bytes().partition(b"\n")
            if checksum == bucket.checksum.encode():
                bucket.code = marshal.loads(code)  # noqa: S302 - as Python loads a module

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template that was compiled, whole or not at all."""
        path = self._path(bucket.key)
        if path is None or sys.dont_write_bytecode:
            return
        with suppress(OSError):
            path.parent.mkdir(exist_ok=True)
            number, aside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
            with os.fdopen(number, "wb") as stream:
                stream.write(bucket.checksum.encode() + b"\n" + marshal.dumps(bucket.code))
            os.chmod(aside, 0o644)  # as modules are kept: who else may run Vestige may read it
            os.replace(aside, path)

    def _path(self, name: str) -> Path | None:
        if self._folder is None or sys.implementation.cache_tag is None:
            return None
        module = cache_from_source(str(self._folder / f"{name}.py"))
        return Path(module).with_suffix(f".{self._spoken}.jinja")


@cache
def _compilers() -> tuple[str, ...]:
    """By what all is known that has a part in what is compiled: Vestige, jinja, Python."""
    about = os.stat(compiler.__file__)
    return __version__, f"{about.st_size} {about.st_mtime_ns}", MAGIC_NUMBER.hex()
