import hashlib
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vestige.catalog import Action, demand_known, policies, policy, tables
from vestige.catalog.policy import METHOD_CODES, Policy, parse
from vestige.model import Band, PolicyError
from vestige.shipped import rules as shipped_rules

GOOD = """
title = "T"
why = "W"
fail-on = "high"
honours = ["113107"]
unexamined = "accept"
"""


def test_the_shipped_policies() -> None:
    assert policies() == ("aryanto50", "dicom", "eucaim", "gdpr", "hipaa")
    for name in policies():
        shipped = policy(name)
        assert shipped.name == name
        assert shipped.fail_on is (Band.LOW if name == "aryanto50" else Band.MEDIUM)
        assert shipped.honours < METHOD_CODES
        assert not shipped.accepts_unexamined


def test_the_stricter_the_law_the_less_is_permitted() -> None:
    dicom, gdpr, hipaa = (policy(name).honours for name in ("dicom", "gdpr", "hipaa"))
    assert hipaa < gdpr < dicom
    assert dicom - gdpr == {"113106", "113110", "113112"}
    assert gdpr - hipaa == {"113107", "113109"}
    assert policy("eucaim").honours == policy("aryanto50").honours == frozenset()


def test_only_hipaa_knows_an_age_that_no_code_permits() -> None:
    assert {name: policy(name).oldest for name in policies()} == {
        "aryanto50": None,
        "dicom": None,
        "eucaim": None,
        "gdpr": None,
        "hipaa": 89,
    }


def test_only_hipaa_lets_years_stay_and_asks_for_a_letter() -> None:
    lenient = [name for name in policies() if policy(name).year_stays]
    assert lenient == [name for name in policies() if policy(name).only_lettered] == ["hipaa"]


def test_eucaim_has_a_list_and_three_groups_beside_it() -> None:
    shipped = policy("eucaim")
    assert shipped.allows is not None
    assert len(shipped.allows.standard) == 694
    assert shipped.allows.private == {}
    assert shipped.allows.groups == {0x0018, 0x0020, 0x0028}
    assert shipped.action(0x0008103E) is Action.KEEP
    assert shipped.action(0x00080020) is Action.MONTH
    assert shipped.action(0x00081070) is None
    asked = {tag: shipped.asks_for(tag) for tag in (0x00081070, 0x00280010, 0x7FE00010, 0x00020016)}
    assert asked == {0x00081070: True, 0x00280010: False, 0x7FE00010: False, 0x00020016: False}
    assert not policy("gdpr").asks_for(0x00081070)


def test_aryanto_has_fifty_attributes_that_the_tables_know() -> None:
    shipped = policy("aryanto50")
    assert shipped.only is not None
    assert len(shipped.only.standard) == 50
    known = tables.load(shipped_rules() / "tables")
    demand_known(shipped, known)
    assert {row.tag for row in known.attributes.values() if row.in_aryanto50} == set(
        shipped.only.standard
    )


