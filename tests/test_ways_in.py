"""What docs/operations.md says of reviews and ways in: parsed, and run where it can be."""

import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.account import CLEAN, DIRTY
from tests.volumes import COMMAND, vestige
from vestige.catalog.workspace import workspace
from vestige.cli.log import WORDS
from vestige.run.schedule import when

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    """The blocks of a language on the page."""
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def block(named: str) -> Any:  # noqa: ANN401 - what a YAML file holds
    """What the YAML block says that names its file in the first line."""
    (found,) = (one for one in blocks("yaml") if one.startswith(f"# {named}\n"))
    return yaml.safe_load(found)


def called(folder: Path) -> dict[str, str]:
    """An environment in which `vestige` is this one."""
    tools = folder / "tools"
    tools.mkdir()
    script = tools / "vestige"
    script.write_text(f'#!/bin/sh\nexec {shlex.join(COMMAND)} "$@"\n')
    script.chmod(0o700)
    path = f"{tools}{os.pathsep}{os.environ['PATH']}"
    return os.environ | {"PATH": path, "XDG_DATA_HOME": os.fspath(folder / "data")}


# --- reviews ----------------------------------------------------------------------------------


def test_the_workspace_of_the_page_is_one(tmp_path: Path) -> None:
    (text,) = blocks("toml")
    (tmp_path / "archive.toml").write_text(text, encoding="utf-8")
    made = workspace(tmp_path / "archive.toml")
    assert made.roots == (Path("/mnt/archive"),)
    said = set(re.findall(r"^([a-z-]+) +=", text, re.MULTILINE))
    beside = PAGE[PAGE.index("Besides these there are") :][:300]
    said |= set(re.findall(r"`([a-z-]+)`", beside))
    source = (ROOT / "scanner/vestige/catalog/workspace.py").read_text(encoding="utf-8")
    taken = set(re.findall(r'(?:paths\.\w+|fields\.\w+|_whole)\((?:fields, )?"([a-z-]+)"', source))
    assert said == taken


def test_the_lines_of_schedules_are_taken(tmp_path: Path) -> None:
    (tmp_path / "vol").mkdir()
    (tmp_path / "archive.toml").write_text('roots = ["vol"]\nworkspace = "ws"\n')
    lines = re.findall(r"^    (vestige review schedule .+)$", PAGE, re.MULTILINE)
    assert len(lines) == 3
    for line in lines:
        words = shlex.split(line, comments=True)
        ran = vestige(*words[1:], home=tmp_path)
        assert ran.code == 0, ran.text
    assert when("week", "Mon 03:00").days == ("Mon",)


def test_every_event_is_documented() -> None:
    for event in (*WORDS, "progress", "failed", "interrupted"):
        assert f"`{event}`" in PAGE, event


# --- pre-commit -------------------------------------------------------------------------------


def git(folder: Path, *words: str) -> str:
    names = ("-c", "user.name=Nobody", "-c", "user.email=nobody@example.org")
    done = subprocess.run(
        ["git", "-C", folder, *names, *words], capture_output=True, check=True, text=True
    )
    return done.stdout.strip()


def hooked(folder: Path) -> Path:
    """A work tree with the hook of this repository, called as the page says."""
    source, tree = folder / "source", folder / "tree"
    for one in (source, tree):
        one.mkdir()
        git(one, "init", "-q")
    shutil.copy(ROOT / ".pre-commit-hooks.yaml", source)
    git(source, "add", ".")
    git(source, "commit", "-qm", "hooks")
    config = block(".pre-commit-config.yaml")
    (repository,) = config["repos"]
    repository["repo"], repository["rev"] = os.fspath(source), git(source, "rev-parse", "HEAD")
    # Of an installation from a registry nothing is tried here: the hook calls what is installed.
    repository["hooks"][0]["language"] = "system"
    (tree / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config))
    git(tree, "add", ".")
    return tree


def test_real_pre_commit_stops_a_commit_with_a_person_in_it(tmp_path: Path) -> None:
    pytest.importorskip("pre_commit")
    tree = hooked(tmp_path)
    environment = called(tmp_path) | {"PRE_COMMIT_HOME": os.fspath(tmp_path / "cache")}

    def run() -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-m", "pre_commit", "run"],
            cwd=tree,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )

    (tree / "image one.dcm").write_bytes(CLEAN)
    (tree / "code.py").write_text("x = 1\n")
    git(tree, "add", ".")
    ran = run()
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "Passed" in ran.stdout
    (tree / "Zebrinsky_Ottokar").mkdir()
    (tree / "Zebrinsky_Ottokar" / "image two.dcm").write_bytes(DIRTY)
    # What is not staged is not judged.
    assert run().returncode == 0
    git(tree, "add", ".")
    ran = run()
    assert ran.returncode == 1, ran.stdout + ran.stderr
    assert "Failed" in ran.stdout
    assert "exit code: 1" in ran.stdout
    assert "Zebrinsky" not in ran.stdout + ran.stderr


