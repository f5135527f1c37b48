"""Lasting problems: what may pass by itself is not among them."""

from vestige import walk
from vestige.reports.wording import CODES
from vestige.run.lasting import LASTING, OF_ALL


def test_what_may_pass_does_not_last() -> None:
    passing = {"changed", "short-read", "timeout", "time-limit", "worker-died", "internal-error"}
    assert not OF_ALL & (passing | walk.CODES)
    assert LASTING < OF_ALL < CODES.keys()
