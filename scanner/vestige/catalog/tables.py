"""The tables that rules refer to: attributes, private attributes, dummies, UID roots."""

import csv
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources.abc import Traversable
from typing import TypeVar

import regex

from vestige.catalog import identifiers, leftovers
from vestige.catalog.identifiers import Identifiers
from vestige.catalog.leftovers import Leftovers
from vestige.model import Band, RuleError

Row = dict[str, str]
_T = TypeVar("_T")

FILES = (
    "content_items",
    "dummies",
    "elements",
    "identifiers",
    "leftovers",
    "pixel_risks",
    "private_dispositions",
    "private_identifying",
    "private_safe",
    "uid_roots",
)
"""The tables that there are; each is a CSV file."""

DUMMY_MATCHES = ("contains", "exact", "exact_set", "iexact_set", "prefix", "regex")
"""The ways in which a value is compared with a dummy."""

_ITEM_VRS = {
    "CODE": ("LO", "SH"),
    "DATE": ("DA",),
    "DATETIME": ("DT",),
    "NUM": ("DS",),
    "PNAME": ("PN",),
    "TEXT": ("UT",),
    "TIME": ("TM",),
    "UIDREF": ("UI",),
}
"""The VRs of the values of a content item, by its value type (PS3.3 section C.17.3)."""

_TEXT_VRS = frozenset({"LO", "LT", "SH", "ST", "UC", "UN"})
RESIDUALS = frozenset(
    {
        *("absent", "empty", "dummy", "generic", "new-uid", "remapped", "rounded", "no", "any"),
        *("clean-text", "reviewed", "statement"),
        *("age", "country", "year"),
    }
)
"""What attributes may still hold; the last three where a policy permits them."""

_NO_CLASS = frozenset({""})

_REPEATING = {0x50: 0x5000, 0x60: 0x6000}
"""First byte of a repeating group, and the group under which the table lists it (PS3.5 7.6)."""


@dataclass(frozen=True, slots=True)
class Attribute:
    """One attribute, or concept of structured reports, to remove, empty or replace.

    `table` is the one of PS3.15 that asks for it, unless practice alone does.

    `judged` is "presence" (any value that is no dummy), "uid" (an original UID), "content" (what
    a sequence holds), "answer" (only a YES counts), "rounded" (a number that is not) or "statement"
    (a text about the object, judged as text only). `residual` is what it may still hold, in the
    words of `RESIDUALS`; `is_strict` whether the letters of HIPAA Safe Harbor name it themselves
    and not by convention; `gdpr` the articles, as "4(1)".
    """

    tag: int
    keyword: str
    name: str
    vr: str
    row_class: str
    severity: Band
    action: str
    permitted: frozenset[str]
    hipaa: str
    is_strict: bool
    gdpr: tuple[str, ...]
    in_aryanto50: bool
    residual: frozenset[str]
    judged: str
    table: str = "E.1-1"


@dataclass(frozen=True, slots=True)
class PrivateAttribute:
    """One vendor attribute: what it means, and what published sources do with it."""

    meaning: str
    row_class: str
    confidence: str


@dataclass(frozen=True, slots=True)
class Dummy:
    """A replacement value: how to recognise it, and what it says where it stands.

    `marker` names the tool whose own marker the same object must carry for it to count.
    """

    id: str
    match: str
    value: str
    verdict: str
    marker: str


@dataclass(frozen=True, slots=True)
class PixelRisk:
    """A kind of object whose pixels, sound or payload may show who somebody is.

    `kind` is "sop-class" or "head-volume", `risks` are words such as "burned_in_text" and "face".
    """

    id: str
    kind: str
    modalities: frozenset[str]
    sop_classes: frozenset[str]
    risks: frozenset[str]
    severity: Band


PrivateKey = tuple[str, int, int]
"""Private creator, group, and the last two digits of the element."""


