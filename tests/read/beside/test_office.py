import io
import os
import zipfile

import pytest

from tests.read.beside.papers import artist, of_file, package
from vestige.read.beside import office, parts
from vestige.read.beside.parts import Held

CORE = (
    '<cp:coreProperties xmlns:cp="c" xmlns:dc="d"><dc:creator>Paula Probe</dc:creator>'
    "<cp:lastModifiedBy>Max Muster</cp:lastModifiedBy><cp:revision>7</cp:revision>"
    "</cp:coreProperties>"
)
CUSTOM = (
    '<Properties xmlns:vt="v"><property name="PatientID"><vt:lpwstr>4711123</vt:lpwstr></property>'
    '<property name="Zargothy"><vt:lpwstr>note</vt:lpwstr></property></Properties>'
)


def zipped(members: dict[str, bytes], *, stored: tuple[str, ...] = ()) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            kind = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            archive.writestr(name, content, kind)
    return stream.getvalue()


def test_properties_texts_notes_and_files_inside_are_told() -> None:
    found = of_file(
        package(
            docProps__core=CORE,
            docProps__custom=CUSTOM,
            word__document="<d><p>Patient name: Eva Beispiel</p></d>",
            word__header1="<d><p>MRN: 4711124</p></d>",
            word__comments='<d><comment author="Ana Autor"><p>seen</p></comment></d>',
            word__theme__theme1="<d><p>Zargothy</p></d>",
            word__media__image1_bin=artist(),
        )
    )
    assert found.texts["document property creator"] == ["Paula Probe"]
    assert found.texts["document property lastmodifiedby"] == ["Max Muster"]
    assert found.texts["document property PatientID"] == ["4711123"]
    assert found.texts["document property"] == ["Zargothy: note"]
    assert found.texts["document text > PatientName"] == ["Eva Beispiel"]
    assert found.texts["document header > PatientID"] == ["4711124"]
    assert found.texts["document comment author"] == ["Ana Autor"]
    assert found.inner == {b"word/media/image1.bin": artist()}
    assert found.lost == []


def test_an_opendocument_file_is_known_by_its_first_member() -> None:
    meta = (
        b'<m xmlns:meta="m" xmlns:dc="d"><meta:initial-creator>Paula Probe</meta:initial-creator>'
        b'<meta:user-defined meta:name="Patient ID">4711123</meta:user-defined></m>'
    )
    kind = b"application/vnd.oasis.opendocument.text"
    data = zipped({"mimetype": kind, "meta.xml": meta}, stored=("mimetype",))
    found = of_file(data)
    assert found.texts["document property initialcreator"] == ["Paula Probe"]
    assert found.texts["document property PatientID"] == ["4711123"]
    manifest = b"<m><manifest:encryption-data/></m>"
    closed = zipped({"mimetype": kind, "META-INF/manifest.xml": manifest}, stored=("mimetype",))
    assert of_file(closed).lost == ["protected"]


def test_other_archives_are_none_and_the_list_of_parts_may_stand_last() -> None:
    assert not office.looks(Held(zipped({"a/b.xml": b"<x/>"})))
    assert not office.looks(Held(b"%PDF-"))
    assert office.looks(Held(zipped({"a": os.urandom(9), "[Content_Types].xml": b"<x/>"})))
    pretended = zipped({"word/x.txt": b"Paula Probe"})
    assert of_file(pretended).inner == {b"word/x.txt": b"Paula Probe"}, "an archive like any other"


def test_macros_are_bytes_and_binary_sheets_a_loss() -> None:
    found = of_file(
        package(
            xl__vbaProject_bin=b"Sub Run()",
            xl__sharedStrings_bin="\1Paula Probe".encode("utf-16-le"),
        )
    )
    assert found.inner == {b"xl/vbaProject.bin": b"Sub Run()"}
    assert found.lost == ["form-unread"]
    assert found.texts["spreadsheet"] == ["Paula Probe"], "searched for text all the same"


def test_a_part_that_holds_more_than_it_may_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "LEAST_ROOM", 1 << 20)
    bomb = b"<d><p>" + b"a" * (70 << 20)
    found = of_file(package(word__document=bomb))
    assert set(found.lost) == {"archive-budget", "damaged"}


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_a_document_that_breaks_off_is_a_loss(share: float) -> None:
    data = package(docProps__core=CORE, word__media__image1_bin=os.urandom(4000))
    assert of_file(data[: int(len(data) * share)]).lost[:1] == ["damaged"]
