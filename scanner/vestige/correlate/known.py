"""Known persons: who is openly named at one place, and stands at another in some other form."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from enum import IntEnum
from typing import NamedTuple, Protocol

from vestige.identity import STRONG, Form, Mark
from vestige.model import Band, Where
from vestige.trace import Kind, form_of

_FREQUENT = 0.03
_FEW = 20
"""A single word in more texts than this share of them, and than so many, is no evidence."""

_LONE = frozenset({Form.NAME, Form.NEARLY, Form.INITIAL_AND_NAME, Form.BIRTH})
"""Forms of one word, or of one date, that others may have by chance."""


class Origin(IntEnum):
    """Where a person is openly known from, what can be shown best first."""

    HEADER = 0
    TABLE = 1
    ROSTER = 2
    NAMES = 3


class Source(NamedTuple):
    """One person who is known, and from where; `who` tells persons apart.

    `number` is that of the trace, and `entries` are those after whom the person is known by name.
    """

    number: int
    kind: Kind
    origin: Origin
    place: str
    who: str
    entries: frozenset[int] = frozenset()


class Target(NamedTuple):
    """A text that bears marks of known persons: `number` is that of an outcome, or of an entry.

    `what` is the kind of an entry whose name it is; `is_open` says that persons are openly named at
    such places, and `own` are the numbers of the traces of those named in the same file. `trace` is
    the number of the text's own.
    """

    number: int
    where: Where
    place: str
    what: str
    records: tuple[bytes, ...]
    is_open: bool = False
    own: frozenset[int] = frozenset()
    trace: int = 0


class Meeting(NamedTuple):
    """A person at a second place, and in what form."""

    target: Target
    source: Source
    form: Form

    @property
    def is_strong(self) -> bool:
        """Whether it hardly can be another person, or nobody."""
        return self.form in STRONG and self.source.kind is not Kind.DOUBTFUL

    @property
    def severity(self) -> Band:
        """How bad it is, if it is true, whatever the rule says."""
        if self.source.kind is Kind.DOUBTFUL:
            return Band.LOW
        if self.form not in STRONG:
            return Band.MEDIUM if self.form is Form.NAME else Band.LOW
        if self.source.kind is Kind.STAFF:
            return Band.MEDIUM
        return Band.CRITICAL if self.form in _NAMED else Band.HIGH


_NAMED = frozenset({Form.NAMES, Form.JOINED, Form.NAME_AND_BIRTH})


class Listed(Protocol):
    """A list of persons whose marks are asked for one by one, as they may be millions."""

    def __contains__(self, mark: Mark) -> bool: ...

    def __len__(self) -> int: ...

    def marks(self) -> Iterator[Mark]:
        """All marks."""
        ...


class _Nobody:
    """The list of a site that gave none."""

    def __contains__(self, mark: Mark) -> bool:
        return False

    def __len__(self) -> int:
        return 0

    def marks(self) -> Iterator[Mark]:
        """None."""
        return iter(())


NOBODY: Listed = _Nobody()


class Persons:
    """All persons who are known, by their marks; of those `listed` only the marks are known."""

    def __init__(self, listed: Listed = NOBODY) -> None:
        self._by_mark: dict[bytes, tuple[Source, ...]] = {}
        self._listed = listed
        self._forgotten: set[bytes] = set()

    def __bool__(self) -> bool:
        return bool(self._by_mark) or len(self._listed) > 0

    def __contains__(self, record: bytes) -> bool:
        return record in self._by_mark or self._is_listed(record)

    def _is_listed(self, record: bytes) -> bool:
        listed = Mark(form_of(record), record[1:]) in self._listed
        return listed and record not in self._forgotten

    def add(self, source: Source, records: Iterable[bytes]) -> None:
        """Know one more person by these marks; of one mark the first few persons are kept."""
        for record in records:
            known = self._by_mark.get(record, ())
            if len(known) < _PERSONS_OF_A_MARK:
                self._by_mark[record] = (*known, source)

    def marks(self) -> dict[Mark, tuple[Source, ...]]:
        """All marks that are somebody's, with those who bear them."""
        of_roster = (_of_roster(""),)
        found: dict[Mark, tuple[Source, ...]] = dict.fromkeys(self._listed.marks(), of_roster)
        for record, sources in self._by_mark.items():
            found[Mark(form_of(record), record[1:])] = sources
        return found

    def has_numbers(self) -> bool:
        """Whether somebody may be known by a number."""
        by_number = any(form_of(record) is Form.NUMBER for record in self._by_mark)
        return by_number or len(self._listed) > 0

    def in_marks(self, found: Iterable[bytes]) -> tuple[bytes, ...]:
        """Those marks that are somebody's."""
        return tuple(record for record in found if record in self)

    def forget_frequent(self, texts: Iterable[Sequence[bytes]], total: int) -> None:
        """Forget the single words that so many of all texts bear that they say nothing."""
        counts = Counter(r for records in texts for r in records if form_of(r) in _LONE)
        for record, count in counts.items():
            if count > max(_FEW, _FREQUENT * total):
                self._by_mark.pop(record, None)
                self._forgotten.add(record)

    def meeting(self, target: Target) -> Meeting | None:
        """The most telling meeting of a text with a person; None if there is none."""
        found = [
            Meeting(target, source, form_of(record))
            for record in target.records
            for source in self._sources(target, record)
        ]
        return min(found, key=_order, default=None)

    def _sources(self, target: Target, record: bytes) -> Iterator[Source]:
        sources = self._by_mark.get(record, ())
        # Who is listed is listed, even where the family of the entry itself is named after them.
        if self._is_listed(record):
            sources = (*sources, _of_roster(record.hex()))
        form = form_of(record)
        if (target.is_open and form not in STRONG) or _is_own(target, sources):
            return
        for source in sources:
            named = target.what != "" and source.origin is Origin.NAMES
            same = target.number in source.entries if named else False
            alike = target.is_open and _is_alike(target, source)
            if not (same or alike or (named and form not in STRONG)):
                yield source


