import json
from dataclasses import replace
from typing import Any

import pytest

from vestige.model import Band
from vestige.review import Coverage, Outcome, Point, point_of_noted


@pytest.mark.parametrize("flaw", ["unreadable", "partly", "unexamined"])
def test_coverage_is_complete_only_without_a_flaw(flaw: str) -> None:
    whole: dict[str, Any] = {
        "seen": 3,
        "read": 3,
        "partly": 0,
        "unreadable": 0,
        "skipped": 0,
        "unexamined": 0,
        "files": 2,
        "directories": 1,
        "bytes": 9,
    }
    assert Coverage(**whole).complete
    assert not Coverage(**{**whole, flaw: 1}).complete


POINT = Point("2030-01-31T12:00:00Z", Outcome.BLOCK, ((Band.HIGH, 2), (Band.LOW, 0)), complete=True)


@pytest.mark.parametrize("bands", [POINT.bands, None, ()])
def test_a_point_of_the_trend_is_kept_as_it_is(bands: tuple[tuple[Band, int], ...] | None) -> None:
    one = replace(POINT, bands=bands)
    assert point_of_noted(json.loads(json.dumps(one.noted()))) == one


@pytest.mark.parametrize(
    "noted", [{}, {"outcome": "fine"}, {"outcome": "pass", "bands": [1]}, {"bands": {"dire": 1}}]
)
def test_what_is_no_point_is_refused(noted: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"bands|band|valid"):
        point_of_noted(noted)