@dataclass(frozen=True, slots=True)
class Tables:
    """All tables, ready to look up.

    `safe_creators` are those of whom some private element may stay, by PS3.15 Table E.3.10-1 or by
    what curators of public archives do.
    """

    attributes: Mapping[int, Attribute]
    content_items: Mapping[str, Mapping[str, Attribute]]
    private_safe: Mapping[PrivateKey, PrivateAttribute]
    private_identifying: Mapping[PrivateKey, PrivateAttribute]
    private_dispositions: Mapping[PrivateKey, PrivateAttribute]
    safe_creators: frozenset[str]
    dummies: tuple[tuple[frozenset[str], frozenset[str], Dummy], ...]
    uid_roots: tuple[tuple[str, str], ...]
    pixel_risks: Mapping[str, PixelRisk]
    head_volumes: Mapping[str, PixelRisk]
    identifiers: Identifiers
    leftovers: Leftovers

    def pixel_risk(self, sop_class: str, modality: str) -> PixelRisk | None:
        """What the kind of an object says of its pixels: by SOP class, else by modality."""
        return self.pixel_risks.get(sop_class) or self.pixel_risks.get(modality)

    def attribute(self, tag: int) -> Attribute | None:
        """The row of an attribute; overlays and curves share the rows of their first group."""
        group = _REPEATING.get(tag >> 24)
        if group is not None and not tag & 0x00010000:
            row = self.attributes.get(group << 16 | (tag & 0xFFFF))
            return row or self.attributes.get(group << 16)
        return self.attributes.get(tag)

    def content_item(self, concept: str, vr: str) -> Attribute | None:
        """The row of a concept, as "121029 DCM", for values of a VR."""
        rows = self.content_items.get(concept)
        if rows is None:
            return None
        return rows.get(vr) or (rows.get("UT") if vr in _TEXT_VRS else None)

    def lists(self, tag: int) -> bool:
        """Whether a row tells what to do with an attribute."""
        return self.attribute(tag) is not None

    def classes(self, table: str) -> frozenset[str]:
        """The classes of rows that rules may name in a table; "" where it has none."""
        if table == "elements":
            items = (row for rows in self.content_items.values() for row in rows.values())
            return frozenset(row.row_class for row in (*self.attributes.values(), *items))
        if table == "private_dispositions":
            return frozenset(row.row_class for row in self.private_dispositions.values())
        return frozenset(kind for _, kind in self.uid_roots) if table == "uid_roots" else _NO_CLASS

    def roots(self) -> frozenset[str]:
        """The beginnings of UIDs that any table tells apart."""
        dummies = (d.value for vrs, _, d in self.dummies if "UI" in vrs and d.match == "prefix")
        return frozenset((*(root for root, _ in self.uid_roots), *dummies))

    def uid_kind(self, uid: str) -> str:
        """Who makes UIDs with this root: generated, vendor, standard, mixed; "" if not listed."""
        for prefix, kind in self.uid_roots:
            if uid.startswith(prefix):
                return kind
        return ""


def load(folder: Traversable) -> Tables:
    """The tables in `folder`; RuleError names the file that is missing or broken."""
    attributes = _table(folder, "elements", _attribute)
    pixel_risks = _table(folder, "pixel_risks", _pixel_risk)
    safe = _private(folder, "private_safe", _PrivateColumns("meaning", "", ""))
    published = _private(folder, "private_dispositions", _PrivateColumns("name", "disposition", ""))
    kept = (key for key, row in published.items() if row.row_class == "keep")
    return Tables(
        attributes={row.tag: row for row in attributes if row},
        content_items=_items(_table(folder, "content_items", _item)),
        private_safe=safe,
        private_identifying=_private(
            folder, "private_identifying", _PrivateColumns("meaning", "class", "confidence")
        ),
        private_dispositions=published,
        safe_creators=frozenset(creator for creator, _, _ in (*safe, *kept)),
        dummies=tuple(_table(folder, "dummies", _dummy)),
        uid_roots=_roots(_table(folder, "uid_roots", lambda row: (row["prefix"], row["kind"]))),
        pixel_risks=_by_kind(pixel_risks, "sop-class"),
        head_volumes=_by_kind(pixel_risks, "head-volume"),
        identifiers=identifiers.gathered(_table(folder, "identifiers", identifiers.row)),
        leftovers=Leftovers(_table(folder, "leftovers", leftovers.row)),
    )


def _table(folder: Traversable, name: str, value: Callable[[Row], _T]) -> list[_T]:
    """The rows of one table as values; its first line states source and edition."""
    file = f"tables/{name}.csv"
    try:
        lines = (folder / f"{name}.csv").read_text("utf-8").splitlines(keepends=True)
    except (OSError, UnicodeDecodeError) as error:
        raise RuleError(f"{file}: cannot be read: {error.__class__.__name__}") from None
    if not lines or not lines[0].startswith("# "):
        raise RuleError(f"{file}: the first line must state the source, as '# source'")
    reader = csv.reader(lines[1:], strict=True)
    try:
        header = next(reader, [])
        values = [value(_row(header, cells)) for cells in reader if cells]
    except KeyError as error:
        raise RuleError(f"{file}: {error.args[0]}: the column is missing") from None
    except (ValueError, csv.Error, regex.error) as error:
        raise RuleError(f"{file}: line {reader.line_num + 1}: {error}") from None
    if not values:
        raise RuleError(f"{file}: the table holds no row")
    return values


def _row(header: Sequence[str], cells: Sequence[str]) -> Row:
    """The cells of a row by column, those that lack empty; ValueError if there are too many."""
    if len(cells) > len(header):
        raise ValueError("there are more cells than columns")
    if len(cells) < len(header):
        cells = [*cells, *[""] * (len(header) - len(cells))]
    return dict(zip(header, cells, strict=True))


