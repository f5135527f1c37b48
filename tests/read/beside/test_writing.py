from tests.read.beside.papers import heard
from vestige.read.beside.writing import told


def test_each_paragraph_is_told_once_and_labelled_values_apart() -> None:
    found = heard(
        told("text", ["Hello", " Hello ", "", "Patient name: Paula Probe", "MRN: 4711123"])
    )
    assert found.texts["text"] == ["Hello", "Patient name: Paula Probe", "MRN: 4711123"]
    assert found.texts["text > PatientName"] == ["Paula Probe"]
    assert found.texts["text > PatientID"] == ["4711123"]


def test_a_sentence_behind_a_label_is_no_name() -> None:
    lines = ["Paciente: varón de 45 años", "Paciente: acude por dolor", "Paciente: "]
    assert set(heard(told("text", lines)).texts) == {"text"}


def test_paragraphs_are_told_as_they_come() -> None:
    parts = told("text", (f"line {n}" for n in range(10**9)))
    assert len(list(next(parts).texts)) == 2_000
