"""What a scan carries over from an earlier one."""

from collections.abc import Mapping
from typing import NamedTuple


class Carried(NamedTuple):
    """What an earlier scan kept of a file that has not changed: it is not read again.

    `entry` and `content` are its numbers there; `dicom`, `reason` and `partly` say how its
    examination ended, `instance`, `account` and `extra` are kept of it as they were. If `digest` is
    not empty, the file has not changed if its content still has that one.
    """

    entry: int
    content: int
    dicom: bool
    reason: str
    partly: bool
    instance: int
    account: int
    extra: str
    digest: bytes = b""


NONE_CARRIED: Mapping[int, Carried] = {}
"""Where nothing is carried over."""
