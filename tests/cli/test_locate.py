"""The command `vestige locate`: asks without showing, and tells without naming."""

import os
import pty
import time
from contextlib import suppress
from pathlib import Path

import pytest

from tests.located import CANARIES, NAME, NUMBER, plant, scanned
from tests.volumes import COMMAND, vestige


def run(home: Path, *arguments: object, told: str = "") -> tuple[int, str]:
    """Run `vestige locate` with what stands on its standard input."""
    ran = vestige("locate", *arguments, home=home, told=told)
    return ran.code, ran.text


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("located")
    scanned(made)
    return made


def named(text: str) -> list[str]:
    return [word for word in CANARIES if word in text.lower()]


def test_nobody_is_named_in_any_output(home: Path, tmp_path: Path) -> None:
    key = ("--key", home / "key")
    code, text = run(
        home, home / "out", "--name", "--id", *key, "--format", "csv", "--format", "json",
        "--out", tmp_path / "told", told=f"{NAME}\n{NUMBER}\n",
    )  # fmt: skip
    assert code == 1, text
    assert "by pseudonym, via the table" in text
    files = sorted((tmp_path / "told").iterdir())
    assert [file.name for file in files] == ["located.csv", "located.json"]
    assert {os.stat(file).st_mode & 0o777 for file in files} == {0o600}
    assert named(text + "".join(file.read_text() for file in files)) == []
    assert "In clear" not in text


def test_paths_in_clear_come_with_a_warning(home: Path, tmp_path: Path) -> None:
    key = ("--key", home / "key")
    files = ("--files-from0", tmp_path / "list")
    code, text = run(home, home / "out", "--name", "--reveal", *files, *key, told=f"{NAME}\n")
    assert code == 1
    assert "In clear: what follows is personal data." in text
    assert "volume/Zargothy/Quillonia" in text
    assert "paths, which are personal data" in text
    assert "Not in it: 1 entries that are about others too" in text
    assert b"named.dcm\0" in (tmp_path / "list").read_bytes()


@pytest.mark.parametrize("arguments", [("--name", NAME), (NAME, "--id"), ("--names=" + NAME,)])
def test_a_name_on_the_command_line_is_refused_and_not_quoted(
    home: Path, arguments: tuple[str, ...]
) -> None:
    code, text = run(home, home / "out", *arguments)
    assert code == 2
    assert "history of the shell" in text
    assert named(text) == []


@pytest.mark.parametrize(
    ("arguments", "told", "said"),
    [
        ((), "", "say who is sought"),
        (("--name", "--roster", "-"), NAME, "say who is sought"),
        (("--name",), "\n", "nothing was given"),
        (("--roster", "-"), " \n", "the list is empty"),
        (("--roster", "none.csv"), "", "cannot be read"),
        (("--name", "--format", "csv"), NAME, "--format needs --out"),
        (("--name", "--format", "xml", "--out", "o"), NAME, "csv and json"),
    ],
)
def test_wrong_usage(home: Path, arguments: tuple[str, ...], told: str, said: str) -> None:
    code, text = run(home, home / "out", *arguments, "--key", home / "key", told=told)
    assert code == 2, text
    assert said in " ".join(text.split())
    assert named(text) == []


def test_a_folder_and_a_list_from_the_standard_input(tmp_path: Path) -> None:
    plant(tmp_path / "volume")
    listed = f"name,number\n{NAME.replace(', ', '^')},{NUMBER}\nGoikoetxea^Unai,11223344\n"
    code, text = run(tmp_path, tmp_path / "volume", "--roster", "-", told=listed)
    assert code == 1, text
    assert "Sought: 2." in text
    assert named(text) == []
    assert "person 2" not in text
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data", "volume"]
    code, text = run(tmp_path, tmp_path / "volume", "--name", told="Goikoetxea, Unai\n")
    assert code == 3, text
    assert "Not looked at: 1 entry hold content that was not examined" in text


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_terminal_does_not_show_what_is_typed(home: Path) -> None:
    arguments = [*COMMAND, "locate", str(home / "out"), "--name", "--key", str(home / "key")]
    process, terminal = pty.fork()
    if process == 0:
        os.execvp(arguments[0], arguments)  # noqa: S606 - as a terminal starts it
    told = b""
    while b"Name (surname, given name):" not in told:
        told += os.read(terminal, 1024)
    time.sleep(0.2)
    os.write(terminal, f"{NAME}\n".encode())
    with suppress(OSError):
        while more := os.read(terminal, 1024):
            told += more
    assert os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) == 1, told
    assert b"Sought: 1." in told
    assert named(told.decode()) == []
