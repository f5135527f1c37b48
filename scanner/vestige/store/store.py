"""The open scan file."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path

from vestige.account import Account
from vestige.model import Claim, Family, Finding, Problem, StoreError, Where
from vestige.review import Coverage, Reach
from vestige.store import (
    families,
    reach,
    rows,
    schema,
    siblings,
    subtree,
    tallies,
    trees,
)
from vestige.store import series as of_series
from vestige.store.clearing import Clearing
from vestige.store.contents import Contents
from vestige.store.entries import Entries, Keeping
from vestige.store.holdings import Holdings
from vestige.store.members import Members
from vestige.store.outline import Outline
from vestige.store.places import Places
from vestige.store.rows import Outcome, Row, SeriesFacts
from vestige.store.series import SeriesRow
from vestige.store.traces import Traces
from vestige.store.trees import SoftwareTree
from vestige.store.values import Values
from vestige.store.weight import Weight


class Store:
    """An open scan file."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        self.clearing = Clearing(connection)
        self.holdings = Holdings(connection)
        self.outline = Outline(connection)
        self.weight = Weight(connection)
        self.within = Members(connection, self._set, self._with_one)
        self._remember()

    @classmethod
    def create(
        cls,
        path: Path,
        notes: Mapping[str, object] | None = None,
        rules: Iterable[tuple[str, str, str]] = (),
    ) -> "Store":
        """A new scan file, with facts of the scan and why and remedy of rules.

        StoreError if it cannot be made, or stands there already.
        """
        schema.make(path, {key: json.dumps(value) for key, value in (notes or {}).items()}, rules)
        return cls.open(path)

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False) -> "Store":
        """An existing scan file; StoreError says what is wrong with it."""
        connection = schema.opened(path, read_only=read_only)
        try:
            return cls(connection)
        except sqlite3.Error:
            connection.close()
            raise

    def close(self) -> None:
        """Commit and close."""
        self._db.commit()
        self._db.close()

    def commit(self) -> None:
        """Make all that was added so far lasting."""
        self._db.commit()

    def roll_back(self) -> None:
        """Forget what was added since the last commit: half a batch, half a correlation."""
        self._db.rollback()
        self._entries.forget()

    def _remember(self) -> None:
        """Load what is interned, so that a resumed scan goes on with the same numbers."""
        self.traces, self.contents = Traces(self._db), Contents(self._db)
        self._values = Values(self._db)
        self._subject, self._entries = ("", 0), Keeping(self._db)
        for loaded_when_written in ("_findings", "_outcomes"):
            self.__dict__.pop(loaded_when_written, None)
        sets: dict[int, list[int]] = {}
        for number, finding_id in self._db.execute("SELECT id, finding FROM finding_set"):
            sets.setdefault(number, []).append(finding_id)
        self._sets = {tuple(sorted(members)): number for number, members in sets.items()}

    @cached_property
    def _findings(self) -> dict[tuple[Claim, Where, str, str], int]:
        return {(one.claim, one.where, one.place, one.digest): one.id for one in self.findings()}

    @cached_property
    def _outcomes(self) -> dict[tuple[object, ...], int]:
        query = "SELECT state, reason, finding_set, subject, series, dicom, traces, id FROM outcome"
        return {row[:7]: row[7] for row in self._db.execute(query)}

    def note(self, key: str, value: object) -> None:
        """Keep one fact of the scan as a whole."""
        self._db.execute("INSERT OR REPLACE INTO scan VALUES (?, ?)", (key, json.dumps(value)))

    def noted(self, key: str) -> object:
        """A fact of the scan; None if it was not noted."""
        row = self._db.execute("SELECT value FROM scan WHERE key = ?", (key,)).fetchone()
        return json.loads(row[0]) if row else None

    def rule_texts(self) -> dict[str, tuple[str, str]]:
        """Why and remedy by rule."""
        return {row[0]: (row[1], row[2]) for row in self._db.execute("SELECT * FROM rule")}

    def finding(
        self, claim: Claim, where: Where, place: str, digest: str, masked: str, explained: str = ""
    ) -> int:
        """The number of a finding, new or known."""
        key = (claim, where, place, digest)
        number = self._findings.get(key)
        if number is None:
            number = len(self._findings) + 1
            self._findings[key] = number
            head = (number, claim.rule, claim.title, int(claim.severity), claim.certainty)
            of_place = (claim.identifies, json.dumps(claim.basis), where.value, place, digest)
            row = (*head, *of_place, masked, explained)
            self._db.execute("INSERT INTO finding VALUES (?,?,?,?,?,?,?,?,?,?,?,?)", row)
        return number

    def explain(self, finding: int, explanation: str) -> None:
        """Keep what the first value of a finding was judged by; later ones change nothing."""
        query = "UPDATE finding SET explanation = ? WHERE id = ? AND explanation = ''"
        self._db.execute(query, (explanation, finding))

    def value(self, finding: int, digest: str, masked: str, explanation: str = "") -> int:
        """Count one distinct value of a finding: its number, or that of all that do not count."""
        number = self._values.keep(finding, digest, masked, explanation)
        return number or self._values.more(finding)

    def add(self, added: Entries) -> None:
        """Keep entries."""
        self._entries.keep(added)

    def outcome(self, outcome: Outcome) -> int:
        """The number of an outcome, new or known."""
        members, subject = self._set(outcome.findings), self.subject(outcome.subject)
        dicom = int(outcome.dicom)
        traces = self.traces.set_of(outcome.traces)
        of_whom = (members, subject, outcome.series, dicom, traces)
        key = (outcome.state.value, outcome.reason, *of_whom)
        number = self._outcomes.get(key)
        if number is None:
            done = self._db.execute("INSERT INTO outcome VALUES (NULL,?,?,?,?,?,?,?)", key)
            number = self._outcomes[key] = int(done.lastrowid or 0)
        return number

    def series(self, series: SeriesFacts) -> int:
        """The number of what is kept of a series, new or known."""
        row = (series.digest, self.subject(series.subject), series.facts)
        query = "INSERT OR IGNORE INTO series (digest, subject, facts) VALUES (?, ?, ?)"
        done = self._db.execute(query, row)
        if done.rowcount:
            return int(done.lastrowid or 0)
        query = "SELECT id FROM series WHERE digest = ?"
        return int(self._db.execute(query, (series.digest,)).fetchone()[0])

    def attach(self, finding: int, series: Iterable[int]) -> None:
        """Let a finding hold in all files of these series, as if they had said it themselves."""
        of_series.attach(self._db, finding, series, self._with_one)
        self.__dict__.pop("_outcomes", None)

    def attach_to_outcomes(self, finding: int, outcomes: Iterable[int]) -> None:
        """Let a finding hold in all entries that were examined with these outcomes."""
        of_series.attach_to_outcomes(self._db, finding, outcomes, self._with_one)
        self.__dict__.pop("_outcomes", None)

    def attach_to_entries(self, finding: int, entries: Iterable[int]) -> None:
        """Let a finding hold in these entries and no others."""
        of_series.attach_to_entries(self._db, finding, entries, self._with_one)
        self.__dict__.pop("_outcomes", None)

    def _with_one(self, members: int, finding: int) -> int:
        found = self._db.execute("SELECT finding FROM finding_set WHERE id = ?", (members,))
        return self._set((finding, *(row[0] for row in found)))

    def _set(self, findings: tuple[int, ...]) -> int:
        key = tuple(sorted(set(findings)))
        if not key:
            return 0
        number = self._sets.get(key)
        if number is None:
            number = len(self._sets) + 1
            self._sets[key] = number
            self._db.executemany(
                "INSERT INTO finding_set VALUES (?, ?)", [(number, one) for one in key]
            )
        return number

    def subject(self, digest: str) -> int:
        """The number of whose something is; 0 of what is nobody's."""
        if not digest:
            return 0
        if digest != self._subject[0]:
            self._db.execute("INSERT OR IGNORE INTO subject (digest) VALUES (?)", (digest,))
            query = "SELECT id FROM subject WHERE digest = ?"
            self._subject = digest, int(self._db.execute(query, (digest,)).fetchone()[0])
        return self._subject[1]

    def problems(self, problems: Iterable[Problem]) -> None:
        """Keep problems."""
        self._db.executemany(
            "INSERT INTO problem VALUES (?, ?, ?, ?)",
            [(p.entry, p.stage.value, p.code, p.detail) for p in problems],
        )

    def lessen(self, entry: int) -> bool:
        """Let an entry that counts as read count as read in part; False if it does not."""
        return tallies.lessen(self._db, entry)

    def left(self, folders: Iterable[tuple[int, int, int, int, bytes]]) -> None:
        """Keep what subtrees amount to: of each the directory, last entry, files and bytes.

        The digest is of the facts of the directory and what lies in it, empty if they may change.
        """
        self._db.executemany("INSERT OR REPLACE INTO folder VALUES (?, ?, ?, ?, ?)", folders)

    def left_software(self, found: Iterable[tuple[int, int, str, int]]) -> None:
        """Keep trees of software: of each its first and last entry, kind, and what shows it."""
        trees.keep(self._db, found)

    def index(self) -> None:
        """Order the entries by their outcomes, once all are kept, and note the newest time."""
        self.note("newest", self._entries.newest())
        self._db.execute("CREATE INDEX IF NOT EXISTS entry_outcome ON entry (outcome)")

    def account(self, first: int, account: Account, carried: int = 0) -> None:
        """Keep what became of the bytes of a batch, and of how many entries nothing was read now.

        `first` is the number of its first entry.
        """
        row = (first, account.parsed, account.searched, account.pixels, account.opaque, carried)
        self._db.execute("INSERT INTO batch VALUES (?,?,?,?,?,?)", row)

    def batch_of(self, number: int) -> int:
        """The first entry of the batch in which an entry was kept; the entry itself if in none."""
        query = "SELECT max(first) FROM batch WHERE first <= ?1 AND ?1 IN (SELECT id FROM entry)"
        return int(self._db.execute(query, (number,)).fetchone()[0] or number)

    def reset_from(self, number: int) -> None:
        """Forget the entries from this number on, the first of a batch."""
        self._entries.forget()
        for query in schema.FROM_ENTRY:
            self._db.execute(query, (number,))

    def forget(self) -> None:
        """Forget all that was kept of the volume, as if nothing had been examined yet."""
        self._db.rollback()
        for table in schema.OF_VOLUME:
            self._db.execute(f"DELETE FROM {table}")  # noqa: S608 - constant text
        self._remember()

    def family(self, finding: int, family: Family, members: Sequence[int]) -> None:
        """Keep a family; its members' own findings about names give way to it."""
        families.keep(self._db, finding, family, members)

    def told_family(self, finding: int, family: Family) -> None:
        """Keep a family of which a file tells; of those of one finding the largest counts."""
        families.keep_largest(self._db, finding, family)

    def rows(self, first: int = 1) -> Iterator[Row]:
        """Entries in pre-order."""
        query = f"SELECT {rows.COLUMNS} {rows.FROM} WHERE e.id >= ? ORDER BY e.id"
        return map(rows.row, self._db.execute(query, (first,)))

    def row(self, number: int) -> Row:
        """One entry; StoreError if there is none of that number."""
        query = f"SELECT {rows.COLUMNS} {rows.FROM} WHERE e.id = ?"
        found = self._db.execute(query, (number,)).fetchone()
        if found is None:
            raise StoreError(f"the scan holds no entry {number}")
        return rows.row(found)

    def way(self, number: int) -> bytes:
        """The names from a root down to an entry: of the root its place among the roots."""
        return subtree.way(self._db, number)

    def places(self) -> Places:
        """Where findings stand, by names."""
        return Places(self._db)

    def root_paths(self) -> tuple[bytes, ...]:
        """The real paths of the roots, also of those that an interrupted scan never reached."""
        noted = self.noted("roots")
        return tuple(map(bytes.fromhex, noted)) if isinstance(noted, list) else ()

    def roots(self) -> dict[int, bytes]:
        """The real path of each root that was reached, by the number of its entry."""
        entries = self._db.execute("SELECT id FROM entry WHERE parent = 0 ORDER BY id")
        return {row[0]: path for row, path in zip(entries, self.root_paths(), strict=False)}

    def sibling_groups(self) -> Iterator[siblings.Group]:
        """Each directory with its entries, after all that lies below it."""
        return siblings.sibling_groups(self._db)

    def below(self, entries: Iterable[int]) -> subtree.Below:
        """What lies at or below entries of which none is below another."""
        return subtree.below(self._db, entries)

    def dirty_headers(self, entries: Iterable[int]) -> frozenset[bool]:
        """Whether there are findings of medium severity in the DICOM below each of the entries."""
        return subtree.dirty_headers(self._db, entries)

    def lasts(self, entries: Iterable[int]) -> dict[int, int]:
        """The last entry below each of the entries that is a directory."""
        return subtree.lasts(self._db, entries)

    def copies(self) -> Iterator[tuple[int, int, int, int]]:
        """Files of instances that more than one file holds: instance, entry, parent, findings."""
        return subtree.copies(self._db) if self._entries.may_hold_instances() else iter(())

    def findings(self) -> Iterator[Finding]:
        """All findings, by number."""
        return map(rows.finding, self._db.execute("SELECT * FROM finding ORDER BY id"))

    def series_below(self, entries: Iterable[int]) -> set[int]:
        """The series of the files at or below entries, which come in pre-order."""
        return of_series.series_below(self._db, entries)

    def directories(self) -> Iterator[tuple[int, bytes]]:
        """All directories, roots among them, and their names."""
        return self._db.execute("SELECT id, name FROM entry WHERE kind = 'directory' ORDER BY id")

    def software(self) -> Iterator[SoftwareTree]:
        """All trees of software, in the order of their entries."""
        return trees.trees(self._db)

    def series_rows(self) -> Iterator[SeriesRow]:
        """What is kept of each series, and how far it goes; ask it when the entries are indexed."""
        return of_series.series_rows(self._db)

    def series_facts(self) -> Iterator[tuple[int, int, Mapping[str, str]]]:
        """Number, subject and facts of each series; ask it when the entries are indexed."""
        return of_series.series_facts(self._db)

    def families(self) -> dict[int, Family]:
        """Families by the number of their finding."""
        return {row[0]: rows.family(row[1:]) for row in self._db.execute("SELECT * FROM family")}

    def sets(self) -> dict[int, tuple[int, ...]]:
        """Findings by the number of their set."""
        return {number: members for members, number in self._sets.items()}

    def members(self, finding: int) -> list[int]:
        """The entries of a family."""
        query = "SELECT entry FROM family_member WHERE finding = ? ORDER BY entry"
        return [row[0] for row in self._db.execute(query, (finding,))]

    def member_of(self) -> dict[int, int]:
        """The family of each entry that has one."""
        return dict(self._db.execute("SELECT entry, min(finding) FROM family_member GROUP BY 1"))

    def between(self) -> set[int]:
        """The directories between the members of families and those that hold these directories."""
        return subtree.between(self._db)

    def reaches(self) -> dict[int, Reach]:
        """How far every finding goes; where a family says it all, its entries do not count."""
        return reach.reaches(self._db, self.findings(), self.sets())

    def values(self, finding: int, limit: int) -> tuple[int, list[str]]:
        """How many distinct values a finding has, and the first of them, masked."""
        return self._values.shown(finding, limit)

    def first_entries(self, limit: int) -> dict[int, list[int]]:
        """The first entries in which each finding holds, `limit` at most."""
        return reach.first_entries(self._db, self.sets(), limit)

    def coverage(self) -> Coverage:
        """Counts of all entries by how their examination ended."""
        return tallies.coverage(self._db)

    def problem_rows(self, limit: int = -1) -> Iterator[Problem]:
        """Problems in the order of their entries."""
        return tallies.problems(self._db, limit)

    def problem_counts(self) -> list[tuple[str, int]]:
        """How many problems of each code, most first."""
        return tallies.by_code(self._db)

    def skipped_counts(self) -> list[tuple[str, int]]:
        """How many entries were skipped for each reason, most first."""
        return tallies.by_reason(self._db)
