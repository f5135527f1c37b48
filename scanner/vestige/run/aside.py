"""Aside: one reckoning in a process of its own, beside what goes on here."""

import os
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import Pipe, get_context
from multiprocessing.connection import Connection
from threading import Thread
from typing import Generic, TypeVar

_Result = TypeVar("_Result")

_SIGNALS = frozenset({signal.SIGINT, signal.SIGTERM})
_LOOK_SECONDS = 1.0


class Aside(Generic[_Result]):
    """What a function gives, reckoned from now on in a process of its own.

    The function must use no connection to a scan file that was opened before. If its process dies,
    or the function fails there, it is called here.
    """

    def __init__(self, reckon: Callable[[], _Result]) -> None:
        self._reckon = reckon
        self._pipe, theirs = Pipe(duplex=False)
        made = get_context("fork").Process
        self._process = made(target=_work, args=(theirs, reckon, os.getpid()), daemon=True)
        # Python drops exceptions that arise while it forks: an interrupt waits until it is done.
        signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)
        try:
            self._process.start()
        finally:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)
        theirs.close()

    def result(self) -> _Result:
        """What the function gives; waits until it is done. Ask it once."""
        try:
            found: _Result = self._pipe.recv()
        except (EOFError, OSError):
            return self._reckon()
        finally:
            self._pipe.close()
            # It has told what it had to tell, or whoever asked was interrupted.
            self._process.terminate()
            self._process.join()
        return found


def _work(pipe: Connection, reckon: Callable[[], object], parent: int) -> None:
    """The life of the process: reckon, tell, end; what fails here is told by whoever asks."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)
    Thread(target=_end_with, args=(parent,), daemon=True).start()
    with suppress(Exception):
        pipe.send(reckon())


def _end_with(parent: int) -> None:
    """End this process when its parent is gone: nobody waits for it any more."""
    while os.getppid() == parent:
        time.sleep(_LOOK_SECONDS)
    os._exit(1)
