"""Custody: the steps of a case in their order, each told to its ledger."""

import getpass
import itertools
import os
import platform
import secrets
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from vestige import __version__, catalog, signature
from vestige.custody import case as cases
from vestige.custody import clock, exhibit, ledger, timestamp
from vestige.custody.bag import Bagged, bag
from vestige.custody.exhibit import Subtree
from vestige.custody.ledger import Key, Told, Witnessed
from vestige.evidence import Exhibit, Fact
from vestige.model import UsageError
from vestige.run import key as keys
from vestige.run.case import (
    ASKED,
    ATTACHED,
    BAGGED,
    OPENED,
    SEALED,
    SEALING,
    SIGNED,
    digest,
    sealed,
)

DESTRUCTION = "destruction"
KINDS = (DESTRUCTION, "timestamp", "approval", "other")
"""What may be attached: a provider's certificate of destruction, the answer of a time-stamping
authority, an approval, or anything else.
"""


@dataclass(frozen=True, slots=True)
class Custodian:
    """Who works at a case, and with what key."""

    folder: Path
    number: str
    keys: Path
    key: Key
    actor: str
    jobs: int


def default_keys() -> Path:
    """Where the keys of cases lie: the user's data folder, never the case."""
    return keys.default_file().parent / "custody"


def open_case(
    folder: Path, reasons: Mapping[str, str], key_folder: Path | None = None
) -> Custodian:
    """A new case; `reasons` are by, because and authority, as its first step tells them."""
    number = cases.make(folder, key_folder or default_keys())
    custodian = at(folder, reasons["by"], key_folder)
    told = {name: text for name, text in reasons.items() if name != "by" and text}
    return note(custodian, OPENED, {"case": number, **told})


def at(folder: Path, by: str = "", key_folder: Path | None = None, jobs: int = 0) -> Custodian:
    """The custodian of a case; UsageError if it is none, or its key is not on this machine."""
    number = cases.number_of(folder)
    where = key_folder or default_keys()
    key = cases.load_key(where, number)
    if key is None:
        raise UsageError(
            "the key of this case is not on this machine: steps are written where the case was "
            "opened, or with --keys; `vestige custody show` reads it without"
        )
    return Custodian(
        folder, number, where, key, by or getpass.getuser(), jobs or os.cpu_count() or 1
    )


def note(custodian: Custodian, name: str, facts: Mapping[str, Fact]) -> Custodian:
    """Tell a step to the ledger; gives the custodian who knows how the ledger now ends."""
    by = Witnessed(
        clock.now(),
        clock.clock(),
        custodian.actor,
        platform.node(),
        f"vestige {__version__}",
        catalog.digest_of_shipped(),
    )
    _, anchor = ledger.append(custodian.folder, Told(name, facts), by, custodian.key)
    key = Key(custodian.key.secret, anchor)
    cases.keep_key(custodian.keys, custodian.number, key)
    return replace(custodian, key=key)


# --- sealing -------------------------------------------------------------------------------------


def seal(
    custodian: Custodian, of: Subtree, listener: exhibit.Listener
) -> tuple[Custodian, Exhibit]:
    """Seal a subtree as the next exhibit; one whose sealing was killed is gone on with."""
    for folder in (custodian.folder, custodian.keys):
        if keys.inside(folder, (of.root,)):
            raise UsageError("the case and its key must lie outside of what is sealed")
    with cases.sealing(custodian.folder):
        return _sealed(custodian, of, listener)


def _sealed(
    custodian: Custodian, of: Subtree, listener: exhibit.Listener
) -> tuple[Custodian, Exhibit]:
    name = _next_exhibit(custodian)
    folder = cases.exhibit_folder(custodian.folder, name)
    custodian = note(custodian, SEALING, {"exhibit": name, "goes_on": folder.exists()})
    made = exhibit.seal(of, folder, custodian.jobs, listener, clock.now())
    facts: dict[str, Fact] = {
        "exhibit": name,
        "files": made.files,
        "directories": made.directories,
        "others": made.others,
        "bytes": made.bytes,
        "unread": made.unread,
        "manifest_sha256": made.digest,
        "state_sha256": made.state_digest,
        "facts_sha256": digest(folder / exhibit.FACTS),
    }
    return note(custodian, SEALED, facts), made


