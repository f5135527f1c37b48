from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.detect.objects import CATALOG
from tests.detect.objects import judge as judge_under
from tests.detect.test_pattern import rule_of
from vestige import catalog
from vestige.catalog import PatternMatch, WordsMatch
from vestige.detect.judge import Alike, Judge
from vestige.detect.text_rules import Judgement
from vestige.model import Declaration, Hit, Observation, Place, RuleError, Where
from vestige.sensitive import Sensitive

NOTHING = Declaration()
NAME = Place(Where.PATH, "name")
DESCRIPTION = Place(Where.HEADER, "(0008,1030)", 0x00081030, "LO")


def hits_of(text: str, place: Place = NAME, policy: str = "gdpr") -> tuple[Hit, ...]:
    judge = Judge(CATALOG, catalog.policy(policy))
    return judge.judge(Observation(place, Sensitive(text)), NOTHING).hits


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
    told = hits_of("CT_2019-03-17", Place(Where.PREAMBLE, "preamble"))
    assert [hit.claim.rule for hit in told] == ["dates/date-in-text"]


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
    assert judge.judge(text, NOTHING) == Judgement((), complete=True)


# --- texts of one form --------------------------------------------------------------------------

PLACES = (
    NAME,
    DESCRIPTION,
    *(
        Place(Where.HEADER, f"{vr}", tag, vr)
        for tag, vr in (
            (0x00080012, "DA"),
            (0x00080013, "TM"),
            (0x00080018, "UI"),
            (0x0008002A, "DT"),
            (0x00080050, "SH"),
            (0x00082200, "CS"),
            (0x00081010, "SH"),
            (0x00100010, "PN"),
            (0x00100020, "LO"),
            (0x00100030, "DA"),
            (0x00101010, "AS"),
            (0x00101030, "DS"),
            (0x0040A121, "DA"),
            (0x00104000, "LT"),
            (0x00181000, "LO"),
        )
    ),
    Place(Where.PRIVATE, "(0051,xx0D) SIEMENS MR HEADER", 0x0051100D, "SH", "SIEMENS MR HEADER"),
    Place(Where.PRIVATE, "(0029,xx09) SIEMENS CSA HEADER", 0x00291009, "LO", "SIEMENS CSA HEADER"),
    Place(Where.PRIVATE, "(0099,xx01) nobody", 0x00991001, "UI", "nobody"),
)

PIECES = (
    *("2020", "1902", "202001", "77451200317449031", "d41d8cd98f00b204e9800998ecf8427e"),
    *("19560304", "20200101", "000000", "2020-02-30", "12.05.1956", "045Y", "091Y", "4000000"),
    *(
        "1.2.840.10008.1",
        "2.25.3",
        "1.3.12.2.1107.5.2",
        "101112.5",
        "+49 30 1234567",
        "123-45-6789",
    ),
    *(
        "IM",
        "scan",
        ".dcm",
        ".mp4",
        "_",
        "-",
        " ",
        "^",
        "Smith",
        "QUINTERO",
        "MRN",
        "dob",
        "T1",
        "YES",
    ),
    *("ANON", "5", "07", "jan", "@", "%41", "\\", "patient", "x", ".v2", "mm"),
)

TEXTS = st.lists(st.sampled_from(PIECES), min_size=1, max_size=5).map("".join)


@given(
    policy=st.sampled_from(catalog.policies()),
    place=st.sampled_from(PLACES),
    text=TEXTS,
    digits=st.lists(st.sampled_from("0123456789"), min_size=80, max_size=80),
    declared=st.sampled_from(
        (
            NOTHING,
            Declaration(frozenset({"113107"}), frozenset({"ctp"}), Sensitive("4000000")),
            Declaration(frozenset(), frozenset({"dicognito"}), None, "MODIFIED"),
        )
    ),
)
@settings(max_examples=1500)
def test_what_is_said_of_a_form_holds_for_every_text_of_it(
    policy: str, place: Place, text: str, digits: list[str], declared: Declaration
) -> None:
    judge = judge_under(policy)
    told = judge.alike(place, text, declared)
    if told is None or (place.vr == "UI" and text[:1].isdigit()):
        return
    other = "".join(
        digit if letter.isdigit() else letter for letter, digit in zip(text, digits, strict=False)
    )
    for one in (text, other):
        if any(doubt(one) for doubt in told.doubts):
            continue
        judgement = judge.judge(Observation(place, Sensitive(one)), declared)
        assert tuple(hit.claim for hit in judgement.hits) == told.claims
        assert all(hit.value.reveal() == one for hit in judgement.hits)


@given(text=TEXTS)
def test_any_text_is_judged(text: str) -> None:
    for place in PLACES:
        judgement = _SHARED_JUDGE.judge(Observation(place, Sensitive(text)), NOTHING)
        assert judgement.complete


@pytest.mark.parametrize("name", ["IM00042.dcm", "scan-0000042.dcm", "1.2.840.113619.2.5.dcm", "7"])
def test_serial_names_are_of_one_form_that_says_nothing(name: str) -> None:
    assert _SHARED_JUDGE.alike(NAME, name, NOTHING) == Alike((), ())


def test_a_number_of_eight_digits_may_be_a_date() -> None:
    told = _SHARED_JUDGE.alike(NAME, "IM_00000042.dcm", NOTHING)
    assert told is not None
    assert not any(doubt("IM_00000042.dcm") for doubt in told.doubts)
    assert any(doubt("IM_19560304.dcm") for doubt in told.doubts)


@pytest.mark.parametrize("name", ["Quintero_Maria_4.dcm", "Müller7", "a%204", "film.mp4"])
def test_names_with_words_are_looked_at_one_by_one(name: str) -> None:
    assert _SHARED_JUDGE.alike(NAME, name, NOTHING) is None


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
