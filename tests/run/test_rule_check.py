"""Rules on their own examples."""

from dataclasses import replace
from pathlib import Path

from vestige import catalog
from vestige.run.rule_check import Failure, failures

RULE = """
title      = "A ward"
why        = "Wards narrow down who it was."
remedy     = "Rename it."
severity   = "low"
certainty  = 0.5
where      = ["path"]
identifies = "site"
basis      = ["GDPR Art. 4(1)"]
since      = "1"

[match.pattern]
regex = "(?P<value>WARD[0-9]+)"

[[example]]
text  = "WARD7"
finds = ["{found}"]

[[example]]
text    = "WARDEN"
finds   = []
because = "no number"
"""


def test_the_rules_that_are_shipped_bear_out_their_examples() -> None:
    assert list(failures(catalog.load())) == []


def test_an_example_that_is_not_borne_out_is_told_by_its_number(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    rule = tmp_path / "site" / "ward.toml"
    rule.write_text(RULE.replace("{found}", "WARD7"), encoding="utf-8")
    assert list(failures(catalog.load((tmp_path,)))) == []
    rule.write_text(RULE.replace("{found}", "WARD8"), encoding="utf-8")
    found = list(failures(catalog.load((tmp_path,))))
    assert found == [Failure("site/ward", 0, ("WARD8",), ("WARD7",))]


def test_a_rule_is_judged_alone() -> None:
    loaded = catalog.load()
    one = next(rule for rule in loaded.rules if rule.id == "contacts/email")
    assert list(failures(replace(loaded, rules=(one,)))) == []
