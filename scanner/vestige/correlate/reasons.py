"""Why siblings are a family of names, in words that hold nothing of their names."""

from vestige.correlate.families import DEMANDS, Demand, NameFamily
from vestige.model import Certainty


def of_family(family: NameFamily, siblings: int, found: Certainty | None = None) -> str:
    """How many siblings vary, the share of names, the gain, and what the verdict demands.

    `siblings` are all entries of the directory; `found` is the verdict of the judge where the
    family's own is a milder one.
    """
    members, distinct = len(family.members), family.distinct
    of_all = f"{members:,} of {siblings:,} siblings"
    said = [f"{of_all} share a form and vary in its words, {distinct:,} of them in different ones"]
    share = f"{family.share * 100:.0f} %"
    if family.score:
        verdict = found or family.verdict
        demands = ", or ".join(_demand(one) for one in DEMANDS if one.verdict is verdict)
        said.append(f"{share} of the words at least are names")
        said.append(f"log-likelihood gain {family.score:,.1f}")
        said.append(f"demands of {verdict}: {demands}")
    else:
        said.append(f"no list knows the words; by their letters {share} may be names")
    if found is not None and found is not family.verdict:
        said.append(f"in a tree of software, where words alone are {family.verdict} at most")
    return "; ".join(said)


def _demand(one: Demand) -> str:
    asked = [f"{one.distinct} different words", f"gain {one.score:g}"]
    if one.share:
        asked.append(f"{one.share * 100:.0f} % names")
    if one.clean:
        asked.append(f"{one.clean * 100:.0f} % nothing but names")
    return " with ".join((asked[0], ", ".join(asked[1:])))
