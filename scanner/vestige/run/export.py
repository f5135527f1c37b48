"""Export: a case as one page and one archive for whoever is to check it, with names or without."""

import hashlib
import hmac
import json
import os
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from vestige.custody import case as cases
from vestige.custody import clock, exhibit, ledger, names, sealed_for, states
from vestige.custody.exhibit import Sealed, sealed
from vestige.evidence import Case, Fact, State
from vestige.model import SealError, UsageError
from vestige.reports.case import Described, case_page, certificate_page
from vestige.run.case import ATTACHED, CERTIFIED, DELETED, EXPORTED, read
from vestige.run.custody import (
    DESTRUCTION,
    Custodian,
    demand_outside_exhibits,
    note,
)
from vestige.run.records import record_text
from vestige.sensitive import mask

_TOKEN = 16
_LONGEST_ENDING = 8

Renamed = Callable[[bytes], bytes]


def page(folder: Path, keys: Path, *, reveal: bool) -> str:
    """The page of a case; its folders masked, unless they are to be revealed."""
    case = read(folder, keys)
    return _page(case, lambda path: os.fsdecode(path) if reveal else mask(os.fsdecode(path)))


def _page(case: Case, shown: Callable[[bytes], str]) -> str:
    exhibits = [Described(one, shown(one.root)) for one in case.exhibits]
    return case_page(case, exhibits, clock.now())


def export(custodian: Custodian, out: Path, *, with_names: bool, recipient: str = "") -> Custodian:
    """Write the whole case as one ZIP archive, and tell the ledger first.

    Without names every component of every path is a keyed token, the same for the same name, and
    attached documents are left out: nobody knows what stands in them. With a recipient of age the
    archive is encrypted to it. UsageError if `out` exists, or that is no recipient.
    """
    if out.exists():
        raise UsageError("the archive exists already; name another")
    demand_outside_exhibits(custodian.folder, out)
    if recipient:
        sealed_for.demand_recipient(recipient)
    told: dict[str, Fact] = {"with_names": with_names, "encrypted": bool(recipient)}
    custodian = note(custodian, EXPORTED, told)
    case = read(custodian.folder, custodian.keys)
    renamed: Renamed = _same if with_names else _tokens(custodian.key.secret)
    try:
        # The archive is put together beside the case, which holds the same names as it is.
        with tempfile.TemporaryFile(dir=custodian.folder) as plain:
            with zipfile.ZipFile(plain, "w", zipfile.ZIP_DEFLATED) as archive:
                _fill(archive, custodian.folder, case, renamed, with_names=with_names)
            plain.seek(0)
            with os.fdopen(_private(out), "wb") as stream:
                if recipient:
                    sealed_for.encrypted(plain, stream, recipient)
                else:
                    shutil.copyfileobj(plain, stream)
    except OSError as error:
        raise SealError(f"the archive cannot be written ({error.strerror})") from None
    return custodian


def _fill(
    archive: zipfile.ZipFile, folder: Path, case: Case, renamed: Renamed, *, with_names: bool
) -> None:
    digests: list[str] = []

    def put(name: str, content: bytes) -> None:
        digests.append(f"{hashlib.sha256(content).hexdigest()}  {name}\n")
        archive.writestr(name, content)

    put("case.html", _page(case, lambda path: os.fsdecode(renamed(path))).encode())
    put("README.txt", (_README if with_names else _README + _WITHOUT).encode())
    put(ledger.FILE, (folder / ledger.FILE).read_bytes())
    for one in case.exhibits:
        where = cases.exhibit_folder(folder, one.id)
        held = replace(one, root=renamed(one.root), tops=tuple(map(renamed, one.tops)))
        put(f"{one.id}/{exhibit.FACTS}", json.dumps(exhibit.facts(held), indent=1).encode())
        digests += _exhibit(archive, where, renamed)
    for path in sorted((folder / cases.RECORDS).iterdir()):
        if path.suffix == ".jsonl":
            digests.append(_streamed(archive, f"records/{path.name}", _lines(path, renamed)))
        else:
            put(f"records/{path.name}", _record(path, renamed))
    if with_names:
        for path in sorted((folder / cases.ATTACHED).iterdir()):
            put(f"attached/{path.name}", path.read_bytes())
    archive.writestr("SHA256SUMS", "".join(digests))


def _exhibit(archive: zipfile.ZipFile, where: Path, renamed: Renamed) -> Iterator[str]:
    """The state and the manifest of an exhibit, streamed; gives their lines of digests."""
    for file, lines in (
        (exhibit.STATE, lambda done: done.states),
        (exhibit.MANIFEST, lambda done: done.manifest),
    ):
        content = _contents(exhibit.listed(where), renamed, lines)
        yield _streamed(archive, f"{where.name}/{file}", content)


def _streamed(archive: zipfile.ZipFile, name: str, content: Iterable[bytes]) -> str:
    """Write a file of an archive piece by piece; gives its line of digests."""
    digest = hashlib.sha256()
    with archive.open(name, "w", force_zip64=True) as stream:
        for piece in content:
            digest.update(piece)
            stream.write(piece)
    return f"{digest.hexdigest()}  {name}\n"


