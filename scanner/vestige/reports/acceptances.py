"""What reports say of a baseline: what is accepted, soon will not be, or counts again."""

from collections import Counter

from vestige.acceptance import Acceptance, Decision, Scope, Standing
from vestige.reports.visible import visible
from vestige.reports.wording import counted
from vestige.review import Ranked, Review

COVERS = {
    Scope.FINDING: "this finding",
    Scope.FAMILY: "this family",
    Scope.BELOW: "this rule below a folder",
}
"""What an acceptance covers, in the words of reports."""

DECISIONS = {Decision.ACCEPTED: "Accepted", Decision.FALSE_ALARM: "False alarm"}


def answered(review: Review) -> tuple[tuple[Ranked, Acceptance], ...]:
    """The findings with an acceptance, whether it still holds or not, in rank order."""
    return tuple((one, one.accepted) for one in review.findings if one.accepted is not None)


def held(review: Review) -> int:
    """How many findings do not count, as somebody answers for them."""
    return sum(not one.counts for one in review.findings)


def notices(review: Review) -> tuple[str, ...]:
    """What must be said of the baseline, a sentence each; none if there is no baseline."""
    if review.accepting is None:
        return ()
    name = visible(review.accepting.name)
    is_are = "is" if held(review) == 1 else "are"
    said = [f"{counted(held(review), 'finding')} {is_are} accepted in {name}."]
    for one, acceptance in answered(review):
        if acceptance.standing is Standing.SOON:
            said.append(f"{one.number}: {acceptance.detail}")
    for one, acceptance in answered(review):
        if not acceptance.holds:
            state = acceptance.standing.value
            said.append(f"{one.number} counts again ({state}): {acceptance.detail}")
    said.extend(
        f"No longer needed: the acceptance of {visible(one.rule)} by {visible(one.by)} "
        f"until {one.until}. {one.detail}"
        for one in review.accepting.unneeded
    )
    return tuple(said)


def standings(review: Review) -> dict[str, int]:
    """How many acceptances have each standing, all of them included."""
    counts = Counter(acceptance.standing for _, acceptance in answered(review))
    if review.accepting is not None:
        counts[Standing.UNNEEDED] = len(review.accepting.unneeded)
    return {standing.value: counts[standing] for standing in Standing}


def stated(acceptance: Acceptance) -> dict[str, object]:
    """An acceptance for programs: words and ISO 8601 days."""
    return {
        "decision": acceptance.decision.value,
        "scope": acceptance.scope.value,
        "rule": visible(acceptance.rule),
        "by": visible(acceptance.by),
        "because": visible(acceptance.because),
        "accepted_on": acceptance.accepted_on.isoformat(),
        "until": acceptance.until.isoformat(),
        "standing": acceptance.standing.value,
        "holds": acceptance.holds,
        "detail": visible(acceptance.detail),
    }
