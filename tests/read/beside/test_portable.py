import io

from pypdf import PdfWriter

from tests.read.beside.papers import XMP, of_file
from tests.read.blobs import pdf
from vestige.read.beside import portable
from vestige.read.beside.parts import WHOLE, Bounds, Held, Lost


def test_text_entries_and_files_inside_are_told() -> None:
    writer = PdfWriter(
        io.BytesIO(pdf("Patient name: Eva Beispiel", entries={"Author": "Paula Probe"}))
    )
    writer.add_attachment("list.csv", b"a,b")
    writer.xmp_metadata = XMP
    stream = io.BytesIO()
    writer.write(stream)
    found = of_file(b"\n" + stream.getvalue())
    assert found.texts["PDF page > PatientName"] == ["Eva Beispiel"]
    assert found.texts["PDF property author"] == ["Paula Probe"]
    assert found.texts["XMP creator"] == ["Paula Probe"]
    assert found.inner == {b"list.csv": b"a,b"}


def test_what_cannot_be_read_is_told() -> None:
    assert of_file(pdf("x", password="y")).lost == ["protected"]  # noqa: S106
    assert of_file(pdf("\0")).lost == ["document-without-text"]
    assert of_file(pdf("x")[:99]).lost == ["damaged"]


def test_a_document_that_is_too_long_is_not_read() -> None:
    held = Held(b"%PDF-")
    held.size = WHOLE + 1
    assert list(portable.read(held, Bounds(held.size))) == [Lost("text-budget")]


def test_halves_of_characters_are_no_error() -> None:
    assert portable._whole("A\ud800") == "A?"
