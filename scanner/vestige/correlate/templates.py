"""Templates: siblings grouped by the form of their names, and what tells them apart."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import NamedTuple

import regex

from vestige.correlate import many
from vestige.model import Certainty, FamilyKind, Member
from vestige.text import Token, TokenKind, folds, normal, template, tokens, unquoted

FEWEST = 6
"""Members below which siblings are no family; they are judged one by one."""


@dataclass(frozen=True, slots=True, repr=False)
class Sibling:
    """One entry of a directory, and its name in any normal form.

    `above` counts the directories between it and the one whose families are asked for: 0 for an
    entry of that directory itself, 1 for a cousin.
    """

    entry: int
    name: str
    above: int = 0

    def __repr__(self) -> str:
        return f"Sibling({self.entry})"


@dataclass(frozen=True, repr=False)
class Siblings:
    """The entries of one directory by numbers and names, of which few are needed one by one."""

    entries: Sequence[int]
    names: Sequence[str]
    aboves: Sequence[int] | None = None

    @classmethod
    def of(cls, siblings: "Siblings | Sequence[Sibling]") -> "Siblings":
        """The same as numbers and names; of cousins also what stands above them."""
        if isinstance(siblings, Siblings):
            return siblings
        above = [one.above for one in siblings] if any(one.above for one in siblings) else None
        return cls([one.entry for one in siblings], [one.name for one in siblings], above)

    def __len__(self) -> int:
        return len(self.names)

    @cached_property
    def forms(self) -> list[str]:
        """The names with all their digits alike."""
        return many.forms(self.names)

    @cached_property
    def are_uuids(self) -> bool:
        """Whether all names are UUIDs with one ending."""
        return many.are_uuids(self.names)

    def above(self, place: int) -> int:
        """How many directories stand above the one at a place."""
        return self.aboves[place] if self.aboves else 0

    def at(self, places: Iterable[int]) -> list[Sibling]:
        """Those at some places, one by one."""
        return [Sibling(self.entries[p], self.names[p], self.above(p)) for p in places]

    def without(self, taken: Collection[int]) -> "Siblings":
        """Those whose numbers are not among some."""
        if not taken:
            return self
        return self.part([p for p, entry in enumerate(self.entries) if entry not in taken])

    def part(self, places: Sequence[int]) -> "Siblings":
        """Those at some places, still together; places are in order."""
        if len(places) == len(self):
            return self
        entries, names = [self.entries[p] for p in places], [self.names[p] for p in places]
        return Siblings(entries, names, [self.above(p) for p in places] if self.aboves else None)


@dataclass(frozen=True, slots=True)
class FoundFamily:
    """Siblings or cousins of one template that tell persons, and how sure that is.

    `distinct` counts members distinct by the whole of their words or numbers; `persons` holds one
    key of a person for each member, () if nothing tells, and `more` those of further persons;
    `share` is the estimated share of names among the distinct words (a lower bound); `score` the
    log-likelihood (nats) that is gained by allowing that there are names at all. `key` is by which
    forms belong together, and `told` are entries below members whose names belong to theirs.
    """

    kind: FamilyKind
    key: str
    template: str
    members: tuple[Member, ...]
    verdict: Certainty
    share: float
    distinct: int
    score: float
    persons: tuple[str, ...] = field(repr=False)
    more: tuple[str, ...] = field(default=(), repr=False)
    told: tuple[int, ...] = ()

    @property
    def subjects(self) -> int:
        """The persons that the members may be, 0 if nothing tells."""
        return len({*self.persons, *self.more})

    @property
    def sure(self) -> bool:
        """Whether it is more than a reason to look."""
        return self.verdict is not Certainty.REVIEW


class Placed(NamedTuple):
    """A family, and the directory that holds its members or, above stars, their directories."""

    parent: int
    family: FoundFamily


def surest(verdicts: Iterable[Certainty]) -> Certainty:
    """The surest of several verdicts."""
    return min(verdicts, key=list(Certainty).index)


def with_members(family: FoundFamily, kept: Sequence[int]) -> FoundFamily:
    """The family with some of its members only, given by their positions."""
    persons = tuple(family.persons[place] for place in kept) if family.persons else ()
    return replace(
        family,
        members=tuple(family.members[place] for place in kept),
        persons=persons,
        distinct=min(family.distinct, len(set(persons)) or len(kept)),
    )


@dataclass(frozen=True, slots=True, repr=False)
class Named:
    """One sibling with its form, the words of its slot, and the text that spans them."""

    sibling: Sibling
    form: str
    words: tuple[str, ...]
    value: str
    date: str


def groups(siblings: Iterable[Sibling]) -> dict[str, list[Named]]:
    """Siblings whose names hold words, by the key of their template; keys are in order."""
    found: defaultdict[str, list[Named]] = defaultdict(list)
    for sibling in siblings:
        key, named = _read(sibling)
        if named is not None:
            found[key].append(named)
    return {key: found[key] for key in sorted(found)}


_SOFT = re.compile(r"[ _.,;\-'\u2019`]+")
"""Separators of which people use now one, now another; a caret or a bracket tells forms apart."""
_MEMO = 1 << 15
_LONG = 6
_COPY = re.compile(r"[ _.\-]*\(?\d{1,2}\)?\Z")
"""What is put behind a name that is there already: SMITH_2, SMITH (2)."""
PARTICLES = frozenset(
    str.split(
        "af al am auf aus av bar ben bin bint da dal de degli dei del della den der des di do "
        "dos du e el ibn im la las le lo los mac mc o san santa st ter ten tot van ver vom "
        "von y zu zum zur"
    )
)
"""Words that belong to the name after them, and tell nobody apart."""


def _read(sibling: Sibling) -> tuple[str, Named | None]:
    """The key of the sibling's group, and what matters of it; None if it holds no word."""
    key, form, slot, value, date = _pieces(sibling.name)
    if not slot:
        return "", None
    stars = "*/" * sibling.above
    return stars + key, Named(sibling, stars + form, slot, value, date)


