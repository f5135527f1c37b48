"""The kind of a text, by what it holds."""

import pytest

from tests.read.beside.told import told
from vestige.read.beside import texts
from vestige.read.beside.parts import Bounds, Held


@pytest.mark.parametrize(
    ("data", "pointer"),
    [
        (b'{"PatientName": "Quintero"}', "PatientName"),
        (b"<a><PatientName>Quintero</PatientName></a>", "PatientName"),
        (b"age,PatientName\n3,Quintero\n", "column 2 PatientName"),
        (b"study: a\npatient:\n  name: Quintero\n", "PatientName"),
        (b"[patient]\nPatientName=Quintero\n", "PatientName"),
        (b"surname\nQuintero\nKowalski\n", "column 1 PersonName"),
        ("age;PatientName\n3;Quintero\n".encode("utf-16"), "column 2 PatientName"),
    ],
    ids=["json", "xml", "csv", "yaml", "ini", "list", "utf-16"],
)
def test_a_text_is_read_as_what_it_is(data: bytes, pointer: str) -> None:
    assert "Quintero" in told(texts.read, data)[pointer]


@pytest.mark.parametrize(
    "data", [b'{"PatientName": "Quintero"}', b"<a><PatientName>Quintero</PatientName></a>"]
)
def test_what_is_too_long_to_be_held_is_read_by_its_keys_all_the_same(
    data: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(texts, "MOST", 10)
    found = told(texts.read, data)
    assert (found["PatientName"], "lost" in found) == (["Quintero"], False)


def test_no_text_is_held_that_is_read_as_lines() -> None:
    parts = texts.read(Held(b"a line of a text, as it is\n" * 200_000), Bounds(1))
    assert all(len(list(part.texts)) <= 1 for part in parts)  # type: ignore[union-attr]
