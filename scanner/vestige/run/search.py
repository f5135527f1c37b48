"""Search: entries to the known persons that are seen in their content; what a hunter does."""

import io
import os
from collections.abc import Callable, Mapping
from pathlib import PurePosixPath

from vestige.correlate.hunt import NOBODY, Hunter, Known, Sighting
from vestige.correlate.known import Origin, Source
from vestige.identity import Form, Marker
from vestige.model import Entry, Kind, Problem, Stage
from vestige.read.containers import Room
from vestige.read.extended import attributes
from vestige.read.file import Folder, source_of
from vestige.read.file import Source as Opened
from vestige.read.held import Hold
from vestige.read.opaque import opaque
from vestige.read.pages import FIRST
from vestige.read.unreadable import Unreadable
from vestige.read.views import Step, View, views, views_of
from vestige.run.hunters import Batch, Hunted, Seen
from vestige.text import readings, shown

MOST_SEEN = 256
"""Sightings of one entry that are kept: each of another person, or another way."""

_FORMS = tuple(Form)
_DETAILS = {
    "hunt-budget": "more of it than is searched in one file was left out",
    "hunt-protected": "a part of it is encrypted",
    "hunt-unopened": "it is, or holds, an archive of a kind that is not opened",
    "hunt-damaged": "an archive or a stream in it ends in damage",
}
_OFFICE = {
    "docx": "text documents",
    "odt": "text documents",
    "doc": "text documents",
    "rtf": "text documents",
    "xlsx": "spreadsheets",
    "ods": "spreadsheets",
    "xls": "spreadsheets",
    "pptx": "presentations",
    "odp": "presentations",
    "ppt": "presentations",
    "csv": "tables",
    "tsv": "tables",
    "json": "JSON files",
    "ipynb": "notebooks",
    "eml": "mail",
    "msg": "mail",
    "mbox": "mail",
    "log": "logs",
    "nii": "NIfTI files",
    "hdr": "NIfTI files",
    "xml": "XML files",
    "html": "XML files",
}
_KINDS = {
    b"SQLite f": "databases",
    b"\x89PNG\r\n\x1a\n": "pictures",
    b"\xff\xd8\xff": "pictures",
    b"II*\0": "pictures",
    b"MM\0*": "pictures",
    b"PK\x03\x04": "archives",
    b"\x1f\x8b\x08": "compressed files",
    b"BZh": "compressed files",
    b"\xfd7zXZ": "compressed files",
    b"%PDF": "PDF documents",
    b"\x80\x02": "pickled objects",
    b"\x80\x03": "pickled objects",
    b"\x80\x04": "pickled objects",
    b"\x80\x05": "pickled objects",
}
_TAR = slice(257, 262)


Who = tuple[Origin, int, str]
"""What tells one source of a person from others."""


def who_of(source: Source) -> Who:
    """What tells a source from others."""
    return source.origin, source.number, source.who


def sources(known: Known) -> tuple[Source, ...]:
    """All sources of known persons, in an order of their own."""
    found = {who_of(source): source for borne in known.values() for source in borne}
    return tuple(found[who] for who in sorted(found))


def numbers(known: Known) -> dict[Who, int]:
    """The place of each source among all."""
    return {who_of(source): number for number, source in enumerate(sources(known))}


