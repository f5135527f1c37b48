"""The house rules: every room has its tests, and documents say what is true."""

import importlib.util
import re
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

from vestige import catalog
from vestige.cli import commands
from vestige.cli.exits import EXIT_BUSY, EXIT_INTERNAL, EXIT_INTERRUPTED
from vestige.reports.wording import CODES

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "scanner" / "vestige"
TESTS = ROOT / "tests"
LONGEST = 400

ACROSS = {
    "test_bad_input.py",
    "test_filed_names.py",
    "test_house.py",
    "test_moving_volume.py",
    "test_readonly.py",
    "test_recipes.py",
    "test_rules.py",
    "test_secrecy.py",
    "test_ways_in.py",
    "benchmarks/test_deidentifiers.py",
    "benchmarks/test_beside.py",
    "benchmarks/test_detection.py",
    "benchmarks/test_hunting.py",
    "benchmarks/test_matching.py",
    "benchmarks/test_name_forms.py",
    "benchmarks/test_name_lists.py",
    "benchmarks/test_names.py",
    "benchmarks/test_planter.py",
    "benchmarks/test_report.py",
    "benchmarks/test_speed.py",
    "benchmarks/test_trees.py",
    "detect/test_blobs.py",
    "detect/test_elements_private.py",
    "fixtures/test_build.py",
    "fixtures/test_readme.py",
    "read/beside/test_damaged_archives.py",
    "read/test_bombs.py",
    "read/test_differential.py",
    "read/test_fuzz.py",
    "read/test_hostile.py",
    "read/test_mutations.py",
    "reports/test_browser.py",
    "reports/test_decisions.py",
    "run/test_archives.py",
    "run/test_kills.py",
}
"""Tests that belong to no module alone."""

EXIT_CODES = (0, 1, 2, 3, EXIT_INTERNAL, EXIT_BUSY, EXIT_INTERRUPTED)


def modules() -> set[str]:
    return {
        path.relative_to(SOURCE).as_posix()
        for path in SOURCE.rglob("*.py")
        if path.name != "__init__.py"
    }


def test_tests_mirror_the_source_one_to_one() -> None:
    wanted = {str(Path(name).with_name(f"test_{Path(name).name}")) for name in modules()}
    there = {path.relative_to(TESTS).as_posix() for path in TESTS.rglob("test_*.py")}
    assert wanted - there == set(), "modules without tests"
    assert there - wanted - ACROSS == set(), "tests of no module"
    assert ACROSS - there == set(), "no longer there"


@pytest.mark.parametrize("word", ["util", "helper", "common", "misc", "manager", "base"])
def test_no_module_is_a_drawer_for_anything(word: str) -> None:
    assert [name for name in modules() if word in name.replace("baseline", "")] == []


def test_modules_stay_short() -> None:
    lengths = {name: len((SOURCE / name).read_text().splitlines()) for name in modules()}
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST} == {}


def test_every_package_is_packed() -> None:
    packed = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]["packages"]
    found = {
        ".".join(("vestige", *path.parent.relative_to(SOURCE).parts))
        for path in SOURCE.rglob("__init__.py")
    }
    data = {
        *("vestige.fixtures", "vestige.reports.locales", "vestige.reports.templates"),
        "vestige.rules",
    }
    assert set(packed) == found | data


def test_every_command_and_exit_code_is_documented() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for name in (known.name for known in commands.COMMANDS):
        assert re.search(rf"`?vestige {name}\b", readme), name
    table = re.findall(r"^\| (\d+) \|", readme, re.MULTILINE)
    assert [int(code) for code in table] == sorted(EXIT_CODES)
    for code in EXIT_CODES:
        assert re.search(rf"\b{code} ", str(commands.app.info.help)), code


def test_every_code_of_a_problem_is_documented() -> None:
    page = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `([a-z-]+)` \| (.+) \|$", page, re.MULTILINE))
    assert rows == CODES


def test_the_page_of_rules_is_fresh() -> None:
    page = _docs().page()
    assert (ROOT / "docs" / "rules.md").read_text(encoding="utf-8") == page, "python docs/build.py"
    for rule in catalog.load().rules:
        assert f"### {rule.id}\n" in page


def _docs() -> ModuleType:
    spec = importlib.util.spec_from_file_location("docs_build", ROOT / "docs" / "build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_links_between_documents_lead_somewhere() -> None:
    for document in (*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), ROOT / "fixtures/README.md"):
        for target in re.findall(r"\]\(([^)#]+)\)", document.read_text(encoding="utf-8")):
            if "://" not in target:
                assert (document.parent / target).exists(), f"{document.name}: {target}"


def test_decisions_are_numbered_without_gaps() -> None:
    pages = sorted(path.name for path in (ROOT / "docs" / "decisions").glob("*.md"))
    assert [int(name[:4]) for name in pages] == list(range(1, len(pages) + 1))


def test_the_change_log_has_an_open_section() -> None:
    assert "## Unreleased" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8").replace(
        "[", ""
    ).replace("]", "")


def test_no_file_tells_of_the_machine_it_was_written_on() -> None:
    somewhere = re.compile(r"/(?:home|root|Users)/[A-Za-z0-9._-]+")
    for path in (
        *SOURCE.rglob("*.py"),
        *TESTS.rglob("*.py"),
        *ROOT.glob("*.md"),
        *ROOT.glob("*.toml"),
    ):
        if path.name != "test_house.py":
            assert not somewhere.search(path.read_text(encoding="utf-8")), path.name
