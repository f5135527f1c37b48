"""Lists of attributes that a policy names: what may stay in an object, or what alone is judged."""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from vestige.model import PolicyError

PrivateTag = tuple[str, int, int]
"""Private creator, group, and the last two digits of the element."""


class Action(StrEnum):
    """What a list permits of an attribute.

    KEEP: any value. REPLACE: what the tables of rules accept, as dummies. HASH: also a long hash.
    UID: a UID that no vendor's device made. MONTH, YEAR: of a date no more than that. EMPTY: none.
    """

    KEEP = "keep"
    REPLACE = "replace"
    HASH = "hash"
    UID = "uid"
    MONTH = "month"
    YEAR = "year"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class AttributeList:
    """Attributes with what is permitted of each, and groups that need not be listed."""

    standard: Mapping[int, Action]
    private: Mapping[PrivateTag, Action]
    groups: frozenset[int] = frozenset()

    def action(self, tag: int, creator: str = "") -> Action | None:
        """What is permitted of an attribute; None if it is not on the list."""
        if tag & _ODD_GROUP:
            return self.private.get((creator, tag >> 16, tag & 0xFF))
        found = self.standard.get(tag)
        if found is None and tag >> 24 in _REPEATING:
            return self.standard.get(tag & _FIRST_OF_REPEATING)
        return found

    def lacks(self, tag: int, creator: str = "") -> bool:
        """Whether an attribute with a value is one that the list does not allow."""
        group, element = tag >> 16, tag & 0xFFFF
        if group in _FORMAT_GROUPS or element == 0 or tag in _ALWAYS:
            return False
        if tag & _ODD_GROUP and element <= _LAST_CREATOR:
            return False
        action = self.action(tag, creator)
        return action is Action.EMPTY or (action is None and group not in self.groups)

    def may_hold(self, group: str, element: str) -> bool:
        """Whether the list allows a sequence, of which a pointer says group and element.

        A pointer does not say who made a private one: it is allowed if anybody's is.
        """
        number, last = int(group, 16), int(element, 16)
        if number % 2:
            return any(key[1:] == (number, last & 0xFF) for key in self.private)
        return not self.lacks(number << 16 | last)


_FORMAT_GROUPS = frozenset({0x0000, 0x0002, 0x0004})
"""Commands, file meta and the records of a DICOMDIR: they belong to the file, not to the data."""

_CODE = frozenset(
    0x00080000 | number
    for number in (
        *(0x0100, 0x0102, 0x0103, 0x0104, 0x0105, 0x0106, 0x0107, 0x010B, 0x010D, 0x010F),
        *(0x0117, 0x0118, 0x0119, 0x0120, 0x0121, 0x0122, 0x0123, 0x0124),
    )
)
"""What codes are made of (PS3.3 Table 8.8-1): the sequence around them is on the list, or not."""

_ALWAYS = frozenset({0x7FE00008, 0x7FE00009, 0x7FE00010, 0xFFFCFFFC}) | _CODE
"""Pixel data, which rules on pixels judge, and padding, and parts of codes."""

_ODD_GROUP = 0x00010000
_LAST_CREATOR = 0x00FF
"""Elements (gggg,0010-00FF) reserve blocks of private elements, which are judged themselves."""

_REPEATING = (0x50, 0x60)
_FIRST_OF_REPEATING = 0xFF00FFFF
"""Curves and overlays are listed under their first group (PS3.5 section 7.6)."""

_STANDARD = re.compile(r"\(?([0-9a-f]{2}(?:[0-9a-f]{2}|xx)),?([0-9a-f]{4})\)?")
_PRIVATE = re.compile(r"\(?([0-9a-f]{3}[13579bdf]),?xx([0-9a-f]{2})\)?")
_COLUMNS = ("tag", "keyword", "action", "creator")
_MOST_BYTES = 4 << 20


def parse(file: str, raw: bytes) -> AttributeList:
    """The list that `raw` (CSV, UTF-8) states; PolicyError names file and line.

    Columns: `tag`, and if need be `action` (`keep` where there is none), `creator` for private
    elements, and `keyword`, which nobody but readers looks at. Lines that begin with # say nothing.
    """
    if len(raw) > _MOST_BYTES:
        raise PolicyError(f"{file}: more than {_MOST_BYTES} bytes")
    found: dict[int | PrivateTag, Action] = {}
    for line, row in _rows(file, raw):
        try:
            key, action = _key(row["tag"], row["creator"]), _action(row["action"])
        except ValueError as error:
            raise PolicyError(f"{file}: line {line}: {error}") from None
        if key in found:
            raise PolicyError(f"{file}: line {line}: the attribute stands in an earlier line")
        found[key] = action
    if not found:
        raise PolicyError(f"{file}: the list names no attribute")
    return AttributeList(
        {key: action for key, action in found.items() if isinstance(key, int)},
        {key: action for key, action in found.items() if not isinstance(key, int)},
    )


def _rows(file: str, raw: bytes) -> Iterator[tuple[int, dict[str, str]]]:
    """The number of each line with its cells; PolicyError if the table is no table."""
    try:
        lines = raw.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        raise PolicyError(f"{file}: is no UTF-8 text") from None
    first = next((n for n, line in enumerate(lines) if not line.startswith("#")), len(lines))
    reader = csv.reader(lines[first:], strict=True)
    try:
        head = [cell.strip().lower() for cell in next(reader, [])]
        unknown = [cell for cell in head if cell not in _COLUMNS]
        if "tag" not in head or unknown or len(set(head)) < len(head):
            raise PolicyError(
                f"{file}: line {first + 1}: the columns must be tag and, if need be, "
                f"{', '.join(_COLUMNS[1:])}"
            )
        for cells in reader:
            line = first + reader.line_num
            if len(cells) > len(head):
                raise PolicyError(f"{file}: line {line}: there are more cells than columns")
            if any(cells) and not cells[0].startswith("#"):
                row = dict(zip(head, map(str.strip, cells), strict=False))
                yield line, dict.fromkeys(_COLUMNS, "") | row
    except csv.Error as error:
        raise PolicyError(f"{file}: line {first + reader.line_num}: {error}") from None


def _action(word: str) -> Action:
    try:
        return Action(word.lower()) if word else Action.KEEP
    except ValueError:
        raise ValueError(f"{word!r} is no action; actions are {', '.join(Action)}") from None


def _key(tag: str, creator: str) -> int | PrivateTag:
    """The attribute that a row names."""
    private = _PRIVATE.fullmatch(tag.lower())
    if private:
        if not creator:
            raise ValueError(f"{tag!r} is private: its creator must be named")
        return creator, int(private[1], 16), int(private[2], 16)
    standard = _STANDARD.fullmatch(tag.lower())
    number = int((standard[1] + standard[2]).replace("x", "0"), 16) if standard else _ODD_GROUP
    if number & _ODD_GROUP:
        raise ValueError(f"{tag!r} is no tag, as 00100010, 60xx3000, or 0029xx10 with a creator")
    if creator:
        raise ValueError(f"{tag!r} is a standard attribute: it has no creator")
    return number
