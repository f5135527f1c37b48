"""The gate: what was not read is never clean."""

import pytest

from vestige.gate import exit_code, verdict
from vestige.model import Band
from vestige.review import Coverage, Risk

READ = Coverage(3, 3, 0, 0, 0, 0, 2, 1, 10)


@pytest.mark.parametrize(
    ("coverage", "accepts", "code"),
    [
        (READ, False, 0),
        (Coverage(3, 2, 0, 1, 0, 0, 2, 1, 10), False, 3),
        (Coverage(3, 3, 1, 0, 0, 0, 2, 1, 10), False, 3),
        (Coverage(3, 2, 0, 0, 1, 1, 2, 1, 10), False, 3),
        (Coverage(3, 2, 0, 0, 1, 1, 2, 1, 10), True, 0),
        (Coverage(1, 1, 0, 0, 0, 0, 0, 1, 0), False, 3),
    ],
)
def test_gaps_are_incomplete(coverage: Coverage, accepts: bool, code: int) -> None:  # noqa: FBT001
    assert exit_code(verdict([], coverage, Band.MEDIUM, accepts_unexamined=accepts)) == code


def test_findings_win_over_gaps() -> None:
    incomplete = Coverage(3, 2, 0, 1, 0, 0, 2, 1, 10)
    high = Risk(60, Band.HIGH, ())
    assert exit_code(verdict([high], incomplete, Band.MEDIUM)) == 1
    assert exit_code(verdict([high], READ, Band.CRITICAL)) == 0


def test_an_unfinished_scan_is_incomplete() -> None:
    assert exit_code(verdict([], READ, Band.MEDIUM, finished=False)) == 3


def test_what_is_accepted_is_said_and_does_not_count() -> None:
    high = Risk(60, Band.HIGH, ())
    passed = verdict([], READ, Band.MEDIUM, accepted=2)
    assert exit_code(passed) == 0
    assert passed.reasons[0] == (
        "Nothing was found in band medium or worse that nobody answers for. "
        "2 such findings are accepted in the baseline, and do not count."
    )
    blocked = verdict([high], READ, Band.MEDIUM, accepted=1)
    assert exit_code(blocked) == 1
    assert "1 such finding is accepted in the baseline, and does not count." in blocked.reasons
