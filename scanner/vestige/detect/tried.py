"""Which of the rules with expressions are worth trying on a text, by what it holds.

Names hold few digits and marks, and mostly the same: which rules want no others is remembered.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache, reduce
from operator import or_
from typing import NamedTuple

from vestige.catalog import PatternMatch, Rule
from vestige.detect.demands import DIGITS, Demands, Held, demands, starts

_ENOUGH = 8
"""How often a mark counts at most, which is more than any rule wants."""

_DIGIT = re.compile(r"\d")
_MOST_MARKS = 64
"""Marks of a text of which is remembered which ones they are."""


class One(NamedTuple):
    """A rule with an expression; `heads` is the bit of the beginnings that it wants, 0: any."""

    rule: Rule
    match: PatternMatch
    heads: int


class _Group(NamedTuple):
    """Rules that need the same of a text; without a `search` they need nothing.

    `heads` are the bits of all beginnings that they want, 0 if one of them wants none.
    """

    heads: int
    search: Callable[[str], re.Match[str] | None] | None
    rules: tuple[One, ...]


class Expressions:
    """Rules with expressions that read texts in one way, in groups by what they need."""

    def __init__(self, rules: Iterable[tuple[Rule, PatternMatch]]) -> None:
        groups: dict[re.Pattern[str] | None, list[tuple[Rule, PatternMatch]]] = {}
        for rule, match in rules:
            needs = match.needs.of_text if match.needs else None
            groups.setdefault(needs, []).append((rule, match))
        self._groups = tuple(groups.items())
        sources = {match.expression.pattern for of in groups.values() for _, match in of}
        sources.update(needs.pattern for needs in groups if needs is not None)
        every = [demands(source) for source in sources]
        self._most = max((one.digits for one in every), default=0)
        marks = {ord(mark) for one in every for marks in one.marks for mark in marks}
        self._others = bytes(set(range(256)) - marks - set(DIGITS))
        heads = dict.fromkeys(one.heads for one in every if one.heads)
        self._bits = {head: 1 << bit for bit, head in enumerate(heads)}
        digits = (bit for head, bit in self._bits.items() if any(map(_DIGIT.search, head)))
        self._of_digits = reduce(or_, digits, 0)
        self._open = lru_cache(maxsize=1 << 12)(self._open_to)
        self._bits_of = lru_cache(maxsize=1 << 14)(self._all_bits_of)

    def tried(self, held: Held) -> list[tuple[Rule, PatternMatch]]:
        """The rules whose expressions may find something in a text."""
        groups, begun = self._opened(held)
        found, text = [], held.text
        for heads, search, rules in groups:
            if heads and not heads & begun:
                continue
            if search is None or search(text) is not None:
                found += [(rule, match) for rule, match, own in rules if not own or own & begun]
        return found

    def open_to_form(self, held: Held) -> Iterator[PatternMatch]:
        """The expressions that may find something in a text of a form, whatever its digits are."""
        groups, begun = self._opened(held)
        begun |= self._of_digits
        for heads, _, rules in groups:
            if not heads or heads & begun:
                for _, match, own in rules:
                    if not own or own & begun:
                        yield match

    def _opened(self, held: Held) -> tuple[tuple[_Group, ...], int]:
        """The groups of rules whose marks and digits a text has, and the bits of its beginnings."""
        kept = held.raw.translate(None, self._others)
        marks = kept.translate(None, DIGITS)
        digits = len(kept) - len(marks) if held.counted else self._most
        which = _which(marks) if len(marks) <= _MOST_MARKS else _counted(marks)
        wanted, groups = self._open(which, min(digits, self._most))
        return groups, self._begun(held) if wanted else 0

    def _begun(self, held: Held) -> int:
        """The bits of beginnings of which a text has some."""
        if not held.plain:
            return -1
        begun = 0
        for head in held.heads:
            begun |= self._bits_of(head)
        return begun

    def _all_bits_of(self, head: str) -> int:
        return sum(bit for heads, bit in self._bits.items() if starts(head, heads))

    def _open_to(self, marks: bytes, digits: int) -> tuple[bool, tuple[_Group, ...]]:
        """The groups of rules that want no other marks and digits, and if some want beginnings."""
        there = marks.decode("ascii")
        found = []
        for needs, of in self._groups:
            if needs is not None and not _met(demands(needs.pattern), there, digits):
                continue
            told = [(rule, match, demands(match.expression.pattern)) for rule, match in of]
            rules = tuple(
                One(rule, match, self._bits.get(wanted.heads, 0))
                for rule, match, wanted in told
                if _met(wanted, there, digits)
            )
            if rules:
                every = [one.heads for one in rules]
                heads = reduce(or_, every) if all(every) else 0
                found.append(_Group(heads, None if needs is None else needs.search, rules))
        return any(one.heads for group in found for one in group.rules), tuple(found)


def _counted(marks: bytes) -> bytes:
    """Marks in order, each as often as it counts."""
    return b"".join(bytes((one,)) * min(marks.count(one), _ENOUGH) for one in sorted(set(marks)))


_which = lru_cache(maxsize=1 << 12)(_counted)


def _met(wanted: Demands, marks: str, digits: int) -> bool:
    """Whether a text with these marks and so many digits holds what is demanded."""
    if wanted.digits > digits:
        return False
    return not wanted.marks or any(
        all(marks.count(mark) >= min(told.count(mark), _ENOUGH) for mark in set(told))
        for told in wanted.marks
    )
