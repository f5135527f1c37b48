"""Recipes: TOML files that say what a volume holds, and what must be found on it."""

import codecs
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from typing import Any

from vestige import shipped
from vestige.model import UsageError
from vestige.planting import container, strict
from vestige.planting.dicom import Form, Syntax
from vestige.planting.header import Headers, Placed, headers, placed
from vestige.planting.pointer import Pointer, pointer
from vestige.planting.sheet import FORMS
from vestige.planting.template import FILE_FIELDS, NOTHING, PERSON_FIELDS, Template, template
from vestige.planting.value import character_sets

_SUFFIX = ".toml"


@dataclass(frozen=True, slots=True)
class Spread:
    """Where a table of a recipe puts its entries, and for whom.

    It goes through `persons` people from number `first` on (0: everyone if the path names a
    person, else one), through `series` series of each, and through `each` entries of a series.
    `names` is the encoding of names, `mode` the permissions (-1: the usual ones), `problems` the
    codes of the problems that each entry must be for a scan, `attributes` the extended ones.
    """

    path: Template
    persons: int = 0
    first: int = 1
    series: int = 1
    each: int = 1
    locale: str = ""
    names: str = "utf-8"
    mode: int = -1
    problems: tuple[str, ...] = ()
    attributes: tuple[tuple[str, Template], ...] = ()

    def __post_init__(self) -> None:
        _codec(self.names)
        if min(self.persons, self.first - 1, self.series - 1, self.each - 1) < 0:
            raise ValueError("persons counts from 0; first, series and each count from 1")


@dataclass(frozen=True, slots=True)
class Dicom:
    """What DICOM files hold; `cut` keeps the first bytes only, or drops the last if negative.

    What the header holds must be found, up to the element `last` if there is one: behind it no
    reader gets. `trailing` and `preamble` are bytes written as the characters U+0000 to U+00FF.
    """

    kind: str
    header: str
    syntax: str = Syntax.EXPLICIT_LITTLE.value
    form: str = Form.PART10.value
    charset: str = "ISO_IR 192"
    undefined: bool = False
    without: tuple[str, ...] = ()
    preamble: Template = NOTHING
    trailing: Template = NOTHING
    cut: int = 0
    last: str = ""

    def __post_init__(self) -> None:
        Syntax(self.syntax)
        Form(self.form)
        unknown = set(self.charset.split("\\")) - character_sets()
        if unknown:
            raise ValueError(f"{min(unknown)!r} is no character set that we write")
        if self.last:
            pointer(self.last)

    def tells(self, place: Pointer) -> bool:
        """Whether what stands at `place` must be found."""
        if not self.last:
            return True
        last, first = pointer(self.last).steps[0], place.steps[0]
        return (first.group, first.element) <= (last.group, last.element)


@dataclass(frozen=True, slots=True)
class Bytes:
    """What other files hold: a text in an encoding, bytes in hex, or `noise` bytes of chance."""

    text: Template = NOTHING
    encoding: str = "utf-8"
    hex: str = ""
    noise: int = 0

    def __post_init__(self) -> None:
        _codec(self.encoding)
        bytes.fromhex(self.hex)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a file whose places are fixed: a text, made so many bytes long, or bytes in hex.

    `width` cuts the text, or fills it up with the byte `fill`; `zeros` bytes follow.
    """

    text: Template = NOTHING
    encoding: str = "utf-8"
    width: int = 0
    fill: int = 0
    hex: str = ""
    zeros: int = 0

    def __post_init__(self) -> None:
        _codec(self.encoding)
        bytes.fromhex(self.hex)


@dataclass(frozen=True, slots=True)
class Archive:
    """A file that holds files: `zip`, `tar`, `gzip`, `bzip2`, `xz`, or several, as `tar gzip`."""

    form: str

    def __post_init__(self) -> None:
        container.checked(self.form)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of everyone in a form (see `sheet`): a text of each for each of its `columns`.

    Without `headings` it has none.
    """

    form: str
    columns: tuple[str, ...]
    headings: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.form not in FORMS:
            raise ValueError(f"{self.form!r} is not one of {', '.join(sorted(FORMS))}")
        if self.headings and len(self.headings) != len(self.columns):
            raise ValueError("there are not as many headings as columns")
        for column in self.columns:
            template(column)


