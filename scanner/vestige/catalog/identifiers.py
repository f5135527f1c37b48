"""Identifiers of persons: how each is written, what it is worth by itself, and its labels."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import regex

from vestige.digits import blinded
from vestige.model import Band
from vestige.text import folds

CONTEXTS = ("alone", "likely", "element", "labelled", "unproven")
"""What shows that a number is an identifier: its form and check digit (of which `likely` ones meet
by chance in a few of a thousand), an element for numbers of persons, a label before it, or a label
though the check digit does not hold."""

_BARE = frozenset({"alone", "likely", "element", "label"})
_OPTIONAL = re.compile(r"(?:\[[-+ ./]+\]|[-/]|\\[.()])\?")
"""What may be left out of a number: marks between its parts."""

BEFORE = r"(?<![^\W_])(?<!\d[.])"
"""Before a number stands neither a letter nor a digit, nor a digit and a dot."""

_AFTER = r"(?![^\W_])(?![.]\d)"
_NO_DASH_BEFORE = r"(?<!\d[-/])"
_NO_CODE_BEFORE = r"(?<![^\W_]-)"
"""A number behind letters and a dash is numbered by a project: RIDER-2410050700."""

_NO_DASH_AFTER = r"(?![-/]\d)"
_AROUND = (_NO_DASH_BEFORE, _NO_CODE_BEFORE), (_NO_DASH_AFTER, _AFTER)
_SET = re.compile(r"\[[^]]*\]")
_SHORTEST_LABEL = 3

WORDS = regex.compile(r"\p{Lu}?[\p{Ll}\p{M}]+|\p{Lu}+(?!\p{Ll})|[\p{L}\p{M}]+", regex.VERSION1)
"""The words that labels are made of."""


class Form(NamedTuple):
    """One way of writing a number, and what it is worth by itself.

    `blind`, behind `BEFORE`, finds something in the form of each text (see `digits`) in which
    `expression` does. Both are sources: they are compiled when the first text asks for them.
    """

    worth: str
    expression: str
    blind: str


def core(blind: str) -> str:
    """What `blind` takes, whatever stands around it."""
    before, after = _AROUND
    for around in before:
        blind = blind.removeprefix(around)
    for around in after:
        blind = blind.removesuffix(around)
    return blind


@dataclass(frozen=True, slots=True)
class Identifier:
    """One identifier of persons.

    `written` takes it with the marks that may stand between its parts, `compact` without them, both
    in any case.
    `check` names what must hold of its digits ("": nothing), and `check_labelled` what must behind
    a label; `hipaa` is its letter.
    """

    key: str
    title: str
    check: str
    check_labelled: str
    severity: Band
    hipaa: str
    in_elements: bool
    written: str
    compact: str
    forms: tuple[Form, ...]


class Label(NamedTuple):
    """An identifier that a label announces; a short label counts as it is `spelt` alone."""

    identifier: Identifier
    spelt: str


@dataclass(frozen=True, eq=False)
class Identifiers:
    """All identifiers, and by the words of a label, joined and folded, those that it announces.

    A label begins with one of the words in `starts`.
    """

    kinds: tuple[Identifier, ...] = ()
    labels: Mapping[str, tuple[Label, ...]] = field(default_factory=dict)
    starts: frozenset[str] = frozenset()


class Row(NamedTuple):
    """One row of the table: an identifier and its labels."""

    identifier: Identifier
    labels: tuple[str, ...]
    short: tuple[str, ...]


def row(cells: Mapping[str, str]) -> Row:
    """The identifier of one row of the table; ValueError if it is none."""
    source = cells["expression"]
    compact = _OPTIONAL.sub("", source)
    if cells["bare"] not in _BARE:
        raise ValueError(f"{cells['bare']!r} is nothing that a number may be worth")
    check, _, labelled = cells["check"].partition("|")
    forms = [(cells["bare"], compact)] if cells["bare"] in ("alone", "likely") else []
    if cells["formed"]:
        forms.append((cells["formed_as"], cells["formed"]))
    identifier = Identifier(
        key=cells["key"],
        title=cells["title"],
        check=check,
        check_labelled=labelled or check,
        severity=Band.of(cells["severity"]),
        hipaa=cells["hipaa"],
        in_elements=cells["bare"] != "label",
        written=f"(?i)(?:{source}){_AFTER}",
        compact=f"(?i){compact}",
        forms=tuple(_form(worth, expression) for worth, expression in forms),
    )
    return Row(identifier, _listed(cells["labels"]), _listed(cells["short"]))


def gathered(rows: Iterable[Row]) -> Identifiers:
    """The identifiers of all rows, with their labels together."""
    kinds: list[Identifier] = []
    labels: dict[str, dict[Label, None]] = {}
    starts: set[str] = set()
    for identifier, long, short in rows:
        kinds.append(identifier)
        for spelling in (*long, *short):
            words = WORDS.findall(spelling)
            joined = "".join(words)
            starts.update((*keys(words[0]), *keys(joined)))
            spelt = joined if spelling in short or len(joined) < _SHORTEST_LABEL else ""
            for key in keys(joined):
                labels.setdefault(key, {})[Label(identifier, spelt)] = None
    announced = {key: tuple(found) for key, found in labels.items()}
    return Identifiers(tuple(kinds), announced, frozenset(starts))


def keys(joined: str) -> tuple[str, ...]:
    """The spellings under which the joined words of a label are looked up."""
    lower = joined.lower()
    if lower.isascii():
        return (lower,)
    # Short words of other scripts, romanised, are words of something else: תז is no time zone.
    romanised = (fold for fold in folds(lower) if len(fold) > _SHORTEST_LABEL)
    return tuple(dict.fromkeys((lower, *romanised)))


def _listed(cell: str) -> tuple[str, ...]:
    return tuple(filter(None, cell.split("|")))


def _form(worth: str, expression: str) -> Form:
    """A form between its boundaries; one of digits and dashes stands in no chain of numbers."""
    dashed = not expression.startswith("[") and "-" in _SET.sub("", expression)
    chained = dashed or not re.search(r"\[[A-Za-z]", expression)
    before, after = (_NO_DASH_BEFORE, _NO_DASH_AFTER) if chained else ("", "")
    code = _NO_CODE_BEFORE if chained and worth == "likely" else ""
    whole = f"{before}{code}(?:{expression}){_AFTER}{after}"
    if worth not in CONTEXTS:
        raise ValueError(f"{worth!r} is nothing that a number may be worth")
    widened = blinded(BEFORE + whole)
    if widened is None:
        raise ValueError("the form cannot be told of numbers whose digits are alike")
    return Form(worth, BEFORE + whole, widened.removeprefix(BEFORE))
