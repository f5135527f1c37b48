"""The lock of a workspace, held by real processes."""

import multiprocessing
import os
import signal
import stat
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from vestige.model import BusyError, StoreError
from vestige.run.lock import locked

FORK = multiprocessing.get_context("fork")


def hold(file: Path, said: Connection, *, with_worker: bool) -> None:
    with locked(file):
        worker = FORK.Process(target=signal.pause)
        if with_worker:
            worker.start()
        said.send(worker.pid or 0)
        signal.pause()


@pytest.mark.parametrize("with_worker", [False, True])
def test_a_second_is_told_who_holds_it_and_the_dead_hold_nothing(
    tmp_path: Path, *, with_worker: bool
) -> None:
    ours, theirs = FORK.Pipe()
    holder = FORK.Process(
        target=hold, args=(tmp_path / "lock", theirs), kwargs={"with_worker": with_worker}
    )
    holder.start()
    worker = ours.recv()
    with (
        pytest.raises(BusyError, match=f"process {holder.pid} on .+, since 2"),
        locked(tmp_path / "lock"),
    ):
        pass
    holder.kill()
    holder.join()
    # Its worker, if it has one, is still alive.
    with locked(tmp_path / "lock"):
        held = (tmp_path / "lock").read_text()
    if worker:
        os.kill(worker, signal.SIGKILL)
    assert f'"pid": {os.getpid()},' in held
    assert stat.S_IMODE((tmp_path / "lock").stat().st_mode) == 0o600


def test_what_a_holder_wrote_may_be_anything(tmp_path: Path) -> None:
    (tmp_path / "lock").write_bytes(b"\xff" * 5_000)
    with locked(tmp_path / "lock"):
        assert (tmp_path / "lock").stat().st_size < 200


def test_a_lock_that_cannot_be_opened_is_said(tmp_path: Path) -> None:
    (tmp_path / "lock").symlink_to("elsewhere")
    with pytest.raises(StoreError, match="cannot be opened"), locked(tmp_path / "lock"):
        pass
    assert not (tmp_path / "elsewhere").exists()
