"""Descriptions of workspaces: read strictly, refused by file and key."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vestige.catalog.workspace import PLACES, FullRead, Notice, filled, inside, workspace
from vestige.model import Band, WorkspaceError

LEAST = 'roots = ["vol"]\nworkspace = "ws"\n'


def stated(folder: Path, text: str) -> Path:
    (folder / "vol").mkdir(exist_ok=True)
    file = folder / "site.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_two_keys_are_enough_and_paths_are_meant_from_the_file(tmp_path: Path) -> None:
    made = workspace(stated(tmp_path, LEAST))
    assert made.roots == (tmp_path / "vol",)
    assert made.folder == tmp_path / "ws"
    assert (made.policy, made.keep, made.nice, made.log_json) == ("gdpr", 12, 19, False)
    assert made.outputs == ("html", "csv", "json")
    assert made.full == FullRead()
    assert made.notice == Notice()
    assert made.fail_on is None
    assert (made.language, made.csv_bom) == ("en", False)


def test_all_keys_are_taken(tmp_path: Path) -> None:
    for name in ("people.csv", "key", "accepted.toml", "own.toml"):
        (tmp_path / name).touch()
    (tmp_path / "rules").mkdir()
    text = LEAST + (
        'policy = "own.toml"\nfail-on = "high"\nrules = ["rules"]\nroster = "people.csv"\n'
        'key = "key"\nbaseline = "accepted.toml"\njobs = 3\nreaders = 16\nhunt = true\n'
        "paranoid = true\ncross-file-systems = true\nsoftware-as-data = true\nkeep = 4\n"
        'outputs = ["json", "html"]\nfull-every = "30 days"\nnice = 5\nlog = "json"\n'
        'notify = ["mail", "{verdict} {{now}}"]\nnotify-when = "not-clean"\nnotify-seconds = 7\n'
        'language = "es"\ncsv-bom = true\n'
    )
    made = workspace(stated(tmp_path, text))
    assert made.policy == os.fspath(tmp_path / "own.toml")
    assert made.fail_on is Band.HIGH
    assert made.rules == (tmp_path / "rules",)
    assert (made.roster, made.key) == (tmp_path / "people.csv", tmp_path / "key")
    assert made.baseline == tmp_path / "accepted.toml"
    assert (made.jobs, made.readers, made.keep, made.nice) == (3, 16, 4, 5)
    assert made.hunt
    assert made.paranoid
    assert made.cross_file_systems
    assert made.software_as_data
    assert made.log_json
    assert (made.language, made.csv_bom) == ("es", True)
    assert made.outputs == ("html", "json")
    assert made.full == FullRead(seconds=30 * 86_400)
    assert made.notice == Notice(("mail", "{verdict} {{now}}"), always=False, seconds=7)
    assert filled(made.notice.command, {"verdict": "pass"}) == ["mail", "pass {now}"]


WRONG = {
    'workspace = "ws"': ("roots", "is missing"),
    'roots = ["vol"]': ("workspace", "is missing"),
    'roots = []\nworkspace = "ws"': ("roots", "must not be empty"),
    'roots = "vol"\nworkspace = "ws"': ("roots", "must be a list"),
    'roots = ["vol", "./vol"]\nworkspace = "ws"': ("roots", "twice"),
    'roots = ["vol", "vol/below"]\nworkspace = "ws"': ("roots", "inside another"),
    'roots = ["vol"]\nworkspace = "vol/ws"': ("workspace", "inside a root"),
    'roots = ["vol"]\nworkspace = "way-in/ws"': ("workspace", "inside a root"),
    'roots = ["vol"]\nworkspace = "."': ("workspace", "holds a root"),
    'roots = ["vol"]\nworkspace = ""': ("workspace", "must not be empty"),
    'roots = ["v\\nol"]\nworkspace = "ws"': ("roots", "control character"),
    LEAST + "keeps = 3": ("keeps", "unknown key"),
    LEAST + "fail_on = 'high'": ("fail_on", "unknown key"),
    LEAST + "keep = 0": ("keep", "between 1 and"),
    LEAST + 'keep = "3"': ("keep", "whole number"),
    LEAST + "keep = true": ("keep", "whole number"),
    LEAST + "hunt = 1": ("hunt", "true or false"),
    LEAST + 'fail-on = "dire"': ("fail-on", "no band"),
    LEAST + 'policy = "nonesuch"': ("policy", "no file"),
    LEAST + 'roster = "nobody.csv"': ("roster", "no file"),
    LEAST + 'rules = ["nowhere"]': ("rules", "no folder"),
    LEAST + 'outputs = ["pdf"]': ("outputs", "'pdf'"),
    LEAST + 'full-every = "weekly"': ("full-every", "30 days"),
    LEAST + "full-every = 0": ("full-every", "between 1"),
    LEAST + "nice = 20": ("nice", "between 0 and 19"),
    LEAST + 'log = "xml"': ("log", "'xml'"),
    LEAST + "notify = []": ("notify", "must name a command"),
    LEAST + 'notify = ["mail", "{path}"]': ("notify", "{path}"),
    LEAST + 'notify = ["mail", "{verdict.__class__}"]': ("notify", "is not one of"),
    LEAST + 'notify = ["mail", "{verdict:>9}"]': ("notify", "is not one of"),
    LEAST + 'notify = ["mail", "{}"]': ("notify", "is not one of"),
    LEAST + 'notify = ["mail", "{"]': ("notify", "not paired"),
    LEAST + 'notify = ["ma\\u0000il"]': ("notify", "control character"),
    "roots = [": ("", "not valid TOML"),
}


@pytest.mark.parametrize("text", WRONG)
def test_what_is_wrong_is_named_by_file_and_key(tmp_path: Path, text: str) -> None:
    (tmp_path / "way-in").symlink_to("vol")
    key, says = WRONG[text]
    with pytest.raises(WorkspaceError) as caught:
        workspace(stated(tmp_path, text))
    assert str(caught.value).startswith(f"site.toml: {key}")
    assert says in str(caught.value)


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match=r"nothing\.toml: cannot be read"):
        workspace(tmp_path / "nothing.toml")


@given(raw=st.binary(max_size=200))
def test_any_bytes_are_a_workspace_or_an_error(
    tmp_path_factory: pytest.TempPathFactory, raw: bytes
) -> None:
    file = tmp_path_factory.getbasetemp() / "any.toml"
    file.write_bytes(raw)
    with pytest.raises(WorkspaceError):
        workspace(file)


def test_a_folder_is_inside_itself_and_not_beside() -> None:
    assert inside("/a/b", "/a")
    assert inside("/a", "/a")
    assert not inside("/ab", "/a")


def test_facts_of_a_notification_are_words_and_numbers_alone() -> None:
    assert "path" not in PLACES
    assert {"verdict", "code", "new", "report"} <= PLACES
