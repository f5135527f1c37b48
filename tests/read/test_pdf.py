import logging
import random
from io import StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.read.blobs import pdf
from vestige.read.pdf import MOST_TEXT, Document, of_pdf, without_streams

SOME = pdf("Paula Probe, geb. 04.03.1956", entries={"Author": "Muster Max", "Title": "Befund"})


def told(data: bytes) -> dict[str, str]:
    return dict(of_pdf(data).texts)


def test_text_and_entries_are_told() -> None:
    found = told(SOME)
    assert "Paula Probe, geb. 04.03.1956" in found[""]
    assert "Author: Muster Max" in found["Info"]
    assert of_pdf(SOME).losses == {}


def test_a_drawing_without_text_is_a_loss_and_a_blank_page_is_none() -> None:
    assert list(of_pdf(pdf("Befund", "\0")).losses) == ["document-without-text"]
    assert of_pdf(pdf("Befund", "")).losses == {}


def test_an_encrypted_document_is_a_loss() -> None:
    document = of_pdf(pdf("Paula Probe", password="x"))  # noqa: S106
    assert (document.texts, list(document.losses)) == ([], ["document-unread"])


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4", b"%PDF-1.7\n%%EOF", SOME[: len(SOME) // 3]])
def test_what_cannot_be_read_is_a_loss(data: bytes) -> None:
    assert "document-unread" in of_pdf(data).losses


def test_there_is_an_end_to_what_is_told_and_followed() -> None:
    document = Document(operations=3)
    assert document.tell("", "x" * MOST_TEXT)
    assert not document.tell("", "x")
    assert list(document.losses) == ["budget"]
    assert list(of_pdf(pdf(*["Probe" * 60] * 320)).losses) == ["budget"]


def test_streams_that_are_no_text_are_left_out_of_the_search() -> None:
    data = b"1 0 obj (Paula) stream\r\n\x78\x9c\x00 Max endstream stream\nBT (Muster) Tj endstream"
    rest = without_streams(data)
    assert b"Paula" in rest
    assert b"Muster" in rest
    assert b"Max" not in rest


def test_nothing_is_logged() -> None:
    stream = StringIO()
    handler = logging.StreamHandler(stream)
    logging.getLogger().addHandler(handler)
    try:
        of_pdf(SOME.replace(b"/Type", b"/Tpye").replace(b"endobj", b"Paula!"))
    finally:
        logging.getLogger().removeHandler(handler)
    assert stream.getvalue() == ""


@given(seed=st.integers(0, 1 << 30))
@settings(max_examples=60, deadline=None)
def test_any_mutant_is_no_error(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - chance, not secrecy
    data = bytearray(SOME)
    for _ in range(chance.randrange(1, 30)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    document = of_pdf(bytes(data))
    assert document.length <= MOST_TEXT
