"""The short way of a review: taken where nothing has changed, left where anything is strange."""

import json
import os
import re
import sqlite3
import sys
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.account import DIRTY
from tests.volumes import planted, vestige
from vestige.cli.again import again

SHORT = (sys.executable, "-c", "from vestige.cli import main; main()")


def ran(*given: object, home: Path) -> tuple[int, str]:
    done = vestige(*given, home=home)
    return done.code, done.text


@pytest.mark.parametrize(
    "given",
    [
        ("compare", "a", "b"),
        ("scan", "volume"),
        ("scan", "--since", "old"),
        ("scan", "volume", "--since", "old", "--resume"),
        ("scan", "volume", "--since", "old", "--unknown"),
        ("scan", "volume", "--since"),
        ("scan", "volume", "--since", "old", "--fail-on", "dire"),
        ("scan", "volume", "--since", "missing"),
        ("scan", "volume", "--since", "old", "--baseline", "b.toml"),
        ("scan", "volume", "--since", "old", "--baseline=b.toml"),
        (),
    ],
)
def test_what_is_not_surely_known_is_left_to_the_command(
    given: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_DATA_HOME", os.fspath(tmp_path / "data"))
    assert again(given) is None


def test_a_review_says_that_nothing_has_changed_with_the_same_exit_code(tmp_path: Path) -> None:
    planted("phantom-directory", tmp_path / "volume", seed=3)
    given = ("scan", "volume", "--jobs=1", "--policy", "hipaa", "--fail-on=high", "--hunt")
    code, _ = ran(*given, "--out", "old", home=tmp_path)
    later(tmp_path / "old" / "scan.sqlite")
    again_code, said = ran(*given, "--out", "new", "--since", "old", home=tmp_path)
    assert (code, again_code) == (1, 1), said
    assert said.startswith("Nothing has changed since the scan ")
    assert "Verdict: BLOCK." in said
    assert (tmp_path / "new" / "report.html").exists()
    (tmp_path / "volume" / "more").mkdir()
    later(tmp_path / "new" / "scan.sqlite")
    code, said = ran(*given, "--out", "third", "--since", "new", home=tmp_path)
    assert code == 1
    assert "are carried over" in said
    assert "Nothing has changed" not in said


def test_acceptances_are_never_copied_and_never_forgotten(tmp_path: Path) -> None:
    (tmp_path / "volume").mkdir()
    (tmp_path / "volume" / "dirty.dcm").write_bytes(DIRTY)
    given = ("scan", "volume", "--jobs=1")
    answered = (*given, "--baseline", "b.toml")

    def since(earlier: str, out: str, *words: str) -> tuple[int, int, bool]:
        later(tmp_path / earlier / "scan.sqlite")
        code, said = ran(*words, "--since", earlier, "--out", out, home=tmp_path)
        summary = json.loads((tmp_path / out / "summary.json").read_text())
        return code, summary["findings"]["accepted"], said.startswith("Nothing has changed since")

    assert ran(*given, "--out", "plain", home=tmp_path)[0] == 1
    until = date.today() + timedelta(days=30)  # noqa: DTZ011 - a day far enough from midnight
    words = ("--by", "DPO", "--because", "sealed", "--baseline", "b.toml", "--until", until)
    assert ran("accept", "plain", "F1", *words, home=tmp_path)[0] == 0
    assert since("plain", "copied", *given) == (1, 0, True), "the short way is there to be taken"
    assert since("plain", "with", *answered) == (0, 1, False)
    assert since("with", "again", *answered) == (0, 1, False)
    assert since("with", "without", *given) == (1, 0, False)
    text = (tmp_path / "b.toml").read_text()
    yesterday = date.today() - timedelta(days=2)  # noqa: DTZ011 - a day that is surely over
    over = re.sub(r"(?m)^(accepted-on|until) = .*$", rf"\1 = {yesterday}", text)
    (tmp_path / "b.toml").write_text(over)
    assert since("with", "over", *answered) == (1, 0, False)


def later(scan_file: Path) -> None:
    """Let a scan have begun in a year to come, so that no file is as young as it."""
    with closing(sqlite3.connect(scan_file)) as database, database:
        database.execute("UPDATE scan SET value = '\"2999-01-01T00:00:00Z\"' WHERE key = 'started'")
