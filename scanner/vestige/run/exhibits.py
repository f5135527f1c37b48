"""Verification: exhibits held against folders, and deletions witnessed."""

import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from vestige.custody import clock, compare, deletion, exhibit, names, states
from vestige.custody import witness as witnesses
from vestige.custody.compare import Heard
from vestige.evidence import Comparison, Deletion, Exhibit, Fact, Sample
from vestige.model import UsageError
from vestige.reports.case import deletion_page
from vestige.run.case import DELETED, VERIFIED, sealed
from vestige.run.custody import Custodian, note
from vestige.run.records import differing, record, record_page


@dataclass(frozen=True, slots=True)
class Asked:
    """What to verify against what: a folder, and how many files of it (None: all)."""

    exhibit: str
    root: Path
    files: int | None = None
    share: float | None = None
    seed: str = ""
    without: tuple[bytes, ...] = ()


_HEAD = {"about": states.HEAD.strip("# \n")}

Compared = Callable[[int, int], None]


def verify(custodian: Custodian, asked: Asked, listener: Compared) -> tuple[Custodian, Comparison]:
    """Hold an exhibit against a folder, and tell the ledger what came of it."""
    folder = sealed(custodian.folder, custodian.key, asked.exhibit)
    with differing(custodian) as lines:
        found = _held(custodian, folder, asked, Heard(listener, lines.of("exhibit")))
        held = {**_HEAD, "exhibit": asked.exhibit, **_place(asked.root), **_told(found)}
        told = record(custodian, "verification", held, lines)
    return note(custodian, VERIFIED, {"exhibit": asked.exhibit, **facts_of(found), **told}), found


def _held(custodian: Custodian, folder: Path, asked: Asked, heard: Heard) -> Comparison:
    of = exhibit.load(folder)
    root = os.path.realpath(os.fsencode(asked.root))
    if not os.path.isdir(root):
        raise UsageError("what is to be verified is no folder, or is not there")
    status = os.stat(root)
    in_place = (status.st_dev, status.st_ino) == (of.device, of.inode)
    against = compare.Against(root, of.tops, in_place, asked.without)
    sample = _sample(of, asked)
    return compare.compare(lambda: exhibit.listed(folder), against, custodian.jobs, heard, sample)


def _sample(of: Exhibit, asked: Asked) -> Sample | None:
    if asked.files is None and asked.share is None:
        return None
    wanted = asked.files if asked.files is not None else round((asked.share or 0) * of.files)
    return Sample(max(1, min(wanted, of.files)), of.files, asked.seed or secrets.token_hex(16))


def _place(folder: Path) -> dict[str, object]:
    """Which folder it was, as a record tells it: on which device, and where."""
    real = os.path.realpath(os.fsencode(folder))
    return {**names.json_path(real, "folder"), "device": os.stat(real).st_dev}


def facts_of(found: Comparison) -> dict[str, Fact]:
    """A comparison as the ledger holds it."""
    facts: dict[str, Fact] = {
        "against": "in place" if found.in_place else "another folder",
        "expected_files": found.expected[0],
        "expected_bytes": found.expected[1],
        "found_files": found.found[0],
        "found_bytes": found.found[1],
        "compared_files": found.compared,
        **{apart.value: count for apart, count in found.counts.items()},
        "holds": found.holds,
    }
    if found.sample is not None:
        facts |= {
            "sample_seed": found.sample.seed,
            "sample_files": found.sample.files,
            "sample_of": found.sample.of,
        }
    return facts


def _told(found: Comparison) -> dict[str, object]:
    """A comparison as a record holds it; every difference stands in the lines beside it."""
    says = {} if found.sample is None else {"sample_says": found.sample.says()}
    return {**facts_of(found), **says}


@dataclass(frozen=True, slots=True)
class Gone:
    """A deletion to be witnessed: of which exhibit, what else must be unchanged, and the copy."""

    exhibit: str
    rest: str = ""
    copy: Path | None = None


