import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from vestige import catalog
from vestige.catalog import PatternMatch
from vestige.detect.demands import HEAD, Demands, Held, demands

CATALOG = catalog.load()
EXPRESSIONS = {
    rule.id: rule.match.expression.compiled
    for rule in CATALOG.rules
    if isinstance(rule.match, PatternMatch)
}
NEEDED = {
    f"{rule.id} needs": rule.match.needs.of_text
    for rule in CATALOG.rules
    if isinstance(rule.match, PatternMatch) and rule.match.needs
}
TEXTS = sorted({example.text for rule in CATALOG.rules for example in rule.examples})
DIGITS = "0123456789"


@pytest.mark.parametrize(
    ("expression", "digits", "heads"),
    [
        (r"(?<![\p{L}])(?P<value>mrn\d{5,8})", 5, {"mrn"}),
        (
            r"(?i)(?<![\p{L}])(?:MRN|no?)[ _]{0,2}\d",
            1,
            {"mrn", "n", "n ", "n_", "no", "no ", "no_"},
        ),
        (r"(?<![\p{L}\d])t[eé]l\+", 0, {"tel"}),
        (r"(?<![\p{L}])a|b\d", 0, set()),
        (r"(?<![\p{L}])(?:[ab]{2})?\d\d", 2, set()),
        (r"(?<![\p{L}])stra(?:ß|s)e", 0, {"str"}),
        (r"(?<![\p{L}])ßx", 0, {"ssx"}),
        (r"\d{3}-\d\d|[0-9]{4}", 4, set()),
        (r"(?:\d\D*){4}(?=\d)", 4, set()),
        (r"(?<!\d)\d+(?P<s>[-.])\d*(?P=s)7?", 1, set()),
        (r"(?>\d{9})", 0, set()),
        (r"[[a-z]--[m]]\d", 0, set()),
        (r"(?<![\p{L}])\x41\d", 0, set()),
        (r"a{e<=1}\d", 0, set()),
    ],
)
def test_what_an_expression_demands(expression: str, digits: int, heads: set[str]) -> None:
    assert demands(expression)[:2] == (digits, frozenset(heads))


@pytest.mark.parametrize(
    ("expression", "marks"),
    [
        (r"\^", {"^"}),
        (r"@|[\[(]at[\])]", {"@", "[]", "(]", ")[", "()"}),
        (r"[0-9]{2}(?:[:-]\d){3}", {":::", "-::", "--:", "---"}),
        (r"(?:[0-9a-f]{1,4}:{1,2}){2}", {"::"}),
        (r"a ?b", set()),
        (r"a(?= )b(?<!_)", set()),
        (r"[\w-]x|/", set()),
        (r"[a_-]\d|,", set()),
        (r"x[ _][(](?:-|\+)", {" (-", " (+", "(-_", "(+_"}),
        (r"(?:[-+_ ]\d){4}", set("-+_ ")),  # too many alternatives: what is surely there
    ],
)
def test_which_marks_an_expression_demands(expression: str, marks: set[str]) -> None:
    found = demands(expression).marks
    assert {"".join(sorted(one)) for one in found} == {"".join(sorted(one)) for one in marks}


def _holds(text: str, demanded: Demands) -> bool:
    return not demanded.marks or any(
        all(text.count(mark) >= marks.count(mark) for mark in marks) for marks in demanded.marks
    )


@pytest.mark.parametrize("name", [*EXPRESSIONS, *NEEDED])
def test_every_match_has_what_is_demanded(name: str) -> None:
    expression = EXPRESSIONS.get(name) or NEEDED[name]
    demanded = demands(expression.pattern)
    for text in TEXTS:
        for found in expression.finditer(text):
            assert sum(map(str.isdecimal, found.group())) >= demanded.digits or not found.group()
            assert _holds(found.group(), demanded)
            held = Held(text, plain=text.isascii())
            assert held.digits >= demanded.digits
            assert not demanded.heads or held.begins(demanded.heads)


@given(
    st.lists(st.sampled_from(TEXTS), min_size=2, max_size=4), st.sampled_from(("", "_", " ", "-"))
)
def test_texts_side_by_side_hold_what_their_matches_demand(texts: list[str], gap: str) -> None:
    text = gap.join(texts)
    held = Held(text, plain=text.isascii())
    for expression in EXPRESSIONS.values():
        if expression.search(text, timeout=5):
            demanded = demands(expression.pattern)
            assert held.digits >= demanded.digits
            assert not demanded.heads or held.begins(demanded.heads)


@given(st.text(st.sampled_from("aB1. _"), max_size=12))
def test_a_plain_text_holds_its_digits_and_the_beginnings_of_its_words(text: str) -> None:
    held = Held(text, plain=True)
    assert held.digits == sum(letter in DIGITS for letter in text)
    for found in regex.finditer(r"(?<![A-Za-z])[A-Za-z]", text):
        for length in range(1, HEAD + 1):
            assert held.begins(frozenset({text[found.start() :][:length].lower()}))
    assert not held.begins(frozenset({"x"}))


def test_of_other_texts_nothing_is_told() -> None:
    assert Held("é", plain=False).begins(frozenset({"mrn"}))
    assert Held("é1", plain=False).digits == 1, "Latin letters have no digits of their own"
    assert Held("٣", plain=False).digits > len("٣")
