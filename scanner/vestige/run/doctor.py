"""Doctor: whether everything that a scan needs is in place on this machine."""

import os
import sys

from vestige import catalog
from vestige.model import VestigeError
from vestige.run import key as keys
from vestige.run import rule_check


def examine() -> list[tuple[bool, str]]:
    """Sentences about this machine, each with whether it is as it must be."""
    return [
        (sys.version_info >= (3, 11), f"Python {sys.version.split()[0]} (3.11 or newer)"),
        (True, f"{os.cpu_count()} cores; workers are forked"),
        _catalog(),
        _key(),
        (True, f"access times {'can' if hasattr(os, 'O_NOATIME') else 'cannot'} be preserved"),
    ]


def _catalog() -> tuple[bool, str]:
    try:
        loaded = catalog.load()
        failed = sum(1 for _ in rule_check.failures(loaded))
    except VestigeError as error:
        return False, f"rules: {error}"
    said = (
        f"{len(loaded.rules)} rules, digest {loaded.digest[:12]}, {failed} examples not borne out"
    )
    return failed == 0, said


def _key() -> tuple[bool, str]:
    file = keys.default_file()
    if not os.path.exists(file):
        return True, "the key of keyed digests will be made at the first scan"
    private = not file.stat().st_mode & 0o077
    return private, f"the key of keyed digests is {'private' if private else 'open to others'}"
