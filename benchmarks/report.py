"""What the reports of a very large scan cost, and how fast a browser opens the page.

    python benchmarks/report.py [--files 5000000] [--findings 200000] [--keep FOLDER]

makes a scan file of so many files with one occurrence each, in so many findings, through the
scan file's own interface (no volume stands behind it: nothing is read from one for a report), and
measures on it `vestige report` in each format, as whole processes, one after the other: time, peak
of memory, and size of what is written. The page is then opened in Chromium: the time to its load
event, and until its filter has answered to the first word. Four fifths of the findings are names
in file names, one for each person; the others stand in fields of headers. A dated result is left in
benchmarks/results/.
"""

import argparse
import datetime as dt
import json
import os
import platform
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # a script's neighbours are found from the checkout's top

from benchmarks.measure import measured  # noqa: E402
from vestige.account import Account  # noqa: E402
from vestige.model import Band, Claim, State, Where  # noqa: E402
from vestige.run.acceptance import key_print  # noqa: E402
from vestige.sensitive import Sensitive  # noqa: E402
from vestige.store import Entries, Outcome, Store  # noqa: E402

FORMATS = ("html", "csv", "json", "verdict", "sarif", "junit")

LIMITS = {"page_bytes": 5_000_000, "load_seconds": 3.0, "megabytes": 1_500}
"""What the page may weigh, how long it may take to open, and what a report may take of memory."""

_KEY = b"a key for a benchmark, no secret"
_COMMAND = (sys.executable, "-c", "from vestige.cli import main; main()")
_SERIES, _PATIENT = 100, 500
_YEAR_NS = 31_556_952 * 1_000_000_000
_BATCH = 20_000
_SIZE = 512_000
_NAMED = 5
"""Of so many findings all but one are in names."""

_NAME = Claim(
    "names/person-name", "A person's name", Band.CRITICAL, 0.85, "direct", ("GDPR Art. 4(1)",)
)
_FIELD = Claim(
    "private/identifying", "A name in a private field", Band.HIGH, 0.8, "direct", ("GDPR Art. 32",)
)
_WHY = "A name tells whose image it is, to everybody who lists the folder or opens the file."
_REMEDY = "Export again under opaque names, verify the copy, and delete what is left."


def main() -> None:
    """Build, measure, print, write."""
    options = _options()
    with _folder(options.keep) as work:
        scan = work / "scan" / "scan.sqlite"
        if not scan.exists():
            shutil.rmtree(scan.parent, ignore_errors=True)
            scan.parent.mkdir(parents=True)
            _say(f"a scan file of {options.files:,} files in {options.findings:,} findings")
            build(scan, options.files, options.findings)
        told = _told(scan, work, options)
    text = json.dumps(told, indent=2) + "\n"
    print(text)
    (options.out / f"{told['date']}-report.json").write_text(text, encoding="utf-8")


def _told(scan: Path, work: Path, options: argparse.Namespace) -> dict[str, object]:
    key = work / "key"
    key.write_bytes(_KEY)
    key.chmod(0o600)
    formats = {}
    for name in options.formats:
        out = work / name
        shutil.rmtree(out, ignore_errors=True)
        given = ["report", str(scan), "--format", name, "--out", str(out), "--key", str(key)]
        run = measured([*_COMMAND, *given], 1)
        sizes = {path.name: path.stat().st_size for path in sorted(out.iterdir())}
        formats[name] = {
            "seconds": round(run.seconds, 1),
            "cpu": round(run.cpu, 1),
            "megabytes": round(run.peak),
            "bytes": sizes,
        }
        _say(f"{name}: {formats[name]}")
    page = work / "html" / "report.html"
    return {
        "date": dt.datetime.now(dt.UTC).date().isoformat(),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores",
        "python": platform.python_version(),
        "built": "through the scan file's own interface, without a volume",
        "files": options.files,
        "findings": options.findings,
        "scan_file_bytes": scan.stat().st_size,
        "load_before": list(os.getloadavg()),
        "formats": formats,
        "page_bytes": page.stat().st_size if page.exists() else 0,
        "browser": opened(page) if page.exists() else {},
        "limits": LIMITS,
    }


def opened(page: Path) -> dict[str, float]:
    """Seconds of the best of three loads of a page: to its load event, and to its filter's answer.

    The second counts from the first, and ends when the page says how many findings fit a word.
    """
    loads = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        for _ in range(3):
            sheet = browser.new_page(viewport={"width": 1280, "height": 900})
            begun = time.perf_counter()
            sheet.goto(page.as_uri(), wait_until="load")
            loaded = time.perf_counter()
            sheet.fill("#filter-text", "field")
            sheet.wait_for_function(
                "!document.getElementById('filter-shown').textContent.includes('all')"
            )
            loads.append((loaded - begun, time.perf_counter() - loaded))
            sheet.close()
        browser.close()
    load, filtered = min(loads)
    return {"load_seconds": round(load, 2), "filter_seconds": round(filtered, 2)}


# --- the scan file -------------------------------------------------------------------------------


