"""The clock says by what it goes, and never sets anything."""

import sys
import time

import pytest

from vestige.custody import clock


def test_time_is_in_nanoseconds_and_goes_on() -> None:
    before = time.time_ns()
    assert before <= clock.now() <= time.time_ns()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux tells its offset")
def test_the_kernel_tells_whether_it_is_synchronised() -> None:
    found = clock.clock()
    assert found.source.startswith("system (")
    assert isinstance(found.synchronised, bool)
    assert isinstance(found.offset_ns, int)
    assert isinstance(found.error_ns, int)
    assert found.error_ns >= 0
