"""Which expressions are tried on a text: all that may find something, and few others."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.detect.test_pattern import rule_of
from vestige import catalog
from vestige.catalog import PatternMatch, Rule
from vestige.detect.demands import Held
from vestige.detect.tried import Expressions
from vestige.digits import form

CATALOG = catalog.load()
RULES = [(rule, rule.match) for rule in CATALOG.rules if isinstance(rule.match, PatternMatch)]
TEXTS = sorted({example.text for rule in CATALOG.rules for example in rule.examples})
EXPRESSIONS = Expressions(RULES)


def tried(rules: Expressions, text: str) -> set[str]:
    return {rule.id for rule, _ in rules.tried(Held(text, plain=text.isascii()))}


def of(*expressions: tuple[str, dict[str, str]]) -> Iterator[tuple[Rule, PatternMatch]]:
    for source, more in expressions:
        rule = rule_of(source, **more)
        assert isinstance(rule.match, PatternMatch)
        yield rule, rule.match


@pytest.mark.parametrize("text", TEXTS)
def test_what_finds_something_in_an_example_is_tried(text: str) -> None:
    finding = {rule.id for rule, match in RULES if match.expression.compiled.search(text)}
    assert finding <= tried(EXPRESSIONS, text)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(TEXTS), min_size=2, max_size=5),
    st.sampled_from(("", "_", " ", "-", "é", "٣", "_.,;:" * 9)),
)
def test_what_finds_something_in_texts_side_by_side_is_tried(texts: list[str], gap: str) -> None:
    text = gap.join(texts)
    finding = {
        rule.id for rule, match in RULES if match.expression.compiled.search(text, timeout=5)
    }
    assert finding <= tried(EXPRESSIONS, text)


@pytest.mark.parametrize(
    ("expression", "text", "asked"),
    [
        (r"(?P<value>a)\^", "a b", False),
        (r"(?P<value>a)\^", "b^c", True),
        (r"(?P<value>\d\d-\d\d)", "a-1", False),
        (r"(?P<value>\d\d-\d\d)", "a-1x234", True),
        (r"(?P<value>\d:\d:\d)", "1:23", False),
        (r"(?<![\p{L}])mrn(?P<value>\d)", "pat 7", False),
        (r"(?<![\p{L}])mrn(?P<value>\d)", "pat mr7", False),
        (r"(?<![\p{L}])mrn(?P<value>\d)", "pat Mrn7", True),
    ],
)
def test_what_a_text_holds_decides(expression: str, text: str, asked: bool) -> None:  # noqa: FBT001
    assert (tried(Expressions(of((expression, {}))), text) == {"s/r"}) is asked


def test_what_a_rule_needs_is_looked_for() -> None:
    rules = Expressions(of((r"(?P<value>a+)", {"needs": "x"})))
    assert tried(rules, "aa") == set()
    assert tried(rules, "aax") == {"s/r"}


@pytest.mark.parametrize("text", TEXTS)
def test_what_may_find_something_in_a_text_of_the_form_is_open_to_it(text: str) -> None:
    finding = {match for _, match in RULES if match.expression.compiled.search(text)}
    if text.isascii():
        assert finding <= set(EXPRESSIONS.open_to_form(Held(form(text), plain=True)))


def test_beginnings_with_digits_are_open_to_any_form() -> None:
    rules = Expressions(of((r"(?<![\p{L}])mr7(?P<value>\d)", {})))
    assert len(list(rules.open_to_form(Held("pat mr99", plain=True)))) == 1
    assert list(rules.open_to_form(Held("pat mr", plain=True))) == []
