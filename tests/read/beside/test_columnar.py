"""Tables that are packed by columns, as pyarrow writes them, and what is said without it."""

import builtins
import io
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from tests.read.beside.given import MUTANTS, given, survived
from vestige.read.beside.columnar import read_parquet
from vestige.read.beside.parts import Bounds, Held, Listed, Lost, Told

pa = pytest.importorskip("pyarrow", reason="vestige[tables]")
import pyarrow.feather  # noqa: E402
import pyarrow.orc  # noqa: E402
import pyarrow.parquet as pq  # noqa: E402

PERSONS = {
    "code": ["sub-1", "sub-2", None],
    "Apellidos": ["Quintero", "Zargothy", None],
    "MRN": [4711233.0, None, 3.5],
    "volume": [1.5, 2.5, 3.5],
    "geburtsdatum": [date(1950, 1, 2), None, None],
    "seen": [datetime(2019, 3, 2, 10, tzinfo=UTC), None, None],
}


def table(**more: Any) -> Any:  # noqa: ANN401 - pyarrow tells no types
    made = pa.table({**PERSONS, **more})
    return made.replace_schema_metadata({"pandas": '{"PatientName": "Vexley"}', "operator": "Owl"})


def parquet(made: Any, **options: object) -> bytes:  # noqa: ANN401 - as above
    stream = io.BytesIO()
    pq.write_table(made, stream, **options)
    return stream.getvalue()


def arrow(made: Any, new: Callable[..., Any]) -> bytes:  # noqa: ANN401 - as above
    stream = io.BytesIO()
    with new(stream, made.schema) as writer:
        writer.write_table(made)
    return stream.getvalue()


def orc(made: Any) -> bytes:  # noqa: ANN401 - as above
    stream = io.BytesIO()
    pyarrow.orc.write_table(made, stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "kind", "called"),
    [
        (parquet(table()), "Parquet", "Parquet"),
        (parquet(table(), compression="zstd", row_group_size=1), "Parquet", "Parquet"),
        (parquet(table(), use_dictionary=False, data_page_version="2.0"), "Parquet", "Parquet"),
        (arrow(table(), pa.ipc.new_file), "Arrow", "Arrow"),
        (arrow(table(), pa.ipc.new_stream), "Arrow", "Arrow stream"),
        (orc(table()), "ORC", "ORC"),
    ],
)
def test_columns_are_told_by_their_names(data: bytes, kind: str, called: str) -> None:
    found = given(data, kind).texts
    assert found[f"{called} column 2 > PersonName"] == ["Quintero", "Zargothy"]
    assert found[f"{called} column 3 > PatientID"] == ["4711233"]
    assert found[f"{called} column 5 > PatientBirthDate"] == ["19500102"]
    assert found[f"{called} column 6"] == ["2019-03-02"]
    assert f"{called} column 4" not in found
    if kind != "ORC":
        assert found["PatientName"] == ["Vexley"]
        assert found[f"{called} metadata OperatorsName"] == ["Owl"]


def test_the_first_version_of_feather_is_read_too() -> None:
    stream = io.BytesIO()
    with pytest.warns(DeprecationWarning, match="Feather V1"):
        pyarrow.feather.write_feather(table().select([0, 1]), stream, version=1)
    found = given(stream.getvalue(), "Feather").texts
    assert found["Feather column 2 > PersonName"] == ["Quintero", "Zargothy"]


def test_the_first_rows_are_held_as_a_table() -> None:
    parts = list(read_parquet(held := Held(parquet(table())), Bounds(held.size)))
    rows = parts[-1]
    assert isinstance(rows, Listed)
    assert rows.rows[:2] == [
        ["code", "Apellidos", "MRN", "geburtsdatum", "seen"],
        ["sub-1", "Quintero", "4711233", "1950-01-02", "2019-03-02"],
    ]


def test_encrypted_files_are_problems() -> None:
    assert given(b"PARE" + bytes(64) + b"PARE", "Parquet").losses == ["protected"]


def test_more_than_may_come_is_not_read() -> None:
    held = Held(parquet(table()))
    bounds = Bounds(held.size)
    bounds.bytes = 10
    assert Lost("text-budget") in list(read_parquet(held, bounds))


def test_without_the_extra_texts_are_searched_and_the_problem_names_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    really = builtins.__import__

    def refused(name: str, *rest: Any) -> Any:  # noqa: ANN401 - as the function it stands for
        if name.partition(".")[0] == "pyarrow":
            raise ImportError(name)
        return really(name, *rest)

    monkeypatch.setattr(builtins, "__import__", refused)
    held = Held(parquet(table(note=["Patient name: Paula Vexley"] * 3), compression="none"))
    *found, last = read_parquet(held, Bounds(held.size))
    assert last == Lost("not-installed", "tables")
    texts = [text for part in found if isinstance(part, Told) for text in part.texts]
    assert any("Paula Vexley" in text for text in texts)


@pytest.mark.parametrize(
    "data",
    [
        parquet(table(), compression="none"),
        arrow(table(), pa.ipc.new_file),
        arrow(table(), pa.ipc.new_stream),
    ],
)
def test_bytes_that_lie_are_read_within_bounds(data: bytes) -> None:
    assert survived(data) == MUTANTS
