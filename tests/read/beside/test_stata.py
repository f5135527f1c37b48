"""Tables of Stata, as pandas writes them."""

import io

import pandas as pd
import pytest

from tests.read.beside.given import MUTANTS, given, survived

FRAME = pd.DataFrame(
    {
        "code": ["a", "b"],
        "surname": ["Quintero", "Probe"],
        "mrn": [12345678, 87654321],
        "dob": pd.to_datetime(["1950-02-03", "1960-04-05"]),
        "v1": ["Maria", ""],
        "volume": [1.5, 2.5],
    }
)


def stata(frame: pd.DataFrame, version: int) -> bytes:
    stream = io.BytesIO()
    frame.to_stata(
        stream,
        version=version,  # type: ignore[arg-type]
        write_index=False,
        convert_dates={"dob": "td"},
        variable_labels={"v1": "Vorname"},
        convert_strl=["code"] if version > 114 else None,
    )
    return stream.getvalue()


@pytest.mark.parametrize("version", [114, 117, 118, 119])
def test_columns_by_their_names_and_labels(version: int) -> None:
    found = given(stata(FRAME, version), "Stata").texts
    assert found["Stata column 1"] == ["a", "b"]
    assert found["Stata column 2 > PersonName"] == ["Quintero", "Probe"]
    assert found["Stata column 3 > PatientID"] == ["12345678", "87654321"]
    assert found["Stata column 4 > PatientBirthDate"] == ["19500203", "19600405"]
    assert found["Stata column 5 > PersonName"] == ["Maria"]
    assert not any("column 6" in place for place in found)


@pytest.mark.parametrize("version", [114, 118])
def test_bytes_that_lie_are_read_within_bounds(version: int) -> None:
    assert survived(stata(FRAME, version)) == MUTANTS
