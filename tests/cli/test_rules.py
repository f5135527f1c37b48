"""Rules by their commands: listed, shown, checked."""

from pathlib import Path

from tests.volumes import vestige


def test_rules_are_listed_and_shown(tmp_path: Path) -> None:
    assert "tree/phantom-directory" in vestige("rules", "list", home=tmp_path).text
    assert "critical" in vestige("rules", "show", "tree/phantom-directory", home=tmp_path).text
    assert vestige("rules", "show", "tree/no-such", home=tmp_path).code == 2


def test_the_shipped_rules_are_borne_out(tmp_path: Path) -> None:
    ran = vestige("rules", "check", home=tmp_path)
    assert (ran.code, "0 examples not borne out" in ran.text) == (0, True)
