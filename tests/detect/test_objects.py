from collections.abc import Mapping
from dataclasses import replace

import pytest

from tests.detect.objects import CATALOG
from vestige import catalog
from vestige.catalog import ObjectMatch
from vestige.detect.elements import ElementRules
from vestige.detect.objects import CHECKS, ObjectRules
from vestige.model import Band, RuleError
from vestige.run import examples

POLICY = catalog.policy("gdpr")
ELEMENTS = ElementRules(CATALOG, POLICY)


def hits(values: Mapping[str, str], policy: str = "gdpr") -> dict[str, tuple[Band, str]]:
    rules = ObjectRules(CATALOG, catalog.policy(policy))
    found = rules.hits(*examples.stated(values, ELEMENTS))
    return {hit.claim.rule: (hit.claim.severity, hit.pointer) for hit in found}


def test_every_check_has_a_rule_and_every_rule_a_check() -> None:
    named = {rule.match.check for rule in CATALOG.rules if isinstance(rule.match, ObjectMatch)}
    assert named == set(CHECKS)


def test_an_object_without_claims_and_findings_is_only_unclaimed() -> None:
    found = hits({"(0008,0060)": "CT", "(0010,0010)": ""})
    assert found == {"claims/clean-without-claim": (Band.INFO, "(0012,0062)")}


def test_a_clean_object_that_says_how_it_was_cleaned_says_nothing() -> None:
    claimed = {"(0012,0062)": "YES", "(0012,0064)": "113100", "(0028,0303)": "REMOVED"}
    assert hits({**claimed, "(0010,0010)": "ANON", "(0008,0060)": "CT"}) == {}


def test_a_real_name_belies_the_claim_and_nothing_else() -> None:
    claimed = {"(0012,0062)": "YES", "(0012,0064)": "113100", "(0028,0303)": "REMOVED"}
    found = hits({**claimed, "(0010,0010)": "QUINTERO^MARIA"})
    assert found == {"claims/removed-but-real": (Band.CRITICAL, "(0012,0062)")}


def test_a_policy_may_leave_rules_out() -> None:
    policy = replace(POLICY, ignores=("claims/*",))
    rules = ObjectRules(CATALOG, policy)
    assert list(rules.hits(*examples.stated({"(0012,0062)": "YES"}, ELEMENTS))) == []


def test_an_unknown_check_is_refused() -> None:
    rule = next(rule for rule in CATALOG.rules if isinstance(rule.match, ObjectMatch))
    odd = replace(CATALOG, rules=(replace(rule, match=ObjectMatch("no-such-check")),))
    with pytest.raises(RuleError, match="no-such-check"):
        ObjectRules(odd, POLICY)
