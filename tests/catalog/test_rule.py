from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.catalog.rules import ELEMENTS, FAMILY, FILE, OBJECT, PATTERN, VOLUME, WORDS, table
from vestige.catalog import (
    ElementsMatch,
    FamilyMatch,
    IdentifierMatch,
    ObjectMatch,
    PatternMatch,
    Rule,
    SubjectsMatch,
    VolumeMatch,
    WordsMatch,
)
from vestige.catalog.rule import IDENTIFIES, TABLES, parse, read
from vestige.model import Band, Certainty, FamilyKind, RuleError, Where


def refusal(stated: dict[str, Any]) -> str:
    """What is said of a table that is no rule."""
    with pytest.raises(RuleError) as error:
        read("s/r", stated)
    return str(error.value)


def test_a_rule_is_what_its_file_says() -> None:
    rule = parse("s/good", FILE.encode())
    assert (rule.id, rule.title, rule.why, rule.remedy) == ("s/good", "T", "W", "R")
    assert (rule.severity, rule.certainty) == (Band.LOW, 0.5)
    assert (rule.where, rule.identifies) == (frozenset({Where.PATH, Where.GHOST}), "quasi")
    assert (rule.basis, rule.since) == (("B",), "0.1")
    assert isinstance(rule.match, PatternMatch)
    assert [example.finds for example in rule.examples] == [("aa",), ()]
    claim = rule.claim
    assert (claim.rule, claim.severity, claim.certainty) == ("s/good", Band.LOW, 0.5)


@pytest.mark.parametrize(
    ("match", "kind"),
    [
        (PATTERN, PatternMatch),
        (WORDS, WordsMatch),
        (ELEMENTS, ElementsMatch),
        (FAMILY, FamilyMatch),
        ({"identifier": {"context": "alone"}}, IdentifierMatch),
    ],
)
def test_the_five_kinds_of_match(match: dict[str, Any], kind: type) -> None:
    assert isinstance(read("s/r", table(match)).match, kind)


def test_rules_for_names_of_entries_are_for_names_that_files_tell_too() -> None:
    assert read("s/r", table(where=["path"])).where == {Where.PATH, Where.GHOST}
    assert read("s/r", table(where=["ghost"])).where == {Where.GHOST}


def test_text_means_every_place_of_a_text_but_names() -> None:
    no_texts = {Where.PATH, Where.GHOST, Where.TABLE, Where.CONTENT}
    assert read("s/r", table(where=["text"])).where == set(Where) - no_texts


MISSING = "title why remedy severity certainty where identifies basis since match".split()


@pytest.mark.parametrize("key", MISSING)
def test_a_missing_key_is_named(key: str) -> None:
    stated = table()
    del stated[key]
    assert refusal(stated) == f"s/r.toml: {key}: is missing"


@pytest.mark.parametrize("key", MISSING)
@pytest.mark.parametrize("value", [True, 7, 1.5, "x", [1], [], {}, {"a": 1}])
def test_a_value_of_a_wrong_type_is_named(key: str, value: object) -> None:
    try:
        read("s/r", {**table(), key: value})
    except RuleError as error:
        assert str(error).startswith(f"s/r.toml: {key}")  # noqa: PT017 - some values are right


