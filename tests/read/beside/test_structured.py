"""JSON and YAML by their keys."""

import base64
import json
import re

import pytest

from tests.read.beside.told import told
from vestige.read.beside.in_json import read_json
from vestige.read.beside.parts import Inner
from vestige.read.beside.texts import read

SIDECAR = {
    "Modality": "MR",
    "EchoTime": 0.00226,
    "ImageType": ["ORIGINAL", "PRIMARY"],
    "PatientName": "Quintero^Maria",
    "PatientWeight": 71,
    "SliceTiming": [0.1, 0.2],
    "SoftwareVersions": "N4_LATEST_20160120",
    "Comment": "seen by all",
}


@pytest.mark.parametrize("indent", [None, 1, "\t"])
def test_a_side_car_is_told_by_its_keys(indent: int | str | None) -> None:
    found = told(read, json.dumps(SIDECAR, indent=indent).encode())
    assert found["PatientName"] == ["Quintero^Maria"]
    assert found["PatientWeight"] == ["71"]
    assert found["SoftwareVersions"] == ["N4_LATEST_"]
    assert found["value"] == ["seen by all"]
    assert "EchoTime" not in found


def test_the_model_of_dicom_in_json() -> None:
    name = {"vr": "PN", "Value": [{"Alphabetic": "Yamada^Tarou", "Ideographic": "山田^太郎"}]}
    born = {"vr": "DA", "Value": ["19610203"]}
    found = told(read, json.dumps([{"00100010": name, "00100030": born}]).encode())
    assert found["PatientName"] == ["Yamada^Tarou", "山田^太郎"]
    assert found["PatientBirthDate"] == ["19610203"]


def test_authors_of_what_is_published_are_no_patients() -> None:
    made = {"Authors": ["Maria Quintero"], "HowToAcknowledge": "Cite Quintero"}
    published = json.dumps({"BIDSVersion": "1.8.0", **made}, indent=1)
    assert "Quintero" not in str(told(read, published.encode()))
    assert "Quintero" in str(told(read, json.dumps(made, indent=1).encode()))


def test_outputs_of_notebooks_and_keys_that_are_names() -> None:
    cell = {"source": ["print(1)"], "outputs": [{"text": ["Patient: Maria Quintero\n"]}]}
    found = told(read, json.dumps({"cells": [cell], "Maria Quintero": 1}).encode())
    assert {"Patient: Maria Quintero", "Maria Quintero"} <= set(found["text"] + found["value"])


@pytest.mark.parametrize("form", ["{}", "{}\n", "data:image/png;base64,{}"])
def test_pictures_of_notebooks_are_files_inside(form: str) -> None:
    picture = b"\x89PNG\r\n\x1a\n" + bytes(range(250))
    text = form.format(base64.b64encode(picture).decode())
    for written in (text, text.splitlines(), re.findall(".{1,76}", text)):
        cell = {"outputs": [{"data": {"image/png": written, "text/plain": "<Figure>"}}]}
        parts = list(read_json(json.dumps({"cells": [cell]})))
        assert [one.content.read(0, 1000) for one in parts if isinstance(one, Inner)] == [picture]


def test_what_is_packed_and_no_picture_is_no_text() -> None:
    packed = base64.b64encode(bytes(range(256))).decode()
    assert told(read, json.dumps({"a": packed, "b": "x"}).encode()) == {"value": ["x"]}


def test_yaml_by_its_keys_and_its_comments() -> None:
    text = (
        "# made for Maria Quintero\na: b\npatients:\n  - surname: Kowalski\n    dob: 1961-02-03\n"
    )
    found = told(read, text.encode())
    assert found["PersonName"] == ["Kowalski"]
    assert found["PatientBirthDate"] == ["19610203"]
    assert "# made for Maria Quintero" in found["text"]


@pytest.mark.parametrize(
    "text",
    [
        "[" * 10_000 + '"Quintero"' + "]" * 10_000,
        '{"a":' * 10_000 + '"Quintero"' + "}" * 10_000,
        "a: " + "[" * 10_000 + "Quintero" + "]" * 10_000 + "\nb: c\n",
        "a: &a [Quintero, x]\n"
        + "".join(f"{c}: &{c} [{', '.join(['*' + chr(ord(c) - 1)] * 9)}]\n" for c in "bcdefghijkl"),
        '{"x": "\\ud800 Quintero"}',
    ],
    ids=["arrays", "objects", "yaml", "aliases", "surrogate"],
)
def test_what_is_nested_or_multiplied_is_read_all_the_same(text: str) -> None:
    found = told(read, text.encode())
    assert "Quintero" in str(found)
    assert sum(len(one) for texts in found.values() for one in texts) < 10 * len(text) + 100
