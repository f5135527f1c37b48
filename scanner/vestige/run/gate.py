"""Gate: a scan, the tree walked again, a verdict; if it passes, the clearance of what may leave.

Nothing that an earlier gate has written may be taken for what this one writes: files that only a
passed gate makes must not be there when it begins.
"""

import errno
import hashlib
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import BinaryIO

from vestige import __version__, signature
from vestige.clearance import files_from, manifest
from vestige.clearance.manifest import Clearance, File, Other
from vestige.gate import ALLOWABLE
from vestige.model import Kind, StoreError, UsageError
from vestige.reports import junit, sarif
from vestige.review import Outcome, Review
from vestige.run import again, grounds, outputs
from vestige.run.acceptance import IDENTIFIED, Answering
from vestige.run.occurrences import OCCURRENCES
from vestige.run.plan import Plan
from vestige.run.review import review as review_of
from vestige.run.scan import Listener, scan
from vestige.sensitive import Sensitive
from vestige.store import Cleared, Store, failures

VALID = timedelta(days=7)
_FORMATS = (*outputs.USUAL, "verdict", "sarif", "junit")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a gate is to write beside its reports, and which gaps are allowed."""

    clearance: Path | None = None
    valid: timedelta = VALID
    sign: Path | None = None
    files_from: Path | None = None
    null: bool = False
    sarif: Path | None = None
    junit: Path | None = None
    allowed: frozenset[str] = field(default_factory=frozenset)

    @property
    def clearing(self) -> bool:
        """Whether digests of what is judged are needed."""
        return self.clearance is not None or self.files_from is not None


def gate(plan: Plan, wanted: Wanted, listener: Listener) -> Review:
    """Scan, judge and write; what only a passed gate gives is written only if it passes."""
    plan = replace(plan, clearing=wanted.clearing)
    _demand(plan, wanted)
    pem = _key(wanted.sign)
    file = scan(plan, listener)
    with failures(), closing(Store.open(file)) as store:
        again.settle(store, plan)
        grounds.note(store, plan, wanted.allowed)
        answering = Answering(plan.key, plan.baseline, identified=IDENTIFIED)
        review = review_of(store, OCCURRENCES, answering)
        outputs.write(review, plan.out, _FORMATS)
        if wanted.sarif:
            outputs.write_one(review, wanted.sarif, sarif.write_sarif)
        if wanted.junit:
            outputs.write_one(review, wanted.junit, junit.write_junit)
        if review.verdict.outcome is Outcome.PASS and wanted.clearing:
            _clear(store, plan, wanted, review, pem)
    return review


def _demand(plan: Plan, wanted: Wanted) -> None:
    """UsageError if what is wanted cannot or must not be written, or what is asked is no gate."""
    if plan.since is not None:
        raise UsageError(
            "a gate reads everything itself: it goes on from no earlier scan (--since)"
        )
    unknown = sorted(wanted.allowed - set(ALLOWABLE))
    if unknown:
        raise UsageError(
            f"--allow {unknown[0]}: that is no gap that may be allowed; these may be: "
            f"{', '.join(ALLOWABLE)}"
        )
    if wanted.sign and not wanted.clearance:
        raise UsageError("--sign signs a clearance: name its file with --clearance")
    if wanted.files_from and len(plan.roots) > 1:
        raise UsageError("--files-from is a list of one root; gate each root by itself")
    made = [path for path in (wanted.clearance, wanted.files_from) if path]
    made += [signature_file(path) for path in (wanted.clearance,) if path]
    for path in made:
        if os.path.lexists(path):
            raise UsageError(
                "a clearance, signature or list of files is there already, and must not be taken "
                "for one of this gate: remove it first"
            )
    for path in filter(None, (*made, wanted.sarif, wanted.junit)):
        outputs.demand_outside(path, plan.roots)


def signature_file(clearance: Path) -> Path:
    """Where the signature of a clearance lies: beside it."""
    return clearance.with_name(f"{clearance.name}.sig")


def _key(file: Path | None) -> bytes:
    """The PEM of the key to sign with, tried before the scan begins."""
    if file is None:
        return b""
    try:
        pem = file.read_bytes()
    except OSError as error:
        raise UsageError(f"the key to sign with cannot be read ({error.strerror})") from None
    signature.private_key(pem)
    return pem


def _clear(store: Store, plan: Plan, wanted: Wanted, review: Review, pem: bytes) -> None:
    files, others = _entries(store)
    if len(files) != review.scan.coverage.files:
        raise StoreError("not every file has a digest, though all were judged; please report it")
    if wanted.files_from:
        _list(wanted.files_from, files, null=wanted.null)
    if wanted.clearance is None:
        return
    told = _facts(plan, wanted, review)
    clearance = Clearance(manifest.head(told, files, others), files, others)
    _put(wanted.clearance, lambda stream: manifest.write(clearance, stream))
    if pem:
        signed = signature.sign(wanted.clearance.read_bytes(), pem)
        _put(signature_file(wanted.clearance), lambda stream: stream.write(signed))


def _facts(plan: Plan, wanted: Wanted, review: Review) -> Mapping[str, str]:
    """What stands in the head of a clearance of the gate; of the roots only how many they are."""
    now = manifest.now()
    verdict = hashlib.sha256((plan.out / "verdict.json").read_bytes()).hexdigest()
    token = Sensitive("\0".join(root.hex() for root in plan.roots)).digest(plan.key)
    return {
        "version": __version__,
        "scan": review.scan.id,
        "cleared": now.isoformat(),
        "expires": (now + wanted.valid).isoformat(),
        "catalog": review.scan.catalog_digest,
        "policy": "".join(c if c.isprintable() else "?" for c in review.scan.policy),
        "policy-digest": review.scan.policy_digest,
        "fail-on": review.scan.fail_on.word,
        "baseline": review.accepting.digest if review.accepting else "",
        "verdict": verdict,
        "allowed": " ".join(gap.code for gap in review.verdict.gaps if gap.allowed),
        "roots": str(len(plan.roots)),
        "token": token,
    }


def _entries(store: Store) -> tuple[tuple[File, ...], tuple[Other, ...]]:
    """All entries as a clearance holds them, with their paths below their roots."""
    files: list[File] = []
    others: list[Other] = []
    for path, root, one, is_empty in _placed(store):
        if one.kind is Kind.FILE and one.sha256:
            files.append(File(root, path, one.size, one.sha256))
        elif one.kind is not Kind.DIRECTORY:
            others.append(Other("l" if one.kind is Kind.LINK else "s", root, path))
        elif is_empty and path:
            others.append(Other("d", root, path))
    return tuple(sorted(files)), tuple(sorted(others))


def _placed(store: Store) -> Iterator[tuple[bytes, int, Cleared, bool]]:
    """Entries with path, root, and whether nothing lies in them."""
    above: dict[int, bytes] = {}
    root = -1
    waiting: tuple[bytes, int, Cleared] | None = None
    for one in store.clearing.entries():
        if waiting is not None:
            yield *waiting, waiting[2].id != one.parent
        if one.parent == 0:
            above.clear()
            root += 1
            path = b""
        else:
            while next(reversed(above)) != one.parent:
                above.popitem()
            path = above[one.parent] + one.name
        if one.kind is Kind.DIRECTORY:
            above[one.id] = path + b"/" if path else b""
        waiting = path, root, one
    if waiting is not None:
        yield *waiting, True


def _list(path: Path, files: Sequence[File], *, null: bool) -> None:
    """Write the list for rclone or rsync; UsageError if it cannot carry every name."""
    names = [file.path for file in files]
    broken = 0 if null else files_from.refused(names)
    if broken:
        raise UsageError(
            f"{broken:,} names hold control characters, or what rclone writes for them, which no "
            "list by lines can carry: add --null and use rsync --from0, or rename them; neither "
            "list nor clearance was written"
        )
    listed = files_from.by_nul(names) if null else files_from.by_lines(names)
    _put(path, lambda stream: stream.writelines(listed))


def _put(path: Path, write: Callable[[BinaryIO], object]) -> None:
    """Write a file that names entries, for its owner alone; it appears whole, and never twice."""
    aside = path.with_name(f".{path.name}.part")
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0)
    try:
        with os.fdopen(os.open(aside, flags, 0o600), "wb") as stream:
            write(stream)
            stream.flush()
            os.fsync(stream.fileno())
        if os.path.lexists(path):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))
        aside.replace(path)
    except OSError as error:
        raise StoreError(f"{path.name} cannot be written ({error.strerror})") from None
    finally:
        with suppress(OSError):
            os.unlink(aside)
