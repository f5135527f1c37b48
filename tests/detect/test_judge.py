from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.detect.objects import CATALOG
from tests.detect.test_pattern import rule_of
from vestige import catalog
from vestige.catalog import PatternMatch, Rule, WordsMatch
from vestige.detect import judge as judges
from vestige.detect.judge import Judge, Judgement, text_judgement
from vestige.model import Band, Declaration, Hit, Observation, Place, RuleError, Where
from vestige.sensitive import Sensitive

NOTHING = Declaration()
NAME = Place(Where.PATH, "name")
DESCRIPTION = Place(Where.HEADER, "(0008,1030)", 0x00081030, "LO")


def rule(regex: str, name: str, severity: Band = Band.LOW, certainty: float = 0.5) -> Rule:
    return replace(rule_of(regex), id=f"s/{name}", severity=severity, certainty=certainty)


def found(text: str, *rules: Rule) -> list[tuple[str, str]]:
    hits = text_judgement(text, rules, CATALOG.lexicon).hits
    return [(hit.claim.rule, hit.value.reveal()) for hit in hits]


def hits_of(text: str, place: Place = NAME, policy: str = "gdpr") -> tuple[Hit, ...]:
    judge = Judge(CATALOG, catalog.policy(policy))
    return judge.judge(Observation(place, Sensitive(text)), NOTHING)[0].hits


# --- overlaps ----------------------------------------------------------------------------------


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
    kept = text_judgement(text, rules, CATALOG.lexicon).hits
    assert all(a.span[1] <= b.span[0] for a, b in pairwise(kept))
    ids = {hit.claim.rule for hit in kept}
    for one, (start, length, severity, certainty) in zip(rules, spans, strict=True):
        over = [k for k in kept if k.span[0] < start + length and start < k.span[1]]
        assert one.id in ids or any(
            (k.claim.severity, k.certainty) >= (severity, certainty) for k in over
        )


# --- texts -------------------------------------------------------------------------------------


def test_a_name_in_a_path_and_in_a_description() -> None:
    (in_path,) = hits_of("QUINTERO^MARIA")
    assert (in_path.claim.rule, in_path.span) == ("names/person-name", (0, 14))
    in_header = [hit.claim.rule for hit in hits_of("CT of QUINTERO^MARIA", DESCRIPTION)]
    assert in_header == ["elements/free-text", "names/person-name"]


def test_certainty_and_severity_are_those_of_the_rule() -> None:
    (hit,) = hits_of("sent to m.quintero@klinik.test", Place(Where.TRAILING, "trailing"))
    mail = CATALOG.rule("contacts/email")
    assert (hit.certainty, hit.claim.severity) == (mail.certainty, mail.severity)


def test_the_extension_of_a_file_is_not_part_of_its_name() -> None:
    (hit,) = hits_of("QUINTERO_00000000-0000-4000-8000-000000000001.nii.gz")
    assert hit.claim.rule == "names/surname-before-uuid"
    assert hits_of(".dcm") == ()


def test_a_decomposed_name_is_the_same_name() -> None:
    (hit,) = hits_of("MUN\u0303OZ^MARIA")
    assert hit.value.reveal() == "MU\u00d1OZ^MARIA"


def test_rules_look_only_where_they_say() -> None:
    assert [hit.claim.rule for hit in hits_of("CT_2019-03-17")] == ["dates/date"]
    assert hits_of("CT_2019-03-17", Place(Where.PREAMBLE, "preamble")) == ()


@pytest.mark.parametrize("vr", ["DS", "DA", "UI", "AS", "TM"])
def test_a_text_that_strayed_into_a_bound_element_is_read(vr: str) -> None:
    place = Place(Where.HEADER, "(0018,0050)", 0x00180050, vr)
    assert [h.claim.rule for h in hits_of("QUINTERO^MARIA", place)] == ["names/person-name"]
    assert hits_of("1.2.840.20190317.5", place) == ()


