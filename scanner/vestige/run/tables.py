"""Tables while a worker reads: the persons whom they list, and which may be keys to codes."""

from collections.abc import Iterator, Sequence

from vestige.columns import is_study_code
from vestige.correlate.column_cells import has_headings
from vestige.correlate.key_columns import columns
from vestige.identity import Mark
from vestige.lexicon import Lexicon
from vestige.model import Where
from vestige.read import mapping
from vestige.read.mapping import Table
from vestige.run.causes import Causes
from vestige.run.keys import trace_of
from vestige.run.traces import Persons, is_short
from vestige.spelled_dates import dates
from vestige.text import TokenKind, tokens
from vestige.trace import Kind, Trace, packed

PLACE = "table"

_LOOKED_AT = 200
_MANY = 0.5
"""Share of the names of a column called "name" that must be names of people."""


class Tables:
    """Reads tables of persons, and leaves them as traces."""

    def __init__(self, causes: Causes, lexicon: Lexicon) -> None:
        self._causes = causes
        self._lexicon = lexicon
        self._persons = Persons(lexicon, causes.key)

    def of_rows(self, rows: Sequence[Sequence[str]]) -> tuple[int, ...]:
        """The traces of a table given by rows; none if it names nobody and is no key."""
        rows = mapping.clipped(rows)
        found = columns(rows, self._lexicon)
        left = [self._causes.trace(trace_of(found, self._causes.key))] if found else []
        if rows and not has_headings(rows):
            rows = [[""] * max(map(len, rows[:_LOOKED_AT])), *rows]
        persons = mapping.of_clipped(rows)
        if persons is not None and not (persons.labelled and not self._are_names(persons)):
            left += self.left(persons)
        return tuple(dict.fromkeys(left))

    def left(self, found: Table) -> Iterator[int]:
        """The traces of the persons of a table."""
        for person in found.persons:
            marks = frozenset(self._marks(*(text.reveal() for text in person)))
            if marks:
                yield self._causes.trace(Trace(Kind.LISTED, Where.TABLE, PLACE, packed(marks)))

    def _marks(self, name: str, number: str, birth: str) -> Iterator[Mark]:
        """The marks of one row; names of plain words, and short numbers, tell of nobody."""
        if name and not self._persons.is_plain(name):
            days = [day.day.strftime("%Y%m%d") for day in dates(birth)][:2]
            for day in days or [""]:
                yield from self._persons.of_person(name, "", day)
        for one in number.split("\\"):
            if not (is_short(one) or is_study_code(one)):
                yield from self._persons.of_person("", one, "")

    def _are_names(self, found: Table) -> bool:
        """Whether what stands in a column that is called "name" are names of people."""
        names = [person.name.reveal() for person in found.persons[:_LOOKED_AT]]
        likely = sum(map(self._is_name, names))
        return likely >= max(_MANY * len(names), 1)

    def _is_name(self, name: str) -> bool:
        """Whether two words are there at least of which people are called, and no number."""
        words = [piece.text for piece in tokens(name) if piece.kind is TokenKind.WORD]
        strange = [word for word in words if not self._lexicon.ordinary(word)]
        named = any(self._lexicon.evidence(word).named for word in strange)
        return named and len(words) > 1 and not any(c.isdigit() for c in name)