def _attribute(row: Row) -> Attribute | None:
    """The attribute of a row; None for the row that stands for all private attributes."""
    if row["tag"] == "ggggeeee":
        return None
    # 50xxxxxx and 60xx4000 stand for repeating groups; 50xx covers every element of its groups.
    tag = int(row["tag"].replace("x", "0"), 16)
    return Attribute(
        tag=tag,
        keyword=row["keyword"],
        name=row["name"],
        vr=row["vr"],
        row_class=row["class"],
        severity=Band.of(row["severity"]),
        action=row["action"],
        permitted=_codes(row["permitted"]),
        hipaa=row["hipaa"],
        is_strict=row["hipaa_basis"] == "strict",
        gdpr=tuple(row["gdpr"].split(";")),
        in_aryanto50=row["aryanto50"] == "yes",
        residual=_residual(row["residual"]),
        judged=row["judged"],
    )


def _item(row: Row) -> tuple[str, tuple[str, ...], Attribute]:
    """The concept of a row, the VRs of its values, and what to do with them."""
    if row["value"] not in _ITEM_VRS:
        raise ValueError(f"{row['value']!r} is no value type")
    vrs = _ITEM_VRS[row["value"]]
    attribute = Attribute(
        tag=0,
        keyword="",
        name=row["meaning"],
        vr=vrs[0],
        row_class=row["class"],
        severity=Band.of(row["severity"]),
        action=row["action"],
        permitted=_codes(row["permitted"]),
        hipaa="",
        is_strict=False,
        gdpr=("4(1)",),
        in_aryanto50=False,
        residual=frozenset(),
        judged="uid" if row["value"] == "UIDREF" else "presence",
        table="E.3.4-1",
    )
    return f"{row['code']} {row['scheme']}", vrs, attribute


def _items(
    rows: Iterable[tuple[str, tuple[str, ...], Attribute]],
) -> dict[str, dict[str, Attribute]]:
    found: dict[str, dict[str, Attribute]] = {}
    for concept, vrs, attribute in rows:
        found.setdefault(concept, {}).update(dict.fromkeys(vrs, attribute))
    return found


def _codes(permitted: str) -> frozenset[str]:
    return frozenset(code.split(":")[0] for code in permitted.split(";") if code)


def _residual(words: str) -> frozenset[str]:
    found = frozenset(words.split(";"))
    for word in sorted(found - RESIDUALS):
        raise ValueError(f"{word!r} is nothing that may be left")
    return found


@dataclass(frozen=True, slots=True)
class _PrivateColumns:
    """The columns of a table of private attributes; "" where it has none of the kind."""

    meaning: str
    row_class: str
    confidence: str


def _private(
    folder: Traversable, name: str, columns: _PrivateColumns
) -> dict[PrivateKey, PrivateAttribute]:
    def keyed(row: Row) -> tuple[str, Sequence[int], int, PrivateAttribute]:
        known = PrivateAttribute(
            row[columns.meaning],
            row[columns.row_class] if columns.row_class else "",
            row[columns.confidence] if columns.confidence else "",
        )
        return row["creator"], _odd_groups(row["group"]), int(row["element"], 16), known

    return {
        (creator, group, element): known
        for creator, groups, element, known in _table(folder, name, keyed)
        for group in groups
    }


@lru_cache(maxsize=1 << 9)
def _odd_groups(groups: str) -> Sequence[int]:
    """The group of a row, or all odd ones where it is written as 70xx."""
    if groups.endswith("xx"):
        first = int(groups[:2], 16) << 8
        return range(first + 1, first + 256, 2)
    group = int(groups, 16)
    if group % 2 == 0:
        raise ValueError(f"group {groups} is even: it cannot be private")
    return (group,)


def _dummy(row: Row) -> tuple[frozenset[str], frozenset[str], Dummy]:
    dummy = Dummy(row["id"], row["match"], row["value"], row["verdict"], row["marker"])
    if dummy.match not in DUMMY_MATCHES:
        raise ValueError(f"{dummy.id}: {dummy.match!r} is no way to compare")
    if dummy.match == "regex":
        regex.compile(dummy.value)
    return frozenset(row["vrs"].split()), frozenset(row["keywords"].split()), dummy


def _pixel_risk(row: Row) -> PixelRisk:
    return PixelRisk(
        id=row["id"],
        kind=row["kind"],
        modalities=frozenset(row["modalities"].split()),
        sop_classes=frozenset(row["sop_classes"].split()),
        risks=frozenset(row["risk"].split()),
        severity=Band.of(row["severity"]),
    )


def _by_kind(rows: Iterable[PixelRisk], kind: str) -> dict[str, PixelRisk]:
    """Rows of one kind by SOP class and by modality; of two rows for one, the first counts."""
    found: dict[str, PixelRisk] = {}
    for row in rows:
        for key in row.sop_classes | row.modalities if row.kind == kind else ():
            found.setdefault(key, row)
    return found


def _roots(pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Prefixes and their kinds, the longest first: the most special root decides."""
    return tuple(sorted(pairs, key=lambda pair: (-len(pair[0]), pair[0])))
