"""Inputs: whatever decides what is found has its part in the digest."""

from pathlib import Path

import pytest

from vestige.run import inputs


def test_a_rule_that_was_edited_is_another_input(tmp_path: Path) -> None:
    rules = tmp_path / "rules" / "names"
    rules.mkdir(parents=True)
    (rules / "one.toml").write_text("a = 1")
    digests = [inputs.digest({}, (), ()), inputs.digest({}, (rules.parent,), ())]
    (rules / "one.toml").write_text("a = 2")
    digests.append(inputs.digest({}, (rules.parent,), ()))
    (rules / "one.toml").rename(rules / "two.toml")
    digests.append(inputs.digest({}, (rules.parent,), ()))
    digests.append(inputs.digest({"hunt": True}, (), ()))
    digests.append(inputs.digest({}, (), (rules / "two.toml",)))
    assert len(set(digests)) == len(digests)
    assert inputs.digest({}, (), ()) == digests[0]
    with pytest.raises(OSError, match="missing"):
        inputs.digest({}, (), (tmp_path / "missing",))


def test_a_policy_of_ones_own_is_its_file_and_what_lies_beside(tmp_path: Path) -> None:
    assert inputs.of_policy("gdpr") == ()
    for name in ("own.toml", "allow.csv"):
        (tmp_path / name).write_text("x")
    found = inputs.of_policy(str(tmp_path / "own.toml"))
    assert [path.name for path in found] == ["allow.csv", "own.toml"]
