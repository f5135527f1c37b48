"""The review of a volume on which nothing has changed, said without loading what scans need.

Only the options of `vestige scan` that are known here are taken; whatever else is asked for, and
whatever is wrong with it, is left to the command itself.
"""

import os
import signal
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType

from vestige.model import Band
from vestige.run.unchanged import Asked, Found, unchanged

_INTERRUPTED, _CLOSED = 130, 141
_CODES = {"pass": 0, "block": 1, "incomplete": 3}
_FLAGS = {
    "--hunt": "hunt",
    "--cross-file-systems": "cross_file_systems",
    "--software-as-data": "software_as_data",
}
_ASIDE = frozenset({"--jobs", "--readers"})
_PATHS = frozenset({"--out", "--since", "--key", "--roster"})
_TOLD = frozenset({"--policy", "--fail-on", "--crack-seconds"})
_USUAL_POLICY, _USUAL_SECONDS = "gdpr", 1.0


def again(arguments: Sequence[str]) -> int | None:
    """The exit code of a scan that found nothing changed; None if the command must do it."""
    if arguments[:1] != ["scan"]:
        return None
    asked = _asked(arguments[1:])
    if asked is None:
        return None
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        found = unchanged(asked)
        return None if found is None else _say(found, asked.out)
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _CLOSED


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _asked(arguments: Sequence[str]) -> Asked | None:
    """The scan that is asked for; None if it is not --since another, or something is unknown."""
    roots: list[Path] = []
    given: dict[str, str] = {}
    rules: list[Path] = []
    options: dict[str, object] = {}
    left = iter(arguments)
    for one in left:
        name, equals, value = one.partition("=")
        if not name.startswith("-"):
            roots.append(Path(one))
        elif one in _FLAGS:
            options[_FLAGS[one]] = True
        elif name in _PATHS | _TOLD | _ASIDE | {"--rules"}:
            value = value if equals else next(left, "")
            if name == "--rules":
                rules.append(Path(value))
            given[name] = value
        else:
            return None
    if "--since" not in given or not roots or not all(given.values()):
        return None
    return _with_options(roots, given, rules, options)


def _with_options(
    roots: Sequence[Path],
    given: Mapping[str, str],
    rules: Sequence[Path],
    options: dict[str, object],
) -> Asked | None:
    with suppress(ValueError):
        policy = given.get("--policy", _USUAL_POLICY)
        if policy != _USUAL_POLICY:
            options["policy"] = policy
        if "--fail-on" in given:
            options["fail_on"] = int(Band.of(given["--fail-on"]))
        seconds = float(given.get("--crack-seconds", _USUAL_SECONDS))
        if seconds != _USUAL_SECONDS:
            options["crack_seconds"] = seconds
        usual = f"vestige-scan-{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
        return Asked(
            tuple(roots),
            Path(given.get("--out", usual)),
            Path(given["--since"]),
            policy,
            tuple(rules),
            Path(given["--roster"]) if "--roster" in given else None,
            Path(given["--key"]) if "--key" in given else None,
            options,
        )
    return None


def _say(found: Found, out: Path) -> int:
    """The result in a few lines: nobody needs to read again what has not changed."""
    sys.stdout.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    summary = found.summary
    coverage, findings, verdict = summary["coverage"], summary["findings"], summary["verdict"]
    bands = findings["by_band"]
    told = ", ".join(f"{count:,} {band}" for band, count in bands.items() if count)
    outcome = str(verdict["outcome"])
    reasons = " ".join(verdict["reasons"])
    lines = (
        found.words,
        f"Findings: {told or 'none'}.",
        (
            f"Coverage: {coverage['seen']:,} entries seen = {coverage['read']:,} read"
            f" ({coverage['partly']:,} of them in part) + {coverage['unreadable']:,} unreadable"
            f" + {coverage['skipped']:,} skipped ({coverage['unexamined']:,} not examined)"
        ),
        f"Verdict: {outcome.upper()}. {reasons}",
        f"Report: {out / 'report.html'}",
    )
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    sys.stdout.flush()
    return _CODES[outcome]
