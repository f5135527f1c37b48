import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vestige.catalog import policies, policy
from vestige.catalog.policy import METHOD_CODES, Policy, parse
from vestige.model import Band, PolicyError

GOOD = """
title = "T"
why = "W"
fail-on = "high"
honours = ["113107"]
unexamined = "accept"
"""


def test_the_shipped_policies() -> None:
    assert policies() == ("dicom", "gdpr", "hipaa")
    for name in policies():
        shipped = policy(name)
        assert shipped.name == name
        assert shipped.fail_on is Band.MEDIUM
        assert shipped.honours < METHOD_CODES
        assert not shipped.accepts_unexamined


def test_the_stricter_the_law_the_less_is_permitted() -> None:
    dicom, gdpr, hipaa = (policy(name).honours for name in ("dicom", "gdpr", "hipaa"))
    assert hipaa < gdpr < dicom
    assert dicom - gdpr == {"113106", "113110", "113112"}
    assert gdpr - hipaa == {"113109"}


def test_only_hipaa_knows_an_age_that_no_code_permits() -> None:
    assert {name: policy(name).oldest for name in policies()} == {
        "dicom": None,
        "gdpr": None,
        "hipaa": 89,
    }


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
    with pytest.raises(PolicyError, match="it is none of dicom, gdpr, hipaa"):
        policy(name)


@given(st.binary(max_size=100) | st.text(max_size=100).map(str.encode))
def test_any_bytes_are_a_policy_or_refused(raw: bytes) -> None:
    with pytest.raises(PolicyError, match=r"^policy p: "):
        parse("p", raw)