@pytest.mark.parametrize(
    ("stated", "says"),
    [
        (table(colour="red"), "colour: unknown key"),
        (table(title=" "), "title: must not be empty"),
        (table(severity="dire"), "severity: 'dire' is no band; bands are critical, high"),
        (table(certainty=1.5), "certainty: must lie between 0 and 1"),
        (table(certainty=float("nan")), "certainty: must be a finite number"),
        (table(certainty=True), "certainty: must be a whole number"),
        (table(certainty=10**400), "certainty: must be a finite number"),
        (table(where=[]), "where: nothing is no place"),
        (table(where=["attic"]), "where: ['attic'] is no place"),
        (table(identifies="all"), "identifies: 'all' is not one of direct, quasi"),
        (table(basis=[1]), "basis: must be a list of strings"),
        (table({}), "match.: needs exactly one of pattern, words, identifier, elements"),
        (table({**PATTERN, **WORDS}), "match.: needs exactly one of"),
        (table({"identifier": {"context": "x"}}), "match.identifier.context: 'x' is not one of"),
        (
            table({"pattern": {"regex": "(?P<value>x)", "needs": "("}}),
            "match.pattern.needs: does not compile: missing )",
        ),
        (table({**PATTERN, "more": {}}), "match.more: unknown key"),
        (table({"pattern": {"regex": "(?P<value>a"}}), "match.pattern.regex: does not compile"),
        (table({"pattern": {"regex": "a"}}), "match.pattern.regex: has no group named value"),
        (table({"pattern": {**PATTERN["pattern"], "words": "given"}}), "match.pattern.words: "),
        (table({"pattern": {**PATTERN["pattern"], "flag": 1}}), "match.pattern.flag: unknown key"),
        (table({"words": {"shapes": ["pair"]}}), "match.words.tier: is missing"),
        (table({"words": {"tier": "loud"}}), "match.words.tier: 'loud' is not one of high, medium"),
        (table({"elements": {"table": "chairs"}}), "match.elements.table: 'chairs' is not one of"),
        (table({"family": {"verdicts": {}}}), "match.family.verdicts: must name one of certain"),
        (table({"family": {"verdicts": {"sure": 1}}}), "match.family.verdicts.sure: unknown key"),
        (
            table({"family": {"verdicts": {"likely": 1}, "kind": "pets"}}),
            "match.family.kind: 'pets' is unknown; known are names, birth-dates",
        ),
        (table(example=None), "example: none that the rule finds"),
        (table(example=[{"finds": ["a"], "text": "a"}]), "none that the rule passes over"),
        (table(example=[{"finds": [], "because": "b"}]), "none that the rule finds"),
        (table(example=[{"finds": ["a"]}, {"finds": []}]), "`because` is missing"),
        (table(example=[{"text": "a"}]), "example[0].finds: is missing"),
        (table(example=["a"]), "example: must be an array of tables"),
        (table(example=[{"finds": [], "txt": "a"}]), "example[0].txt: unknown key"),
    ],
)
def test_what_is_wrong_is_said_with_file_and_key(stated: dict[str, Any], says: str) -> None:
    assert refusal(stated).startswith("s/r.toml: ")
    assert says in refusal(stated)


@pytest.mark.parametrize("place", ["name", "(0010,0010", "(00100010)", "(0010,xx)", ""])
def test_an_elements_example_must_say_which_element(place: str) -> None:
    examples = [{"finds": ["a"], "place": place}, {"finds": [], "because": "b"}]
    assert "example[0].place: must be an element" in refusal(table(ELEMENTS, example=examples))


def test_a_family_is_of_names_where_no_kind_is_stated() -> None:
    match = read("s/r", table(FAMILY)).match
    assert isinstance(match, FamilyMatch)
    assert match.kind is FamilyKind.NAMES
    numbers = {"family": {**FAMILY["family"], "kind": "record-numbers"}}
    match = read("s/r", table(numbers)).match
    assert isinstance(match, FamilyMatch)
    assert match.kind is FamilyKind.RECORD_NUMBERS


def test_a_family_example_must_list_names() -> None:
    examples = [{"finds": ["a"], "names": ["a"]}, {"finds": [], "because": "b"}]
    assert "example[1].names: is missing" in refusal(table(FAMILY, example=examples))


PERSON = {"(0010,0010)": "QUINTERO^MARIA", "(0400,0561)[0]/(0010,0020)": "1"}


def test_an_object_and_a_volume_are_tables_of_values_by_place() -> None:
    examples = [{"finds": ["a"], "objects": [PERSON]}, {**PASSED, "objects": [PERSON]}]
    rule = read("s/r", table(OBJECT, example=examples))
    assert rule.match == ObjectMatch("removed-but-real")
    assert rule.examples[0].objects == (PERSON,)
    files = [{"path": "a", **PERSON}, {"path": "b"}]
    examples = [{"finds": ["a"], "objects": files}, {**PASSED, "objects": files}]
    assert read("s/r", table(VOLUME, example=examples)).match == VolumeMatch("raw-beside-clean")


PASSED = {"finds": [], "because": "b"}


