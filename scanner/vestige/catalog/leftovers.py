"""Leftovers: names of what pipelines, programs and people leave behind on a volume."""

import re
from collections.abc import Iterable, Mapping
from fnmatch import translate
from functools import lru_cache
from typing import NamedTuple

from vestige.digits import form

_KINDS = ("folder", "file")


class Leftover(NamedTuple):
    """A kind of leftover: the stage of a pipeline that it betrays, and what it is, in words."""

    key: str
    stage: str
    what: str


class Leftovers:
    """The kinds of leftovers by the names that they have; case does not matter."""

    def __init__(self, rows: Iterable[tuple[str, tuple[str, ...], Leftover]]) -> None:
        self._plain: dict[tuple[str, str], Leftover] = {}
        patterns: dict[str, list[tuple[str, Leftover]]] = {kind: [] for kind in _KINDS}
        for kind, names, leftover in rows:
            for name in names:
                if set(name) & set("*?["):
                    patterns[kind].append((name, leftover))
                else:
                    self._plain.setdefault((kind, name), leftover)
        files = [name for kind, name in self._plain if kind == "file"]
        self._forms = frozenset(map(form, files))
        self._wild_forms = _alternatives([(form(name), one) for name, one in patterns["file"]])
        pieces = [_pieces(form(name)) for name, _ in patterns["file"]]
        self._beginnings = tuple(begin for begin, _, end in pieces if begin and not end)
        self._endings = tuple(end for _, _, end in pieces if end)
        self._insides = tuple(inside for begin, inside, end in pieces if not (begin or end))
        # What a class of characters excludes is not told by the forms of digits.
        self._is_told = not any("[!" in name for name, _ in patterns["file"])
        self._kinds = {kind: [one for _, one in found] for kind, found in patterns.items()}
        self._wild = {kind: _alternatives(found) for kind, found in patterns.items()}

    def folder(self, name: str) -> Leftover | None:
        """What a folder of that name is that was left behind; None if its name does not say so."""
        return self._of("folder", name.casefold())

    def file(self, name: str) -> Leftover | None:
        """What a file of that name is that was left behind; None if its name does not say so."""
        return self._of("file", name.casefold())

    def may_be_file(self, name_form: str) -> bool:
        """Whether a file may have been left behind whose name has that form: its digits are 9."""
        name = name_form.casefold()
        wild = self._wild_forms
        return (
            not self._is_told
            or name in self._forms
            or (wild is not None and self._holds_a_piece(name) and wild.match(name) is not None)
        )

    def _holds_a_piece(self, name: str) -> bool:
        """Whether a name has a piece that a pattern demands, which is soon told of millions."""
        return (
            name.endswith(self._endings)
            or name.startswith(self._beginnings)
            or any(inside in name for inside in self._insides)
        )

    @lru_cache(maxsize=1 << 14)  # noqa: B019 - one table lives as long as its catalog
    def _of(self, kind: str, name: str) -> Leftover | None:
        plain = self._plain.get((kind, name))
        if plain is not None:
            return plain
        wild = self._wild[kind]
        found = wild.match(name) if wild is not None else None
        return None if found is None else self._kinds[kind][(found.lastindex or 1) - 1]


_WILD = re.compile(r"[*?]|\[!?\]?[^\]]*\]")
"""What a pattern leaves open."""


def _pieces(pattern: str) -> tuple[str, str, str]:
    """The pieces with which a name begins that fits, that it holds, and with which it ends."""
    pieces = _WILD.split(pattern)
    return pieces[0], max(pieces, key=len), pieces[-1]


def _alternatives(patterns: list[tuple[str, Leftover]]) -> re.Pattern[str] | None:
    """One expression for all patterns, a group for each; the first that fits counts."""
    if not patterns:
        return None
    return re.compile("|".join(f"({translate(pattern)})" for pattern, _ in patterns))


def row(cells: Mapping[str, str]) -> tuple[str, tuple[str, ...], Leftover]:
    """Kind, names and leftover of one row of the table; ValueError if it is none."""
    if cells["kind"] not in _KINDS:
        raise ValueError(f"{cells['kind']!r} is neither folder nor file")
    names = tuple(name.casefold() for name in cells["names"].split("|"))
    if not all(names) or not cells["what"]:
        raise ValueError("a leftover has names, and words for what it is")
    return cells["kind"], names, Leftover(cells["key"], cells["stage"], cells["what"])
