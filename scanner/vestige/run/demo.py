"""Demo: the founding story on a small synthetic volume."""

import secrets
from pathlib import Path

from vestige import planting
from vestige.model import UsageError


def plant(folder: Path) -> Path:
    """Plant the demo volume in `folder`, and give its root; UsageError if one is there."""
    volume = folder / "volume"
    if volume.exists():
        raise UsageError("the output folder holds a demo volume already; name another with --out")
    volume.mkdir(parents=True)
    planting.plant(planting.load("demo"), volume, planting.Planting())
    return volume


def key(folder: Path) -> Path:
    """A key for the demo alone, so that it leaves nothing elsewhere."""
    file = folder / "key"
    file.write_bytes(secrets.token_bytes(32))
    file.chmod(0o600)
    return file
