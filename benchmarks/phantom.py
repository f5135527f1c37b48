"""The case that Vestige is for: a thousand folders named after people among ordinary entries.

The folders stand on disk, the real command scans them, and what it leaves is read: the first
finding must be the family, certain, and nothing else may rank above medium.
"""

import csv
import json
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path

from pydicom import Dataset, dcmwrite
from pydicom.dataset import FileMetaDataset
from pydicom.uid import ExplicitVRLittleEndian

from benchmarks.name_forms import TYPOS_OF_SETS, People, uuid, written
from benchmarks.name_lists import Names

SCAN_CODES = (0, 1, 3)
"""Nothing found, findings, incomplete: a scan that went to its end."""

MEMBERS = 1_200
ORDINARY = 100_000
_ABOVE_MEDIUM = frozenset({"high", "critical"})
_FILES = 500
_FOLDER = "imaging/exports"
_SERIES = (
    "CT_Thorax",
    "T1_mprage",
    "t2_tse_sag",
    "Localizer",
    "dwi_b1000",
    "screen_save",
    "PET_AC",
)
_EXPORTS = ("export", "archive", "incoming", "backup", "qa", "phantom_scans", "staging", "cohort")
_NAMED = (
    *("IM{n:05}.dcm", "slice-{n:04}.png", "report_{n}.pdf", "{u}"),
    "1.2.826.0.1.3680043.{n}.{n}",
)
_NOTHING = b"nothing of interest\n"


@dataclass(frozen=True, slots=True)
class Phantom:
    """What the command said of one tree; `above` are findings outside the family's folder."""

    names: str
    entries: int
    families: int
    verdict: str
    rank: int
    band: str
    members: int
    above: int
    complete: bool

    @property
    def met(self) -> bool:
        """Whether it is one family, certain, first, and all else is medium at most."""
        first = self.families == 1 and self.rank == 1 and self.verdict == "certain"
        return first and self.above == 0 and self.members >= 0.9 * MEMBERS


def built(volume: Path, count: int, seed: int) -> int:
    """The ordinary part of the tree; gives its files."""
    chance = random.Random(seed)  # noqa: S311 - a benchmark, no secret
    return sum(1 for _ in _ordinary(volume, count, chance))


def peopled(volume: Path, lists: Sequence[Names], seed: int, parents: int = 1) -> int:
    """The folders of people, of all the lists in turn, each with one file; gives their entries.

    With more `parents` than one they lie below so many, in turn. Those who were there are gone.
    """
    chance = random.Random(seed)  # noqa: S311 - a benchmark, no secret
    people = [People(names) for names in lists]
    root = volume / _FOLDER
    shutil.rmtree(root, ignore_errors=True)
    for number in range(MEMBERS):
        person = people[number % len(people)].person(chance)
        name = written("{S}_{uuid}", person, chance, TYPOS_OF_SETS).upper().replace("/", " ")
        above = root / f"batch-{number % parents + 1:04}" if parents > 1 else root
        folder = above / _lower_uuid(name)
        folder.mkdir(parents=True)
        (folder / "IM00001.dcm").write_bytes(_clean(number, 1))
    return 2 * MEMBERS + parents * (parents > 1)


def _lower_uuid(name: str) -> str:
    return f"{name[:-36]}{name[-36:].lower()}"


def _ordinary(volume: Path, count: int, chance: random.Random) -> Iterator[None]:
    """Folders and files as stores of images hold them."""
    made = 0
    while made < count:
        place = f"{chance.choice(_EXPORTS)}_{made // 50_000}/P{made:06}/ST{made % 7}"
        folder = volume / place / f"{chance.choice(_SERIES)}_{made % 97:03}"
        folder.mkdir(parents=True)
        pattern = chance.choice(_NAMED)
        for n in range(min(_FILES, count - made)):
            content = _clean(made // _FILES + MEMBERS, n) if "dcm" in pattern else _NOTHING
            (folder / pattern.format(n=n + 1, u=uuid(chance))).write_bytes(content)
            made += 1
            yield


@cache
def _object() -> bytes:
    """A small object that tells nobody and says so, its UIDs ending in eight zeros."""
    header = Dataset()
    header.SOPClassUID = "1.2.840.10008.5.1.4.1.1.7"
    header.Modality = "OT"
    header.PatientName = header.PatientID = ""
    header.PatientIdentityRemoved = "YES"
    header.DeidentificationMethod = "Basic Profile"
    code = Dataset()
    code.CodeValue, code.CodingSchemeDesignator = "113100", "DCM"
    code.CodeMeaning = "Basic Application Confidentiality Profile"
    header.DeidentificationMethodCodeSequence = [code]
    header.StudyInstanceUID = f"2.25.1{_PLACES[0]}"
    header.SeriesInstanceUID = f"2.25.2{_PLACES[0]}"
    header.SOPInstanceUID = f"2.25.3{_PLACES[0]}{_PLACES[1]}"
    header.file_meta = FileMetaDataset()
    header.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    stream = BytesIO()
    dcmwrite(stream, header, enforce_file_format=True)
    return stream.getvalue()


_PLACES = ("10000000", "20000000")


def _clean(series: int, number: int) -> bytes:
    """The object of that number in that series."""
    data = _object().replace(_PLACES[0].encode(), f"{series + 30_000_000}".encode())
    return data.replace(_PLACES[1].encode(), f"{number + 40_000_000}".encode())


def scanned(volume: Path, out: Path) -> Path:
    """The reports of `vestige scan` of a tree; ends if the command does not go to its end."""
    out.mkdir(parents=True)
    key = out / "benchmark.key"
    key.write_bytes(b"k" * 32)
    key.chmod(0o600)
    code = "from vestige.cli import main; main()"
    asked = ("scan", str(volume), "--out", str(out / "scan"), "--key", str(key), "--jobs", "1")
    command = (sys.executable, "-c", code, *asked)
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    if run.returncode not in SCAN_CODES:
        sys.exit(f"the scan failed ({run.returncode}): {run.stderr[-500:]}")
    return out / "scan"


def told(reports: Path, names: str, entries: int) -> Phantom:
    """What findings.csv, families.csv and summary.json say of it."""
    findings, families = (rows(reports / f"{one}.csv") for one in ("findings", "families"))
    summary = json.loads((reports / "summary.json").read_text("utf-8"))
    first = max(families, key=lambda row: int(row["members"]), default=None)
    number = first["finding"] if first else ""
    outside = {
        seen["finding"]
        for seen in rows(reports / "occurrences.csv")
        if f"/{_FOLDER}/" not in seen["path"]
    } - {number}
    return Phantom(
        names=names,
        entries=entries,
        families=len(families),
        verdict=first["verdict"] if first else "missed",
        rank=int(first["rank"]) if first else 0,
        band=first["band"] if first else "",
        members=int(first["members"]) if first else 0,
        above=sum(r["finding"] in outside and r["band"] in _ABOVE_MEDIUM for r in findings),
        complete=bool(summary),
    )


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of one table of a scan."""
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))
