"""Tongues: how likely the letters of a word are among the names, towns or words of a language.

The tables are built by rules/lexicons/tongues.py. Each tongue tells of a letter, after two others,
how much more likely it is than in all tongues together.
"""

import gzip
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

LETTER_STATES = 28
"""The beginning of a word, the letters a to z, its end."""
STATES = LETTER_STATES**3
SCALE = 4.0
"""A log-likelihood of 1 in the tables, as an integer."""
MARK = "+"
"""Begins the names of tongues whose words name people."""
_SPELT = 20
"""Letters of a word of which the likelihood is told."""
_END = LETTER_STATES - 1
_BEFORE_A = ord("a") - 1
_EVEN = 128
"""Added to each step, so that it is a byte without a sign."""
_BITS = 8


@dataclass(frozen=True)
class Tongues:
    """The tables of all tongues: `steps` has a byte for each of them, by the place of a letter.

    Of places that are not there, none of them tells anything.
    """

    names: tuple[str, ...] = ()
    steps: Mapping[int, bytes] = field(default_factory=dict, repr=False)

    @cached_property
    def people(self) -> tuple[bool, ...]:
        """Of each tongue, whether its words name people."""
        return tuple(name.startswith(MARK) for name in self.names)

    def likelihoods(self, fold: str) -> list[float]:
        """The log-likelihood of the letters of a fold in each tongue, above that in all of them."""
        rows = [self.steps[slot] for slot in letter_slots(fold) if slot in self.steps]
        if not rows:
            return [0.0] * len(self.names)
        even = _EVEN * len(rows)
        return [(total - even) / SCALE for total in map(sum, zip(*rows, strict=True))]


def letter_slots(fold: str) -> list[int]:
    """The places of the letters of one fold, and of its end, each after two others, in a table.

    A fold has letters from a to z and no others.
    """
    first = second = 0
    found = []
    for letter in (*(ord(letter) - _BEFORE_A for letter in fold[:_SPELT]), _END):
        found.append((first * LETTER_STATES + second) * LETTER_STATES + letter)
        first, second = second, letter
    return found


def read(raw: bytes) -> Tongues:
    """The tongues of a file as `written` made it, packed; ValueError if it is no such file."""
    _, _, rest = gzip.decompress(raw).partition(b"\n")
    told, _, body = rest.partition(b"\n")
    names = tuple(told.decode("ascii").split())
    marks, steps = body[: STATES // _BITS], body[STATES // _BITS :]
    slots = [at for at in range(_BITS * len(marks)) if marks[at // _BITS] >> at % _BITS & 1]
    if not names or not slots or len(steps) != len(slots) * len(names):
        raise ValueError("tongues")
    return Tongues(names, {slot: steps[at :: len(slots)] for at, slot in enumerate(slots)})


def written(names: Sequence[str], steps: Sequence[Sequence[int]], header: bytes) -> bytes:
    """What a file of tongues holds before it is packed; `steps` are those of each tongue.

    Places at which no tongue has a step are left out.
    """
    kept = [at for at, column in enumerate(zip(*steps, strict=True)) if any(column)]
    marks = bytearray(STATES // _BITS)
    for at in kept:
        marks[at // _BITS] |= 1 << at % _BITS
    body = b"".join(bytes(own[at] + _EVEN for at in kept) for own in steps)
    return b"\n".join((header, " ".join(names).encode("ascii"), bytes(marks) + body))