def _contents(
    told: Iterable[State], renamed: Renamed, lines: Callable[[Sealed], bytes]
) -> Iterator[bytes]:
    yield states.HEAD.encode()
    for one in told:
        changed = one._replace(path=renamed(one.path), target=renamed(one.target))
        if renamed is not _same:
            changed = changed._replace(attributes=())
        yield lines(sealed((changed,)))


def _record(path: Path, renamed: Renamed) -> bytes:
    """A record with the folder that it is about renamed; a page is no record of paths."""
    if path.suffix != ".json":
        return path.read_bytes()
    held = json.loads(path.read_bytes())
    for part in (held, held.get("copy_at") or {}):
        if "folder" in part:
            part.update(names.json_path(renamed(names.of_json_path(part, "folder")), "folder"))
            if renamed is not _same:
                part.pop("folder_bytes", None)
    return json.dumps(held, indent=1, ensure_ascii=False).encode()


def _lines(path: Path, renamed: Renamed) -> Iterator[bytes]:
    """Differences with their paths renamed, line by line."""
    with path.open("rb") as stream:
        for text in stream:
            if text.startswith(b"#"):
                yield text
                continue
            held = json.loads(text)
            held.update(names.json_path(renamed(names.of_json_path(held))))
            if renamed is not _same:
                held.pop("path_bytes", None)
            yield json.dumps(held, ensure_ascii=False).encode() + b"\n"


def _same(path: bytes) -> bytes:
    return path


def _tokens(secret: bytes) -> Renamed:
    """Paths to paths of tokens: what names a file ends with stays if it is short and plain."""

    def token(part: bytes) -> bytes:
        if not part:
            return part
        digest = hmac.new(secret, b"name:" + part, hashlib.sha256).hexdigest()[:_TOKEN]
        ending = os.path.splitext(part)[1]
        plain = len(ending) <= _LONGEST_ENDING and ending[1:].isalpha() and ending.islower()
        return digest.encode() + (ending if plain else b"")

    return lambda path: b"/".join(map(token, path.split(b"/")))


def _private(path: Path) -> int:
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0), 0o600)


_README = """This archive is a case of Vestige: what was sealed, verified and deleted, and by whom.

case.html           the whole of it, to be read in a browser; it loads nothing
ledger.jsonl        one step a line; `before` is the SHA-256 of the line before, without its end
E1/manifest.sha256  SHA-256 of every sealed file: `sha256sum --check` verifies it
E1/state.jsonl      every sealed entry, as the file system told of it
records/            verifications and deletions, with every difference
SHA256SUMS          digests of all files of this archive: `sha256sum --check SHA256SUMS`
"""

_WITHOUT = """
Names were replaced by tokens, the same for the same name, which the key of the case alone resolves;
attached documents and extended attributes are left out. So the digests of manifests and states in
the ledger are those of the originals, not of the files here.
"""


# --- certificate ---------------------------------------------------------------------------------


def certificate(custodian: Custodian, name: str) -> tuple[Custodian, Path]:
    """A certificate of sanitization to be completed.

    UsageError where no deletion of the exhibit was recorded that holds, or no document of whoever
    destroyed the medium is attached: a logical deletion is none.
    """
    case = read(custodian.folder, custodian.keys)
    of = next((one for one in case.exhibits if one.id == name), None)
    if of is None:
        raise UsageError(f"there is no sealed exhibit {name} in this case")
    deleted = [s for s in case.steps if s.name == DELETED and s.facts.get("exhibit") == name]
    if not deleted or not deleted[-1].facts.get("holds"):
        raise UsageError(
            f"no deletion of {name} is recorded that holds: record it first, with --rest and --copy"
        )
    shown = [
        s
        for s in case.steps
        if s.name == ATTACHED
        and s.facts.get("kind") == DESTRUCTION
        and s.facts.get("exhibit") == name
    ]
    if not shown:
        raise UsageError(
            "a deletion is no sanitization of the medium: attach the certificate of whoever "
            f"destroyed or sanitised it (custody attach --kind {DESTRUCTION} --exhibit {name})"
        )
    told: dict[str, Fact] = {**shown[-1].facts}
    fields = [
        *_BLANK,
        ("Exhibit", f"{of.id}: {of.files:,} files, {of.bytes:,} bytes"),
        ("SHA-256 of its manifest", of.digest),
        ("Logical deletion recorded", f"step {deleted[-1].number}, by {deleted[-1].actor}"),
        ("Tool of that record", deleted[-1].tool),
        ("Document of the provider", f"{told['document']}, SHA-256 {told['sha256']}"),
        *_SIGNED,
    ]
    text = certificate_page(fields, name, clock.now())
    path, facts = record_text(custodian, "certificate", text)
    return note(custodian, CERTIFIED, {"exhibit": name, **facts}), path


_BLANK = (
    ("Make and vendor of the medium", ""),
    ("Model number", ""),
    ("Serial number", ""),
    ("Property number", ""),
    ("Type of the medium", ""),
    ("Source of the medium", ""),
    ("Confidentiality before", ""),
    ("Data backed up", ""),
    ("Method (Clear, Purge, Destroy)", ""),
    ("Technique used", ""),
    ("Method of verification", ""),
    ("Confidentiality after", ""),
    ("Destination of the medium", ""),
)
_SIGNED = (
    ("Performed by: name, title, place, date", ""),
    ("Verified by: name, title, place, date", ""),
    ("Signature", ""),
)
