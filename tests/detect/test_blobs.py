"""What stands inside values is judged as what it is: blobs, documents, content items, creators."""

import base64
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydicom.dataset import Dataset

from tests.detect.objects import CATALOG, CONCEPTS, Found, claims, judge, judged, sequence
from tests.read.blobs import csa, ge_block, pdf
from tests.read.sources import SHARED
from vestige.model import Band, Declaration
from vestige.read import dicom
from vestige.read.dictionary import vr_of
from vestige.read.header import read_header
from vestige.read.pages import Held

DIRECT = "elements/direct-identifier"
SIEMENS = "(0029,xx20) SIEMENS CSA HEADER"


def holding(creator: str, tag: int, vr: str, value: object) -> Dataset:
    """An object with one private element."""
    data = Dataset()
    group, element = tag >> 16, tag & 0xFF
    data.private_block(group, creator, create=True).add_new(element, vr, value)
    return data


def of(rule: str, found: list[Found]) -> set[tuple[str, str]]:
    return {(one.pointer.partition(" > ")[2], one.value) for one in found if one.rule == rule}


@pytest.mark.parametrize(
    ("creator", "tag", "vr", "value", "place"),
    [
        ("GEMS_SERS_01", 0x0025101B, "OB", ge_block('PATNAME "Xqwz"'), "gzip > PatientName"),
        ("GEMS_SERS_01", 0x0025101B, "UN", ge_block("mrn = Xqwz"), "gzip > PatientID"),
        (
            "SIEMENS CSA HEADER",
            0x00291020,
            "OB",
            csa({"PatientName": ["Xqwz"]}),
            "CSA > PatientName",
        ),
        ("MUSE", 0x700D1019, "OB", b"<PatientID>Xqwz</PatientID>", "XML > PatientID"),
        ("MUSE", 0x700D1019, "UT", "<a><Nachname>Xqwz</Nachname></a>", "XML > PersonName"),
        ("MUSE", 0x700D1019, "LT", '{"nom du patient": "Xqwz"}', "JSON > PatientName"),
        (
            "MUSE",
            0x700D1019,
            "UT",
            base64.b64encode(json.dumps({"patient": {"name": "Xqwz"}}).encode()).decode(),
            "base64 > JSON > PatientName",
        ),
    ],
)
def test_a_labelled_value_is_found_whatever_it_looks_like(
    tmp_path: Path, creator: str, tag: int, vr: str, value: object, place: str
) -> None:
    found = judged(tmp_path / "a.dcm", holding(creator, tag, vr, value))
    assert (place, "Xqwz") in of(DIRECT, found)


@pytest.mark.parametrize(
    "line",
    [
        "Date of birth: 04/03/1956",
        "Geburtsdatum = 04.03.1956",
        "Fecha de nacimiento: 4-3-1956",
        "Date de naissance: 04/03/1956",
        "Data di nascita: 04/03/1956",
        'birthDate "1956-03-04"',
    ],
)
def test_a_date_of_birth_is_found_in_five_languages(tmp_path: Path, line: str) -> None:
    data = holding("GEMS_SERS_01", 0x0025101B, "OB", ge_block(f"TR 2000\n{line}\n"))
    found = of(DIRECT, judged(tmp_path / "a.dcm", data))
    assert ("gzip > PatientBirthDate", "19560304") in found


@pytest.mark.parametrize("name", ["", "ANONYMOUS", "Anonymized", "REMOVED"])
def test_dummies_are_dummies_inside_too(tmp_path: Path, name: str) -> None:
    data = holding("GEMS_SERS_01", 0x0025101B, "OB", ge_block(f'PATNAME "{name}"\nCOIL "HEAD"'))
    inside = [one for one in judged(tmp_path / "a.dcm", data) if " > " in one.pointer]
    assert inside == []


def test_names_in_the_text_of_a_blob_are_found(tmp_path: Path) -> None:
    block = ge_block('SEDESC "T1 for Maria Quintero"\nTR "2000"')
    found = judged(tmp_path / "a.dcm", holding("GEMS_SERS_01", 0x0025101B, "OB", block))
    assert any(place == "gzip" for place, _ in of("names/person-name", found))


def test_documents_are_judged_as_free_text(tmp_path: Path) -> None:
    data = Dataset()
    text = "Patient: Quintero, Maria, born 04.03.1956, MRN: 00482915"
    data.add_new(0x00420011, "OB", pdf(text, entries={"Title": "Befund Dr. Vandersloot"}))
    found = judged(tmp_path / "a.dcm", data)
    assert ("PDF", "Quintero, Maria") in of("names/person-name", found)
    assert ("PDF > Info", "Vandersloot") in of("names/person-name", found)
    assert ("PDF", "04.03.1956") in of("dates/birth-date", found)
    assert ("PDF", "00482915") in of("identifiers/record-number", found)


# --- content items -------------------------------------------------------------------------------