def test_the_hook_calls_a_command_that_the_package_installs() -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    scripts = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["scripts"]
    assert hook["id"] == "vestige-gate"
    assert hook["entry"].split()[0] in scripts
    assert hook["require_serial"] is True


# --- CI ---------------------------------------------------------------------------------------


def of_github() -> list[str]:
    steps = block(".github/workflows/vestige.yml")["jobs"]["gate"]["steps"]
    return [step["run"] for step in steps if "run" in step]


def of_gitlab() -> list[str]:
    return list(block(".gitlab-ci.yml")["vestige"]["script"])


@pytest.mark.parametrize("lines", [of_github, of_gitlab])
@pytest.mark.parametrize(("content", "code"), [(CLEAN, 0), (DIRTY, 1), (CLEAN[:-3], 3)])
def test_the_lines_of_ci_run_and_let_only_clean_data_through(
    tmp_path: Path, lines: Callable[[], list[str]], content: bytes, code: int
) -> None:
    (tmp_path / "export").mkdir()
    (tmp_path / "export" / "image.dcm").write_bytes(content)
    install, *rest = lines()
    assert install.startswith("python -m pip install ")
    assert rest
    for line in rest:
        ran = subprocess.run(
            ["sh", "-e", "-c", line],
            cwd=tmp_path,
            env=called(tmp_path),
            capture_output=True,
            check=False,
        )
        assert ran.returncode == code, ran.stderr
    for kept in (*_artifacts(), *_for_viewers()):
        assert (tmp_path / kept).is_file(), kept
        assert "sqlite" not in kept


def _artifacts() -> list[str]:
    steps = block(".github/workflows/vestige.yml")["jobs"]["gate"]["steps"]
    (paths,) = (step["with"]["path"].split() for step in steps if "path" in step.get("with", {}))
    assert paths == block(".gitlab-ci.yml")["vestige"]["artifacts"]["paths"]
    return list(paths)


def _for_viewers() -> tuple[str, str]:
    """The logs that the two services show by themselves."""
    steps = block(".github/workflows/vestige.yml")["jobs"]["gate"]["steps"]
    (sarif,) = (step["with"]["sarif_file"] for step in steps if "upload-sarif" in str(step))
    return sarif, block(".gitlab-ci.yml")["vestige"]["artifacts"]["reports"]["junit"]


# --- container --------------------------------------------------------------------------------


def instructions() -> list[tuple[str, str]]:
    text = (ROOT / "Containerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return [(line.split(None, 1)[0], line.split(None, 1)[1]) for line in lines]


def test_the_container_copies_what_is_there_and_all_that_is_packed() -> None:
    copied: set[str] = set()
    for word, rest in instructions():
        if word == "COPY" and "--from=" not in rest:
            *sources, _ = rest.split()
            copied |= set(sources)
    assert {one for one in copied if not (ROOT / one).exists()} == set()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    folders = project["tool"]["setuptools"]["package-dir"].values()
    assert {folder.split("/")[0] for folder in folders} <= copied
    assert {"pyproject.toml", "README.md", "LICENSE"} <= copied


def test_the_container_runs_as_no_root_and_what_the_package_installs() -> None:
    last = dict(instructions())
    assert last["USER"].isdigit()
    assert int(last["USER"]) > 0
    assert last["ENTRYPOINT"] == '["vestige"]'
    assert not [rest for word, rest in instructions() if word == "ADD" or "curl" in rest]
    stages = [rest for word, rest in instructions() if word == "FROM"]
    python = {rest.split()[0] for rest in stages}
    assert len(stages) == 2
    assert len(python) == 1


def test_the_container_is_run_without_network_and_without_rights() -> None:
    command = PAGE[PAGE.index("podman run") :].split("\n\n")[0].replace("\\\n", " ")
    words = shlex.split(command)
    assert "--read-only" in words
    assert words[words.index("--network") + 1] == "none"
    assert words[words.index("--cap-drop") + 1] == "all"
    (kept,) = (rest for word, rest in instructions() if word == "VOLUME")
    mounts = [words[place + 1] for place, word in enumerate(words) if word == "-v"]
    assert {mount.split(":")[1] for mount in mounts} == {"/data", kept}
    assert next(mount for mount in mounts if ":/data" in mount).endswith(":ro")
    environment = next(rest for word, rest in instructions() if word == "ENV")
    assert f"XDG_DATA_HOME={kept}/" in environment