def test_a_list_of_what_is_judged_may_name_nothing_that_no_table_knows(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("tag\n00100010\n00280010\n")
    stated = parse("p", (GOOD + 'only = "list.csv"').encode(), tmp_path)
    with pytest.raises(PolicyError, match=r"^policy p: only: \(0028,0010\) is no attribute"):
        demand_known(stated, tables.load(shipped_rules() / "tables"))


def test_the_digest_covers_the_lists(tmp_path: Path) -> None:
    raw = (GOOD + 'allow = "list.csv"\nallow-groups = ["0018"]').encode()
    digests = set()
    for action in ("keep", "uid"):
        (tmp_path / "list.csv").write_text(f"tag,action\n00100010,{action}\n")
        stated = parse("p", raw, tmp_path)
        assert stated.allows is not None
        assert stated.allows.action(0x00100010) == action
        digests.add(stated.digest)
    assert len(digests) == 2
    assert hashlib.sha256(raw).hexdigest() not in digests


def test_a_list_lies_beside_its_policy(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("tag\n00100010\n")
    (tmp_path / "site.toml").write_text(GOOD + 'allow = "list.csv"')
    stated = policy(str(tmp_path / "site.toml"))
    assert stated.allows is not None
    assert stated.allows.action(0x00100010) is Action.KEEP


def test_a_broken_list_is_named_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("tag\n00100010\n0010001G\n")
    with pytest.raises(PolicyError, match=r"^list\.csv: line 3: '0010001G' is no tag"):
        parse("p", (GOOD + 'allow = "list.csv"').encode(), tmp_path)


def test_a_policy_is_what_its_file_says(tmp_path: Path) -> None:
    raw = (GOOD + 'ignores = ["dates/*"]\noldest = 70\n').encode()
    (tmp_path / "site.toml").write_bytes(raw)
    assert policy(str(tmp_path / "site.toml")) == Policy(
        name="site.toml (a file)",
        title="T",
        why="W",
        fail_on=Band.HIGH,
        honours=frozenset({"113107"}),
        ignores=("dates/*",),
        accepts_unexamined=True,
        oldest=70,
        year_stays=False,
        only_lettered=False,
        allows=None,
        only=None,
        digest=hashlib.sha256(raw).hexdigest(),
    )


def test_ignored_rules_do_not_count() -> None:
    stated = parse("p", (GOOD + 'ignores = ["dates/*", "names/lone-surname"]').encode())
    assert not stated.counts("dates/date")
    assert not stated.counts("names/lone-surname")
    assert stated.counts("names/person-name")
    assert not parse("p", (GOOD + 'ignores = ["*"]').encode()).counts("a/b")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('title = "T"', "", "policy p: title: is missing"),
        ('"high"', '"dire"', "policy p: fail-on: 'dire' is no band"),
        ('["113107"]', '["113099"]', "policy p: honours: '113099' is no method code"),
        ('["113107"]', "[113107]", "policy p: honours: must be a list of strings"),
        ('"accept"', '"yes"', "policy p: unexamined: 'yes' is not one of"),
        ('"accept"', '"accept"\noldest = true', "policy p: oldest: must be a whole number"),
        ('"accept"', '"accept"\ndates = "month"', "policy p: dates: 'month' is not one of"),
        ('"accept"', '"accept"\nattributes = "x"', "policy p: attributes: 'x' is not one of"),
        ('"accept"', '"accept"\nallow = "no.csv"', "policy p: allow: 'no.csv' cannot be read"),
        ('"accept"', '"accept"\nonly = ""', "policy p: only: must not be empty"),
        ('"accept"', '"accept"\nallow-groups = ["0018"]', "policy p: allow-groups: needs a list"),
        ('"accept"', '"accept"\nallow-groups = ["0019"]', "policy p: allow-groups: '0019' is no"),
        ('"accept"', '"accept"\ncolour = 1', "policy p: colour: unknown key"),
        ('"T"', '"T', "policy p: not valid TOML: "),
    ],
)
def test_a_broken_policy_names_file_and_key(old: str, new: str, says: str) -> None:
    with pytest.raises(PolicyError) as error:
        parse("p", GOOD.replace(old, new, 1).encode())
    assert str(error.value).startswith(says)


@pytest.mark.parametrize("name", ["nonesuch", "", ".", "../gdpr", "no/such.toml", "a\0b"])
def test_what_is_no_policy_is_refused(name: str) -> None:
    with pytest.raises(PolicyError, match="it is none of aryanto50, dicom, eucaim, gdpr, hipaa"):
        policy(name)


def test_the_page_of_policies_is_true(tmp_path: Path) -> None:
    page = (Path(__file__).parents[2] / "docs" / "policies.md").read_text(encoding="utf-8")
    for name in policies():
        assert re.search(rf"^\\| `{name}`", page, re.MULTILINE), name
    blocks = dict(re.findall(r"```(toml|csv)\n(.*?)```", page, re.DOTALL))
    (tmp_path / "allowed.csv").write_text(blocks["csv"], encoding="utf-8")
    stated = parse("p", blocks["toml"].encode(), tmp_path)
    assert stated.allows is not None
    assert {*stated.allows.standard.values(), *stated.allows.private.values()} < set(Action)
    for key in re.findall(r"^([a-z-]+) *=", blocks["toml"], re.MULTILINE):
        assert f"`{key}`" in page, key
    for action in Action:
        assert f"`{action}`" in page, action
    for name in ("gdpr", "hipaa"):
        (row,) = (line for line in page.splitlines() if line.startswith(f"| `{name}`"))
        assert set(re.findall(r"113\d{3}", row)) == policy(name).honours


@given(st.binary(max_size=100) | st.text(max_size=100).map(str.encode))
def test_any_bytes_are_a_policy_or_refused(raw: bytes) -> None:
    with pytest.raises(PolicyError, match=r"^policy p: "):
        parse("p", raw)
