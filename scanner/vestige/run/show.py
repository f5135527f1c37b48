"""Show: one finding of a scan, its values read again from where they lie."""

import os
from collections.abc import Iterator
from dataclasses import dataclass

from vestige import shipped
from vestige.catalog import tables
from vestige.model import Entry, Kind, Observation, UsageError, Where
from vestige.read import dicom, name
from vestige.read.file import open_source
from vestige.read.unreadable import Unreadable
from vestige.review import Ranked, Review
from vestige.run.entry import entry_of
from vestige.store import Store

_SHOWN = 20


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
    for number in entries:
        entry = entry_of(store, number, roots)
        yield Revealed(os.fsdecode(entry.path), tuple(_values(entry, one)))


def _values(entry: Entry, one: Ranked) -> Iterator[str]:
    """The texts at the finding's place in one entry; of names, the path has said it."""
    if one.finding.where is Where.PATH:
        if entry.kind is Kind.LINK:
            found = [o for o in name.observations(entry) if isinstance(o, Observation)]
            yield from (o.text.reveal() for o in found if o.place.pointer == one.finding.place)
        return
    try:
        with open_source(entry) as source:
            examined = dicom.examine(source, entry)
            concepts = frozenset(tables.load(shipped.rules() / "tables").content_items)
            observations = list(dicom.observations(examined.header, concepts)) if examined else []
    except Unreadable:
        yield "(cannot be read now)"
        return
    for observation in observations:
        if observation.place.pointer == one.finding.place:
            yield observation.text.reveal()
