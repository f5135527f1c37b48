import pytest

from tests.read.beside.papers import artist, of_file
from vestige.read.beside import rich

HEAD = rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset238 Zargothy;}}"
NAME = "document text > PatientName"


def test_text_is_read_in_its_encodings() -> None:
    found = of_file(
        HEAD
        + rb"\f0 Patient name: J\'f6rg M\uc1\u252?ller\par\f1 Nov\'e1k \u9731\'3f \endash  x\par}"
    )
    assert found.texts[NAME] == ["Jörg Müller"]
    assert found.texts["document text"][-1] == "Novák ☃ – x"
    assert found.lost == []
    assert not any("Zargothy" in text for text in found.texts["document text"])


def test_properties_headers_and_notes_are_told_apart() -> None:
    found = of_file(
        HEAD + rb"{\info{\author Paula Probe}{\operator Max Muster}{\title T}{\creatim\yr2020}}"
        rb"{\header MRN: 4711123}text{\*\annotation Patient name: Eva Beispiel}{\*\revtbl{Ana;}}}"
    )
    assert found.texts["document property author"] == ["Paula Probe", "Ana"]
    assert found.texts["document property operator"] == ["Max Muster"]
    assert found.texts["document text > PatientID"] == ["4711123"]
    assert found.texts[NAME] == ["Eva Beispiel"]


def test_rows_of_a_table_are_rows() -> None:
    found = of_file(HEAD + rb"\trowd Paciente\cell Paula Probe\cell\row NHC\cell 4711123\cell\row}")
    assert found.texts["document table > PatientName"] == ["Paula Probe"]
    assert found.texts["document table > PatientID"] == ["4711123"]


def test_pictures_and_objects_are_files() -> None:
    digits = artist().hex().encode()
    found = of_file(
        HEAD
        + rb"{\pict\tiff "
        + digits
        + rb"}{\object{\*\objdata 0105"
        + b"%PDF-x".hex().encode()
        + b"}}}"
    )
    assert found.inner == {b"pict": artist(), b"objdata": b"%PDF-x"}


@pytest.mark.parametrize(
    "data", [HEAD, HEAD + b"{" * 5_000, HEAD + rb"\uc99999999 \u1?" + b"\\'z" * 9]
)
def test_what_breaks_off_is_a_loss(data: bytes) -> None:
    assert of_file(data).lost == ["damaged"]


def test_halves_of_characters_are_put_together() -> None:
    found = of_file(HEAD + rb"\uc0\u-10179\u-8704 Paula \u-10179}")
    assert found.texts["document text"][0].startswith("\N{GRINNING FACE}Paula")


def test_a_document_of_too_many_words_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rich, "MOST_TOKENS", 100)
    found = of_file(HEAD + rb"Paula\par " * 200)
    assert "text-budget" in found.lost
    assert found.texts["document text"] == ["Paula"]
