"""The group of commands of custody."""

from pathlib import Path

from tests.volumes import vestige
from vestige.cli.custody import COMMANDS


def test_the_help_lists_every_command_and_exit_code(tmp_path: Path) -> None:
    ran = vestige("custody", "--help", home=tmp_path)
    assert ran.code == 0
    said = " ".join(ran.text.split())
    for known in COMMANDS:
        assert f" {known.name} " in said
    for code in ("0 as it was sealed", "1 something differs", "4 a case or seal is damaged"):
        assert code in said
