"""Compiled templates: kept where Python keeps modules, and of use for the same text alone."""

import sys
from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment

from vestige.reports.bytecode import Kept


@pytest.fixture(autouse=True)
def keeping(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", None)


def told(folder: Path, text: str, spoken: str = "en") -> str:
    templates = Environment(
        loader=DictLoader({"a.html.j2": text}),
        bytecode_cache=Kept(folder, spoken),
        autoescape=True,
    )
    return templates.get_template("a.html.j2").render(it="<it>")


def kept(folder: Path) -> list[Path]:
    return sorted((folder / "__pycache__").glob("*"))


def test_a_template_is_kept_and_taken_again(tmp_path: Path) -> None:
    assert told(tmp_path, "of {{ it }}") == "of &lt;it&gt;"
    (file,) = kept(tmp_path)
    before = file.stat().st_mtime_ns, file.read_bytes()
    assert told(tmp_path, "of {{ it }}") == "of &lt;it&gt;"
    assert (file.stat().st_mtime_ns, file.read_bytes()) == before


def test_what_is_kept_is_what_is_run(tmp_path: Path) -> None:
    told(tmp_path, "of {{ it }}")
    (file,) = kept(tmp_path)
    checksum, _, code = file.read_bytes().partition(b"\n")
    file.write_bytes(checksum + b"\n" + code.replace(b"of ", b"by "))
    assert told(tmp_path, "of {{ it }}") == "by &lt;it&gt;"


def test_another_text_is_compiled_anew(tmp_path: Path) -> None:
    told(tmp_path, "of {{ it }}")
    assert told(tmp_path, "by {{ it }}") == "by &lt;it&gt;"
    assert len(kept(tmp_path)) == 1


def test_each_language_has_its_own(tmp_path: Path) -> None:
    told(tmp_path, "of {{ it }}")
    told(tmp_path, "of {{ it }}", "es")
    assert [path.name.split(".")[-2] for path in kept(tmp_path)] == ["en", "es"]


@pytest.mark.parametrize("damage", [b"", b"x", b"\n"])
def test_what_is_damaged_is_made_anew(tmp_path: Path, damage: bytes) -> None:
    told(tmp_path, "of {{ it }}")
    (file,) = kept(tmp_path)
    whole = file.read_bytes()
    for broken in (damage, whole[:65] + damage, whole[:-9]):
        file.write_bytes(broken)
        assert told(tmp_path, "of {{ it }}") == "of &lt;it&gt;"


def test_nothing_is_kept_where_python_keeps_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert told(tmp_path, "of {{ it }}") == "of &lt;it&gt;"
    assert list(tmp_path.iterdir()) == []


def test_where_nothing_can_be_written_a_page_is_made_too(tmp_path: Path) -> None:
    (tmp_path / "__pycache__").write_text("no folder")
    assert told(tmp_path, "of {{ it }}") == "of &lt;it&gt;"
