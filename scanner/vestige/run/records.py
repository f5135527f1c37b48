"""The records of a case: documents with their digests, as the ledger tells of them."""

import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import IO, BinaryIO

from vestige.custody import case as cases
from vestige.custody import names, states
from vestige.evidence import Difference, Fact
from vestige.model import SealError
from vestige.run.case import digest
from vestige.run.custody import Custodian


class Differing:
    """Differences as lines of JSON, held in the case and not in memory."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.stream = stream
        self.count = 0

    def of(self, part: str) -> Callable[[Difference], None]:
        """Where differences of a part are told: the exhibit, the rest, the copy."""
        return partial(self._tell, part)

    def _tell(self, part: str, one: Difference) -> None:
        held = {"of": part, "apart": one.apart.value, **names.json_path(one.path), "what": one.what}
        if not self.count:
            self.stream.write(states.HEAD.encode())
        self.stream.write(json.dumps(held, ensure_ascii=False).encode() + b"\n")
        self.count += 1


@contextmanager
def differing(custodian: Custodian) -> Iterator[Differing]:
    """Differences that are still being found: a kill leaves nothing of them behind."""
    try:
        with tempfile.TemporaryFile(dir=custodian.folder / cases.RECORDS) as stream:
            yield Differing(stream)
    except OSError as error:
        raise SealError(f"a record cannot be written ({error.strerror})") from None


def record(
    custodian: Custodian, kind: str, held: Mapping[str, object], lines: Differing
) -> dict[str, Fact]:
    """Write a record as JSON, its differences as lines beside it; gives names and digests."""
    name = _next(custodian, kind)
    told: dict[str, Fact] = {}
    beside: dict[str, object] = {"differences": lines.count, "differences_in": None}
    if lines.count:
        lines.stream.seek(0)
        path = _write(custodian, f"{name}.jsonl", lambda to: shutil.copyfileobj(lines.stream, to))
        told = {"differences_in": path.name, "differences_sha256": digest(path)}
        beside |= told
    text = json.dumps({**held, **beside}, indent=1, ensure_ascii=False) + "\n"
    path = _write(custodian, f"{name}.json", lambda to: to.write(text.encode()))
    return {"record": path.name, "record_sha256": digest(path), **told}


def record_page(custodian: Custodian, beside: str, text: str) -> dict[str, Fact]:
    """Write the page of a record beside it; gives its name and digest."""
    name = f"{beside.removesuffix('.json')}.html"
    path = _write(custodian, name, lambda to: to.write(text.encode()))
    return {"page": path.name, "page_sha256": digest(path)}


def record_text(custodian: Custodian, kind: str, text: str) -> tuple[Path, dict[str, Fact]]:
    """Write a record as a page; gives where it lies, and what the ledger tells of it."""
    name = f"{_next(custodian, kind)}.html"
    path = _write(custodian, name, lambda to: to.write(text.encode()))
    return path, {"record": path.name, "record_sha256": digest(path)}


def _next(custodian: Custodian, kind: str) -> str:
    """The name of the next record of a kind, without an ending."""
    taken = (path.stem for path in (custodian.folder / cases.RECORDS).iterdir())
    numbers = (stem.removeprefix(f"{kind}-") for stem in taken if stem.startswith(f"{kind}-"))
    return f"{kind}-{1 + max((int(one) for one in numbers if one.isdigit()), default=0)}"


def _write(custodian: Custodian, name: str, write: Callable[[BinaryIO], object]) -> Path:
    path = custodian.folder / cases.RECORDS / name
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
    try:
        with os.fdopen(os.open(path, flags, 0o600), "wb") as stream:
            write(stream)
            stream.flush()
            os.fsync(stream.fileno())
    except OSError as error:
        raise SealError(f"a record cannot be written ({error.strerror})") from None
    return path
