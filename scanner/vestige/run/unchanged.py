"""Unchanged: the review of a volume on which nothing has changed, as it was found before.

Every directory is listed and the facts of every entry are asked for, as in any scan: their digests
are compared with those that the earlier scan kept. If all agree, and rules, policy, version, key
and options are the same, the scan file and the reports of that scan hold for this one: they are
copied, under an id and times of their own. Nothing is loaded that this does not need.
"""

import hashlib
import json
import os
import re
import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, suppress
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import Any, NamedTuple

from vestige import __version__, listing
from vestige.listing import AT_ONCE, Digest
from vestige.model import VestigeError
from vestige.reports.wording import moment, none_changed
from vestige.review import ScanState, Since
from vestige.run import folders, inputs
from vestige.run import key as keys
from vestige.run.lasting import OF_ALL
from vestige.sensitive import Sensitive
from vestige.store import Earlier, copied

SCAN_FILE = "scan.sqlite"
RACY_NS = 2_000_000_000
"""How much older than the earlier scan the times of a file must be: some file systems count in
steps of two seconds, and what is written within a step of being read looks unchanged."""

_REPORT, _SUMMARY = "report.html", "summary.json"
_TITLE = rb"(<title>[^<]*report of )[^<]*(</title>)"
_BRAND = rb'(<p class="brand"><strong>Vestige</strong> report of )[^<]*(</p>)'
_BEGUN = rb'(<dd id="scan-begun">)[^<]*(</dd>)'
_ENDED = rb'(<dd id="scan-ended">)[^<]*(</dd>)'
_ID = rb'(<code class="long" id="scan-id">)[^<]*(</code>)'
_SINCE = rb'(<p class="note" id="since")[^<]*(</p>)'


class Asked(NamedTuple):
    """A scan as it is asked for, with the options that are not as usual."""

    roots: tuple[Path, ...]
    out: Path
    since: Path
    policy: str
    rules: tuple[Path, ...]
    roster: Path | None
    key: Path | None
    options: Mapping[str, object]


class Found(NamedTuple):
    """What is found again: what is said of it, and the summary of the scan."""

    words: str
    summary: dict[str, dict[str, Any]]


def unchanged(asked: Asked) -> Found | None:
    """The review of a volume on which nothing has changed; None if it must be scanned.

    Whatever is wrong with a scan as it is asked for, is for the scan to say.
    """
    with suppress(VestigeError, OSError, ValueError, KeyError, TypeError):
        begun = _now()
        path = asked.since / SCAN_FILE if asked.since.is_dir() else asked.since
        with closing(Earlier.open(path)) as earlier:
            earlier.hold()
            noted = earlier.all_noted()
            roots = tuple(os.path.realpath(os.fsencode(root)) for root in asked.roots)
            if not _serves(asked, roots, noted, earlier):
                return None
            reports = _reports(path.parent, noted)
            if reports is None or not _agree(roots, earlier.digests()):
                return None
            return _kept(asked, roots, path, noted, reports, begun, earlier.seen())
    return None


def _serves(
    asked: Asked, roots: Sequence[bytes], noted: Mapping[str, object], earlier: Earlier
) -> bool:
    """Whether the earlier scan was asked for the same, and nothing of it may pass by itself."""
    files = (*inputs.of_policy(asked.policy), *((asked.roster,) if asked.roster else ()))
    same = {
        "state": ScanState.COMPLETE,
        "version": __version__,
        "roots": [root.hex() for root in roots],
        "inputs": inputs.digest(asked.options, asked.rules, files),
        "key": Sensitive("vestige").digest(keys.load(asked.key, roots)),
        # A gate asks more than a scan: its verdict is not that of one.
        "gate": None,
    }
    if any(noted.get(key) != value for key, value in same.items()):
        return False
    begun = int(datetime.fromisoformat(str(noted["started"])).timestamp()) * 1_000_000_000
    return int(str(noted["newest"])) < begun - RACY_NS and earlier.codes() <= OF_ALL


