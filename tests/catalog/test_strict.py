from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vestige.catalog.strict import Fields, reason
from vestige.model import Band, PolicyError, RuleError


def fields(**table: object) -> Fields:
    return Fields("f.toml", table, RuleError)


def test_every_kind_is_taken_as_it_is() -> None:
    taken = fields(
        text="t", texts=["a", "b"], number=2, share=0.5, band="HIGH", whole=7, table={"in": "x"}
    )
    assert taken.text("text") == "t"
    assert taken.texts("texts") == ("a", "b")
    assert taken.number("number") == 2.0
    assert taken.share("share") == 0.5
    assert taken.band("band") is Band.HIGH
    assert taken.whole("whole") == 7
    inner = taken.table("table")
    assert inner.text("in") == "x"
    inner.finish()
    taken.finish()


def test_a_day_is_a_date_without_a_time() -> None:
    day = date(2030, 1, 31)
    assert fields(until=day).day("until") == day
    for wrong in ("2030-01-31", 20300131, datetime(2030, 1, 31, tzinfo=UTC)):
        with pytest.raises(RuleError, match=r"until: must be a date.*2030-01-31"):
            fields(until=wrong).day("until")


def test_defaults_stand_in_for_missing_keys_only() -> None:
    taken = fields(there="x")
    assert taken.text("text", default="d") == "d"
    assert taken.texts("texts", default=("d",)) == ("d",)
    assert taken.number("number", default=float("inf")) == float("inf")
    assert taken.text("there", default="d") == "x"
    with pytest.raises(RuleError, match=r"f\.toml: gone: is missing"):
        taken.text("gone")


def test_keys_that_nobody_took_are_refused() -> None:
    taken = fields(a="x", b="y")
    taken.text("a")
    with pytest.raises(RuleError, match=r"f\.toml: b: unknown key"):
        taken.finish()


def test_nested_keys_are_named_with_their_path() -> None:
    taken = fields(outer={"inner": [{"x": 1}]})
    (inner,) = taken.table("outer").tables("inner")
    with pytest.raises(RuleError, match=r"f\.toml: outer\.inner\[0\]\.x: must be a string"):
        inner.text("x")


def test_the_error_is_of_the_kind_of_file() -> None:
    with pytest.raises(PolicyError):
        Fields("p", {}, PolicyError).text("a")


@pytest.mark.parametrize("value", [True, False])
def test_truth_is_no_number(value: bool) -> None:  # noqa: FBT001 - the value under test
    for take in (Fields.number, Fields.whole, Fields.share):
        with pytest.raises(RuleError, match="must be a whole number"):
            take(fields(x=value), "x")


@pytest.mark.parametrize("value", [-1, 1001, 1.5, "7"])
def test_what_is_no_whole_number(value: object) -> None:
    with pytest.raises(RuleError):
        fields(x=value).whole("x")


def test_exactly_one_of_some_keys() -> None:
    assert fields(a=1).only_key(("a", "b")) == "a"
    for table in ({}, {"a": 1, "b": 1}):
        with pytest.raises(RuleError, match="needs exactly one of a, b"):
            Fields("f", table, RuleError).only_key(("a", "b"))


ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=8,
)


@given(ANY)
def test_whatever_stands_at_a_key_is_taken_or_refused(value: object) -> None:
    takers = (
        Fields.text,
        Fields.words,
        Fields.texts,
        Fields.number,
        Fields.whole,
        Fields.share,
        Fields.flag,
        Fields.band,
        Fields.table,
        lambda taken, key: list(taken.tables(key)),
        lambda taken, key: taken.choice(key, ("a", "b")),
    )
    for take in takers:
        try:
            take(fields(x=value), "x")
        except RuleError as error:
            assert str(error).startswith("f.toml: x: ")  # noqa: PT017 - either is right


def test_a_flag_that_is_absent_is_false_and_no_number_is_one() -> None:
    assert fields(x=True).flag("x")
    assert not fields(x=False).flag("x")
    assert not fields().flag("x")
    with pytest.raises(RuleError, match=r"f\.toml: x: must be true or false"):
        fields(x=1).flag("x")


def test_a_string_is_told_from_what_is_none() -> None:
    assert fields(x="a").is_text("x")
    assert not fields(x=1).is_text("x")
    assert not fields().is_text("x")


def test_why_a_file_is_no_toml() -> None:
    assert reason(ValueError("bad")) == "bad"
    assert reason(RecursionError("deep")) == "nested too deeply"
