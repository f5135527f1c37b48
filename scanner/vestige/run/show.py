"""Show: one finding of a scan, its values read again from where they lie."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vestige.model import Entry, Kind, Observation, UsageError, Where
from vestige.read import name
from vestige.read.file import open_source
from vestige.read.unreadable import Unreadable
from vestige.review import Ranked, Review
from vestige.run.entry import entry_of
from vestige.run.inside import again
from vestige.store import Store

_SHOWN = 20
_GONE = "(cannot be read now)"


@dataclass(frozen=True, slots=True)
class Revealed:
    """The path and the values of one entry, in clear: for the terminal of who asked for it."""

    path: str
    values: tuple[str, ...]


def ranked(review: Review, number: str) -> Ranked:
    """The finding that `vestige show` names as F12; UsageError if there is none."""
    for one in review.findings:
        if one.number.lower() == number.lower():
            return one
    raise UsageError("the scan holds no finding of that number; findings are F1, F2 and so on")


def reveal(store: Store, one: Ranked) -> Iterator[Revealed]:
    """Paths in clear of the first entries of a finding, with what stands at its place now."""
    if one.family is not None:
        entries = store.members(one.finding.id)[:_SHOWN]
    else:
        entries = store.first_entries(_SHOWN).get(one.finding.id, [])
    roots = store.roots()
    inside = store.within.first(store.sets(), _SHOWN).get(one.finding.id, {})
    for number in entries:
        entry = entry_of(store, number, roots)
        if number in inside:
            yield from _inside(entry, inside[number], one)
        else:
            yield Revealed(os.fsdecode(entry.path), tuple(_values(entry, one)))


def _inside(entry: Entry, ways: Sequence[bytes], one: Ranked) -> Iterator[Revealed]:
    """The values in files inside an entry, which are read again in the order of the container."""
    place = (one.finding.where, one.finding.place)
    try:
        with open_source(entry) as source:
            found = again(source, frozenset(ways), place)
    except Unreadable:
        found = dict.fromkeys(ways, (_GONE,))
    for way in ways:
        yield Revealed(os.fsdecode(entry.path + way), found.get(way, ()))


def _values(entry: Entry, one: Ranked) -> Iterator[str]:
    """The texts at the finding's place in one entry; of names, the path has said it."""
    if one.finding.where is Where.PATH:
        if entry.kind is Kind.LINK:
            found = [o for o in name.observations(entry) if isinstance(o, Observation)]
            yield from (o.text.reveal() for o in found if o.place.pointer == one.finding.place)
        return
    place = (one.finding.where, one.finding.place)
    try:
        with open_source(entry) as source:
            yield from again(source, frozenset((b"",)), place).get(b"", ())
    except Unreadable:
        yield _GONE
