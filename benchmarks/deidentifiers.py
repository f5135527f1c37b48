"""Real de-identification tools from PyPI, run with their defaults over a planted tree."""

import importlib.metadata
import importlib.util
import re
import warnings
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pydicom

from benchmarks.matching import BAND, Seen
from vestige.model import Band

TOOLS = {"dicom-anonymizer": "dicomanonymizer", "dicognito": "dicognito", "deid": "deid"}
"""Packages on PyPI, and the modules that they install."""


@dataclass(frozen=True, slots=True)
class Left:
    """What Vestige says of a tool's output: one line an attribute, with the rules that speak."""

    rules: str
    pointer: str
    band: str
    files: int


def installed(package: str) -> str:
    """The version of a tool; "" if it is absent."""
    if importlib.util.find_spec(TOOLS[package]) is None:
        return ""
    return importlib.metadata.version(package)


def cleaned(package: str, dirty: Path, out: Path) -> int:
    """Runs a tool over every file below `dirty`; gives how many it could not treat."""
    treat = _TREATMENTS[package]()
    failed = 0
    for path in sorted(path for path in dirty.rglob("*") if path.is_file()):
        target = out / path.relative_to(dirty)
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                treat(path, target)
        except Exception:  # noqa: BLE001 - whatever a tool stumbles over, it leaves nothing
            failed += 1
            target.unlink(missing_ok=True)
    return failed


def _dicom_anonymizer() -> Callable[[Path, Path], None]:
    module = importlib.import_module("dicomanonymizer.simpledicomanonymizer")

    def treat(path: Path, target: Path) -> None:
        module.anonymize_dicom_file(str(path), str(target))

    return treat


def _dicognito() -> Callable[[Path, Path], None]:
    module = importlib.import_module("dicognito.anonymizer")
    tool = module.Anonymizer(seed="benchmark")

    def treat(path: Path, target: Path) -> None:
        header = pydicom.dcmread(path)
        tool.anonymize(header)
        header.save_as(target)

    return treat


def _deid() -> Callable[[Path, Path], None]:
    module = importlib.import_module("deid.dicom")
    importlib.import_module("deid.logger").bot.level = 0

    def treat(path: Path, target: Path) -> None:
        out = module.replace_identifiers([str(path)], save=False, remove_private=True)
        out[0].save_as(target)

    return treat


_TREATMENTS = {"dicom-anonymizer": _dicom_anonymizer, "dicognito": _dicognito, "deid": _deid}


def left(seen: Iterable[Seen]) -> tuple[Left, ...]:
    """The attributes with findings at medium or worse, the gravest first; private ones together."""
    rules: dict[str, set[str]] = defaultdict(set)
    files: dict[str, set[str]] = defaultdict(set)
    worst: dict[str, Band] = {}
    for one in seen:
        if one.band >= BAND:
            place = PRIVATE if _IS_PRIVATE.search(one.pointer) else one.pointer
            rules[place].add(one.rule)
            files[place].add(one.file)
            worst[place] = max(one.band, worst.get(place, Band.INFO))
    order = sorted(worst, key=lambda place: (-worst[place], -len(files[place]), place))
    return tuple(
        Left(", ".join(sorted(rules[place])), place, worst[place].word, len(files[place]))
        for place in order
    )


PRIVATE = "private elements"
_IS_PRIVATE = re.compile(r"\([0-9A-F]{3}[13579BDF],(?:xx|[0-9A-F]{4}\) no)")


def absent() -> Iterator[str]:
    """A sentence for each tool that is not installed."""
    for package in TOOLS:
        if not installed(package):
            yield f"{package}: not installed: pip install {package}"
