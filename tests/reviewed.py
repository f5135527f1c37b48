"""Scans in this process, and edits of a volume, for tests of reviews that repeat."""

import json
import os
import random
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from vestige.review import Review
from vestige.run import outputs
from vestige.run.plan import Plan, Request, plan
from vestige.run.review import open_review
from vestige.run.scan import scan

REPORTS = ("findings.csv", "occurrences.csv", "families.csv", "problems.csv", "summary.json")
OLD = 1_000_000_000 * 10**9
"""A time long ago: what was written then was surely read since."""


def planned(volume: Path, home: Path, **given: object) -> Plan:
    """A plan for a volume, with a key of its own."""
    key = home / "key"
    key.write_bytes(b"k" * 32)
    asked = Request(roots=(volume,), out=home / "none", jobs=1, key=key, crack_seconds=0)
    return replace(plan(asked), **given)  # type: ignore[arg-type]


def scanned(asked: Plan, out: Path, since: Path | None = None) -> Review:
    """Scan, and write the reports beside."""
    path = scan(replace(asked, out=out, since=since), lambda _: None)
    store, review = open_review(path)
    try:
        outputs.write_noted(review, store, out)
    finally:
        store.close()
    return review


def told(out: Path) -> dict[str, object]:
    """All reports of a scan but the page, without what tells one scan from another."""
    found: dict[str, object] = {name: (out / name).read_bytes() for name in REPORTS}
    summary = json.loads((out / "summary.json").read_bytes())
    for key in ("id", "started", "finished", "since"):
        del summary["scan"][key]
    del summary["coverage"]["carried"]
    return found | {"summary.json": summary}


NAMES = ("Quintero_Maria", "IM9", "a.dcm", "GARCIA_LOPEZ", "Mueller_Anna_19610203", "anonymized")


def edited(volume: Path, chance: random.Random, count: int) -> None:
    """Change a volume as people and programs do: what cannot be done is left."""
    for _ in range(count):
        every = [path for path in sorted(volume.rglob("*")) if not path.is_symlink()]
        files = [path for path in every if path.is_file()]
        folders = [path for path in every if path.is_dir()]
        edit = chance.choice(EDITS)
        try:
            edit(chance.choice(files), chance.choice(folders), chance)
        except (OSError, IndexError):
            continue


Edit = Callable[[Path, Path, random.Random], object]


def _written(file: Path, _folder: Path, chance: random.Random) -> None:
    data = bytearray(file.read_bytes())
    if len(data) > 200:
        data[chance.randrange(132, len(data))] = chance.randrange(256)
        file.write_bytes(data)


EDITS: tuple[Edit, ...] = (
    _written,
    lambda file, _folder, _chance: file.unlink(),
    lambda file, _folder, chance: file.rename(file.with_name(chance.choice(NAMES))),
    lambda _file, folder, chance: folder.rename(folder.with_name(chance.choice(NAMES))),
    lambda file, folder, _chance: folder.rename(file.parent / folder.name),
    lambda _file, folder, _chance: shutil.rmtree(folder),
    lambda file, _folder, chance: file.write_bytes(file.read_bytes() + b"x" * chance.randrange(9)),
    lambda file, _folder, chance: os.utime(file, ns=(1, chance.randrange(10**18))),
    lambda file, folder, chance: shutil.copy2(file, folder / f"copy{chance.randrange(9)}"),
    lambda _file, folder, _chance: (folder / "list.csv").write_text(
        "name;birth date\nQuintero, Maria;1961-02-03\n", encoding="utf-8"
    ),
)
