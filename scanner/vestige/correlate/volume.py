"""Volume rules: the checks that look at all series of a volume, by name."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from vestige.catalog import Tables
from vestige.correlate import claims
from vestige.correlate.claims import Series
from vestige.correlate.faces import Volume, heads
from vestige.model import Band, RuleError

Check = Callable[[Sequence[Series], Tables], Iterator[int]]
"""What gives the numbers of the series of which a rule's claim holds."""


def face_in_a_volume(volume: Sequence[Series], tables: Tables) -> Iterator[int]:
    """C10: volumes of heads that nobody defaced, from which a face can be rendered."""
    yield from _heads(volume, tables, Band.HIGH)


def head_in_a_coarse_volume(volume: Sequence[Series], tables: Tables) -> Iterator[int]:
    """C10: volumes of heads whose images are coarse, and whose companions may show the face."""
    yield from _heads(volume, tables, Band.MEDIUM)


def _heads(volume: Sequence[Series], tables: Tables, severity: Band) -> Iterator[int]:
    series = (Volume(one.number, one.facts, one.files) for one in volume)
    for head in heads(series, tables):
        if head.severity is severity:
            yield from head.series


def _alone(check: claims.Check) -> Check:
    """A check of claims, which needs no table."""
    return lambda volume, _tables: check(volume)


CHECKS: Mapping[str, Check] = {
    **{name: _alone(check) for name, check in claims.CHECKS.items()},
    "face-in-a-volume": face_in_a_volume,
    "head-in-a-coarse-volume": head_in_a_coarse_volume,
}
"""The checks that a volume rule may name."""


def check(name: str) -> Check:
    """The check of that name; RuleError if there is none."""
    try:
        return CHECKS[name]
    except KeyError:
        known = ", ".join(CHECKS)
        raise RuleError(f"match.volume.check: {name!r} is unknown; checks are {known}") from None