def record_deletion(
    custodian: Custodian, gone: Gone, listener: Compared
) -> tuple[Custodian, Deletion]:
    """Say what is no longer there, whether the rest is unchanged, and the copy whole."""
    folder = sealed(custodian.folder, custodian.key, gone.exhibit)
    of = exhibit.load(folder)
    left = deletion.remaining(of.root, exhibit.listed(folder))
    without = of.tops or (b"",)
    with differing(custodian) as lines:
        rest, copy = (Heard(listener, lines.of(part)) for part in ("rest", "copy"))
        found = Deletion(
            gone.exhibit,
            of.files + of.directories + of.others,
            left,
            _rest(custodian, gone, of, rest) if gone.rest else None,
            _copy(custodian, folder, gone, copy) if gone.copy else None,
            witnesses.witness(of.root, exhibit.listed(folder), without),
        )
        places = {} if gone.copy is None else {"copy_at": _place(gone.copy)}
        told = record(custodian, "deletion", {**of_deletion(found), **places}, lines)
    page = deletion_page(found, of, custodian.actor, NATURE, clock.now())
    told |= record_page(custodian, str(told["record"]), page)
    return note(custodian, DELETED, {**_facts_of_deletion(found), **told}), found


def _rest(custodian: Custodian, gone: Gone, of: Exhibit, heard: Heard) -> Comparison:
    """The seal of the whole, held against what is left of it."""
    folder = sealed(custodian.folder, custodian.key, gone.rest)
    above = exhibit.load(folder)
    tops = [os.path.join(of.root, top) for top in of.tops] or [of.root]
    if not all(top.startswith(above.root + b"/") for top in tops):
        raise UsageError(
            f"{gone.exhibit} does not lie in {gone.rest}; seal the folder above it first"
        )
    without = tuple(os.path.relpath(top, above.root) for top in tops)
    left_out = compare.Against(above.root, without=without).leaves_out
    before = sum(left_out(state.path) for state in exhibit.listed(folder))
    if before < of.files + of.directories + of.others:
        raise UsageError(
            f"when {gone.rest} was sealed, {gone.exhibit} was not whole in it: it cannot tell what "
            "else the deletion has changed; name an exhibit that was sealed before"
        )
    asked = Asked(gone.rest, Path(os.fsdecode(above.root)), without=without)
    return _held(custodian, folder, asked, heard)


def _copy(custodian: Custodian, folder: Path, gone: Gone, heard: Heard) -> Comparison:
    asked = Asked(gone.exhibit, gone.copy or Path())
    return _held(custodian, folder, asked, heard)


def _facts_of_deletion(found: Deletion) -> dict[str, Fact]:
    seen = found.witness
    return {
        "exhibit": found.exhibit,
        "listed": found.listed,
        "remaining": found.remaining,
        "rest_holds": None if found.rest is None else found.rest.holds,
        "copy_holds": None if found.copy is None else found.copy.holds,
        "open_handles": seen.open_handles,
        "processes_unseen": seen.processes_unseen,
        "linked_elsewhere": seen.linked_elsewhere,
        "other_mounts": len(seen.other_mounts),
        "snapshots": len(seen.snapshots),
        "holds": found.holds,
    }


NATURE = (
    "This is a logical deletion: the names are no longer there and the file system no longer "
    "lists them. It says nothing of the bytes on the medium, of backups, or of copies elsewhere."
)
"""What a deletion record says of itself (compare NIST SP 800-88 Rev. 2, section 2)."""


def of_deletion(found: Deletion) -> dict[str, object]:
    """A deletion as its record holds it."""
    return {
        **_HEAD,
        "nature": NATURE,
        **_facts_of_deletion(found),
        "rest": None if found.rest is None else _told(found.rest),
        "copy": None if found.copy is None else _told(found.copy),
        "mounts_seen": list(found.witness.other_mounts),
        "snapshots_seen": list(found.witness.snapshots),
    }
