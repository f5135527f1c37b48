"""Plans of what is asked for: rules of one's own must find what their examples say."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.run.test_rule_check import RULE
from vestige.model import UsageError
from vestige.run.plan import Request
from vestige.run.planned import planned


def request(tmp_path: Path, found: str) -> Request:
    volume, rules, key = (tmp_path / name for name in ("volume", "rules", "key"))
    volume.mkdir()
    (rules / "site").mkdir(parents=True)
    (rules / "site" / "ward.toml").write_text(RULE.replace("{found}", found), encoding="utf-8")
    key.write_bytes(b"k" * 32)
    key.chmod(0o600)
    return Request(roots=(volume,), out=tmp_path / "out", rules=(rules,), key=key)


def test_rules_that_find_what_they_say_are_planned_with(tmp_path: Path) -> None:
    assert planned(request(tmp_path, "WARD7")).catalog.rule("site/ward").title == "A ward"


def test_rules_that_do_not_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"^rule site/ward: example 1 is not borne out"):
        planned(request(tmp_path, "WARD8"))


def test_shipped_rules_alone_ask_for_no_examples() -> None:
    code = "import sys, vestige.run.planned; sys.exit('vestige.run.rule_check' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
