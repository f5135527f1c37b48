"""The clock of custody: nanoseconds since 1970 UTC, and what the system knows of their error."""

import ctypes
import sys
import time
from pathlib import Path

from vestige.evidence import Clock

_UNSYNCHRONISED = 0x40
"""STA_UNSYNC of adjtimex(2)."""

_IN_NS = 0x2000
"""STA_NANO: the offset is in nanoseconds, not in microseconds."""

_FAILED = -1
_SOURCE = Path("/sys/devices/system/clocksource/clocksource0/current_clocksource")


class _Timex(ctypes.Structure):
    """struct timex of adjtimex(2), as far as it is read; the kernel writes 208 bytes at most."""

    _fields_ = (
        ("modes", ctypes.c_uint),
        ("offset", ctypes.c_long),
        ("freq", ctypes.c_long),
        ("maxerror", ctypes.c_long),
        ("esterror", ctypes.c_long),
        ("status", ctypes.c_int),
        ("rest", ctypes.c_byte * 256),
    )


def now() -> int:
    """The time, in nanoseconds since 1970 UTC."""
    return time.time_ns()


def clock() -> Clock:
    """The system's clock, with offset and greatest error where the kernel tells them."""
    source = f"system ({_hardware()})"
    said = _kernel()
    if said is None:
        return Clock(source)
    unit = 1 if said.status & _IN_NS else 1000
    return Clock(
        source,
        synchronised=not said.status & _UNSYNCHRONISED,
        offset_ns=said.offset * unit,
        error_ns=said.maxerror * 1000,
    )


def _hardware() -> str:
    try:
        return _SOURCE.read_text(encoding="ascii").strip()
    except (OSError, UnicodeError):
        return sys.platform


def _kernel() -> _Timex | None:
    """What the kernel says of its clock; None where it says nothing. It is asked, never set."""
    if not sys.platform.startswith("linux"):
        return None
    try:
        adjtimex = ctypes.CDLL(None, use_errno=True).adjtimex
    except (OSError, AttributeError):
        return None
    said = _Timex()
    return None if adjtimex(ctypes.byref(said)) == _FAILED else said
