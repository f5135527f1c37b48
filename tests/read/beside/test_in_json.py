"""JSON as a file, lines of JSON, and what is none after all."""

import json

from tests.read.beside.told import told
from vestige.read.beside.in_json import read_json
from vestige.read.beside.parts import Listed
from vestige.read.beside.texts import read


def test_lines_of_json_and_what_is_cut_off() -> None:
    line = json.dumps({"PatientID": "4711-x"}) + "\n"
    assert told(read, (line * 3).encode())["PatientID"] == ["4711-x"] * 3
    assert told(read, b'{"a": 1, "PatientID": "4711-x", "b": {')["PatientID"] == ["4711-x"]


def test_an_object_that_maps_texts_to_texts_is_a_table() -> None:
    codes = {f"sub-{number:04}": f"Quintero {number}" for number in range(3)}
    parts = list(read_json(json.dumps(codes, indent=1)))
    assert [len(one.rows) for one in parts if isinstance(one, Listed)] == [4]
    figures = {f"sub-{number:04}": number for number in range(3)}
    assert not any(isinstance(one, Listed) for one in read_json(json.dumps(figures, indent=1)))