@dataclass(frozen=True, slots=True)
class Link:
    """A link to a target, relative to the link; a hard link to a path of the volume."""

    target: Template
    hard: bool = False


@dataclass(frozen=True, slots=True)
class Special:
    """A file that is none: `fifo` or `socket`."""

    what: str

    def __post_init__(self) -> None:
        if self.what not in ("fifo", "socket"):
            raise ValueError(f"{self.what!r} is neither fifo nor socket")


@dataclass(frozen=True, slots=True)
class Folder:
    """A directory."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What a scan must find: a rule, the place of the entry, and the location in it.

    In a table it holds of each entry that the table plants; at the top of a recipe `each` is
    `once` or `person`, or follows from the fields of the place.
    """

    rule: str
    place: Template | None = None
    location: str = "name"
    each: str = ""
    names: str = "utf-8"

    def __post_init__(self) -> None:
        _codec(self.names)
        if self.each not in ("", "once", "person"):
            raise ValueError(f"{self.each!r} is neither once nor person")


What = Dicom | Bytes | Sheet | Archive | Link | Special | Folder


@dataclass(frozen=True, slots=True)
class Held:
    """What stands in a file: its kind, elements of an object, fixed pieces, or members."""

    what: What
    elements: tuple[Placed, ...] = ()
    layout: tuple[Piece, ...] = ()
    members: "tuple[Member, ...]" = ()


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive, by its path inside."""

    path: Template
    held: Held


@dataclass(frozen=True, slots=True)
class Plot:
    """One table of a recipe: where, what, and what must be found there."""

    spread: Spread
    held: Held
    truth: tuple[Expected, ...] = ()


@dataclass(frozen=True, slots=True)
class Recipe:
    """A volume: `persons` people of `locales` by turns, and what is planted for them."""

    name: str
    title: str
    persons: int
    locales: tuple[str, ...]
    plots: tuple[Plot, ...]
    truth: tuple[Expected, ...]


@dataclass(frozen=True, slots=True)
class _Head:
    """The keys at the top of a recipe."""

    title: str
    persons: int = 1
    locales: tuple[str, ...] = ("de", "es", "en", "fr", "it", "pl")


_TABLES: dict[str, type[What]] = {
    "files": Dicom,
    "bytes": Bytes,
    "sheets": Sheet,
    "archives": Archive,
    "links": Link,
    "special": Special,
    "folders": Folder,
}
_MORE: dict[type[What], tuple[str, ...]] = {
    Dicom: ("elements",),
    Bytes: ("layout",),
    Archive: ("members",),
}
"""Arrays of tables in the tables of a kind."""


def recipes() -> tuple[str, ...]:
    """The names of the recipes that ship with Vestige."""
    folder = shipped.fixtures() / "recipes"
    found = (file.name for file in folder.iterdir())
    return tuple(sorted(name.removesuffix(_SUFFIX) for name in found if name.endswith(_SUFFIX)))


def load(name_or_file: str | Traversable) -> Recipe:
    """The recipe of this name, or in this file; VestigeError naming file and key if broken."""
    if not isinstance(name_or_file, str):
        return _recipe(name_or_file)
    if name_or_file not in recipes():
        raise UsageError(f"no recipe {name_or_file!r}; there are {', '.join(recipes())}")
    return _recipe(shipped.fixtures() / "recipes" / f"{name_or_file}{_SUFFIX}")


def _recipe(file: Traversable) -> Recipe:
    table = strict.toml(file)
    where = f"{file.name}: recipe"
    strict.known(where, table, strict.names(_Head), (*_TABLES, "truth"))
    head = strict.read(_Head, where, table)
    if head.persons < 1 or not head.locales:
        strict.refuse(where, "needs a person and a locale at least")
    known = headers()
    return Recipe(
        name=file.name.removesuffix(_SUFFIX),
        title=head.title,
        persons=head.persons,
        locales=head.locales,
        plots=tuple(
            _plot(place, entry, key, known)
            for key in _TABLES
            for place, entry in strict.tables(where, table, key)
        ),
        truth=tuple(
            _expected(place, entry) for place, entry in strict.tables(where, table, "truth")
        ),
    )


def _plot(where: str, table: dict[str, Any], key: str, known: Headers) -> Plot:
    kind = _TABLES[key]
    more = ("truth", *_MORE.get(kind, ()))
    strict.known(where, table, strict.names(Spread), strict.names(kind), more)
    return Plot(
        spread=strict.read(Spread, where, table),
        held=_held(kind, where, table, known),
        truth=tuple(
            _expected(place, entry, local=True)
            for place, entry in strict.tables(where, table, "truth")
        ),
    )


def _held(kind: type[What], where: str, table: dict[str, Any], known: Headers) -> Held:
    what = strict.read(kind, where, table)
    if isinstance(what, Dicom):
        told = strict.tables(where, table, "elements")
        own = tuple(placed(place, entry) for place, entry in told)
        return Held(what, elements=_elements(where, what, known, own))
    if isinstance(what, Bytes):
        pieces = strict.tables(where, table, "layout")
        return Held(what, layout=tuple(_piece(place, entry) for place, entry in pieces))
    if isinstance(what, Archive):
        inside = strict.tables(where, table, "members")
        return Held(what, members=tuple(_member(place, entry, known) for place, entry in inside))
    return Held(what)


def _piece(where: str, table: dict[str, Any]) -> Piece:
    strict.known(where, table, strict.names(Piece))
    return strict.read(Piece, where, table)


def _member(where: str, table: dict[str, Any], known: Headers) -> Member:
    """A file in an archive: an object if it has a `kind`, an archive if it has a `form` alone."""
    kind: type[What] = Dicom if "kind" in table else Archive if "form" in table else Bytes
    strict.known(where, table, ("path",), strict.names(kind), _MORE[kind])
    path = strict.read(_Path, where, table).path
    return Member(path, _held(kind, where, table, known))


@dataclass(frozen=True, slots=True)
class _Path:
    """The key that every member has."""

    path: Template


def _elements(
    where: str, what: Dicom, known: Headers, own: tuple[Placed, ...]
) -> tuple[Placed, ...]:
    """All elements of a file: those of its kind, of its header, and its own, less some."""
    for key, name, choices in (
        ("kind", what.kind, known.kinds),
        ("header", what.header, known.headers),
    ):
        if name not in choices:
            strict.refuse(f"{where}.{key}", f"{name!r} is not one of {', '.join(sorted(choices))}")
    every = (*known.kinds[what.kind], *known.headers[what.header], *own)
    return tuple(one for one in every if not one.told.at.startswith(what.without or ("-",)))


def _expected(where: str, table: dict[str, Any], *, local: bool = False) -> Expected:
    strict.known(where, table, set(strict.names(Expected)) - ({"each"} if local else set()))
    expected = strict.read(Expected, where, table)
    if local:
        return expected
    if expected.place is None:
        strict.refuse(f"{where}.place", "is missing")
    if expected.place.fields & FILE_FIELDS:
        strict.refuse(f"{where}.place", "a truth for each file belongs to the table of the files")
    return expected


def personal(template: Template) -> bool:
    """Whether a path differs from person to person."""
    return bool(template.fields & PERSON_FIELDS)


def _codec(name: str) -> None:
    try:
        codecs.lookup(name)
    except LookupError:
        raise ValueError(f"{name!r} is no encoding") from None
