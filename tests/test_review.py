from typing import Any

import pytest

from vestige.review import Coverage


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
