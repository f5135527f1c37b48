"""Strict reading: unknown keys, wrong types and missing keys name their file and key."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from vestige.model import VestigeError
from vestige.planting import strict
from vestige.planting.template import NOTHING, Template


@dataclass(frozen=True, slots=True)
class Sample:
    """A kind with each type of key."""

    name: str
    count: int = 1
    whole: bool = True
    words: tuple[str, ...] = ()
    path: Template = NOTHING
    value: Template | tuple[int | float, ...] = ()

    def __post_init__(self) -> None:
        if self.count > 9:
            raise ValueError("count is 9 at most")


def test_values_are_read_by_their_types() -> None:
    table = {"name": "a", "count": 2, "whole": False, "words": ["b"], "path": "{n}", "value": 1}
    sample = strict.read(Sample, "file", table)
    assert (sample.name, sample.count, sample.whole) == ("a", 2, False)
    assert sample.words == ("b",)
    assert sample.path.fields == {"n"}
    assert sample.value == (1,)
    assert strict.read(Sample, "file", {"name": "a", "value": [1, 2.5]}).value == (1, 2.5)


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ({}, "file.name: is missing"),
        ({"name": 1}, "file.name: must be a string"),
        ({"name": "a", "count": True}, "file.count: must be a whole number"),
        ({"name": "a", "count": 1.5}, "file.count: must be a whole number"),
        ({"name": "a", "whole": 1}, "file.whole: must be true or false"),
        ({"name": "a", "words": "b"}, "file.words: must be a list of strings"),
        ({"name": "a", "path": ["b"]}, "file.path: must be a string"),
        ({"name": "a", "path": "{b}"}, "file.path: {b} is no field"),
        ({"name": "a", "value": [1, "b"]}, "file.value: must be a string, a number or a list"),
        ({"name": "a", "count": 10}, "file: count is 9 at most"),
    ],
)
def test_wrong_values_are_refused(table: dict[str, Any], message: str) -> None:
    with pytest.raises(VestigeError) as caught:
        strict.read(Sample, "file", table)
    assert str(caught.value).startswith(message)


def test_a_kind_with_a_key_of_another_type_is_a_mistake_of_ours() -> None:
    @dataclass(frozen=True, slots=True)
    class Odd:
        key: complex

    with pytest.raises(TypeError, match=r"^no reader for <class 'complex'>$"):
        strict.read(Odd, "file", {"key": 1})


def test_unknown_keys_are_refused() -> None:
    strict.known("file", {"name": "a"}, strict.names(Sample), ("more",))
    with pytest.raises(VestigeError, match=r"^file\.nam: unknown key$"):
        strict.known("file", {"nam": "a"}, strict.names(Sample), ("more",))


@pytest.mark.parametrize("value", [1, [1], {"a": 1}])
def test_arrays_of_tables_are_nothing_else(value: object) -> None:
    with pytest.raises(VestigeError, match=r"^file\.a: must be an array of tables$"):
        strict.tables("file", {"a": value}, "a")


def test_files_that_are_no_toml_are_named(tmp_path: Path) -> None:
    (tmp_path / "bad.toml").write_text("a = = 1")
    (tmp_path / "latin.toml").write_bytes(b'a = "\xff"')
    for name in ("bad.toml", "latin.toml", "absent.toml"):
        with pytest.raises(VestigeError, match=f"^{name}: "):
            strict.toml(tmp_path / name)