def _of_roster(who: str) -> Source:
    """Somebody of the list of a site: it does not tell whose a mark is."""
    return Source(0, Kind.LISTED, Origin.ROSTER, "", who)


_PERSONS_OF_A_MARK = 8


_OF_THE_OBJECT = frozenset({"(0010,0010)", "(0010,0020)"})
"""Where every object names and numbers its patient."""


def _is_alike(target: Target, source: Source) -> bool:
    """Whether a person is known from where a text stands: from elements of its kind."""
    at_home = source.place == target.place or target.place in _OF_THE_OBJECT
    return source.origin is Origin.HEADER and at_home


def _is_own(target: Target, sources: Iterable[Source]) -> bool:
    """Whether the file in which a text stands openly names the person elsewhere too."""
    return any(one.number in target.own and one.place != target.place for one in sources)


_FORMS = tuple(Form)


def _order(one: Meeting) -> tuple[object, ...]:
    return (
        not one.is_strong,
        one.source.kind is Kind.DOUBTFUL,
        one.source.kind is Kind.STAFF,
        _FORMS.index(one.form),
        one.source.origin,
        one.source.place not in _OF_THE_OBJECT,
        one.source.place,
        one.source.who,
    )


def by_form(meetings: Iterable[Meeting]) -> list[Meeting]:
    """Meetings, the most telling forms first."""
    return sorted(meetings, key=lambda one: _FORMS.index(one.form))


class Group(NamedTuple):
    """Meetings that are told as one: of one kind of source with one kind of place."""

    origin: Origin
    kind: Kind
    source: str
    where: Where
    place: str
    what: str
    is_strong: bool


def groups(meetings: Iterable[Meeting]) -> dict[Group, list[Meeting]]:
    """Meetings by what is told of them together."""
    found: dict[Group, list[Meeting]] = {}
    for one in meetings:
        source, target = one.source, one.target
        told = (target.where, target.place, target.what, one.is_strong)
        group = Group(source.origin, source.kind, source.place, *told)
        found.setdefault(group, []).append(one)
    return {group: found[group] for group in sorted(found)}


def title(group: Group, example: str) -> str:
    """What is told of a group, with where the person is known from; `example` is a masked path."""
    sure = "also stands" if group.is_strong else "may also stand"
    return f"{_known(group, example)} {sure} in {_there(group)}"


def _known(group: Group, example: str) -> str:
    of = f" of {example}" if example else ""
    if group.origin is Origin.ROSTER:
        return "A person of the roster"
    if group.origin is Origin.NAMES:
        return f"A person after whom a folder or file is named, as {example},"
    if group.origin is Origin.TABLE:
        return f"A person listed in the table {example}"
    if group.kind is Kind.STAFF:
        return f"A member of staff named in {group.source}{of}"
    return f"{_OF_TAG.get(group.source[-11:], 'A person named')} in {group.source}{of}"


_OF_TAG = {
    "(0010,0020)": "The record number of a person",
    "(0010,1000)": "The record number of a person",
    "(0010,1090)": "The record number of a person",
    "(0010,0030)": "The birth date of a person",
}


def _there(group: Group) -> str:
    if group.where is Where.PATH:
        return f"names of {group.what}" if group.what else "targets of links"
    if group.where is Where.CONTENT:
        return f"the content of {group.what} ({group.place})"
    if group.where in (Where.PREAMBLE, Where.TRAILING):
        return f"bytes outside all elements ({group.place})"
    return group.place
