"""Linkage: pseudonyms that anybody can reckon again from what they stand for.

A pseudonym that is a digest without a secret of a name, a number or a date of birth is undone by
trying: a hit is proof. Only schemes and counts leave this module, never a text.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from math import exp
from typing import NamedTuple

from vestige.correlate.forms import ALGORITHMS, Algorithm, Lead, leads
from vestige.correlate.inverted import Ends
from vestige.correlate.preimages import (
    CANDIDATE_BOUND,
    Origin,
    Secret,
    birth_dates,
    halves,
    numbers,
    same,
    spellings,
)
from vestige.sensitive import Sensitive

CHANCE = 1e-8
"""The chance at which hits of one scheme are no accident; some hundred schemes are tried."""

_SURE = 2.0**-80
"""Share of all digests below which one hit is proof, whatever is tried."""

_IN_A_SECOND = 1_000_000
"""Digests that an ordinary core makes in a second."""

_CHUNK = 4096
_SHORT = 6
_LONGEST = 8
"""Digits of record numbers that are tried: those of the short ones by all digests first."""

_INVERTED = "CRC-32"
"""The algorithm that is undone rather than tried, where no other is tried beside it."""

_TRIED = ("MD5", "SHA-256", "SHA-1", "SHA-512", "SHA-224", "CRC-32")
"""What is tried on invented numbers and dates, the most usual first."""


class Pseudonym(NamedTuple):
    """A code that stands for somebody, and the codes beside it, which it may well be made from."""

    text: Sensitive
    beside: tuple[Sensitive, ...] = ()


class Scheme(NamedTuple):
    """How a pseudonym is reckoned: by which digest, how written, and whose way that is."""

    algorithm: str
    form: str
    known_as: str = ""

    @property
    def words(self) -> str:
        """The scheme in words, as "MD5, hexadecimal, the first 16 characters"."""
        known = f" ({self.known_as})" if self.known_as else ""
        return f"{self.algorithm}, {self.form}{known}"


class Weakness(NamedTuple):
    """One scheme, of what, and the pseudonyms (by index) that it gives; how sure is in `chance`.

    `chance` is how many hits had to be expected by accident.
    """

    scheme: Scheme
    origins: frozenset[Origin]
    pseudonyms: tuple[int, ...]
    chance: float


class Linkage(NamedTuple):
    """Weaknesses found, how many texts were tried, and numbers of how many digits all were."""

    weaknesses: tuple[Weakness, ...]
    tried: int
    digits: int


class _Hit(NamedTuple):
    lead: Lead
    algorithm: str
    known_as: str
    origin: Origin


def linkage(
    pseudonyms: Sequence[Pseudonym],
    secrets: Iterable[Secret],
    seconds: float,
    clock: Callable[[], float] | None = None,
) -> Linkage:
    """The schemes by which pseudonyms can be reckoned from secrets, or from invented ones.

    Numbers of up to eight digits and dates since 1900 are tried for so many seconds, 0 for not. A
    second is a million digests, by whatever clock: two scans of one volume try the same.
    """
    wanted = _Wanted(pseudonyms)
    if not wanted.leads:
        return Linkage((), 0, 0)
    search = _Search(wanted)
    search.seen(secrets)
    digits = search.invented(seconds, clock or search.seconds) if seconds > 0 else 0
    return Linkage(tuple(search.weaknesses()), search.tried, digits)


class _Wanted:
    """What digests must begin with to be one of the pseudonyms, by algorithm."""

    def __init__(self, pseudonyms: Sequence[Pseudonym]) -> None:
        self.pseudonyms = pseudonyms
        self.leads = [
            lead for index, one in enumerate(pseudonyms) for lead in leads(index, one.text.reveal())
        ]
        letters = {(lead.form, lead.length) for lead in self.leads if not lead.ordinary}
        self.solvable = len({lead.pseudonym for lead in self.leads})
        self.whole = {lead.algorithm for lead in self.leads if lead.form.endswith("whole")}
        self.seen = _by_head(self.leads)
        # A number is no digest in hexadecimal unless others of its length have letters.
        self.invented = _by_head(
            lead for lead in self.leads if not lead.ordinary or (lead.form, lead.length) in letters
        )


_Heads = dict[str, dict[bytes, list[Lead]]]


def _by_head(found: Iterable[Lead]) -> _Heads:
    heads: _Heads = defaultdict(lambda: defaultdict(list))
    for lead in found:
        for head in lead.heads:
            heads[lead.algorithm][head].append(lead)
    return heads


class _Search:
    """The search, with its hits."""

    def __init__(self, wanted: _Wanted) -> None:
        self._wanted = wanted
        self._hits: dict[tuple[str, str, str, int], dict[int, _Hit]] = defaultdict(dict)
        self._tries: dict[str, int] = defaultdict(int)
        self._solved: set[int] = set()
        self.tried = 0

    def seen(self, secrets: Iterable[Secret]) -> None:
        """Try what was seen on the volume, in all its spellings."""
        heads = self._wanted.seen
        known = ((name, ALGORITHMS[name], heads[name]) for name in heads)
        algorithms = tuple(known)
        texts: dict[bytes, tuple[str, Secret]] = {}
        for secret in dict.fromkeys(secrets):
            for raw, known_as in spellings(secret):
                texts.setdefault(raw, (known_as, secret))
            if len(texts) >= CANDIDATE_BOUND:
                break
        every = iter(texts)
        while chunk := tuple(islice(every, _CHUNK)):
            for _, algorithm, wanted in algorithms:
                found = algorithm.heads(chunk)
                if not wanted.keys().isdisjoint(found):
                    of_chunk = ((raw, *texts[raw]) for raw in chunk)
                    self._look(of_chunk, found, (algorithm, wanted))
        self._count(algorithms, len(texts))

    def invented(self, seconds: float, clock: Callable[[], float]) -> int:
        """Try dates and numbers, the shortest first, until the time is over.

        Gives of how many digits all numbers were tried.
        """
        if not self._wanted.invented:
            return 0
        done = 0
        end = clock() + seconds
        for digits, algorithms in self._rounds():
            if not self._try_round(digits, algorithms, (end, clock)) or self._is_solved():
                break
            done = digits
        return done

    def seconds(self) -> float:
        """How many seconds of an ordinary core the digests took that were made so far."""
        return sum(self._tries.values()) / _IN_A_SECOND

    def _rounds(self) -> Iterator[tuple[int, "_Algorithms"]]:
        """Digits of numbers (0: dates) and algorithms, in the order in which they are tried.

        Digests of which a whole one may be there come before those that could only be cut.
        """
        heads = self._wanted.invented
        named = [(name, ALGORITHMS[name], heads[name]) for name in _TRIED if name in heads]
        whole = self._wanted.whole
        firm = [one for one in named if one[0] in whole]
        cut = [one for one in named if one[0] not in whole]
        for group in filter(None, (firm, cut)):
            yield from ((digits, group) for digits in range(_SHORT + 1))
        if named:
            yield from ((digits, named) for digits in range(_SHORT + 1, _LONGEST + 1))

    def _is_solved(self) -> bool:
        return len(self._solved) == self._wanted.solvable

    def _try_round(self, digits: int, algorithms: "_Algorithms", until: "_Until") -> bool:
        """Whether all dates (0 digits), or all numbers, were tried before the time was over."""
        if not digits:
            return self._try_all(birth_dates(), Origin.DATE, algorithms, until)
        if [name for name, _, _ in algorithms] == [_INVERTED]:
            return self._invert(digits, algorithms[0], until)
        return self._try_all(numbers(digits), Origin.NUMBER, algorithms, until)

    def _invert(self, digits: int, of: "_Sought", until: "_Until") -> bool:
        """As if all numbers were tried with CRC-32 alone, of which no sums need be made."""
        end, clock = until
        begins, ends = halves(digits)
        inverted = Ends(ends)
        _, algorithm, wanted = of
        sums = frozenset(int.from_bytes(head, "big") for head in wanted)
        for begin in begins:
            for raw in inverted.texts(begin, sums):
                secret = Secret(Sensitive(raw.decode()), Origin.NUMBER)
                self._look(((raw, "", secret),), algorithm.heads((raw,)), (algorithm, wanted))
            self._count((of,), len(ends))
            if self._is_solved():
                return True
            if clock() > end:
                return next(begins, None) is None
        return True

    def _try_all(
        self,
        texts: Iterator[bytes],
        origin: Origin,
        algorithms: "_Algorithms",
        until: "_Until",
    ) -> bool:
        """Whether all were tried before the time was over."""
        end, clock = until
        while chunk := tuple(islice(texts, _CHUNK)):
            for _, algorithm, wanted in algorithms:
                found = algorithm.heads(chunk)
                if not wanted.keys().isdisjoint(found):
                    secrets = ((raw, "", Secret(Sensitive(raw.decode()), origin)) for raw in chunk)
                    self._look(secrets, found, (algorithm, wanted))
            self._count(algorithms, len(chunk))
            if self._is_solved():
                return True
            if clock() > end:
                return next(texts, None) is None
        return True

    def _look(
        self,
        texts: Iterable[tuple[bytes, str, Secret]],
        found: Sequence[bytes],
        to: tuple[Algorithm, Mapping[bytes, list[Lead]]],
    ) -> None:
        algorithm, wanted = to
        for (raw, known_as, secret), head in zip(texts, found, strict=True):
            for lead in wanted.get(head, ()):
                self._match(lead, algorithm.digest(raw), known_as, secret)

    def _match(self, lead: Lead, digest: bytes, known_as: str, secret: Secret) -> None:
        if not lead.matches(digest):
            return
        beside = self._wanted.pseudonyms[lead.pseudonym].beside
        if any(same(secret.text, one) for one in beside):
            return
        known_as = known_as or lead.known_as
        group = self._hits[lead.algorithm, lead.form, known_as, lead.length]
        if lead.share < _SURE:
            self._solved.add(lead.pseudonym)
        group.setdefault(lead.pseudonym, _Hit(lead, lead.algorithm, known_as, secret.origin))

    def _count(self, algorithms: "_Algorithms", texts: int) -> None:
        self.tried += texts
        for name, _, _ in algorithms:
            self._tries[name] += texts

    def weaknesses(self) -> Iterator[Weakness]:
        """The schemes with more hits than an accident can give, each pseudonym under one."""
        taken: set[int] = set()
        for (algorithm, form, known_as, _), hits in sorted(self._hits.items(), key=_rank):
            chance = self._chance(next(iter(hits.values())).lead)
            left = tuple(sorted(set(hits) - taken))
            if left and tail(len(hits), chance) < CHANCE:
                taken.update(left)
                origins = frozenset(hits[index].origin for index in left)
                yield Weakness(Scheme(algorithm, form, known_as), origins, left, chance)

    def _chance(self, like: Lead) -> float:
        """How many hits of a scheme are to be expected by accident."""
        alike = (
            lead
            for lead in self._wanted.leads
            if (lead.algorithm, lead.form, lead.length) == (like.algorithm, like.form, like.length)
        )
        return self._tries[like.algorithm] * sum(lead.share for lead in alike)


_Sought = tuple[str, Algorithm, Mapping[bytes, list[Lead]]]
_Algorithms = Sequence[_Sought]
_Until = tuple[float, Callable[[], float]]


def _rank(
    item: tuple[tuple[str, str, str, int], dict[int, _Hit]],
) -> tuple[int, tuple[object, ...]]:
    """The scheme that explains most comes first."""
    return -len(item[1]), item[0]


def tail(hits: int, expected: float) -> float:
    """The probability of so many hits or more where so many are expected by accident (Poisson)."""
    if expected <= 0:
        return 0.0 if hits else 1.0
    # From the first term on, as the sum of what lies below is one but for rounding.
    term = exp(-expected)
    for number in range(1, hits + 1):
        term *= expected / number
    total, number = 0.0, hits
    while term > total * 1e-12 and number < hits + _CHUNK:
        total += term
        number += 1
        term *= expected / number
    return min(1.0, total)


class Numbered(NamedTuple):
    """A code with the day of its study, as an ordinal."""

    number: int
    day: int


FEWEST_NUMBERED = 20
_CLOSE = 0.9
_DENSE = 4
"""Numbers given out one after the other: not many more than there are codes."""


def in_order_of_dates(numbered: Sequence[Numbered]) -> float:
    """The rank correlation of codes and dates (Spearman), 0 where codes are no numbering.

    Codes are a numbering if there are twenty of them at least, in a span of at most four times
    their number; real record numbers are spread far more widely.
    """
    codes = {one.number: one.day for one in numbered}
    if len(codes) < FEWEST_NUMBERED or len(set(codes.values())) < FEWEST_NUMBERED:
        return 0.0
    if max(codes) - min(codes) >= _DENSE * len(codes):
        return 0.0
    found = spearman(list(codes), list(codes.values()))
    return found if abs(found) >= _CLOSE else 0.0


def spearman(first: Sequence[int], second: Sequence[int]) -> float:
    """The rank correlation of two equally long rows; 0 if one of them does not vary."""
    ranks = _ranks(first), _ranks(second)
    mean = (len(first) - 1) / 2
    spread = [sum((rank - mean) ** 2 for rank in row) for row in ranks]
    if not all(spread):
        return 0.0
    both = sum((a - mean) * (b - mean) for a, b in zip(*ranks, strict=True))
    return float(both / (spread[0] * spread[1]) ** 0.5)


def _ranks(row: Sequence[int]) -> list[float]:
    """The rank of each, equal ones sharing theirs."""
    places: dict[int, list[int]] = defaultdict(list)
    for rank, value in enumerate(sorted(row)):
        places[value].append(rank)
    mean = {value: sum(ranks) / len(ranks) for value, ranks in places.items()}
    return [mean[value] for value in row]
