"""Unreadable: why an entry cannot be read, in words of our own, which quote no path."""

import errno
import os

from vestige.model import Entry, Problem, Stage

_REASONS = {
    errno.EACCES: ("permission", "permission denied"),
    errno.EPERM: ("permission", "the system does not permit it"),
    errno.ENOENT: ("vanished", "it is not there any more"),
    errno.ENOTDIR: ("vanished", "a directory above it is not there any more"),
    errno.ESTALE: ("vanished", "the file server does not know it any more"),
    errno.ELOOP: ("replaced", "a link took its place"),
    errno.ENXIO: ("replaced", "a pipe, socket or device took its place"),
    errno.ESPIPE: ("replaced", "a pipe or a terminal took its place"),
    errno.EISDIR: ("replaced", "a directory took its place"),
    errno.ENAMETOOLONG: ("path-too-long", "its path is longer than the system can open"),
}
"""Code and detail by number of the system's error, as opening and reading give it."""

_OTHER = "io-error"

CODES = frozenset(code for code, _ in _REASONS.values()) | {_OTHER}
"""The codes of problems that errors of the system become."""


class Unreadable(Exception):  # noqa: N818 - the state of an entry, not a fault of the program
    """An entry cannot be read: why, as the code and detail of a problem."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(code, detail)
        self.code = code
        self.detail = detail

    @classmethod
    def of(cls, error: OSError) -> "Unreadable":
        """The error of the system in our words; its text, which may hold the path, is not kept."""
        number = error.errno or 0
        unforeseen = (_OTHER, f"the system says: {os.strerror(number)}")
        return cls(*_REASONS.get(number, unforeseen))

    def problem(self, entry: Entry) -> Problem:
        """The problem of the entry that could not be read."""
        return Problem(entry.id, Stage.READ, self.code, self.detail)
