"""Gathered: the tables in values, as rows."""

import json

import pytest

from vestige.read.beside.gathered import listed, loose, pairs, tables

ROWS = [["Zargothy", "S-17"], ["Quexotl", "S-18"], ["Moxo", "S-19"]]
RECORDS = [{"surname": name, "code": code} for name, code in ROWS]
HEADED = [["surname", "code"], *ROWS]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (dict(map(tuple, ROWS)), [["", ""], *ROWS]),  # type: ignore[arg-type]
        ([tuple(row) for row in ROWS], [["", ""], *ROWS]),
        (RECORDS, HEADED),
        ({"log": {"patients": RECORDS}}, HEADED),
        (
            {code: {"surname": name} for name, code in ROWS},
            [["", "surname"], *([c, n] for n, c in ROWS)],
        ),
        ({"surname": [row[0] for row in ROWS], "code": [row[1] for row in ROWS]}, HEADED),
        ({"columns": ["surname", "code"], "index": [0, 1, 2], "data": ROWS}, HEADED),
        (
            {
                "surname": {str(n): row[0] for n, row in enumerate(ROWS)},
                "code": {str(n): row[1] for n, row in enumerate(ROWS)},
            },
            [["", "surname", "code"], *([str(n), *row] for n, row in enumerate(ROWS))],
        ),
    ],
)
def test_tables_in_values(value: object, expected: list[list[str]]) -> None:
    assert expected in list(tables(value))


def test_settings_are_no_table() -> None:
    side_car = {"EchoTime": "3", "Manufacturer": "x", "ImageType": ["ORIGINAL", "PRIMARY"]}
    assert list(listed(side_car)) == []


def test_what_a_converter_says_of_one_series_lists_nobody() -> None:
    person = {"PatientName": "Zargothy^Quillonia", "PatientID": "S-17", "StudyID": "9004"}
    series = {"Modality": "MR", "SeriesNumber": 3, "EchoTime": "0.003", "StationName": "x"}
    assert list(person) in [rows[0] for rows in tables(person)]
    assert not [rows for rows in tables(person | series) if "PatientName" in rows[0]]
    several = [{**person, **series}, {**person, **series, "PatientID": "S-18"}]
    assert [rows for rows in tables(several) if "PatientName" in rows[0]]


def test_those_who_made_a_data_set_are_no_column_of_persons() -> None:
    made = {"Authors": ["Zargothy, Q", "Moxo, L"], "ReferencesAndLinks": ["ds000117", "S-18"]}
    assert list(tables(made)) == []


def test_what_holds_itself_comes_to_an_end() -> None:
    ring: list[object] = []
    ring.append({"a": ring})
    assert list(tables(ring)) == []


def test_columns_that_lie_apart() -> None:
    value = [["surname", "code"], [[row[0] for row in ROWS]], {"x": [row[1] for row in ROWS]}]
    assert list(loose(value)) == [HEADED]


def test_arrays_in_two_dimensions() -> None:
    cells = [row[0] for row in ROWS] + [row[1] for row in ROWS]
    state = ("1", ("2", "3"), None, None, cells)
    assert list(loose([state])) == [[["", ""], *ROWS]]


def test_pairs_are_a_mapping() -> None:
    assert pairs([("a", "b")]) == {"a": "b"}
    assert pairs([(), {"a": "b"}]) == {"a": "b"}
    assert pairs(json.loads("[1, 2]")) is None
