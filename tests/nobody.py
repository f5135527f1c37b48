"""The real command, run by a user without rights, in a child process."""

import multiprocessing
import os
import sys
import tempfile
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TypeVar

import pytest

from tests.volumes import Ran
from vestige.cli import main

NOBODY = 65534
IS_ROOT = os.geteuid() == 0

Given = TypeVar("Given")


def vestige_as_nobody(*arguments: object, folder: Path) -> Ran:
    """Run the command without rights in `folder`/home, which is given to nobody.

    The interpreter itself may lie where only root can read. So the child first scans
    `folder`/rehearsal with all its rights, whereby everything is imported that a scan imports.
    """
    home = folder / "home"
    with tempfile.TemporaryFile() as log:

        def work() -> int:
            for descriptor in (1, 2):
                os.dup2(log.fileno(), descriptor)
            sys.stdout = sys.stderr = os.fdopen(1, "w", encoding="utf-8", closefd=False)
            os.environ["XDG_DATA_HOME"] = os.fspath(home / "rehearsed")
            _command("scan", folder / "rehearsal", "--out", home / "rehearsed" / "out")
            sys.stdout.flush()
            log.truncate(0)
            log.seek(0)
            without_rights()
            os.chdir(home)
            os.environ["XDG_DATA_HOME"] = os.fspath(home / "data")
            code = _command(*arguments)
            sys.stdout.flush()
            return code

        if IS_ROOT:
            os.chown(home, NOBODY, NOBODY)
        code = in_child(work)
        log.seek(0)
        return Ran(code, log.read().decode("utf-8", "replace"))


def in_child(work: Callable[[], Given]) -> Given:
    """What the work gives in a process of its own, which may give up its rights."""
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(target=_send, args=(theirs, work))
    child.start()
    theirs.close()
    try:
        given: Given = ours.recv()
    except EOFError:
        raise AssertionError("the child ended without a result") from None
    finally:
        child.join(timeout=60)
        ours.close()
    return given


def _send(pipe: Connection, work: Callable[[], Given]) -> None:
    pipe.send(work())


def without_rights() -> None:
    """Become nobody, for good; who is not root has no rights to give up."""
    if IS_ROOT:
        os.setgroups([])
        os.setresgid(NOBODY, NOBODY, NOBODY)
        os.setresuid(NOBODY, NOBODY, NOBODY)


def _command(*arguments: object) -> int:
    sys.argv = ["vestige", *map(str, arguments)]
    with pytest.raises(SystemExit) as ended:
        main()
    assert isinstance(ended.value.code, int)
    return ended.value.code
