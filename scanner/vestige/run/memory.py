"""Memory: how much a worker may take, so that no file takes that of the whole machine."""

import os
from contextlib import suppress
from pathlib import Path

LIMIT = 4 << 30
"""Bytes that a worker may take beyond what it began with: more than any bound of a reader."""

EXHAUSTED = 77
"""Exit code of a worker that has taken so much: what it remembers may be half written."""

_STATUS = Path("/proc/self/statm")


def limit_memory(most: int = LIMIT) -> None:
    """Let this process take so many bytes more than it has, where the system can be told so.

    What asks for more gets a MemoryError.
    """
    with suppress(ImportError, OSError, ValueError):
        import resource  # noqa: PLC0415 - not every system has it

        pages = int(_STATUS.read_text(encoding="ascii").split()[0])
        taken = pages * os.sysconf("SC_PAGE_SIZE")
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        wanted = taken + most
        if hard == resource.RLIM_INFINITY or wanted < hard:
            resource.setrlimit(resource.RLIMIT_AS, (wanted, hard))


def give_up() -> None:
    """End this process at once, and say why by the exit code."""
    os._exit(EXHAUSTED)
