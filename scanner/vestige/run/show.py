"""Show: one finding of a scan, its values read again from where they lie."""

import os
from collections.abc import Iterator
from dataclasses import dataclass

from vestige import catalog as catalogs
from vestige.catalog import Catalog
from vestige.detect.elements import declaration
from vestige.detect.judge import Judge
from vestige.model import (
    Declaration,
    Entry,
    Kind,
    Observation,
    Ranked,
    Review,
    StoreError,
    Where,
)
from vestige.read import dicom, name
from vestige.read.file import Unreadable, open_source
from vestige.store import Store

_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Revealed:
    """The path and the values of one entry, in clear: for the terminal of who asked for it."""

    path: str
    values: tuple[str, ...]


def ranked(review: Review, number: str) -> Ranked:
    """The finding that `vestige show` names as F12; StoreError if there is none."""
    for one in review.findings:
        if one.number.lower() == number.lower():
            return one
    raise StoreError(f"the scan holds no finding {number!r}; findings are F1, F2 and so on")


def reveal(store: Store, one: Ranked) -> Iterator[Revealed]:
    """Paths in clear of the first entries of a finding, with the values that stand there now."""
    loaded = catalogs.load()
    if one.family is not None:
        entries = store.members(one.finding.id)[:_SHOWN]
    else:
        entries = store.first_entries(one.finding.id, _SHOWN)
    for number in entries:
        entry = _entry(store, number)
        values = () if one.family else _values(entry, one, loaded)
        yield Revealed(os.fsdecode(entry.path), values)


def _entry(store: Store, number: int) -> Entry:
    row = store.row(number)
    parts = [row.name]
    above = row
    while above.parent:
        above = store.row(above.parent)
        parts.append(above.name)
    base = _root_of(store, parts[-1])
    path = os.path.join(base, *reversed(parts[:-1]))
    return Entry(
        row.id,
        row.parent,
        row.name,
        path,
        row.kind,
        row.size,
        row.mtime_ns,
        row.ctime_ns,
        row.inode,
    )


def _root_of(store: Store, top: bytes) -> bytes:
    roots = store.noted("roots")
    paths = [bytes.fromhex(root) for root in roots] if isinstance(roots, list) else []
    return next((path for path in paths if os.path.basename(path) == top), paths[0])


def _values(entry: Entry, one: Ranked, loaded: Catalog) -> tuple[str, ...]:
    judge = Judge(loaded, catalogs.policy("gdpr"))
    observations = [o for o in name.observations(entry) if isinstance(o, Observation)]
    declared = Declaration()
    if entry.kind is Kind.FILE and one.finding.where is not Where.PATH:
        try:
            with open_source(entry) as source:
                examined = dicom.examine(source, entry)
        except Unreadable:
            return ("cannot be read now",)
        if examined is not None:
            facts = examined.facts
            patient = (facts.patient_id, facts.patient_name)
            declared = declaration(
                facts.method, facts.method_codes, facts.creators, facts.sop_instance, patient
            )
            observations.extend(examined.observations)
    return tuple(
        hit.value.reveal()
        for observation in observations
        if observation.place.pointer == one.finding.place
        for hit in judge.hits(observation, declared)[0]
        if hit.claim.rule == one.finding.claim.rule
    )