def build(path: Path, files: int, findings: int) -> None:
    """A scan file with so many files, each with one of so many findings, in turn by stretches."""
    with closing(Store.create(path, _notes(), _rules())) as store:
        numbers = [_finding(store, number) for number in range(findings)]
        outcomes = [
            store.outcome(Outcome(State.READ, "", (number,), "", 0, dicom=True))
            for number in numbers
        ]
        nothing = store.outcome(Outcome(State.READ, "", (), "", 0, dicom=False))
        entries = zip(*_entries(store, files, outcomes, nothing), strict=True)
        store.add(Entries(*entries))
        store.account(1, Account(files * 900, 0, files * 500_000, 0))
        store.index()


def _finding(store: Store, number: int) -> int:
    name = _name(number)
    if number % _NAMED:
        digest = Sensitive(name).digest(_KEY)
        made = store.finding(_NAME, Where.PATH, "name", digest, Sensitive(name).masked, "a word")
    else:
        place = f"(0029,xx{number % 239 + 16:02x}) MAKER {number:06} > PatientName"
        made = store.finding(_FIELD, Where.PRIVATE, place, "", Sensitive(name).masked, "a word")
    store.value(made, Sensitive(name).digest(_KEY), Sensitive(name).masked)
    return made


def _name(number: int) -> str:
    """A word of syllables, another one for each number, that names nobody."""
    syllables = ("BRA", "KEL", "MON", "TUR", "VIS", "ZAN", "DOR", "FEN", "GAL", "HUS", "LIP")
    word = []
    for _ in range(6):
        number, rest = divmod(number, len(syllables))
        word.append(syllables[rest])
    return "".join(word)


Facts = tuple[bytes, str, int, int, int, int]
Kept = tuple[int, int, Facts, int, int, int, int, str]


class _Tree:
    """Entries in pre-order: studies, series of so many files, and what they amount to."""

    def __init__(self, store: Store, nothing: int) -> None:
        self._store, self._nothing = store, nothing
        self._number, self._above, self._files = 0, [0], [0]
        self._left: list[tuple[int, int, int, int, bytes]] = []

    def folder(self, name: bytes) -> Kept:
        """A folder in the one that is open; it is the open one from now on."""
        self._number += 1
        facts = (name, "directory", 0, 1, 1, self._number)
        row = (self._number, self._above[-1], facts, self._nothing, 0, 0, 0, "")
        self._above.append(self._number)
        self._files.append(0)
        return row

    def file(self, name: bytes, written: int, outcome: int) -> Kept:
        """A file in the folder that is open."""
        self._number += 1
        self._files[-1] += 1
        facts = (name, "file", _SIZE, written, written, self._number)
        return (self._number, self._above[-1], facts, outcome, 0, 0, 0, "")

    def leave(self, depth: int) -> None:
        """Leave folders until so many are open."""
        while len(self._above) > depth + 1:
            files = self._files.pop()
            self._files[-1] += files
            self._left.append((self._above.pop(), self._number, files, files * _SIZE, b""))
        if len(self._left) > _BATCH or not depth:
            self._store.left(self._left)
            self._left.clear()


def _entries(store: Store, files: int, outcomes: list[int], nothing: int) -> Iterator[Kept]:
    """All entries: so many files, each with one outcome, the same for a stretch of them."""
    stretch = max(files // len(outcomes), 1)
    tree = _Tree(store, nothing)
    yield tree.folder(b"volume")
    for file in range(files):
        if file % (_SERIES * _PATIENT) == 0:
            tree.leave(1)
            yield tree.folder(b"study_%03d" % (file // (_SERIES * _PATIENT)))
        if file % _SERIES == 0:
            tree.leave(2)
            yield tree.folder(b"series_%06d" % (file // _SERIES))
        which = file // stretch % len(outcomes)
        written = (file * 7_919) % (6 * _YEAR_NS // 1000) * 1000 + 44 * _YEAR_NS
        name = b"%s_%04d.dcm" % (_name(which).encode(), file % _SERIES)
        yield tree.file(name, written, outcomes[which])
    tree.leave(0)


def _notes() -> dict[str, object]:
    return {
        "id": "benchmark",
        "roots": [b"/volume".hex()],
        "started": "2026-11-21T06:00:00Z",
        "finished": "2026-11-21T09:00:00Z",
        "version": "0.1.0",
        "catalog": "0" * 64,
        "rules": 127,
        "policy": "gdpr",
        "policy_digest": "0" * 64,
        "fail_on": "medium",
        "state": "complete",
        "key": key_print(_KEY),
        "accepts_unexamined": False,
    }


def _rules() -> list[tuple[str, str, str]]:
    return [(claim.rule, _WHY, _REMEDY) for claim in (_NAME, _FIELD)]


# --- options -------------------------------------------------------------------------------------


@contextmanager
def _folder(keep: Path | None) -> Iterator[Path]:
    if keep is not None:
        keep.mkdir(parents=True, exist_ok=True)
        yield keep
        return
    with tempfile.TemporaryDirectory(prefix="vestige-report-") as made:
        yield Path(made)


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--files", type=int, default=5_000_000)
    parser.add_argument("--findings", type=int, default=200_000)
    parser.add_argument("--formats", nargs="+", choices=FORMATS, default=FORMATS)
    parser.add_argument("--keep", type=Path, help="folder for the scan file, which stays")
    default = Path(__file__).parent / "results"
    parser.add_argument("--out", type=Path, default=default, help="folder for the result")
    return parser.parse_args()


if __name__ == "__main__":
    main()