def test_a_name_of_staff_is_claimed_once() -> None:
    place = Place(Where.HEADER, "(0008,1048)", 0x00081048, "PN")
    assert [hit.claim.rule for hit in hits_of("QUINTERO^MARIA", place)] == ["elements/staff"]


def test_a_name_in_a_study_code_is_claimed_as_a_name() -> None:
    place = Place(Where.HEADER, "(0012,0040)", 0x00120040, "LO")
    rules = [hit.claim.rule for hit in hits_of("QUINTERO^MARIA", place)]
    assert rules == ["elements/pseudonym", "names/person-name"]


def test_a_rule_that_the_policy_ignores_is_silent() -> None:
    policy = replace(catalog.policy("gdpr"), ignores=("names/*", "elements/free-text"))
    judge = Judge(CATALOG, policy)
    text = Observation(DESCRIPTION, Sensitive("CT of QUINTERO^MARIA"))
    assert judge.judge(text, NOTHING) == (Judgement((), complete=True), True)


# --- the memo ----------------------------------------------------------------------------------


def test_each_text_is_judged_once_for_a_place_and_a_declaration() -> None:
    judge = Judge(CATALOG, catalog.policy("gdpr"))
    text = Observation(DESCRIPTION, Sensitive("Zargoth"))
    first, now = judge.judge(text, NOTHING)
    again, later = judge.judge(text, NOTHING)
    assert (now, later) == (True, False)
    assert first == again
    assert first.hits
    assert judge.judge(text, Declaration(frozenset({"113105"}))) == (
        Judgement((), complete=True),
        True,
    )
    assert judge.judge(replace(text, place=NAME), NOTHING)[1]


def test_the_memo_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judges, "_MEMO_LIMIT", 10)
    judge = Judge(CATALOG, catalog.policy("gdpr"))
    for number in range(50):
        judge.judge(Observation(NAME, Sensitive(f"n{number}")), NOTHING)
        assert len(judge._memo) <= 10
    judge.judge(Observation(NAME, Sensitive("n" * 5000)), NOTHING)
    assert all(len(key[2]) <= judges._MEMO_TEXT for key in judge._memo)


@given(st.text(max_size=80), st.sampled_from(["LO", "PN", "DA", "UN", "UI", "SQ", "", "OB", "??"]))
def test_any_text_is_judged_and_remembered_alike(text: str, vr: str) -> None:
    judge = _SHARED_JUDGE
    place = Place(Where.HEADER, "(0010,0020)", 0x00100020, vr)
    observation = Observation(place, Sensitive(text))
    hits, _ = judge.judge(observation, NOTHING)
    assert judge.judge(observation, NOTHING) == (hits, False)


_SHARED_JUDGE = Judge(CATALOG, catalog.policy("gdpr"))


# --- rules that name what there is not -----------------------------------------------------------


def test_an_unknown_check_is_refused_before_the_scan() -> None:
    bad = replace(rule_of(r"(?P<value>a)"), match=_pattern_with("no-such"))
    with pytest.raises(RuleError, match=r"s/r\.toml: match\.pattern\.check: .*'no-such'"):
        Judge(replace(CATALOG, rules=(bad,)), catalog.policy("gdpr"))


def _pattern_with(check: str) -> PatternMatch:
    match = rule_of(r"(?P<value>a)").match
    assert isinstance(match, PatternMatch)
    return replace(match, check=check)


def test_an_unknown_shape_is_refused_before_the_scan() -> None:
    words = CATALOG.rule("names/person-name")
    assert isinstance(words.match, WordsMatch)
    bad = replace(words, match=replace(words.match, shapes=frozenset({"square"})))
    with pytest.raises(RuleError, match=r"match\.words\.shapes: 'square' is no shape"):
        Judge(replace(CATALOG, rules=(bad,)), catalog.policy("gdpr"))
