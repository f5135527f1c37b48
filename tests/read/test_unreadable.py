import errno
import os

import pytest

from vestige.model import Entry, Kind, Stage
from vestige.read.unreadable import CODES, Unreadable

ENTRY = Entry(7, 1, b"Probe^Paula", b"/archive/Probe^Paula", Kind.FILE, 0, 0, 0, 0)


@pytest.mark.parametrize(
    ("number", "code", "detail"),
    [
        (errno.EACCES, "permission", "permission denied"),
        (errno.EPERM, "permission", "the system does not permit it"),
        (errno.ENOENT, "vanished", "it is not there any more"),
        (errno.ELOOP, "replaced", "a link took its place"),
        (errno.EISDIR, "replaced", "a directory took its place"),
        (errno.ENXIO, "replaced", "a pipe, socket or device took its place"),
        (errno.ENAMETOOLONG, "path-too-long", "its path is longer than the system can open"),
        (errno.EIO, "io-error", f"the system says: {os.strerror(errno.EIO)}"),
    ],
)
def test_an_error_of_the_system_becomes_a_code_and_a_sentence(
    number: int, code: str, detail: str
) -> None:
    unreadable = Unreadable.of(OSError(number, "a message", "/archive/Probe^Paula"))
    assert (unreadable.code, unreadable.detail) == (code, detail)


@pytest.mark.parametrize("number", [*sorted(errno.errorcode), 0, -1, 99_999])
def test_every_error_has_a_code_of_the_list_and_quotes_no_path(number: int) -> None:
    unreadable = Unreadable.of(OSError(number, "Probe^Paula", "/archive/Probe^Paula"))
    problem = unreadable.problem(ENTRY)
    assert (problem.entry, problem.stage) == (ENTRY.id, Stage.READ)
    assert problem.code in CODES
    assert " " in problem.detail
    assert "Probe" not in repr((unreadable, problem))


def test_an_error_without_number_has_a_code_too() -> None:
    assert Unreadable.of(OSError("Probe^Paula")).code == "io-error"
