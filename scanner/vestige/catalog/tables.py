"""The tables that rules refer to: attributes, private attributes, dummies, UID roots."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.resources.abc import Traversable

import regex

from vestige.model import Band, RuleError

Row = dict[str, str]

_REPEATING = {0x50: 0x5000, 0x60: 0x6000}
"""First byte of a repeating group, and the group under which the table lists it (PS3.5 7.6)."""


@dataclass(frozen=True, slots=True)
class Attribute:
    """One attribute that PS3.15 Table E.1-1 or practice asks to remove, empty or replace.

    `judged` is "presence" (any value that is no dummy), "uid" (an original UID), "content" (what
    a sequence holds) or "statement" (a text about the object, judged as text only).
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
    judged: str


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


PrivateKey = tuple[str, int, int]
"""Private creator, group, and the last two digits of the element."""


@dataclass(frozen=True, slots=True)
class Tables:
    """All tables, ready to look up."""

    attributes: Mapping[int, Attribute]
    private_safe: Mapping[PrivateKey, PrivateAttribute]
    private_identifying: Mapping[PrivateKey, PrivateAttribute]
    private_dispositions: Mapping[PrivateKey, PrivateAttribute]
    dummies: tuple[tuple[frozenset[str], frozenset[str], Dummy], ...]
    uid_roots: tuple[tuple[str, str], ...]

    def attribute(self, tag: int) -> Attribute | None:
        """The row of an attribute; overlays and curves share the rows of their first group."""
        group = _REPEATING.get(tag >> 24)
        if group is not None and not tag & 0x00010000:
            row = self.attributes.get(group << 16 | (tag & 0xFFFF))
            return row or self.attributes.get(group << 16)
        return self.attributes.get(tag)

    def uid_kind(self, uid: str) -> str:
        """Who makes UIDs with this root: generated, vendor, standard, mixed; "" if not listed."""
        for prefix, kind in self.uid_roots:
            if uid.startswith(prefix):
                return kind
        return ""


def load(folder: Traversable) -> Tables:
    """The tables in `folder`; RuleError names the file that is missing or broken."""
    attributes = {row.tag: row for row in map(_attribute, _rows(folder, "elements")) if row}
    return Tables(
        attributes=attributes,
        private_safe=_private(_rows(folder, "private_safe"), "meaning", None, None),
        private_identifying=_private(
            _rows(folder, "private_identifying"), "meaning", "class", "confidence"
        ),
        private_dispositions=_private(
            _rows(folder, "private_dispositions"), "name", "disposition", None
        ),
        dummies=tuple(map(_dummy, _rows(folder, "dummies"))),
        uid_roots=_roots(_rows(folder, "uid_roots")),
    )


def _rows(folder: Traversable, name: str) -> Iterator[Row]:
    """The rows of one table; its first line states source and edition."""
    file = f"tables/{name}.csv"
    try:
        lines = (folder / f"{name}.csv").read_text("utf-8").splitlines(keepends=True)
    except (OSError, UnicodeDecodeError) as error:
        raise RuleError(f"{file}: cannot be read: {error.__class__.__name__}") from None
    if not lines or not lines[0].startswith("# "):
        raise RuleError(f"{file}: the first line must state the source, as '# source'")
    return iter(csv.DictReader(lines[1:], strict=True))


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
        permitted=frozenset(code.split(":")[0] for code in row["permitted"].split(";") if code),
        hipaa=row["hipaa"],
        judged=row["judged"],
    )


def _private(
    rows: Iterable[Row], meaning: str, row_class: str | None, confidence: str | None
) -> dict[PrivateKey, PrivateAttribute]:
    return {
        (row["creator"], int(row["group"], 16), int(row["element"], 16)): PrivateAttribute(
            row[meaning],
            row[row_class] if row_class else "",
            row[confidence] if confidence else "",
        )
        for row in rows
        if "x" not in row["group"] + row["element"]
    }


def _dummy(row: Row) -> tuple[frozenset[str], frozenset[str], Dummy]:
    dummy = Dummy(row["id"], row["match"], row["value"], row["verdict"], row["marker"])
    if dummy.match == "regex":
        _compile(dummy)
    return frozenset(row["vrs"].split()), frozenset(row["keywords"].split()), dummy


def _compile(dummy: Dummy) -> None:
    try:
        regex.compile(dummy.value)
    except regex.error as error:
        raise RuleError(f"tables/dummies.csv: {dummy.id}: does not compile: {error}") from None


def _roots(rows: Iterable[Row]) -> tuple[tuple[str, str], ...]:
    """Prefixes and their kinds, the longest first: the most special root decides."""
    pairs = ((row["prefix"], row["kind"]) for row in rows)
    return tuple(sorted(pairs, key=lambda pair: (-len(pair[0]), pair[0])))
