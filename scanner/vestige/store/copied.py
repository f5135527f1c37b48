"""A scan file copied for a scan that found nothing changed, under an id and times of its own."""

import json
import os
import shutil
import sqlite3
from collections.abc import Mapping
from contextlib import closing, suppress
from pathlib import Path

from vestige.model import StoreError

_NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0)


def copied(source: Path, path: Path, notes: Mapping[str, object]) -> None:
    """A copy of a scan file, with other notes, of which every entry counts as carried over.

    It appears whole or not at all; StoreError if it cannot be made.
    """
    aside = path.with_name(f".{path.name}.part")
    try:
        os.close(os.open(aside, os.O_RDWR | os.O_CREAT | os.O_TRUNC | _NO_FOLLOW, 0o600))
        shutil.copyfile(source, aside)
        with closing(sqlite3.connect(aside)) as database:
            # The copy can be made again at any time: nobody waits for the disk.
            database.execute("PRAGMA synchronous = OFF")
            rows = [(key, json.dumps(value)) for key, value in notes.items()]
            database.executemany("INSERT OR REPLACE INTO scan VALUES (?, ?)", rows)
            database.execute("UPDATE batch SET carried = 0")
            database.execute(
                "UPDATE batch SET carried = (SELECT count(*) FROM entry)"
                " WHERE first = (SELECT min(first) FROM batch)"
            )
            database.commit()
        if os.path.lexists(path):
            raise StoreError("a scan file exists there already; scan into another folder")
        aside.rename(path)
    except (OSError, sqlite3.Error) as error:
        raise StoreError(f"the scan file cannot be copied ({error.__class__.__name__})") from None
    finally:
        with suppress(OSError):
            os.unlink(aside)
