import pytest

from tests.detect.objects import CATALOG
from vestige.catalog import VolumeMatch
from vestige.correlate import claims
from vestige.correlate.claims import Series
from vestige.correlate.volume import CHECKS, check
from vestige.model import Band, RuleError

CT = "1.2.840.10008.5.1.4.1.1.2"
PT = "1.2.840.10008.5.1.4.1.1.128"


def head(number: int, sop_class: str, files: int = 60) -> Series:
    facts = {"class": sop_class, "head": "1", "thickness": "1.0", "series": f"s{number}"}
    return Series(number, facts, files, Band.INFO)


def test_every_check_has_a_rule_and_every_rule_a_check() -> None:
    named = {rule.match.check for rule in CATALOG.rules if isinstance(rule.match, VolumeMatch)}
    assert named == set(CHECKS)
    assert claims.CHECKS.keys() < CHECKS.keys()


def test_heads_are_told_by_how_grave_they_are() -> None:
    volume = [head(1, CT), head(2, PT), head(3, CT, files=5)]
    assert list(check("face-in-a-volume")(volume, CATALOG.tables)) == [1]
    assert list(check("head-in-a-coarse-volume")(volume, CATALOG.tables)) == [2]


def test_an_unknown_check_is_refused() -> None:
    with pytest.raises(RuleError, match="nobody"):
        check("nobody")
