"""Ranking: more of anything bad never lowers a risk."""

from hypothesis import given
from hypothesis import strategies as st

from vestige.model import GONE, Band, Certainty, Claim, Family, FamilyKind, Finding, Where
from vestige.rank import risk
from vestige.review import Reach

shares = st.floats(0, 1)
counts = st.integers(0, 10**8)


def finding(severity: Band, certainty: float) -> Finding:
    claim = Claim("names/x", "X", severity, certainty, "direct", ())
    return Finding(1, claim, Where.PATH, "name", "Q***", "")


@given(st.sampled_from(Band), st.sampled_from(Band), shares, shares, counts, counts)
def test_severity_certainty_and_reach_never_lower_a_risk(
    one: Band, two: Band, sure: float, surer: float, few: int, many: int
) -> None:
    low, high = sorted((one, two))
    less, more = sorted((sure, surer))
    least, most = sorted((few, many))
    small = risk(finding(low, less), Reach(1, least, 0, least))
    large = risk(finding(high, more), Reach(1, most, 0, most))
    assert small.score <= large.score
    assert small.band <= large.band


def test_a_sure_claim_has_the_band_of_its_severity() -> None:
    for severity in Band:
        assert risk(finding(severity, 0.95), Reach(1, 1, 1, None)).band is severity


def family(kind: FamilyKind, template: str) -> Family:
    numbers = (12, 12, 0.9, 12, 12, 12, 1, 1)
    return Family(1, template, Certainty.LIKELY, *numbers, "clean", ("Q***",), kind)


def test_a_family_says_what_tells_its_members_apart() -> None:
    said = {
        kind: risk(finding(Band.HIGH, 0.9), Reach(1, 1, 1, 1), family(kind, "{x}")).reasons
        for kind in FamilyKind
    }
    assert len({reasons[2] for reasons in said.values()}) == len(FamilyKind)
    assert "surnames" in said[FamilyKind.NAMES][2]
    assert any("still names the persons" in reason for reason in said[FamilyKind.NAMES])
    assert not any("persons." in reason for reason in said[FamilyKind.UID_TIMES][2:4])


def test_cousins_are_called_neighbours() -> None:
    cousins = family(FamilyKind.NAMES, "*/{word}")
    reasons = risk(finding(Band.HIGH, 0.9), Reach(1, 1, 1, 1), cousins).reasons
    assert reasons[2].startswith("12 names in neighbouring folders share one template")


def test_a_name_that_a_file_tells_says_so() -> None:
    claim = finding(Band.HIGH, 0.9).claim
    told = Finding(1, claim, Where.GHOST, "trash", "Q***", "")
    assert any("a file that still tells" in reason for reason in _reasons(told))
    family = Family(
        parent=1,
        template="{word}",
        verdict=Certainty.CERTAIN,
        members=9,
        distinct=9,
        share=0.9,
        files=0,
        bytes=0,
        subjects=9,
        first_written=0,
        last_written=0,
        headers=GONE,
        examples=(),
    )
    assert "They stand in a file that still tells of them." in _reasons(told, family)


def _reasons(one: Finding, family: Family | None = None) -> tuple[str, ...]:
    return risk(one, Reach(1, 1, 1, None), family).reasons
