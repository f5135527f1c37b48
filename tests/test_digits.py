"""Forms of texts, and expressions that find in a form whatever they find in its texts."""

import re

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.detect.objects import CATALOG
from vestige.catalog import PatternMatch
from vestige.digits import blinded, form, form_of, forms_of

PATTERNS = sorted(
    {
        rule.match.expression.pattern
        for rule in CATALOG.rules
        if isinstance(rule.match, PatternMatch)
    }
)
DUMMIES = sorted({d.value for _, _, d in CATALOG.tables.dummies if d.match == "regex"})

OWN = (
    r"(?:19|20)\d{2}",
    r"[1-9]\d",
    r"^0[^a-z]1$",
    r"(?<!\d)(?P<s>[-_])\d(?P=s)7",
    r"(\d)\1+",
    r"a{2,3}5?b*",
    r"[0-9]{3}[.]5",
    r"\p{L}+[02468]",
    r"(?i)mr-?[1-3]",
    r"[]5]x",
    r"[.-5]",
)

UNTOLD = (
    r"(?!0)\d",
    r"(?<![12])\d",
    r"[^5]",
    r"\d++5",
    r"(?>\d*)5",
    r"\x35",
    r"[[a-z]--[aeiou]]5",
    r"(?x) 5 # five",
    r"a\12",
    r"(5",
    r"5)",
    r"[5",
    "\\",
)

TEXTS = st.text(alphabet="0123456789019205aAmMrRsS-_./ :^+@x'", max_size=24)


def test_a_form_has_the_letters_of_its_text_and_no_other_digit_than_nine() -> None:
    assert form("IM00042_v2.dcm") == "IM99999_v9.dcm"
    assert form_of(b"1.2.840\xff") == b"9.9.999\xff"
    assert form("٤٢") == "٤٢"


@pytest.mark.parametrize("pattern", [*PATTERNS, *OWN])
@settings(max_examples=40)
@given(data=st.data())
def test_what_an_expression_finds_its_blind_twin_finds_in_the_form(
    pattern: str, data: st.DataObject
) -> None:
    widened = blinded(pattern)
    assert widened is not None
    text = data.draw(st.one_of(TEXTS, st.from_regex(_plain(pattern)).map(_short)))
    if regex.search(pattern, text, regex.VERSION1):
        assert regex.search(widened, form(text), regex.VERSION1)


@pytest.mark.parametrize("pattern", DUMMIES)
@settings(max_examples=60)
@given(data=st.data())
def test_so_do_the_twins_of_dummies(pattern: str, data: st.DataObject) -> None:
    widened = blinded(pattern)
    assert widened is not None
    text = _short(data.draw(st.from_regex(pattern)))
    if re.search(pattern, text):
        assert re.search(widened, form(text))


def _plain(pattern: str) -> str:
    """An expression that the generator of texts understands."""
    plain = {"L": "A-Za-z", "Lu": "A-Z", "Lo": "a-z", "Ll": "a-z", "M": "", "N": "0-9", "Nd": "0-9"}
    inside = re.sub(
        r"\[(?:[^]\\]|\\.)*]",
        lambda found: re.sub(r"\\p{(\w+)}", lambda one: plain[one[1]], found[0]),
        pattern,
    )
    inside = inside.replace("(?P<value>", "(?:")  # `regex` lets two groups have one name
    return re.sub(r"\\p{(\w+)}", lambda one: f"[{plain[one[1]]}]", inside)


def _short(text: str) -> str:
    return text[:200]


@pytest.mark.parametrize("pattern", UNTOLD)
def test_what_cannot_be_told_is_not_told(pattern: str) -> None:
    assert blinded(pattern) is None


@given(st.text(alphabet=r"()[]{}?*+\|^$.-!=<>:P09azdwi5,", max_size=16))
@settings(max_examples=400)
def test_any_expression_is_blinded_or_not(pattern: str) -> None:
    widened = blinded(pattern)
    try:
        compiled = re.compile(pattern)
    except (re.error, FutureWarning):
        return
    if widened is not None:
        twin = re.compile(widened)
        for text in ("", "0", "17", "a5", "05-0", "5)", "2019", "zz9"):
            if compiled.search(text):
                assert twin.search(form(text)), (pattern, widened, text)


@given(st.lists(st.text("a1\n\r9é/", max_size=4), max_size=5))
def test_forms_of_texts_are_those_of_each_or_none(texts: list[str]) -> None:
    found = forms_of(texts)
    told = [text.isascii() and "\n" not in text for text in texts]
    if found is None:
        assert not (texts and all(told))
    else:
        assert found == [form_of(text.encode()) for text in texts]
