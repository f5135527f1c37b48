"""In which tongues the words of a set are spoken best: those of names of people, or others.

Distinct words of one set mostly come from one language, or a few. So the tongues of names that
explain them best together are set against the tongues of towns, words, terms and codes that do.
"""

import math
from collections.abc import Collection, Sequence
from operator import itemgetter, mul

Likelihoods = Sequence[Sequence[float]]
"""Of each word, its log-likelihood in each tongue."""
ASKED = 150
"""Words of a set that are asked at most."""
_BEST = 10
"""Tongues of either kind that are asked further, those that explain the words best alone."""
_ROUNDS = 12
_LEAST = -6.0
"""Log-likelihood below the best below which a tongue tells no less of one word."""
_MOST = 4.0
"""Log-likelihood that one word gains at most by names: slips of the key are in no tongue."""
_SMALL = 1e-6


def of_set(
    likely: Likelihoods, people: Sequence[bool], without: Collection[int] = ()
) -> tuple[float, float, float]:
    """What tongues, but those `without`, say of the words of a set.

    The mean log-likelihood (nats) that a word gains by tongues of names against others; the share
    of the words that tongues of names take where all compete; and the mean log-likelihood in all.
    """
    best = [max(row) for row in likely]
    named, others = _chosen(likely, best, people, without)
    pick = itemgetter(*named, *others)
    rows = [
        [math.exp(one - top) for one in pick(row)] for row, top in zip(likely, best, strict=True)
    ]
    first = len(named)
    _, by_names = _explained([row[:first] for row in rows])
    _, by_others = _explained([row[first:] for row in rows])
    shares, together = _explained(rows)
    gains = (math.log(one / other) for one, other in zip(by_names, by_others, strict=True))
    gained = sum(max(-_MOST, min(_MOST, gain)) for gain in gains)
    common = sum(math.log(one) + top for one, top in zip(together, best, strict=True))
    return gained / len(rows), sum(shares[:first]), common / len(rows)


def _chosen(
    likely: Likelihoods, best: Sequence[float], people: Sequence[bool], without: Collection[int]
) -> tuple[list[int], list[int]]:
    """The tongues of names, and the others, that explain the words best."""
    above = [[max(one - top, _LEAST) for one in row] for row, top in zip(likely, best, strict=True)]
    held = [sum(column) for column in zip(*above, strict=True)]
    order = sorted((at for at in range(len(held)) if at not in without), key=lambda at: -held[at])
    named = [at for at in order if people[at]][:_BEST]
    return named, [at for at in order if not people[at]][:_BEST]


def _explained(rows: Likelihoods) -> tuple[list[float], list[float]]:
    """The shares of tongues that explain the words best (EM), and how likely each word is."""
    shares = [1 / len(rows[0])] * len(rows[0])
    for _ in range(_ROUNDS):
        parts = [list(map(mul, shares, row)) for row in rows]
        scales = [1 / (sum(row) * len(rows)) for row in parts]
        columns = zip(*parts, strict=True)
        shares = [max(_SMALL, sum(map(mul, column, scales))) for column in columns]
    return shares, [sum(map(mul, shares, row)) for row in rows]
