"""Expressions of rules: compiled when they are asked for, and sound before they are used."""

import pytest

from vestige.catalog import expression
from vestige.catalog.expression import Expression, demand_sound
from vestige.model import RuleError


def test_an_expression_is_compiled_when_it_is_asked_for_and_once() -> None:
    one = Expression(r"(?P<value>\p{Lu}+)")
    assert "compiled" not in vars(one)
    assert one.compiled.findall("abCD") == ["CD"]
    assert one.compiled is one.compiled
    assert one == Expression(one.pattern)


def test_what_is_sound_is_let_through() -> None:
    demand_sound(Expression("(?P<value>a+)"), "s/r.toml", ["aaa", "b"])


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("(?P<value>a", "s/r.toml: match.pattern.regex: does not compile: missing"),
        ("a", "s/r.toml: match.pattern.regex: has no group named value"),
    ],
)
def test_what_is_no_expression_of_a_rule_is_refused(source: str, says: str) -> None:
    with pytest.raises(RuleError, match=f"^{says}"):
        demand_sound(Expression(source), "s/r.toml", [])


def test_an_expression_that_takes_too_long_names_its_example(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(expression, "TIME_LIMIT", 0.05)
    slow = Expression("(?P<value>(?:a|a)+)b")
    with pytest.raises(RuleError, match=r"^s/r.toml: example\[1\]\.text: match.pattern.regex runs"):
        demand_sound(slow, "s/r.toml", ["ab", "a" * 60])
