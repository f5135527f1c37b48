"""Those who are sought: what a name, a number and a birth date leave, without any of them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from string import ascii_lowercase

from vestige.catalog import roster as rosters
from vestige.identity import STRONG, Form, Mark, Marker
from vestige.model import UsageError
from vestige.run.causes import code
from vestige.run.rosters import Person, people
from vestige.run.traces import is_short
from vestige.spelled_names import names as spelled_names
from vestige.trace import packed, records

MOST_NEAR = 200
"""People of whose names nearly equal ones are sought too: of each there are some thousand."""

_LETTERS = re.compile(r"[^\W\d_]+")
_SHORTEST_NEAR = 5
"""Letters of a word from which on one other letter is no other name."""

_ROSTER = "roster"


@dataclass(slots=True)
class Sought:
    """What is known of those who are sought; whoever they are is told by a number in the list.

    `marks` and `near` are packed marks with the numbers of whom they may mean; `codes` are digests
    of whole numbers and names as headers may write them; `births` are the marks of birth dates, and
    `days` their digests as headers write them; `short` are the marks of numbers that are so short
    that others have them too.
    """

    count: int = 0
    marks: dict[bytes, set[str]] = field(default_factory=dict)
    near: dict[bytes, set[str]] = field(default_factory=dict)
    codes: dict[bytes, set[str]] = field(default_factory=dict)
    births: dict[str, set[bytes]] = field(default_factory=dict)
    days: dict[str, set[bytes]] = field(default_factory=dict)
    short: set[bytes] = field(default_factory=set)

    def met(self, found: Iterable[bytes]) -> Iterator[tuple[str, bytes, bool]]:
        """Who may be meant by marks: the person, the mark, and whether it is only nearly theirs."""
        for record in found:
            for who in self.marks.get(record, ()):
                yield who, record, False
            for who in self.near.get(record, ()):
                yield who, record, True


def of_people(listed: Iterable[Person], marker: Marker, key: bytes, *, near: bool) -> Sought:
    """What is known of people; UsageError if they are nobody, or too many for near forms."""
    found = Sought()
    for person in listed:
        marks = marker.of_person(*person)
        codes = set(_codes(person, key))
        if not (marks or codes):
            continue
        found.count += 1
        who = f"person {found.count}"
        _add(found.marks, packed(marks), who)
        for one in codes:
            found.codes.setdefault(one, set()).add(who)
        born = {m for m in marks if m.form is Form.BIRTH}
        found.births[who] = set(records(packed(born)))
        found.days[who] = {code(day, key) for day in person.birth.split("\\") if day}
        short = (n for n in person.number.split("\\") if n and is_short(n))
        found.short.update(r for n in short for r in records(packed(marker.of_number(n))))
        if near:
            _add(found.near, packed(_nearly(person, marker, marks)), who)
    if not found.count:
        raise UsageError("nobody is sought: give a name, a number, or a list of them")
    if near and found.count > MOST_NEAR:
        raise UsageError(f"--near is for {MOST_NEAR} people at most")
    return found


def of_list(raw: bytes, marker: Marker, key: bytes, *, near: bool) -> Sought:
    """What is known of the people of a list, or of a roster that was made before.

    A roster does not tell whose a mark is: all of it is one. UsageError as for rosters.
    """
    if not rosters.is_roster(raw):
        return of_people(people(raw), marker, key, near=near)
    roster = rosters.parsed(raw, key)
    found = Sought(roster.people)
    marks = packed(roster.marks())
    _add(found.marks, marks, _ROSTER)
    return found


def _add(to: dict[bytes, set[str]], marks: bytes, who: str) -> None:
    for record in records(marks):
        to.setdefault(record, set()).add(who)


def _codes(person: Person, key: bytes) -> Iterator[bytes]:
    """Digests of a number, and of a name in the spellings of headers."""
    for number in filter(str.strip, person.number.split("\\")):
        yield code(number.strip(), key)
    for name in filter(str.strip, person.name.split("\\")):
        yield code(name, key)
        parts = [part.strip() for part in re.split(r"[\^,]", name) if part.strip()]
        words = parts if len(parts) > 1 else name.split()
        if len(words) > 1:
            first, rest = words[0], " ".join(words[1:])
            last, before = words[-1], " ".join(words[:-1])
            for one, other in ((first, rest), (rest, first), (last, before)):
                for between in ("^", " ", ", "):
                    yield code(f"{one}{between}{other}", key)


def _nearly(person: Person, marker: Marker, own: frozenset[Mark]) -> frozenset[Mark]:
    """The marks of names that differ in one letter of one word."""
    found: set[Mark] = set()
    for parts in spelled_names(person.name):
        for one, other in parts.pairs():
            for near in _edits(one):
                found.add(marker.pair(near, other))
            for near in _edits(other):
                found.add(marker.pair(one, near))
        for word in parts.words():
            for near in _edits(word):
                found.update(m for m in marker.of_person(near) if m.form is Form.NAME)
    return frozenset(m for m in found - own if m.form in STRONG or m.form is Form.NAME)


def _edits(word: str) -> Iterator[str]:
    """All words with one letter less, more or other."""
    if len(word) < _SHORTEST_NEAR or not _LETTERS.fullmatch(word):
        return
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]
        yield from (word[:at] + letter + word[at + 1 :] for letter in ascii_lowercase)
    for at in range(len(word) + 1):
        yield from (word[:at] + letter + word[at:] for letter in ascii_lowercase)


def whose(marks: Mapping[bytes, set[str]], found: Iterable[bytes]) -> set[str]:
    """All who may be meant by some marks."""
    return {who for record in found for who in marks.get(record, ())}
