"""Ranking: more of anything bad never lowers a risk."""

from hypothesis import given
from hypothesis import strategies as st

from vestige.model import GONE, Band, Certainty, Claim, Family, Finding, Where
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