def report(code: str, tag: int, vr: str, value: str, *codes: str) -> Dataset:
    name = Dataset()
    name.add_new(0x00080100, "SH", code)
    name.add_new(0x00080102, "SH", "DCM")
    content = Dataset()
    content.add_new(0x0040A043, "SQ", sequence(name))
    content.add_new(tag, vr, value)
    data = Dataset()
    data.add_new(0x0040A730, "SQ", sequence(content))
    return claims(data, *codes)


@pytest.mark.parametrize(
    ("item", "rule", "title"),
    [
        (("121029", 0x0040A123, "PN", "Quintero^Maria"), DIRECT, "Subject Name"),
        (("121030", 0x0040A160, "UT", "4711123"), DIRECT, "Subject ID"),
        (("121031", 0x0040A121, "DA", "19560304"), DIRECT, "Subject Birth Date"),
        (("121008", 0x0040A123, "PN", "Ortega^Luis"), "elements/staff", "Person Observer Name"),
        (("113880", 0x0040A160, "UT", "SN-774512"), "elements/device", "Device Serial Number"),
        (("111060", 0x0040A121, "DA", "20190317"), "elements/quasi-identifier", "Study Date"),
        (("121106", 0x0040A160, "UT", "fell from a ladder"), "elements/free-text", "Comment"),
    ],
)
def test_content_items_are_what_their_concept_says(
    tmp_path: Path, item: tuple[str, int, str, str], rule: str, title: str
) -> None:
    code, _, _, value = item
    found = judged(tmp_path / "a.dcm", report(*item))
    (one,) = [one for one in found if one.pointer.endswith(f" {code} DCM")]
    assert (one.rule, one.value) == (rule, value)
    assert title in one.title


def test_clean_structured_content_permits_cleaned_text_and_no_name(tmp_path: Path) -> None:
    text = report("121106", 0x0040A160, "UT", "fell from a ladder", "113104")
    name = report("121029", 0x0040A123, "PN", "Quintero^Maria", "113104")
    assert judged(tmp_path / "a.dcm", text) == []
    assert [one.rule for one in judged(tmp_path / "b.dcm", name)] == [DIRECT]


def test_other_items_are_judged_by_their_element(tmp_path: Path) -> None:
    found = judged(tmp_path / "a.dcm", report("999999", 0x0040A123, "PN", "Quintero^Maria"))
    assert "(0040,A730)[*]/(0040,A123)" in {one.pointer for one in found}


# --- text of annotations, labels, creators -------------------------------------------------------


@pytest.mark.parametrize("vr", ["ST", "LO", "SH", "UT", "LT", "UN", "CS"])
@pytest.mark.parametrize("tag", [0x00700006, 0x003A0203, 0x30060026, 0x00620005, 0x00700080])
def test_annotations_and_labels_are_free_text_whatever_their_vr(
    tmp_path: Path, tag: int, vr: str
) -> None:
    data = Dataset()
    value = "MARIA QUINTERO"
    data.add_new(tag, vr, value.encode() if vr == "UN" else value)
    outer = Dataset()
    outer.add_new(0x0040B020, "SQ", sequence(data))
    rules = {one.rule for one in judged(tmp_path / "a.dcm", outer)}
    assert "names/person-name" in rules


@pytest.mark.parametrize("creator", ["Praxis Dr. Quintero", "QUINTERO MARIA"])
def test_a_creator_that_names_a_person_is_found(tmp_path: Path, creator: str) -> None:
    found = judged(tmp_path / "a.dcm", holding(creator, 0x00291010, "LO", "1"))
    places = {one.pointer for one in found if one.rule == "names/person-name"}
    assert places == {"(0029,00xx) creator"}


# --- real files ----------------------------------------------------------------------------------


def real() -> Iterator[Path]:
    for path in sorted(SHARED.rglob("*")):
        if path.is_file() and path.stat().st_size < 20 << 20:
            yield path


@pytest.mark.skipif(not SHARED.is_dir(), reason="the real files are not beside the repository")
def test_in_real_files_blobs_open_without_loss_and_without_false_alarm() -> None:
    places: set[str] = set()
    alarms: set[tuple[str, str]] = set()
    for path in real():
        header = read_header(Held(path.read_bytes()), vr_of)
        for one in dicom.observations(header, CONCEPTS) if header else ():
            assert one.unread == "", path.name
            if " > " in one.place.pointer:
                places.add(one.place.pointer)
                hits = judge("gdpr").judge(one, Declaration()).hits
                grave = (hit for hit in hits if hit.claim.severity > Band.LOW)
                alarms |= {(hit.claim.rule, one.place.pointer) for hit in grave}
    assert {"(0025,xx1B) GEMS_SERS_01 > gzip", f"{SIEMENS} > CSA > PatientWeight"} <= places
    assert alarms == set()
    assert CATALOG.tables.content_items
