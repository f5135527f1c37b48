"""The tree walked again: what is other than it was kept."""

import os
import shutil
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vestige.model import Stage
from vestige.run import again
from vestige.run.again import compare, settle
from vestige.run.plan import Plan, Request, plan
from vestige.run.scan import scan
from vestige.store import Store

NAMES = ("a", "b", "b.c", "b0", "c", "z")


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> tuple[Plan, Path]:
    """A volume of six names on three levels, as files or folders, and its scan."""
    home = tmp_path_factory.mktemp("again")
    for one in NAMES[::2]:
        for two in NAMES[::3]:
            (home / "volume" / one / two).mkdir(parents=True)
            for three in NAMES:
                (home / "volume" / one / two / three).write_text(one + two)
    for one in NAMES[1::2]:
        (home / "volume" / one).write_text(one)
    (home / "key").write_bytes(bytes(32))
    request = Request(
        roots=(home / "volume",), out=home / "out", key=home / "key", jobs=1, crack_seconds=0
    )
    planned = plan(request)
    scan(planned, lambda _: None)
    return planned, home


def found(planned: Plan, home: Path) -> dict[str, set[bytes]]:
    """What was found, by code: the names on the way from the root."""
    with closing(Store.open(home / "out/scan.sqlite")) as store:
        told: dict[str, set[bytes]] = {}
        for problem in compare(store, planned):
            row, parts = store.row(problem.entry), []
            while row.parent:
                parts.append(row.name)
                row = store.row(row.parent)
            told.setdefault(problem.code, set()).add(b"/".join(reversed(parts)))
        return told


def test_what_is_as_it_was_gives_nothing(kept: tuple[Plan, Path]) -> None:
    assert found(*kept) == {}


edit = st.tuples(
    st.sampled_from(["write", "remove", "add", "make"]),
    st.lists(st.sampled_from(NAMES), min_size=1, max_size=3),
)


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(edit, min_size=1, max_size=4))
def test_any_edits_are_found_and_only_those(
    kept: tuple[Plan, Path], edits: list[tuple[str, list[str]]]
) -> None:
    planned, home = kept
    shutil.rmtree(home / "aside", ignore_errors=True)
    (home / "volume").rename(home / "aside")
    shutil.copytree(home / "aside", home / "volume")
    try:
        # A copy has other inodes and times: only what comes and goes is compared.
        before = set(home.joinpath("volume").rglob("*"))
        for what, way in edits:
            _edit(home / "volume" / Path(*way), what)
        after = set(home.joinpath("volume").rglob("*"))
        told = found(planned, home)
        gone = {os.fsencode(path.relative_to(home / "volume")) for path in before - after}
        assert told.get("vanished", set()) >= gone
        assert bool(told.get("added")) >= bool(after - before)
        if before == after and all(what == "write" for what, _ in edits):
            assert set(told) == {"changed"}
    finally:
        shutil.rmtree(home / "volume")
        (home / "aside").rename(home / "volume")


def _edit(path: Path, what: str) -> None:
    if what == "remove" and path.exists():
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    elif path.parent.is_dir() and not path.exists():
        path.mkdir() if what == "make" else path.write_text("new")
    elif path.is_file():
        path.write_text("other")


def test_what_was_found_before_is_replaced(kept: tuple[Plan, Path]) -> None:
    planned, home = kept
    extra = home / "volume" / "a" / "zz"
    extra.write_text("x")
    with closing(Store.open(home / "out/scan.sqlite")) as store:
        for _ in range(2):
            settle(store, planned)
            problems = [one for one in store.problem_rows() if one.stage is Stage.END]
            in_a = [one.code for one in problems if store.row(one.entry).name == b"a"]
            assert in_a == ["added", "changed"]
    extra.unlink()


def test_a_root_that_is_gone_is_told_and_so_is_an_empty_one(
    kept: tuple[Plan, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    planned, home = kept
    (home / "volume").rename(home / "elsewhere")
    with closing(Store.open(home / "out/scan.sqlite")) as store:
        settle(store, planned)
        assert store.clearing.problem_entries()["vanished"] == 1
        (home / "volume").mkdir()
        monkeypatch.setattr(again, "MOST", 20)
        settle(store, planned)
        assert sum(store.clearing.problem_entries().values()) == 20
    (home / "volume").rmdir()
    (home / "elsewhere").rename(home / "volume")
