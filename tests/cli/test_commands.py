"""All commands: their help, which needs none of them, and the version."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.volumes import vestige
from vestige import __version__
from vestige.cli.commands import COMMANDS


@pytest.mark.parametrize("command", ["", *(known.name for known in COMMANDS), "rules check"])
def test_help_reads_like_documentation(command: str, tmp_path: Path) -> None:
    ran = vestige(*command.split(), "--help", home=tmp_path)
    assert ran.code == 0
    assert "Usage:" in ran.text
    options = [line for line in ran.text.splitlines() if line.lstrip("│ ").startswith("--")]
    for line in options:
        assert len(line.split()) >= 3, line


def test_the_version_is_told(tmp_path: Path) -> None:
    assert vestige("--version", home=tmp_path).text.strip() == f"vestige {__version__}"


def test_a_command_that_is_none_is_told_with_one_that_is_near(tmp_path: Path) -> None:
    ran = vestige("scna", home=tmp_path)
    assert (ran.code, "'scan'" in ran.text) == (2, True)


def test_the_list_of_commands_loads_none_of_them() -> None:
    code = (
        "import sys\nfrom contextlib import suppress\nfrom vestige.cli import main\n"
        "sys.argv = ['vestige', '--help']\n"
        "with suppress(SystemExit):\n    main()\n"
        "loaded = [name for name in sys.modules if name.startswith('vestige.')]\n"
        "assert not [name for name in loaded if name.startswith(('vestige.run', 'vestige.read'))]\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
