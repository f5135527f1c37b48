"""Pseudonyms: the codes under which tables keep those who are sought, on the volume or given."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from vestige.identity import STRONG, Form, Marker
from vestige.lexicon import Lexicon
from vestige.model import UsageError
from vestige.read import mapping
from vestige.read.file import open_source
from vestige.read.unreadable import Unreadable
from vestige.run.causes import code
from vestige.run.entry import entry_of
from vestige.run.sought import Sought, whose
from vestige.spelled_dates import dates
from vestige.store import Store
from vestige.trace import form_of, packed, records

_SHORTEST = 3
_DIGITS = 4
"""Letters and digits from which on a code, and digits from which on a number, is nobody else's."""


class Pseudonym(NamedTuple):
    """One code of a person: its digest as headers and names are asked for it, and its marks.

    `table` is the entry from whose row it is, 0 for a table that was given.
    """

    who: str
    code: bytes
    marks: tuple[bytes, ...]
    table: int


class Tables:
    """Reads tables for rows about those who are sought."""

    def __init__(self, sought: Sought, marker: Marker, lexicon: Lexicon, key: bytes) -> None:
        self._sought = sought
        self._marker = marker
        self._lexicon = lexicon
        self._key = key

    def given(self, file: Path, known: Mapping[bytes, set[str]]) -> list[Pseudonym]:
        """The pseudonyms of a table that the user names; UsageError if it is none."""
        try:
            raw = file.read_bytes()
        except OSError as error:
            raise UsageError(f"the mapping table cannot be read ({error.strerror})") from None
        rows = mapping.listed(raw)
        if not rows:
            raise UsageError("the mapping table has no rows; give CSV with headings, or JSON")
        return list(self._of(rows, 0, known))

    def on_volume(
        self, store: Store, entry: int, known: Mapping[bytes, set[str]]
    ) -> list[Pseudonym] | None:
        """The pseudonyms of a table of the volume; None if it cannot be read as it was."""
        wanted = entry_of(store, entry, store.roots())
        try:
            with open_source(wanted) as source:
                if source.size != wanted.size:
                    return None
                raw = source.read(0, min(source.size, mapping.BYTES))
        except (Unreadable, OSError):
            return None
        return list(self._of(mapping.listed(raw), entry, known))

    def _of(
        self, rows: Iterable[mapping.Listed], table: int, known: Mapping[bytes, set[str]]
    ) -> Iterator[Pseudonym]:
        for row in rows:
            cells = [cell.reveal() for cell in row.codes]
            for who in sorted(self._about(row.person, cells, known)):
                for cell in cells:
                    if self._tells(cell):
                        marks = tuple(records(packed(self._marker.of_number(cell))))
                        yield Pseudonym(who, code(cell, self._key), marks, table)

    def _about(
        self, person: mapping.Person | None, cells: Iterable[str], known: Mapping[bytes, set[str]]
    ) -> set[str]:
        """Those who are sought whom a row is about: by name, number, or a code of theirs."""
        found = whose(known, (code(cell, self._key) for cell in cells if self._tells(cell)))
        if person is None:
            return found
        name, number, birth = (text.reveal() for text in person)
        days = [day.day.strftime("%Y%m%d") for day in dates(birth)][:2]
        marks = set(self._marker.of_person(name, number))
        for day in days:
            marks.update(self._marker.of_person(name, "", day))
        telling = packed(m for m in marks if m.form in STRONG)
        met = {who for who, _, _ in self._sought.met(records(telling))}
        met |= whose(known, (code(one, self._key) for one in number.split("\\") if one))
        born = {r for r in records(packed(marks)) if form_of(r) is Form.BIRTH}
        return found | {who for who in met if self._may_be(who, born)}

    def _may_be(self, who: str, born: set[bytes]) -> bool:
        """Whether the birth date of a row is not another one than that of the person."""
        own = self._sought.births.get(who)
        return not own or not born or not born.isdisjoint(own)

    def _tells(self, cell: str) -> bool:
        """Whether a cell can be a code: no date, no short number, and no plain word."""
        plain = "".join(c for c in cell if c.isalnum())
        if len(plain) < (_DIGITS if plain.isdigit() else _SHORTEST):
            return False
        if any(one.sure and one.end - one.start == len(cell) for one in dates(cell)):
            return False
        return not self._lexicon.ordinary(cell)
