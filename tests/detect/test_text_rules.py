from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.detect.test_pattern import rule_of
from vestige import catalog
from vestige.catalog import Rule
from vestige.detect.text_rules import TextRules, text_judgement
from vestige.model import Band

CATALOG = catalog.load()


def rule(regex: str, name: str, severity: Band = Band.LOW, certainty: float = 0.5) -> Rule:
    return replace(rule_of(regex), id=f"s/{name}", severity=severity, certainty=certainty)


def found(text: str, *rules: Rule) -> list[tuple[str, str]]:
    hits = text_judgement(text, TextRules(rules), CATALOG.lexicon).hits
    return [(hit.claim.rule, hit.value.reveal()) for hit in hits]


def test_of_two_claims_on_one_span_the_graver_stays() -> None:
    mild = rule(r"(?P<value>\d{8})", "a-mild", certainty=0.9)
    grave = rule(r"(?P<value>\d{4})", "grave", Band.HIGH, certainty=0.1)
    assert found("19610203", mild, grave) == [("s/grave", "1961"), ("s/grave", "0203")]


def test_of_two_equally_grave_the_surer_stays() -> None:
    sure = rule(r"(?P<value>\d{4})", "sure", certainty=0.9)
    unsure = rule(r"(?P<value>\d{8})", "a-unsure", certainty=0.2)
    assert found("19610203x", unsure, sure) == [("s/sure", "1961"), ("s/sure", "0203")]


def test_of_two_alike_the_first_place_and_name_stay() -> None:
    one, two = rule(r"(?P<value>b\d)", "b"), rule(r"(?P<value>\db)", "a")
    assert found("b1b", one, two) == [("s/b", "b1")]
    assert found("b1", rule(r"(?P<value>b1)", "z"), rule(r"(?P<value>b1)", "y")) == [("s/y", "b1")]


def test_claims_side_by_side_both_stay_in_order() -> None:
    right, left = rule(r"(?P<value>b+)", "b", Band.HIGH), rule(r"(?P<value>a+)", "a")
    assert found("aabb", right, left) == [("s/a", "aa"), ("s/b", "bb")]


SPANS = st.lists(
    st.tuples(
        st.integers(0, 12), st.integers(1, 6), st.sampled_from(Band), st.sampled_from([0.2, 0.8])
    ),
    max_size=6,
)


@given(SPANS)
def test_what_stays_never_overlaps_and_nothing_graver_is_lost(
    spans: list[tuple[int, int, Band, float]],
) -> None:
    text = "abcdefghijklmnopqr"
    rules = tuple(
        rule(f"(?P<value>{text[start : start + length]})", str(number), severity, certainty)
        for number, (start, length, severity, certainty) in enumerate(spans)
    )
    kept = text_judgement(text, TextRules(rules), CATALOG.lexicon).hits
    assert all(a.span[1] <= b.span[0] for a, b in pairwise(kept))
    ids = {hit.claim.rule for hit in kept}
    for one, (start, length, severity, certainty) in zip(rules, spans, strict=True):
        over = [k for k in kept if k.span[0] < start + length and start < k.span[1]]
        assert one.id in ids or any(
            (k.claim.severity, k.certainty) >= (severity, certainty) for k in over
        )


@pytest.mark.parametrize(
    "text",
    [
        "acc12345-0000-4000-8000-000000000001",
        "0f1e2d3c-0000-4000-8000-acc123456789.dcm",
        "1.2.840.113619.2.5.20190317101010",
    ],
)
def test_digits_of_unique_identifiers_are_of_nobody(text: str) -> None:
    rules = tuple(
        rule for rule in CATALOG.rules if rule.id.startswith(("identifiers/", "contacts/"))
    )
    assert found(text, *rules) == []
    assert found("acc 12345678", *rules) == [("identifiers/record-number", "12345678")]
