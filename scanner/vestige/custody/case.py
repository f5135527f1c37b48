"""Cases: a folder for its owner alone, and its key outside of it."""

import fcntl
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from vestige.custody.ledger import FIRST, Anchor, Key
from vestige.model import SealError, UsageError

EXHIBITS, RECORDS, ATTACHED = "exhibits", "records", "attached"
_FACTS = "case.json"
_KEY_BYTES = 32


def make(folder: Path, keys: Path) -> str:
    """A new case folder with its key in the folder `keys`; gives the number of the case.

    UsageError if the folder holds anything already.
    """
    number = secrets.token_hex(6)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise UsageError("the folder of a new case must be empty; name another")
        folder.chmod(0o700)
        for name in (EXHIBITS, RECORDS, ATTACHED):
            (folder / name).mkdir(mode=0o700)
        _keep(folder / _FACTS, {"case": number})
        keys.mkdir(mode=0o700, parents=True, exist_ok=True)
        keep_key(keys, number, Key(secrets.token_bytes(_KEY_BYTES), Anchor(0, FIRST)))
    except OSError as error:
        raise UsageError(f"the case cannot be made ({error.strerror})") from None
    return number


def number_of(folder: Path) -> str:
    """The number of the case in a folder; UsageError if it is none."""
    try:
        number = json.loads((folder / _FACTS).read_bytes())["case"]
    except (OSError, ValueError, KeyError, TypeError):
        raise UsageError("that folder is no case; make one with `vestige custody open`") from None
    if not isinstance(number, str) or not number.isalnum():
        raise UsageError("the number of the case cannot be read")
    return number


def load_key(keys: Path, number: str) -> Key | None:
    """The key of a case; None if it is not on this machine. SealError if it is damaged."""
    try:
        held = json.loads((keys / f"{number}.json").read_bytes())
        return Key(bytes.fromhex(held["key"]), Anchor(int(held["lines"]), str(held["last"])))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError):
        raise SealError("the key of the case cannot be read; restore it from your backup") from None


def keep_key(keys: Path, number: str, key: Key) -> None:
    """Note the key, and how the ledger ends, lasting when this returns."""
    held = {"key": key.secret.hex(), "lines": key.anchor.lines, "last": key.anchor.digest}
    _keep(keys / f"{number}.json", held)


def exhibit_folder(folder: Path, exhibit: str) -> Path:
    """Where an exhibit lies; UsageError if its name is none."""
    if not exhibit.startswith("E") or not exhibit[1:].isdigit():
        raise UsageError("exhibits are called E1, E2 and so on")
    return folder / EXHIBITS / exhibit


@contextmanager
def sealing(folder: Path) -> Iterator[None]:
    """While this lasts nobody else seals into the case; UsageError if somebody does already."""
    descriptor = os.open(folder / EXHIBITS, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        raise UsageError("something is being sealed into this case already; wait for it") from None
    finally:
        os.close(descriptor)


def _keep(path: Path, held: dict[str, object]) -> None:
    aside = path.with_name(f".{path.name}.part")
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0)
    with os.fdopen(os.open(aside, flags, 0o600), "w", encoding="utf-8") as stream:
        json.dump(held, stream)
        stream.flush()
        os.fsync(stream.fileno())
    aside.replace(path)
