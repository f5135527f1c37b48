"""Every rule finds what its examples say."""

from dataclasses import replace

import pytest

from vestige import catalog
from vestige.catalog import Example, Rule
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


def test_no_example_is_left_unborne_by_its_rule() -> None:
    assert list(rule_check.failures(CATALOG)) == []


@pytest.mark.parametrize("rule", CATALOG.rules, ids=lambda rule: rule.id)
def test_a_rule_says_what_it_found_and_what_to_do(rule: Rule) -> None:
    assert rule.title[0].isupper()
    assert all(text.endswith(".") for text in (rule.why, rule.remedy))
    assert rule.basis
    assert 0 < rule.certainty <= 1


def test_an_example_that_the_rule_does_not_bear_out_is_told() -> None:
    rule = CATALOG.rule("contacts/email")
    wrong = replace(rule, examples=(replace(rule.examples[0], finds=("other",)),))
    (failure,) = rule_check.failures(replace(CATALOG, rules=(wrong,)))
    assert (failure.rule, failure.example) == ("contacts/email", 0)
    assert failure.expected == ("other",)
    assert failure.found == rule.examples[0].finds
