"""Aside: what is reckoned in a process of its own is what would be reckoned here."""

import os
import signal
import time
from functools import partial
from pathlib import Path

import pytest

from vestige.run.aside import Aside


def test_a_process_of_its_own() -> None:
    found = Aside(lambda: (os.getpid(), {"a": frozenset({1, 2})})).result()
    assert found[0] != os.getpid()
    assert found[1] == {"a": frozenset({1, 2})}


def test_many_at_once() -> None:
    begun = [Aside(partial(bytes, size)) for size in (0, 1, 1 << 20)]
    assert [len(one.result()) for one in begun] == [0, 1, 1 << 20]


def test_what_a_killed_process_would_have_given_is_reckoned_here(tmp_path: Path) -> None:
    here, seen = os.getpid(), tmp_path / "seen"

    def reckon() -> int:
        if os.getpid() != here:
            seen.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return os.getpid()

    assert Aside(reckon).result() == here
    assert seen.exists()


def test_what_fails_there_fails_here(capfd: pytest.CaptureFixture[str]) -> None:
    def fail() -> None:
        raise ValueError("Zebrinsky")

    begun = Aside(fail)
    with pytest.raises(ValueError, match="Zebrinsky"):
        begun.result()
    assert capfd.readouterr() == ("", "")


def test_what_cannot_be_told_is_reckoned_here() -> None:
    assert Aside(lambda: lambda: 1).result()() == 1


def test_who_is_interrupted_does_not_wait() -> None:
    begun = Aside(partial(time.sleep, 60.0))
    signal.signal(signal.SIGALRM, signal.default_int_handler)
    signal.setitimer(signal.ITIMER_REAL, 0.2)
    asked = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        begun.result()
    assert time.monotonic() - asked < 30.0
