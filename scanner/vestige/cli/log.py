"""Log lines: one event a line, as JSON for programs or in words; they hold nothing of a volume."""

import json
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime

import typer

from vestige.cli.exits import EXIT_INTERRUPTED, code_of
from vestige.cli.screen import err_console
from vestige.model import UsageError, VestigeError
from vestige.review import Review
from vestige.run.events import Fact, Teller
from vestige.run.scan import Listener, Progress

_PROGRESS_SECONDS = 10.0

WORDS = {
    "priority": "giving way to other programs",
    "begun": "review begun",
    "not-resumed": "a review that was broken off cannot be resumed: it began with other settings",
    "clock-went-back": "the clock went back: this review is numbered behind the last",
    "earlier-unusable": "the scan before cannot be gone on from: everything is read",
    "not-scanned": "nothing was scanned: a root is missing, empty or elsewhere",
    "ended": "review ended",
    "no-link": "the file system has no links: `latest` was not set",
    "pruned": "old reviews taken away",
    "notified": "the notification command was told",
    "not-notified": "the notification failed; the result stands",
}
"""Events of a review in words."""


def as_json(log_format: str, *, default: bool = False) -> bool:
    """Whether log lines are asked for as JSON; "" asks for the default."""
    if log_format not in ("", "text", "json"):
        raise UsageError("--log-format: must be text or json")
    return log_format == "json" if log_format else default


def json_lines(event: str, facts: Mapping[str, Fact]) -> None:
    """Write one event to standard error: time (ISO 8601 UTC), event, and its facts."""
    at = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    line = json.dumps({"time": at, "event": event, **facts}, separators=(",", ":"))
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


def in_words(event: str, facts: Mapping[str, Fact]) -> None:
    """Write one event to standard error in words."""
    told = ", ".join(f"{name} {fact}" for name, fact in facts.items())
    said = f"{WORDS.get(event, event)} ({told})" if told else WORDS.get(event, event)
    err_console.print(said, soft_wrap=True)


def progress_events(tell: Teller) -> Listener:
    """A listener that tells of progress every ten seconds: entries, bytes, rate, share."""
    start = last = time.monotonic()

    def heard(done: Progress) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last < _PROGRESS_SECONDS:
            return
        last = now
        rate = round(done.entries / max(1e-9, now - start), 1)
        facts = {"entries": done.entries, "bytes": done.bytes, "rate": rate}
        tell("progress", {**facts, "share": round(done.fraction, 4), "hunting": done.hunting})

    return heard


@contextmanager
def progress_as_events() -> Iterator[Listener]:
    """A listener that tells of progress as JSON lines, between a first and no last."""
    json_lines("begun", {})
    yield progress_events(json_lines)


def result(review: Review) -> dict[str, Fact]:
    """What a scan amounts to, as facts of an event."""
    coverage = review.scan.coverage
    counts = {
        "entries": coverage.seen,
        "bytes": coverage.bytes,
        "unreadable": coverage.unreadable,
        "partly": coverage.partly,
        "unexamined": coverage.unexamined,
        "findings": len(review.findings),
    }
    return {"verdict": review.verdict.outcome.value, **counts}


@contextmanager
def failures_as_events() -> Iterator[None]:
    """Turns what ends a command into an event and an exit code: nothing else is written."""
    try:
        yield
    except VestigeError as error:
        code = code_of(error)
        json_lines("failed", {"why": str(error), "code": code})
        raise typer.Exit(code) from None
    except KeyboardInterrupt:
        json_lines("interrupted", {"code": EXIT_INTERRUPTED})
        raise SystemExit(EXIT_INTERRUPTED) from None
