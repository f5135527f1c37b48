"""Cells of columns of Arrow, plain and nested."""

from typing import Any

import pytest

from vestige.read.beside.cells import leaves, may_tell, rows_of
from vestige.read.beside.keys import NAME, PERSON

pa = pytest.importorskip("pyarrow", reason="vestige[tables]")


def told(values: list[object], kind: Any = None, name: str = "x", tag: int = 0) -> list[str]:  # noqa: ANN401 - pyarrow tells no types
    column = pa.array(values, kind)
    return [text for leaf in leaves(name, tag, column) for text in leaf.texts()]


def test_each_text_is_told_once() -> None:
    assert told(["Quintero", "Quintero", None, ""]) == ["Quintero"]
    assert told(["a", "b"], pa.large_string()) == ["a", "b"]


def test_numbers_are_told_that_are_long_or_under_a_heading() -> None:
    assert told([12, 4711233]) == ["4711233"]
    assert told([12, 4711233], tag=PERSON) == ["12", "4711233"]
    assert told([1234567.0, 2.5]) == []
    assert told([1234567.0, 2.5], tag=PERSON) == ["1234567"]


def test_what_no_cell_asks_for_stands_in_a_dictionary_still() -> None:
    column = pa.DictionaryArray.from_arrays(pa.array([0, 0]), pa.array(["sub-1", "Vexley"]))
    assert [text for leaf in leaves("x", 0, column) for text in leaf.texts()] == ["sub-1", "Vexley"]


def test_nested_values_are_told_by_the_names_of_their_fields() -> None:
    kind = pa.list_(pa.struct([("surname", pa.string()), ("volume", pa.float32())]))
    column = pa.array([[{"surname": "Quintero", "volume": 3}], None, []], kind)
    assert [(leaf.tag, *leaf.texts()) for leaf in leaves("patients", 0, column)] == [
        (PERSON, "Quintero")
    ]
    named = pa.array([{"value": "Quintero"}])
    assert [leaf.tag for leaf in leaves("PatientName", NAME, named)] == [NAME]
    maps = pa.array([[("a", "Vexley")]], pa.map_(pa.string(), pa.string()))
    assert [text for leaf in leaves("x", 0, maps) for text in leaf.texts()] == ["a", "Vexley"]


def test_bytes_are_texts_or_files() -> None:
    column = pa.array([b"Quintero", b"\x89PNG\0", None])
    (leaf,) = leaves("x", 0, column)
    assert list(leaf.texts()) == ["Quintero"]
    assert [one.content.first for one in leaf.files(9)] == [b"\x89PNG\0"]
    assert leaf.files(0) == []


def test_what_is_measured_tells_nothing() -> None:
    assert not may_tell(pa.float32(), 0)
    assert not may_tell(pa.list_(pa.float64()), 0)
    assert not may_tell(pa.bool_(), NAME)
    assert may_tell(pa.struct([("a", pa.float32()), ("b", pa.string())]), 0)


def test_rows_leave_empty_what_is_nested() -> None:
    batch = pa.record_batch({"a": ["x", None], "b": [[1], [2]], "c": [7, 8]})
    assert rows_of(batch) == [["x", "", "7"], ["", "", "8"]]
