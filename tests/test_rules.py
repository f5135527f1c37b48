"""Every rule finds what its examples say, and broken rules do not load."""

from pathlib import Path

import pytest

from vestige import catalog
from vestige.catalog import Example, Rule
from vestige.catalog.policy import parse as parse_policy
from vestige.catalog.rule import parse
from vestige.model import PolicyError, RuleError
from vestige.run import rule_check

CATALOG = catalog.load()
CASES = [
    pytest.param(rule, example, id=f"{rule.id}-{number}")
    for rule in CATALOG.rules
    for number, example in enumerate(rule.examples)
]


@pytest.mark.parametrize(("rule", "example"), CASES)
def test_example(rule: Rule, example: Example) -> None:
    found = rule_check.found_in(rule, example, CATALOG, catalog.policy("gdpr"))
    assert found == example.finds


GOOD = """
title = "T"
why = "W"
remedy = "R"
severity = "low"
certainty = 0.5
where = ["path"]
identifies = "quasi"
basis = ["B"]
since = "0.1"
[match.pattern]
regex = '(?P<value>a+)b'
[[example]]
text = "aab"
finds = ["aa"]
[[example]]
text = "ba"
finds = []
because = "no b behind"
"""


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('title = "T"', 'titel = "T"', "title: is missing"),
        ('since = "0.1"', 'since = "0.1"\ncolour = "red"', "colour: unknown key"),
        ('severity = "low"', 'severity = "dire"', "severity: 'dire' is no band"),
        ("certainty = 0.5", "certainty = 1.5", "certainty: must lie between"),
        ("(?P<value>a+)b", "(?P<value>a+b", "regex: does not compile"),
        ("(?P<value>a+)b", "a+b", "regex: has no group named value"),
        ('["path"]', '["paths"]', "where: "),
        ("[match.pattern]", "[match.patterns]", "needs exactly one of"),
        ('finds = ["aa"]', 'finds = []\nbecause = "x"', "none that the rule finds"),
        ('because = "no b behind"', "", "`because` is missing"),
        ("[[example]]", "[[example", "not valid TOML"),
    ],
)
def test_a_broken_rule_names_file_and_key(old: str, new: str, says: str) -> None:
    parse("s/good", GOOD.encode())
    with pytest.raises(RuleError) as error:
        parse("s/good", GOOD.replace(old, new, 1).encode())
    assert says in str(error.value)
    assert "s/good.toml" in str(error.value)


def test_rules_of_a_site_are_added_and_change_the_digest(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "good.toml").write_text(GOOD)
    extended = catalog.load([tmp_path])
    assert len(extended.rules) == len(CATALOG.rules) + 1
    assert extended.digest != CATALOG.digest
    assert catalog.load().digest == CATALOG.digest


def test_a_folder_without_rules_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="holds no rule"):
        catalog.load([tmp_path])


def test_policies_load_and_are_strict() -> None:
    assert catalog.policies() == ("dicom", "gdpr", "hipaa")
    for name in catalog.policies():
        assert catalog.policy(name).name == name
    with pytest.raises(PolicyError, match="unknown key"):
        parse_policy(
            "p",
            b'title="T"\nwhy="W"\nfail-on="low"\nhonours=[]\nunexamined="accept"\nx=1',
        )
    with pytest.raises(PolicyError, match="no policy"):
        catalog.policy("nonesuch")
