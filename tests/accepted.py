"""Scans of small volumes in this process, and baselines made of what they find."""

import os
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from pydicom.dataset import FileDataset

from tests.run.test_known import image
from vestige.acceptance import Decision, Scope
from vestige.catalog.baseline import Baseline, Grant, added, parse
from vestige.model import Band
from vestige.review import Ranked, Review
from vestige.run.accept import Wish, accept
from vestige.run.acceptance import Answering, key_print
from vestige.run.plan import Request, plan
from vestige.run.review import open_review
from vestige.run.scan import scan

DAY = date(2030, 5, 17)
KEY = bytes(range(32))
SURNAMES = ("Quintero", "Valdebenito", "Oyarzabal", "Echeverria", "Zubizarreta", "Etxeberria")
MORE = ("Goikoetxea", "Larranaga", "Mendizabal", "Urrutikoetxea", "Aguirrezabala", "Iturralde")
FOLDER = "cohort_b/{}_00000000-0000-4000-8000-{:012}"


def of_person(name: str, number: str) -> object:
    def make(data: FileDataset) -> None:
        data.PatientName, data.PatientID = name, number
        del data.PatientIdentityRemoved, data.DeidentificationMethod

    return make


@dataclass
class Site:
    """A volume with a phantom directory and dirty headers, its key, and its scans."""

    home: Path
    scans: int = 0

    @property
    def volume(self) -> Path:
        return self.home / "volume"

    @property
    def key(self) -> Path:
        return self.home / "key"

    def plant(self) -> None:
        self.home.mkdir(parents=True, exist_ok=True)
        self.key.write_bytes(KEY)
        for number, name in enumerate((*SURNAMES, *MORE[:-1])):
            image(self.volume / FOLDER.format(name, number) / "1.dcm", number)
        for number in (101, 102):
            self.dirty(f"incoming/S{number}/1.dcm", number, "Zargothy^Quillonia", "48291377")

    def dirty(self, path: str, number: int, name: str, patient: str) -> None:
        image(self.volume / path, number, of_person(name, patient))  # type: ignore[arg-type]

    def member(self, name: str, number: int) -> None:
        image(self.volume / FOLDER.format(name, number) / "1.dcm", number)

    def request(self, out: Path, **changes: object) -> Request:
        asked = {
            "roots": (self.volume,),
            "out": out,
            "key": self.key,
            "jobs": 1,
            "crack_seconds": 0,
        }
        return Request(**(asked | changes))  # type: ignore[arg-type]

    def scan(self, **changes: object) -> Path:
        self.scans += 1
        out = self.home / f"scan{self.scans}"
        return scan(plan(self.request(out, **changes)), lambda _progress: None)


def reviewed(file: Path, baseline: Baseline | None = None, day: date = DAY) -> Review:
    store, review = open_review(file, 0, Answering(KEY, baseline, day))
    store.close()
    return review


def found(review: Review, rule: str, place: str = "") -> Ranked:
    return next(
        one
        for one in review.findings
        if one.finding.claim.rule == rule and (not place or one.finding.place == place)
    )


FAMILY = "tree/phantom-directory"
NAME = "elements/direct-identifier"


def accepted(
    file: Path,
    to: Path,
    one: Ranked,
    *,
    days: int = 100,
    day: date = DAY,
    under: bytes = KEY,
    **wish: object,
) -> Grant:
    """Accept a finding of a scan into a file."""
    store, review = open_review(file, 0, Answering(under, None, day))
    asked = {"by": "DPO", "because": "a copy is sealed", "until": day + timedelta(days=days)}
    try:
        made = Wish(finding=one.number, **(asked | wish))  # type: ignore[arg-type]
        return accept(store, review, made, to, under, day)
    finally:
        store.close()


def baseline_of(*grants: Grant, day: date = DAY) -> Baseline:
    """The baseline that holds these acceptances, as it is read from its file."""
    raw = b""
    for grant in grants:
        raw = added(raw, "b.toml", key_print(KEY), grant, day)
    return parse("b.toml", raw, day)


def grant_of(one: Ranked, **changes: object) -> Grant:
    """The acceptance of a finding as it is."""

    assert one.identity is not None
    extent = one.identity.extent
    stated: dict[str, object] = {
        "decision": Decision.ACCEPTED,
        "scope": Scope.FAMILY if one.family else Scope.FINDING,
        "rule": one.finding.claim.rule,
        "fingerprint": one.identity.fingerprint,
        "by": "DPO",
        "because": "a copy is sealed",
        "accepted_on": DAY,
        "until": DAY + timedelta(days=100),
        "band": one.risk.band,
        "entries": extent.entries,
        "held": extent.held,
        "values": extent.values,
    }
    return Grant(**(stated | changes))  # type: ignore[arg-type]


def counting(review: Review) -> list[Ranked]:
    return [one for one in review.findings if one.counts and one.risk.band >= Band.MEDIUM]


def texts(folder: Path) -> str:
    """All that a scan left in its folder, but the scan file."""
    files = (path for path in folder.iterdir() if path.suffix != ".sqlite")
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(files, key=os.fspath))