def _next_exhibit(custodian: Custodian) -> str:
    """The exhibit that is sealed next: the first of whose seal the ledger does not tell.

    One that was killed between its last file and the ledger is opened again: its states are known.
    """
    steps = ledger.read(custodian.folder, custodian.key).steps
    told = {step.facts.get("exhibit") for step in steps if step.name == SEALED}
    name = next(f"E{n}" for n in itertools.count(1) if f"E{n}" not in told)
    exhibit.reopen(cases.exhibit_folder(custodian.folder, name))
    return name


def demand_outside_exhibits(case: Path, out: Path) -> None:
    """UsageError if a file to be written lies in a sealed folder, which must not change."""
    roots = [
        exhibit.load(folder).root
        for folder in sorted((case / cases.EXHIBITS).iterdir())
        if (folder / exhibit.FACTS).exists()
    ]
    if keys.inside(out, roots):
        raise UsageError("that lies in a folder that was sealed, which must not be changed")


# --- documents -----------------------------------------------------------------------------------


_ENDINGS = frozenset(
    ".pdf .txt .html .json .xml .csv .eml .msg .docx .odt .xlsx .png .jpg .zip .tsr .asc".split()
)
"""Endings that documents keep."""


def attach(custodian: Custodian, document: Path, kind: str, name: str) -> Custodian:
    """Take a document into the case; UsageError if it cannot be read."""
    if kind not in KINDS:
        raise UsageError(f"no kind of document {kind!r}; kinds are {', '.join(KINDS)}")
    if name:
        sealed(custodian.folder, custodian.key, name)
    folder = custodian.folder / cases.ATTACHED
    number = 1 + sum(1 for _ in folder.iterdir())
    # An ending of no known kind may be part of a name.
    ending = document.suffix.lower()
    to = folder / f"{number:03}{ending if ending in _ENDINGS else ''}"
    try:
        shutil.copyfile(document, to)
        to.chmod(0o600)
    except OSError as error:
        raise UsageError(f"the document cannot be taken in ({error.strerror})") from None
    facts: dict[str, Fact] = {
        "kind": kind,
        "exhibit": name,
        "document": to.name,
        "sha256": digest(to),
        "bytes": to.stat().st_size,
    }
    return note(custodian, ATTACHED, facts)


def ask_for_time(custodian: Custodian, out: Path) -> Custodian:
    """Write a request for a time stamp of the ledger as it now is, and tell the ledger."""
    demand_outside_exhibits(custodian.folder, out)
    lines, last = custodian.key.anchor
    try:
        with out.open("xb") as stream:
            stream.write(timestamp.request(bytes.fromhex(last), secrets.randbits(64)))
    except OSError as error:
        raise UsageError(f"the request cannot be written ({error.strerror})") from None
    return note(custodian, ASKED, {"of_line": lines, "sha256_of_line": last})


def sign(custodian: Custodian, key: Path) -> Custodian:
    """Sign the ledger as it now is with an Ed25519 key (PEM), and tell the ledger.

    UsageError if the key cannot be read, or the extra `sign` is not installed.
    """
    try:
        pem = key.read_bytes()
    except OSError as error:
        raise UsageError(f"the key to sign with cannot be read ({error.strerror})") from None
    lines = custodian.key.anchor.lines
    signed = signature.sign(ledger.last_line(custodian.folder), pem)
    return note(custodian, SIGNED, {"of_line": lines, "signature": signed.hex()})


def write_bag(
    custodian: Custodian,
    name: str,
    into: Path,
    listener: Callable[[int, int], None],
    copy: Path | None = None,
) -> tuple[Custodian, Bagged]:
    """Copy the files of an exhibit into a bag, from where they were sealed or from a copy."""
    folder = sealed(custodian.folder, custodian.key, name)
    of = exhibit.load(folder)
    demand_outside_exhibits(custodian.folder, into)
    root = os.path.realpath(os.fsencode(copy)) if copy is not None else of.root
    if not os.path.isdir(root):
        raise UsageError("the folder to be copied from is not there; name a copy with --from")
    if keys.inside(into, (root,)):
        raise UsageError("the bag must lie outside of what is copied into it")
    done = bag(of, exhibit.listed(folder), into, listener, root)
    facts: dict[str, Fact] = {
        "exhibit": name,
        "from": "where it was sealed" if root == of.root else "another folder",
        "files": done.files,
        "bytes": done.bytes,
        "left_out": done.left_out,
    }
    return note(custodian, BAGGED, facts), done