@lru_cache(maxsize=_MEMO)
def _pieces(raw: str) -> tuple[str, str, tuple[str, ...], str, str]:
    """Of one name the key, the form, the folded words, the text that spans them, and the date."""
    name = normal(unquoted(raw))
    found = tokens(name)
    words = [token for token in found if token.kind is TokenKind.WORD]
    slot = tuple(
        word
        for token in words
        for word in _told(token.text)
        if len(word) > 1 or not token.text.isascii()
    )
    if not slot:
        return "", "", (), "", ""
    value = name[words[0].start : words[-1].end]
    dates = (token.text for token in found if token.kind is TokenKind.DATE)
    return _key(found), template(found), slot, value, next(dates, "")


def _told(word: str) -> tuple[str, ...]:
    """The spelling of a word by which siblings are told apart, () if nothing remains of it.

    It is the plain fold, but a word of a script whose romanisation says little stays as it is:
    letters without vowels, or with vowels of their own, which the lexicon may know.
    """
    if not word.isascii() and _unromanised().search(word):
        return (word.lower(),)
    return folds(word)[:1]


@lru_cache(maxsize=1)
def _unromanised() -> regex.Pattern[str]:
    """Of such scripts; few trees have any, and it takes longer to make than all of this module."""
    return regex.compile(
        r"[\p{Hebrew}\p{Arabic}\p{Syriac}\p{Devanagari}\p{Bengali}\p{Gurmukhi}\p{Gujarati}"
        r"\p{Oriya}\p{Tamil}\p{Telugu}\p{Kannada}\p{Malayalam}\p{Sinhala}\p{Thai}\p{Lao}"
        r"\p{Khmer}\p{Myanmar}\p{Tibetan}]"
    )


def _key(found: Sequence[Token]) -> str:
    """The template with all soft separators, several words in a row, and long numbers alike."""
    parts: list[str] = []
    for token in _without_copy(found):
        if token.kind is TokenKind.WORD:
            if len(parts) > 1 and parts[-2] == "{word}" and _SOFT.fullmatch(parts[-1]):
                parts.pop()
            elif not parts or parts[-1] != "{word}":
                parts.append("{word}")
            continue
        parts.append(_part(token))
    return "".join(parts)


def _without_copy(found: Sequence[Token]) -> list[Token]:
    """The pieces without the short number that tells copies of one name apart: SMITH_2."""
    ending = [token for token in found if token.kind is TokenKind.EXTENSION]
    stem = list(found[: len(found) - len(ending)])
    last = max((i for i, token in enumerate(stem) if token.kind is TokenKind.WORD), default=-1)
    rest = "".join(token.text for token in stem[last + 1 :])
    if rest and not rest[0].isdigit() and _COPY.fullmatch(rest):
        stem = stem[: last + 1]
    return stem + ending


def _part(token: Token) -> str:
    if token.kind is TokenKind.SEPARATOR:
        return "_" if _SOFT.fullmatch(token.text) else token.text
    if token.kind is TokenKind.EXTENSION:
        return token.text.lower()
    long = token.kind is TokenKind.NUMBER and len(token.text) >= _LONG
    return (
        "{long}" if long or token.kind in (TokenKind.DATE, TokenKind.HEX) else f"{{{token.kind}}}"
    )


# --- what tells the members of a group apart ----------------------------------------------------

_CONSTANT = 0.5
"""A word in more members than this share is part of the form: "patient" in patient_smith."""


def varying(group: Sequence[Named]) -> list[tuple[Named, tuple[str, ...]]]:
    """The members of a group that have words which not all share, and these words."""
    counts = Counter(word for named in group for word in set(named.words))
    constant = {word for word, count in counts.items() if count > _CONSTANT * len(group)}
    rest = ((named, _own(named.words, constant)) for named in group)
    return [(named, words) for named, words in rest if words]


def _own(words: Sequence[str], constant: set[str]) -> tuple[str, ...]:
    """The words that tell siblings apart; particles only where there is nothing else, as Le."""
    own = tuple(word for word in words if word not in constant)
    return tuple(word for word in own if word not in PARTICLES) or own


def person(words: Iterable[str]) -> str:
    """One key for all spellings of a person: the words folded, in any order."""
    return " ".join(sorted(folded for word in words for folded in folds(word)[:1]))
