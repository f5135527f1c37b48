from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.detect.test_codes import CODES, ENDINGS
from tests.detect.test_pattern import rule_of
from vestige import catalog
from vestige.model import Declaration, Where
from vestige.read.name import WAY
from vestige.run.answers import Answers
from vestige.run.causes import Causes
from vestige.run.named import Names

RULES = catalog.load()
ANY_CODE = "(?P<value>^[0-9a-f-]{4})"


def answers(of: catalog.Catalog) -> Answers:
    return Answers(of, catalog.policy("gdpr"), Causes(b"k" * 32))


REMEMBERING, FRESH = answers(RULES), answers(RULES)
NAMES = Names(REMEMBERING)


@settings(max_examples=60)
@given(
    st.lists(
        st.one_of(
            st.tuples(CODES, ENDINGS).map("".join),
            st.tuples(st.sampled_from(("IM", "QUINTERO_MARIA_", "")), st.from_regex("[0-9]{0,8}"))
            .map("".join)
            .filter(bool),
        ),
        min_size=1,
        max_size=8,
    )
)
def test_names_that_are_not_looked_at_would_have_said_the_same(names: list[str]) -> None:
    for name in (*names, *names):
        raw = name.encode()
        looked_at = FRESH.of(WAY.observed(raw), Declaration())
        said = NAMES.said(raw)
        assert len(said.causes) == len(looked_at.causes)
        assert not (NAMES.says_nothing(raw) and looked_at.causes)


def test_a_rule_for_codes_is_asked_of_each() -> None:
    code = b"3f2504e0-4f89-41d3-9a0c-0305e82c3301.dcm"
    assert Names(answers(RULES)).says_nothing(code)
    of_codes = replace(rule_of(ANY_CODE), id="names/codes", where=frozenset({Where.PATH}))
    assert not Names(answers(replace(RULES, rules=(*RULES.rules, of_codes)))).says_nothing(code)
