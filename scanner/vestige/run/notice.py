"""A notification: a command is told how a review ended, and nothing of a volume."""

import json
import os
import signal
import subprocess
from collections.abc import Mapping
from contextlib import suppress

from vestige.catalog.workspace import Notice, filled

FAILED = "failed"
"""The verdict word of a review that could not be made."""

_PREFIX = "VESTIGE_"


def send(notice: Notice, facts: Mapping[str, str]) -> str:
    """Run the command; gives what went wrong with it, "" if nothing did.

    The facts stand in its arguments, in its environment, and as JSON on its standard input: a
    verdict word, an exit code, counts, and paths of the workspace's own files. It has no shell;
    after its time it is ended, with all that it has begun.
    """
    told = dict(facts)
    environment = os.environ | {f"{_PREFIX}{name.upper()}": text for name, text in told.items()}
    try:
        process = subprocess.Popen(  # noqa: S603 - the command that the workspace names
            filled(notice.command, told),
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=environment,
            start_new_session=True,
        )
    except (OSError, ValueError) as error:
        said = getattr(error, "strerror", None) or "its arguments cannot be given"
        return f"the notification command cannot be run ({said})"
    try:
        with suppress(BrokenPipeError):
            process.communicate((json.dumps(told) + "\n").encode(), timeout=notice.seconds)
    except subprocess.TimeoutExpired:
        _end(process)
        return f"the notification command took longer than {notice.seconds} s and was ended"
    finally:
        if process.poll() is None:
            _end(process)
    if process.returncode:
        return f"the notification command ended with exit code {process.returncode}"
    return ""


def _end(process: "subprocess.Popen[bytes]") -> None:
    """Kill a command and what it has begun; it leads a group of its own."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
