"""Planting: a recipe to a tree, and to the truth about it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from vestige.model import VestigeError
from vestige.planting import dicom, header
from vestige.planting.chance import noise, uid
from vestige.planting.container import packed
from vestige.planting.people import People, fields, locale_of, people, person
from vestige.planting.recipe import (
    Archive,
    Bytes,
    Dicom,
    Expected,
    Held,
    Link,
    Piece,
    Plot,
    Recipe,
    Sheet,
    Special,
    personal,
)
from vestige.planting.sheet import written
from vestige.planting.template import Template, template
from vestige.planting.tree import Ground

Known = dict[str, str | int]


@dataclass(frozen=True, slots=True)
class Planting:
    """What varies from volume to volume of one recipe; `scale` multiplies its people."""

    seed: int = 1
    locale: str | None = None
    scale: int = 1


@dataclass(frozen=True, slots=True, order=True)
class Truth:
    """What a scan must find: a rule at a location of an entry, or else the code of a problem.

    `path` is relative to the target. `location` is "name", a pointer, or the template of a
    family.
    """

    path: bytes
    rule: str
    location: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class _Work:
    """What planting one recipe needs."""

    recipe: Recipe
    planting: Planting
    people: People
    locales: tuple[str, ...]

    @property
    def persons(self) -> int:
        return self.recipe.persons * self.planting.scale

    def about(self, number: int, locale: str = "") -> Known:
        """The fields of person `number`."""
        locale = locale or self.locales[(number - 1) % len(self.locales)]
        return fields(person(self.people, self.planting.seed, locale, number))


def plant(recipe: Recipe, target: Path, planting: Planting | None = None) -> tuple[Truth, ...]:
    """Make the tree of `recipe` below `target`, which must be empty, and give the truth of it.

    The same recipe and planting give the same bytes, names, modes and times. VestigeError if
    the recipe cannot be planted here.
    """
    planting = planting or Planting()
    if planting.scale < 1:
        raise VestigeError("the scale is 1 at least")
    known = people()
    wanted = (planting.locale,) if planting.locale else recipe.locales
    locales = tuple(locale_of(known, locale, recipe.name) for locale in wanted)
    work = _Work(recipe, planting, known, locales)
    found = dict.fromkeys(_truths_of_all(work))
    with Ground(target, planting.seed) as ground:
        for number, plot in enumerate(recipe.plots):
            try:
                found.update(dict.fromkeys(_planted(work, plot, ground)))
            except VestigeError as error:
                raise VestigeError(f"{recipe.name}: table {number + 1}: {error}") from None
    return tuple(sorted(found))


def _planted(work: _Work, plot: Plot, ground: Ground) -> Iterator[Truth]:
    """Plant one table, and give what must be found of it."""
    if plot.spread.locale:
        locale_of(work.people, plot.spread.locale, work.recipe.name)
    content = _content(plot.held, work)
    for known in _spread(work, plot):
        path = _path(plot.spread.path, known, plot.spread.names)
        _put(ground, plot, path, known, content)
        yield from _truths(plot, path, known, content.finds)


def _spread(work: _Work, plot: Plot) -> Iterator[Known]:
    """The fields of every entry of a table."""
    spread = plot.spread
    everyone = work.persons + 1 - spread.first if personal(spread.path) else 1
    for number in range(spread.first, spread.first + (spread.persons or everyone)):
        about = work.about(number, spread.locale)
        for series in range(1, spread.series + 1):
            about["series"] = series
            about["series_uid"] = uid(str(about["study_uid"]), spread.path.text, series)
            for n in range(1, spread.each + 1):
                yield {**about, "n": n, "uid": uid(str(about["series_uid"]), n)}


@dataclass(frozen=True, slots=True)
class _Content:
    """What the entries of a table have in common: their elements, members, and what is found."""

    held: Held
    nodes: tuple[header.Leaf | header.Branch, ...] = ()
    writing: dicom.Writing = dicom.Writing()  # noqa: RUF009 - frozen, and the same for all
    finds: tuple[tuple[str, str], ...] = ()
    members: "tuple[tuple[Template, _Content], ...]" = ()
    sheet: bytes = b""


def _content(held: Held, work: _Work) -> _Content:
    what = held.what
    if isinstance(what, Sheet):
        return _Content(held, sheet=_sheet(what, work))
    if isinstance(what, Archive):
        members = tuple((one.path, _content(one.held, work)) for one in held.members)
        found = tuple(dict.fromkeys(told for _, one in members for told in one.finds))
        return _Content(held, finds=found, members=members)
    if not isinstance(what, Dicom):
        return _Content(held)
    writing = dicom.Writing(dicom.Syntax(what.syntax), what.undefined)
    nodes = header.layout(held.elements, what.charset, writing)
    last = {one.pointer.steps: one for one in held.elements if what.tells(one.pointer)}
    finds = ((rule, one.pointer.place) for one in last.values() for rule in one.told.finds)
    return _Content(held, nodes, writing, tuple(finds))


def _sheet(what: Sheet, work: _Work) -> bytes:
    """The table of everyone."""
    columns = [template(column) for column in what.columns]
    everyone = map(work.about, range(1, work.persons + 1))
    rows = [[column.fill(known) for column in columns] for known in everyone]
    return written(what.form, what.headings, rows)


def _put(ground: Ground, plot: Plot, path: bytes, known: Known, content: _Content) -> None:
    what, mode = plot.held.what, plot.spread.mode
    if isinstance(what, Dicom | Bytes | Sheet | Archive):
        ground.file(path, _made(content, known), mode)
    elif isinstance(what, Special):
        ground.special(path, what.what, mode)
    elif isinstance(what, Link):
        target = _path(what.target, known, plot.spread.names)
        (ground.hard_link if what.hard else ground.link)(path, target)
    else:
        ground.folder(path, mode)
    for name, value in plot.spread.attributes:
        ground.attribute(path, name, value.fill(known).encode())


def _made(content: _Content, known: Known) -> bytes:
    """The bytes of a file, or of a file in one."""
    what = content.held.what
    if isinstance(what, Dicom):
        return _dicom(what, known, content)
    if isinstance(what, Sheet):
        return content.sheet
    if isinstance(what, Archive):
        inside = [(path.fill(known), _made(one, known)) for path, one in content.members]
        return packed(what.form, inside)
    if isinstance(what, Bytes):
        return _bytes(what, known) + b"".join(_piece(one, known) for one in content.held.layout)
    raise VestigeError("an archive holds files alone")


def _dicom(what: Dicom, known: Known, content: _Content) -> bytes:
    elements = header.elements(content.nodes, known, what.charset, content.writing)
    preamble = what.preamble.fill(known).encode("latin-1", "replace")
    raw = dicom.part10(elements, content.writing, dicom.Form(what.form), preamble)
    raw += what.trailing.fill(known).encode("latin-1", "replace")
    return raw[: what.cut] if what.cut else raw


def _bytes(what: Bytes, known: Known) -> bytes:
    text = what.text.fill(known).encode(what.encoding, "replace")
    return text + bytes.fromhex(what.hex) + noise(what.noise, str(known["uid"]))


def _piece(one: Piece, known: Known) -> bytes:
    text = one.text.fill(known).encode(one.encoding, "replace")
    if one.width:
        text = text[: one.width].ljust(one.width, bytes([one.fill]))
    return text + bytes.fromhex(one.hex) + bytes(one.zeros)


def _truths(
    plot: Plot, path: bytes, known: Known, finds: Sequence[tuple[str, str]]
) -> Iterator[Truth]:
    """What must be found at one entry, or at the entries that its table names."""
    for code in plot.spread.problems:
        yield Truth(path, "", "", code)
    for expected in plot.truth:
        yield Truth(_place(expected, path, known), expected.rule, expected.location)
    for rule, location in finds:
        yield Truth(path, rule, location)


def _truths_of_all(work: _Work) -> Iterator[Truth]:
    """What the recipe tells apart from its tables: once, or for every person."""
    for expected in work.recipe.truth:
        count = work.persons if _each(expected) == "person" else 1
        for number in range(1, count + 1):
            path = _place(expected, b"", work.about(number))
            yield Truth(path, expected.rule, expected.location)


def _place(expected: Expected, path: bytes, known: Known) -> bytes:
    """The path of the entry that a truth names, or `path` if it names none."""
    if expected.place is None:
        return path
    return _path(expected.place, known, expected.names)


def _each(expected: Expected) -> str:
    if expected.each or expected.place is None:
        return expected.each
    return "person" if personal(expected.place) else "once"


def _path(path: Template, known: Known, names: str) -> bytes:
    try:
        return path.fill(known).encode(names)
    except UnicodeEncodeError:
        raise VestigeError(f"a path cannot be written in {names}") from None
