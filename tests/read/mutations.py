"""The reader against its judge on mutants of real files: `python -m tests.read.mutations`.

`--count` mutants are made from `--seed`; the same seed gives the same ones. A table tells what came
of them; the exit code is 1 if any failed, and each failure is named so that it can be made again.
"""

import argparse
import sys
from collections import Counter
from random import Random
from typing import NamedTuple

from tests.read.agreement import named, partings
from tests.read.judge import judged
from tests.read.mutate import Mutant, mutant
from tests.read.ranges import wrong
from vestige.read.dicom import vr_of
from vestige.read.header import read_header
from vestige.read.pages import Held

AGREE = "the same elements"
RAISED = "the same elements, until pydicom raised"
NO_DICOM = "not taken for DICOM: no magic word, and no known elements in rising order"
_SHOWN = 20


class Outcome(NamedTuple):
    """What came of one mutant: how it ended, which deliberate differences it met, what failed."""

    ended: str
    met: frozenset[str]
    failure: str


class Tally(NamedTuple):
    """What came of many mutants."""

    kinds: Counter[str]
    ended: Counter[str]
    met: Counter[str]
    failures: list[str]


def outcome(one: Mutant) -> Outcome:
    """What comes of a mutant in both readers."""
    nothing = frozenset[str]()
    try:
        header = read_header(Held(one.data), vr_of)
    except Exception as error:  # noqa: BLE001 - it is what must not happen
        return Outcome("", nothing, f"raised {type(error).__name__}")
    if header is None:
        failure = "a file with the magic word is not read" if one.data[128:132] == b"DICM" else ""
        return Outcome(NO_DICOM, nothing, failure)
    amiss = wrong(header)
    if amiss:
        return Outcome("", nothing, amiss)
    judgement = judged(one.data)
    found = [(parting, named(parting)) for parting in partings(header, judgement)]
    for parting, name in found:
        if not name:
            return Outcome("", nothing, f"{parting.kind} at offset {parting.at}")
    met = frozenset(name for _, name in found)
    return Outcome("" if met else RAISED if judgement.error else AGREE, met, "")


def tally(count: int, seed: int) -> Tally:
    """What comes of so many mutants."""
    all_of_them = Tally(Counter(), Counter(), Counter(), [])
    for number in range(count):
        one = mutant(Random(f"{seed}/{number}"))  # noqa: S311 - chance, not secrecy
        end = outcome(one)
        all_of_them.kinds[one.kind] += 1
        all_of_them.met.update(end.met)
        if end.failure:
            told = f"mutant {number} of seed {seed} ({one.source}, {one.kind}): {end.failure}"
            all_of_them.failures.append(told)
        elif end.ended:
            all_of_them.ended[end.ended] += 1
    return all_of_them


def table(found: Tally) -> str:
    """A tally for people."""
    count = found.kinds.total()
    lines = [f"{count:>9,}          mutants", ""]
    for title, counts in (("by kind", found.kinds), ("no difference", found.ended)):
        lines += [title, *(_row(number, count, name) for name, number in counts.most_common()), ""]
    lines += ["deliberate differences, by mutants in which they occur"]
    lines += [_row(number, count, name) for name, number in found.met.most_common()]
    lines += ["", _row(len(found.failures), count, "failures")]
    return "\n".join((*lines, *found.failures[:_SHOWN]))


def _row(number: int, count: int, name: str) -> str:
    return f"{number:>9,}  {number / count:6.2%}  {name}"


def main() -> int:
    """Run from the command line; gives the exit code."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--count", type=int, default=200_000)
    arguments.add_argument("--seed", type=int, default=1)
    wanted = arguments.parse_args()
    found = tally(wanted.count, wanted.seed)
    sys.stdout.write(table(found) + "\n")
    return 1 if found.failures else 0


if __name__ == "__main__":
    sys.exit(main())