@pytest.mark.parametrize(
    ("match", "objects", "says"),
    [
        (OBJECT, [], "objects: needs"),
        (OBJECT, [PERSON, PERSON], "objects: needs"),
        (OBJECT, [{"name": "x"}], "is no place"),
        (OBJECT, [{"(0010,0010)/name": "x"}], "is no place"),
        (OBJECT, [{"(0010,0010)": 1}], "must be a string"),
        (VOLUME, [PERSON], "path: is missing"),
    ],
)
def test_an_object_that_nobody_could_read_is_refused(
    match: dict[str, Any], objects: list[dict[str, Any]], says: str
) -> None:
    examples = [{"finds": ["a"], "objects": objects}, {**PASSED, "objects": objects}]
    assert says in refusal(table(match, example=examples))


def test_an_expression_past_its_limit_on_an_example_is_refused() -> None:
    slow = {"pattern": {"regex": "(?P<value>(?:a|a)+)+$"}}
    examples = [
        {"text": "a", "finds": ["a"]},
        {"text": "a" * 40 + "!", "finds": [], "because": "b"},
    ]
    says = refusal(table(slow, example=examples))
    assert (
        says == "s/r.toml: example[1].text: match.pattern.regex runs past its limit of 1.0 seconds"
    )


@pytest.mark.parametrize(
    "raw",
    [b"title = ", b"\xff\xfe", b"a = 1\na = 2", b"x = " + b"[" * 9999, b"x = " + b"9" * 9999],
)
def test_what_is_no_toml_is_refused(raw: bytes) -> None:
    with pytest.raises(RuleError, match=r"^s/r\.toml: not valid TOML: "):
        parse("s/r", raw)


# --- any table ---------------------------------------------------------------------------------

LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=12)
    | st.dates()
    | st.sampled_from([*IDENTIFIES, *TABLES, *Where, *Certainty, "high", "(?P<value>a)", "(0,0)"])
)
KEYS = st.sampled_from(
    "title why severity certainty where match example pattern words elements family regex check "
    "shapes tier table class verdicts finds because place names certain".split()
) | st.text(max_size=6)
TREES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=5),
    max_leaves=20,
)


def loads_or_is_refused(stated: dict[str, Any]) -> None:
    try:
        rule = read("s/r", stated)
    except RuleError as error:
        assert str(error).startswith("s/r.toml: ")  # noqa: PT017 - either is right
    else:
        assert isinstance(rule, Rule)


@given(st.dictionaries(KEYS, TREES, max_size=12))
def test_any_table_is_a_rule_or_refused(stated: dict[str, Any]) -> None:
    loads_or_is_refused(stated)


@given(st.sampled_from([*MISSING, "example"]), TREES)
def test_a_good_rule_with_anything_at_one_key(key: str, value: object) -> None:
    loads_or_is_refused({**table(), key: value})


@given(
    st.sampled_from("pattern words elements family".split()),
    st.dictionaries(KEYS, TREES, max_size=4),
)
def test_a_good_rule_with_any_match(kind: str, inner: dict[str, Any]) -> None:
    loads_or_is_refused(table({kind: inner}))


@given(st.lists(st.dictionaries(KEYS | st.just("finds"), TREES, max_size=5), max_size=3))
def test_a_good_rule_with_any_examples(examples: list[dict[str, Any]]) -> None:
    loads_or_is_refused(table(example=examples))


@given(st.binary(max_size=200))
def test_any_bytes_are_a_rule_or_refused(raw: bytes) -> None:
    with pytest.raises(RuleError, match=r"^s/r\.toml: "):
        parse("s/r", raw)


def test_rules_about_subjects_need_files_with_paths() -> None:
    match = {"subjects": {"check": "reckoned"}}
    file = {"path": "a/1.dcm", "(0010,0020)": "S-017"}
    examples: list[dict[str, Any]] = [
        {"objects": [file, file], "finds": ["(0010,0020)"]},
        {"objects": [file], "finds": [], "because": "it is alone"},
    ]
    found = read("s/r", table(match, example=examples)).match
    assert isinstance(found, SubjectsMatch)
    assert found.check == "reckoned"
    pathless = [{**examples[0], "objects": [{"(0010,0020)": "S-017"}]}, examples[1]]
    assert "path: is missing" in refusal(table(match, example=pathless))
