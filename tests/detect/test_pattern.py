import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.detect.objects import CATALOG
from vestige.catalog import TIME_LIMIT, PatternMatch
from vestige.catalog.rule import Rule, read
from vestige.detect import pattern
from vestige.digits import form
from vestige.model import Hit


def rule_of(regex: str, **more: str) -> Rule:
    """A rule with that expression, and examples that fit any."""
    return read(
        "s/r",
        {
            "title": "T",
            "why": "W",
            "remedy": "R",
            "severity": "low",
            "certainty": 0.5,
            "where": ["path"],
            "identifies": "quasi",
            "basis": [],
            "since": "0.1",
            "match": {"pattern": {"regex": regex, **more}},
            "example": [{"text": "a", "finds": ["a"]}, {"finds": [], "because": "b"}],
        },
    )


def hits(rule: Rule, text: str) -> list[Hit]:
    assert isinstance(rule.match, PatternMatch)
    return list(pattern.hits(rule, rule.match, text, CATALOG.lexicon))


def values(rule: Rule, text: str) -> list[str]:
    return [hit.value.reveal() for hit in hits(rule, text)]


def test_the_captured_value_is_the_hit() -> None:
    (hit,) = hits(rule_of(r"no(?P<value>\d+)x"), "a no42x b")
    assert (hit.value.reveal(), hit.span) == ("42", (4, 6))
    assert (hit.claim.rule, hit.certainty) == ("s/r", 0.5)


def test_every_match_is_a_hit_in_order() -> None:
    assert values(rule_of(r"(?P<value>\d+)"), "1 22 333") == ["1", "22", "333"]


def test_a_value_must_be_name_like_where_the_rule_says_so() -> None:
    rule = rule_of(r"(?P<value>[A-Za-z]+)_", words="surname")
    assert values(rule, "QUINTERO_ SERIES_ RODRIGUEZ_") == ["QUINTERO", "RODRIGUEZ"]


@pytest.mark.parametrize(
    ("words", "found"), [("unknown", ["ZARGOTHY", "XQZTRW"]), ("strangers", ["ZARGOTHY"])]
)
def test_a_value_must_be_of_unknown_words_where_the_rule_says_so(
    words: str, found: list[str]
) -> None:
    rule = rule_of(r"(?P<value>[A-Za-z]+)_", words=words)
    assert values(rule, "SERIES_ ZARGOTHY_ XQZTRW_ abdomen_") == found


def test_a_value_must_pass_the_check() -> None:
    rule = rule_of(r"(?P<value>\d{8})", check="plausible-date")
    assert values(rule, "19610203 19619903") == ["19610203"]


def test_a_group_that_took_no_part_is_no_hit() -> None:
    assert values(rule_of(r"b|(?P<value>a)|c(?P<none>)"), "bcab") == ["a"]
    assert values(rule_of(r"(?P<value>\d*)"), "ab") == []


@given(st.text(max_size=60))
def test_the_span_is_where_the_value_stands(text: str) -> None:
    for hit in hits(rule_of(r"(?P<value>\w+)"), text):
        assert text[slice(*hit.span)] == hit.value.reveal()


@given(st.text(alphabet="ab1 ", max_size=40))
def test_hits_are_what_splitting_gives(text: str) -> None:
    assert values(rule_of(r"(?<!\S)(?P<value>\S+)"), text) == text.split()


def test_an_expression_past_its_limit_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pattern, "TIME_LIMIT", 0.05)
    with pytest.raises(TimeoutError):
        hits(rule_of(r"(?P<value>(?:a|a)+)+$"), "a" * 40 + "!")


@pytest.mark.parametrize(
    ("name", "held", "lacked"),
    [
        ("identifiers/document-number", "a1 2x345", "a1234"),
        ("contacts/email", "m at (at) y", "m at y"),
        ("contacts/site-link", "ftp://x", "ftp:/x"),
        ("identifiers/record-number", "Nr. 12 345", "12345 Nr"),
        ("identifiers/hardware-address", "00:1b:44:11:3a:b7", "a:b:c"),
        ("dates/date", "03 de febrero de 1961", "4123-9abc"),
        ("dates/date", "3.2.1961", "3.2.61"),
        ("contacts/ip-address", "10.21.7.44", "10.2 and 3.4"),
    ],
)
def test_an_expression_is_tried_on_texts_that_hold_what_it_needs(
    name: str, held: str, lacked: str
) -> None:
    match = CATALOG.rule(name).match
    assert isinstance(match, PatternMatch)
    assert match.needs is not None
    rule = rule_of(r"(?P<value>^.)", needs=match.needs.of_text.pattern)
    assert len(hits(rule, held)) == 1
    assert not hits(rule, lacked)
    assert pattern.may_hold(match, form(held))
    assert not pattern.may_hold(match, form(lacked))


UNITS = (
    *(
        "a",
        "A",
        "Aa",
        "aA ",
        "1",
        "1 ",
        "1.",
        "1-",
        "12:",
        "a1",
        "Ab-",
        "ab_",
        "A^",
        "A, ",
        "-",
        "_",
    ),
    *(
        "patient ",
        "name of ",
        "Dr. ",
        "van de ",
        "mrn 1",
        "tel 1 ",
        "geb. 1.",
        "a.b@",
        "a@b.",
        "ip 1.",
    ),
    *(
        "1961",
        "19 mar ",
        "é",
        "e\u0301",
        "李",
        "Maria Garcia ",
        "Garcia, ",
        "car",
        "no. ",
        "0a:",
        "+1 ",
    ),
)
"""What, written over and over, sends an expression the longest ways."""


@pytest.mark.parametrize(
    "rule",
    [rule for rule in CATALOG.rules if isinstance(rule.match, PatternMatch)],
    ids=lambda rule: rule.id,
)
def test_shipped_expressions_end_soon_in_any_short_text(rule: Rule) -> None:
    match = rule.match
    assert isinstance(match, PatternMatch)
    assert match.ends_soon
    for unit in UNITS:
        for end in ("", "!", "\N{OBJECT REPLACEMENT CHARACTER}"):
            text = (unit * pattern.SHORT)[: pattern.SHORT - 1] + end
            for _ in match.expression.compiled.finditer(text, timeout=TIME_LIMIT):
                pass
