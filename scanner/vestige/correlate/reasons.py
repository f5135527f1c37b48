"""Why siblings are a family of names, in words that hold nothing of their names."""

from vestige.correlate.templates import FoundFamily
from vestige.correlate.word_sets import DEMANDS, Demand
from vestige.model import FamilyKind

_DIFFER = {
    FamilyKind.BIRTH_DATES: "differ in dates that are spread as births are",
    FamilyKind.INITIALS: "differ in initials and a date of birth",
    FamilyKind.RECORD_NUMBERS: "differ in numbers of one length",
    FamilyKind.ACCESSION_NUMBERS: "differ in numbers that grow as accession numbers do",
    FamilyKind.UID_TIMES: "differ in UIDs that hold a time",
}


def of_family(
    family: FoundFamily, siblings: int | None = None, *, in_software: bool = False
) -> str:
    """How many siblings vary, the share of names, the gain, and what the verdict demands.

    `siblings` are all entries beside each other, if they were counted; `in_software` says that
    the verdict is milder for lying in a tree of software.
    """
    members = f"{len(family.members):,}"
    of_all = f"{members} siblings" if siblings is None else f"{members} of {siblings:,} siblings"
    distinct = f"{family.distinct:,} of them in different ones"
    if family.kind is not FamilyKind.NAMES:
        return f"{of_all} share a form and {_DIFFER[family.kind]}, {distinct}"
    said = [f"{of_all} share a form and vary in its words, {distinct}"]
    share = f"{family.share * 100:.0f} %"
    if family.score:
        demands = ", or ".join(_demand(one) for one in DEMANDS if one.verdict is family.verdict)
        said.append(f"{share} of the words at least are names")
        said.append(f"log-likelihood gain {family.score:,.1f}")
        said.append(f"demands of {family.verdict}: {demands}")
    else:
        said.append(f"no list knows enough of the words; by their letters {share} are like names")
    if in_software:
        said.append(f"in a tree of software, where words alone are {family.verdict} at most")
    return "; ".join(said)


def _demand(one: Demand) -> str:
    asked = [f"{one.distinct} different words", f"gain {one.score:g}"]
    if one.share:
        asked.append(f"{one.share * 100:.0f} % names")
    if one.clean:
        asked.append(f"{one.clean * 100:.0f} % nothing but names")
    return " with ".join((asked[0], ", ".join(asked[1:])))
