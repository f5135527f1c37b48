"""Revealing: a review with names and values in clear, read again from where they lie."""

import os
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from vestige.model import Family, Where
from vestige.review import Ranked, Review
from vestige.run.entry import entry_of
from vestige.run.show import Revealed, reveal
from vestige.store import Store

FINDINGS = 500
"""Findings that are read again: as many as the page holds; those after them are left out."""

_PLACES = 5
_EXAMPLES = 6


def revealed(store: Store, review: Review) -> Review:
    """The review in clear: roots, paths, values and names of families, for the page alone.

    Places of problems, titles and what streams into CSV files stay masked. Findings after the
    first 500 are left out, for nothing of them would be in clear.
    """
    roots = store.roots()
    return replace(
        review,
        scan=replace(review.scan, roots=tuple(map(os.fsdecode, store.root_paths()))),
        findings=tuple(_one(store, one, roots) for one in review.findings[:FINDINGS]),
        revealed=True,
    )


def _one(store: Store, one: Ranked, roots: dict[int, bytes]) -> Ranked:
    found = tuple(islice(reveal(store, one), max(_PLACES, _EXAMPLES)))
    values = tuple(dict.fromkeys(_values(found, names=one.finding.where is Where.PATH)))
    family, paths = one.family, tuple(place.path for place in found[:_PLACES])
    if family is not None:
        paths = (os.fsdecode(entry_of(store, family.parent, roots).path),)
        family = _named(family, found)
    masked = values[0] if values else one.finding.masked
    return replace(
        one,
        finding=replace(one.finding, masked=masked),
        values=values[:_PLACES] or one.values,
        paths=paths or one.paths,
        family=family,
    )


def _named(family: Family, found: tuple[Revealed, ...]) -> Family:
    names = tuple(os.path.basename(place.path) for place in found[:_EXAMPLES])
    return replace(family, examples=names or family.examples)


def _values(found: tuple[Revealed, ...], *, names: bool) -> Iterator[str]:
    """What stands at each place; of names that stand there, the last part of the path."""
    for place in found:
        yield from place.values or ((os.path.basename(place.path),) if names else ())