class Searching:
    """Searches entries for known persons; one lives in each worker."""

    def __init__(
        self,
        known: Known,
        marker: Marker,
        ordinary: Callable[[str], bool],
        own: Mapping[int, frozenset[int]],
        *,
        holds: bool = False,
    ) -> None:
        self._holds = holds
        self._hunter = Hunter(known, marker, ordinary)
        self._numbers = numbers(known)
        self._ordinary = ordinary
        self._own = own

    def search(self, batch: Batch) -> Hunted:
        """Who is seen in the entries; nothing about one keeps the others from being searched."""
        seen: list[Seen] = []
        problems: list[Problem] = []
        hold = Hold() if self._holds else None
        files = size = 0
        for entry in batch:
            try:
                found, lost = self._entry(entry, hold)
            except Unreadable as error:
                problem = error.problem(entry)
                problems.append(Problem(entry.id, Stage.HUNT, problem.code, problem.detail))
                continue
            except MemoryError:
                raise  # Another worker takes the place of this one.
            except Exception as error:  # noqa: BLE001 - the worker boundary: nothing may be lost
                detail = f"while it was searched: {error.__class__.__name__}"
                problems.append(Problem(entry.id, Stage.HUNT, "internal-error", detail))
                continue
            seen.extend(found)
            problems.extend(lost)
            if entry.kind is Kind.FILE:
                files += 1
                size += entry.size
        digests = hold.digests(batch) if hold is not None else ()
        return Hunted(tuple(seen), files, size, tuple(problems), digests)

    def _entry(self, entry: Entry, hold: Hold | None) -> tuple[list[Seen], list[Problem]]:
        room = Room(entry.size)
        kept = _Kept(entry)
        beside = attributes(entry.path)
        if beside.cut:
            room.lose("hunt-budget")
        if beside.data:
            for view in views_of(beside.data, (), room):
                self._look(view, "extended attributes", NOBODY, kept)
        if entry.kind is Kind.FILE and entry.size:
            with _opened(entry) if hold is None else hold.opened(entry, FIRST) as source:
                self._file(entry, source, room, kept)
        problems = [
            Problem(entry.id, Stage.HUNT, code, _DETAILS[code]) for code in sorted(room.losses)
        ]
        return kept.seen(self._numbers, self._shown), problems

    def in_bytes(self, number: int, path: str, data: bytes) -> list[Seen]:
        """Who is seen in the content of a file that is no DICOM, given as bytes."""
        entry = Entry(number, 0, os.fsencode(path), b"", Kind.FILE, len(data), 0, 0, 0)
        kept = _Kept(entry)
        for view in views_of(data, (), Room(len(data))):
            self._look(view, _what(entry.name, data), NOBODY, kept)
        return kept.seen(self._numbers, self._shown)

    def _file(self, entry: Entry, source: Opened, room: Room, kept: "_Kept") -> None:
        ranges = opaque(source)
        if ranges is None:
            what = _what(entry.name, source.first)
            own = self._own.get(entry.id, NOBODY)
            for view in views(_File(source), source.size, room):
                self._look(view, what, own, kept)
        else:
            for one in ranges:
                if one.cut:
                    room.lose("hunt-budget")
                for view in views_of(one.data, (Step(one.what),), room):
                    self._look(view, "DICOM files", NOBODY, kept)
        problem = source.problem
        if problem is not None:
            raise Unreadable(problem.code, problem.detail)

    def _look(self, view: View, what: str, own: frozenset[int], kept: "_Kept") -> None:
        for sighting in self._hunter.sightings(view.data, text=view.text, sure=view.sure, own=own):
            kept.keep(sighting, what, view.steps)

    def _shown(self, name: bytes) -> str:
        """The name of a member, masked; no word is shown that may be a known person's."""
        return shown(readings(name[:500])[0], (), self._harmless)

    def _harmless(self, word: str) -> bool:
        return self._ordinary(word) and not self._hunter.knows(word)


class _Kept:
    """What is kept of an entry: of each person the most telling forms, by the first way to them."""

    def __init__(self, entry: Entry) -> None:
        self._entry = entry
        self._found: dict[tuple[str, bool], dict[Who, tuple[Sighting, tuple[Step, ...]]]] = {}

    def keep(self, sighting: Sighting, what: str, steps: tuple[Step, ...]) -> None:
        """Keeps a sighting, unless the person was seen as plainly before."""
        persons = self._found.setdefault((what, sighting.strong), {})
        who = who_of(sighting.source)
        before = persons.get(who)
        if before is None and len(persons) >= MOST_SEEN:
            return
        if before is None or _rank(sighting) < _rank(before[0]):
            way = steps if before is None else before[1]
            persons[who] = sighting, way

    def seen(self, numbers: Mapping[Who, int], mask: Callable[[bytes], str]) -> list[Seen]:
        """All that is kept; who was seen plainly is not told as a trace too."""
        plain = {who for (_, strong), persons in self._found.items() if strong for who in persons}
        return [
            Seen(
                self._entry.id,
                numbers[who],
                _FORMS.index(sighting.form),
                strong,
                what,
                _way(steps),
                "!/".join(mask(step.name) for step in steps if step.name),
            )
            for (what, strong), persons in sorted(self._found.items(), key=lambda one: one[0])
            for who, (sighting, steps) in sorted(persons.items())
            if strong or who not in plain
        ]


def _rank(sighting: Sighting) -> tuple[int, int]:
    return _FORMS.index(sighting.form), int(sighting.source.origin)


def _way(steps: tuple[Step, ...]) -> str:
    """The way to a view, without the names of members."""
    return " > ".join(dict.fromkeys(step.kind for step in steps)) or "bytes"


def _what(name: bytes, first: bytes) -> str:
    """What kind of content a file is, in words, by its name where that tells, else by its bytes."""
    suffixes = PurePosixPath(os.fsdecode(name).lower()).suffixes[::-1]
    for suffix in suffixes[:2]:
        if suffix[1:] in _OFFICE:
            return _OFFICE[suffix[1:]]
    for sign, what in _KINDS.items():
        if first.startswith(sign):
            return what
    if first[_TAR] == b"ustar":
        return "archives"
    return "other files" if b"\0" in first else "text files"


def _opened(entry: Entry) -> Opened:
    """The file, to be read from its first byte to its last; Unreadable if it cannot be."""
    above = entry.path[: len(entry.path) - len(entry.name)]
    with Folder(above, 1) as folder:
        try:
            opened = folder.glance(entry.name, FIRST)
        except OSError as error:
            raise Unreadable.of(error) from None
    return source_of(entry, opened)


class _File(io.RawIOBase):
    """A source as a file that can be read from any place, as readers of archives want it."""

    def __init__(self, source: Opened) -> None:
        super().__init__()
        self._source = source
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = 0, /) -> int:
        self._at = max(0, offset + (0, self._at, self._source.size)[whence])
        return self._at

    def read(self, size: int = -1, /) -> bytes:
        wanted = self._source.size - self._at if size < 0 else size
        data = self._source.read(self._at, max(0, min(wanted, self._source.size - self._at)))
        self._at += len(data)
        return data
