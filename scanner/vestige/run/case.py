"""The files of a case, and whether they are those of which its ledger tells."""

import hashlib
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from vestige import signature
from vestige.custody import case as cases
from vestige.custody import exhibit, ledger
from vestige.evidence import Attachment, Case, Exhibit, Fault, Step
from vestige.model import SealError, UsageError

OPENED, SEALING, SEALED, VERIFIED = "case opened", "sealing begun", "exhibit sealed", "verified"
DELETED, ATTACHED, BAGGED = "deletion recorded", "document attached", "bag written"
CERTIFIED, EXPORTED, ASKED = "certificate written", "case exported", "time stamp requested"
SIGNED = "ledger signed"
"""The steps of a case, as its ledger names them."""


def sealed(folder: Path, key: ledger.Key, name: str) -> Path:
    """The folder of an exhibit whose files are those that were sealed; SealError if not."""
    where = cases.exhibit_folder(folder, name)
    steps = ledger.read(folder, key).steps
    if not any(step.name == SEALED and step.facts.get("exhibit") == name for step in steps):
        raise UsageError(f"there is no sealed exhibit {name} in this case")
    fault = next(exhibit_faults(folder, name, steps), None)
    if fault is not None:
        raise SealError(f"exhibit {name} cannot be relied upon: {fault.what}")
    return where


def read(folder: Path, keys: Path, signed_by: bytes = b"") -> Case:
    """A case with everything that is wrong with it; `signed_by` is a public key (PEM) or empty."""
    number = cases.number_of(folder)
    key = cases.load_key(keys, number)
    found = ledger.read(folder, key)
    sealed_names = [str(s.facts.get("exhibit")) for s in found.steps if s.name == SEALED]
    faults = [*found.faults]
    for name in sealed_names:
        faults += exhibit_faults(folder, name, found.steps)
    faults += _document_faults(folder, found.steps)
    exhibits = tuple(_exhibits(folder, sealed_names))
    attachments = tuple(_attachment(s) for s in found.steps if s.name == ATTACHED)
    told = (number, found.steps, exhibits, attachments, tuple(faults))
    return Case(*told, keyed=key is not None, signed=_signed(folder, found.steps, signed_by))


def _signed(folder: Path, steps: tuple[Step, ...], pem: bytes) -> int:
    """The last line that a signature by this public key covers; 0 where none is asked for or holds.

    A signature is over all bytes of a line but its end; as each line holds the digest of the one
    before, it covers all lines up to there.
    """
    if not pem:
        return 0
    lines = (folder / ledger.FILE).read_bytes().splitlines()
    covered = 0
    for step in steps:
        line, signed = step.facts.get("of_line"), step.facts.get("signature")
        if step.name != SIGNED or not isinstance(line, int) or not isinstance(signed, str):
            continue
        known = 0 < line <= len(lines)
        if known and signature.holds(lines[line - 1], _bytes(signed), pem):
            covered = max(covered, line)
    return covered


def _bytes(text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError:
        return b""


def _exhibits(folder: Path, named: list[str]) -> Iterator[Exhibit]:
    """The exhibits that can be read; of the others a fault tells."""
    for name in named:
        where = cases.exhibit_folder(folder, name)
        with suppress(SealError):
            yield exhibit.load(where)


def _attachment(step: Step) -> Attachment:
    told = step.facts
    return Attachment(
        str(told.get("kind")),
        str(told.get("exhibit")),
        str(told.get("document")),
        str(told.get("sha256")),
        int(told.get("bytes") or 0),
    )


def exhibit_faults(folder: Path, name: str, steps: tuple[Step, ...]) -> Iterator[Fault]:
    """What is not as the ledger says of an exhibit."""
    where = cases.exhibit_folder(folder, name)
    told = next((s for s in steps if s.name == SEALED and s.facts.get("exhibit") == name), None)
    if told is None:
        yield Fault(0, f"the ledger tells of no exhibit {name}")
        return
    try:
        if digest(where / exhibit.FACTS) != told.facts.get("facts_sha256"):
            yield Fault(told.number, f"{exhibit.FACTS} of {name} was changed since")
        if exhibit.digest_of(where / exhibit.STATE) != told.facts.get("state_sha256"):
            yield Fault(told.number, f"{exhibit.STATE} of {name} was changed since")
        if exhibit.manifest_digest(where) != told.facts.get("manifest_sha256"):
            line = exhibit.first_change(where)
            yield Fault(told.number, f"{exhibit.MANIFEST} of {name} was changed since, {line}")
    except OSError:
        yield Fault(told.number, f"the files of {name} are missing or cannot be read")


def _document_faults(folder: Path, steps: tuple[Step, ...]) -> Iterator[Fault]:
    """Records and documents that are not what they were when the ledger told of them."""
    for step in steps:
        for kind, name, sha256 in (
            (cases.RECORDS, "record", "record_sha256"),
            (cases.RECORDS, "differences_in", "differences_sha256"),
            (cases.RECORDS, "page", "page_sha256"),
            (cases.ATTACHED, "document", "sha256"),
        ):
            file = step.facts.get(name)
            if not isinstance(file, str):
                continue
            try:
                if digest(folder / kind / os.path.basename(file)) != step.facts.get(sha256):
                    yield Fault(step.number, f"{file} was changed since")
            except OSError:
                yield Fault(step.number, f"{file} is missing")


def digest(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
