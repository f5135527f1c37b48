"""Inside: what stands at one place of files inside a file, read again from there."""

from collections.abc import Iterator
from functools import lru_cache

from vestige import shipped
from vestige.catalog import tables
from vestige.model import Entry, Kind, Where
from vestige.read import dicom
from vestige.read.beside.kind import kind_of
from vestige.read.beside.parts import DEEPEST, Bounds, Inner, Readable, Told, each
from vestige.read.recorded import parts

MOST = 20
"""Distinct texts at one place of one file that are given."""

INTO = b"!/"
"""What stands between a container and the name of a file inside it."""

_NOBODY = Entry(0, 0, b"", b"", Kind.FILE, 0, 0, 0, 0)


def way_to(above: bytes, name: bytes) -> bytes:
    """The way to a file inside another, from the way to that; the same if it has no name."""
    return above + INTO + (b"/".join(parts(name)) or name) if name else above


def again(
    readable: Readable, ways: frozenset[bytes], place: tuple[Where, str]
) -> dict[bytes, tuple[str, ...]]:
    """The texts at a place in the files to which ways lead; of names there are none but the way.

    The way to the file itself is b"".
    """
    if place[0].is_name:
        return {}
    found: dict[bytes, dict[str, None]] = {}
    for way, text in _texts(readable, Bounds(readable.size), b"", ways, place):
        kept = found.setdefault(way, {})
        if len(kept) < MOST:
            kept[text] = None
    return {way: tuple(texts) for way, texts in found.items()}


def _texts(
    readable: Readable,
    bounds: Bounds,
    way: bytes,
    ways: frozenset[bytes],
    place: tuple[Where, str],
) -> Iterator[tuple[bytes, str]]:
    """Ways and texts, of the files to which ways lead, whatever lies between."""
    where, pointer = place
    examined = dicom.examine_inside(readable, _NOBODY) if where is not Where.BESIDE else None
    if examined is not None:
        observations = dicom.observations(examined.header, _concepts()) if way in ways else ()
        yield from ((way, o.text.reveal()) for o in observations if o.place.pointer == pointer)
        return
    kind = kind_of(readable)
    if kind is None or bounds.depth > DEEPEST:
        return
    bounds.depth += 1
    for part in each(kind.read(readable, bounds)):
        if isinstance(part, Told) and way in ways and part.place.pointer == pointer:
            yield from ((way, text) for text in part.texts)
        elif isinstance(part, Inner):
            below = way_to(way, part.name)
            if _leads(below, ways):
                yield from _texts(part.content, bounds, below, ways, place)
    bounds.depth -= 1


def _leads(way: bytes, ways: frozenset[bytes]) -> bool:
    """Whether a way is one of those that are wanted, or the beginning of one."""
    return way in ways or any(one.startswith(way + INTO) for one in ways)


@lru_cache(maxsize=1)
def _concepts() -> frozenset[str]:
    return frozenset(tables.load(shipped.rules() / "tables").content_items)
