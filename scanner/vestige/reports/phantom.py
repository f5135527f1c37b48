"""Phantom directories as the page tells them: where from, what to do, and by which commands.

A command names a finding by its number, never a path: what is written in capitals is for the
reader to replace.
"""

from typing import NamedTuple

from vestige.model import GONE, Family
from vestige.reports.origin import origin, tools
from vestige.review import Ranked, Review

SEE = "See the names in clear, on the machine that holds the data."
OPEN = "Open a case: every step is told in it, with who took it and when."
SEAL_ALL = "Seal the whole volume (E1), to show later that nothing else changed."
SEAL = "Seal this phantom directory (E2): a list of every file with its digest."
VERIFY = "Copy what must be kept to a safe place, and verify the copy against the seal."
RECORD = (
    "Delete what was sealed with the means of your storage: what bears the names, not the folder "
    "that holds it. Then have the deletion recorded."
)
AGAIN = "Export what is needed again under neutral names, scan again, and compare."
LOOK = "Clean or replace the file that tells these names, scan again, and compare."


class Step(NamedTuple):
    """One thing to do, and the commands for it, each on one line."""

    words: str
    commands: tuple[str, ...]


class Phantom(NamedTuple):
    """A phantom directory with what is told of it beyond its figures."""

    ranked: Ranked
    family: Family
    origin: tuple[str, ...]
    steps: tuple[Step, ...]


def phantoms(review: Review, most: int) -> tuple[Phantom, ...]:
    """The first families of names, in rank order, with their origins and steps."""
    made_by = tools(review.findings)
    return tuple(
        Phantom(one, one.family, origin(one, one.family, made_by), steps(one, one.family))
        for one in review.families[:most]
        if one.family is not None
    )


def steps(ranked: Ranked, family: Family) -> tuple[Step, ...]:
    """What to do, from looking to the next scan; run in the folder that holds the report."""
    number = ranked.number
    see = Step(SEE, (f"vestige show . {number} --reveal",))
    again = ("vestige scan VOLUME --out after", "vestige compare . after")
    if family.headers == GONE:
        return (see, Step(LOOK, again))
    case = f"case-{number}"
    because = f"phantom directory, finding {number}"
    return (
        see,
        Step(OPEN, (f'vestige custody open {case} --by "NAME, ROLE" --because "{because}"',)),
        Step(SEAL_ALL, (f"vestige custody seal {case} VOLUME",)),
        Step(SEAL, (f"vestige custody seal {case} {number} --scan .",)),
        Step(VERIFY, (f"vestige custody verify {case} E2 --against COPY",)),
        Step(RECORD, (f"vestige custody record-deletion {case} E2 --rest E1 --copy COPY",)),
        Step(AGAIN, again),
    )