def _reports(folder: Path, noted: Mapping[str, object]) -> dict[str, bytes] | None:
    """The files that the earlier scan wrote beside itself; None if one is not as it was written."""
    written = noted.get("outputs")
    if not isinstance(written, dict) or not {_REPORT, _SUMMARY} <= written.keys():
        return None
    found = {name: (folder / name).read_bytes() for name in written}
    same = all(digest_of(raw) == written[name] for name, raw in found.items())
    return found if same else None


def digest_of(raw: bytes) -> str:
    """By what the file of a report is known to be as it was written."""
    return hashlib.blake2b(raw, digest_size=16).hexdigest()


# --- the tree ------------------------------------------------------------------------------------


def _agree(roots: Sequence[bytes], digests: Sequence[Digest]) -> bool:
    """Whether all directories are as they were, one by one in the order of a walk."""
    kept = iter(digests)
    for root in roots:
        for digest in _digests(root):
            if not digest or digest != next(kept, b""):
                return False
    return next(kept, None) is None


def _digests(root: bytes) -> Iterator[Digest]:
    """The digest of each directory below a root, empty where something could not be seen."""
    waiting = [(root, os.path.basename(root) or root)]
    device = os.lstat(root).st_dev
    while waiting:
        path, name = waiting.pop()
        status = os.lstat(path)
        names = listing.of(path, status)
        try:
            if names.code or status.st_dev != device:
                yield b""
                return
            total = listing.Sum(listing.facts(name, status), names.folders)
            for begin in range(0, len(names.others), AT_ONCE):
                part = names.others[begin : begin + AT_ONCE]
                total.look(listing.looked_at(part, names.descriptor))
        finally:
            if names.descriptor >= 0:
                os.close(names.descriptor)
        yield total.digest()
        below = path if path.endswith(b"/") else path + b"/"
        waiting += [(below + folder, folder) for folder in reversed(names.folders)]


# --- the results ---------------------------------------------------------------------------------


def _kept(  # noqa: PLR0913, PLR0917 - all that a result is made of
    asked: Asked,
    roots: Sequence[bytes],
    path: Path,
    noted: Mapping[str, object],
    reports: Mapping[str, bytes],
    begun: str,
    seen: int,
) -> Found | None:
    since = Since(str(noted["id"]), str(noted["started"]))
    scan = {"id": secrets.token_hex(8), "started": begun, "finished": _now()}
    summary = json.loads(reports[_SUMMARY])
    summary["scan"] |= {**scan, "since": since.noted()}
    summary["coverage"]["carried"] = seen
    words = none_changed(seen, since)
    page = _page(reports[_REPORT], scan, str(summary["scan"]["state"]), words)
    folder = folders.folder(asked.out, roots)
    if page is None or os.path.lexists(folder / SCAN_FILE):
        return None
    told = (json.dumps(summary, indent=2) + "\n").encode()
    files = {**reports, _SUMMARY: told, _REPORT: page}
    written = {name: digest_of(raw) for name, raw in files.items()}
    copied(path, folder / SCAN_FILE, {**scan, "since": since.noted(), "outputs": written})
    for name, raw in files.items():
        folders.write(folder / name, raw)
    return Found(words, summary)


def _page(page: bytes, scan: Mapping[str, str], state: str, words: str) -> bytes | None:
    """The page of the earlier scan with the id and times of this one; None if it is another."""
    ended = f"{moment(scan['finished'])} ({state})"
    told = {
        **dict.fromkeys((_TITLE, _BRAND, _BEGUN), moment(scan["started"])),
        _ENDED: ended,
        _ID: scan["id"],
        _SINCE: f">{escape(words)}",
    }
    for pattern, text in told.items():
        raw = (text if pattern is _SINCE else escape(text)).encode().replace(b"\\", rb"\\")
        page, times = re.subn(pattern, rb"\g<1>" + raw + rb"\g<2>", page)
        if times != 1:
            return None
    return page


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
