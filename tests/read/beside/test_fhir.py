import json

import pytest

from tests.read.beside.given import MUTANTS, given, survived
from vestige.read.beside.fhir import attribute_of, read
from vestige.read.beside.parts import Bounds, Held, Told

PATIENT = {
    "resourceType": "Patient",
    "identifier": [{"system": "urn:x", "value": "4711"}],
    "name": [
        {"use": "official", "family": "Quintero", "given": ["Maria", "Ana"], "prefix": ["Dr"]}
    ],
    "telecom": [{"system": "phone", "value": "+49 30 555"}, {"value": "m@klinik.test"}],
    "birthDate": "1951-05-02",
    "address": [{"line": ["Hauptstr. 1"], "city": "Lindenau", "country": "DE"}],
    "contact": [{"name": {"family": "Quintero", "given": ["Jorge"]}}],
    "managingOrganization": {"reference": "Organization/o1", "display": "Klinikum Lindenau"},
}
XML = (
    '<?xml version="1.0"?>\n<Bundle xmlns="http://hl7.org/fhir"><entry><resource><Patient>'
    '<identifier><value value="4711"/></identifier><name><family value="Quintero"/>'
    '<given value="Maria"/></name><birthDate value="1951-05-02"/>'
    '<text><div xmlns="http://www.w3.org/1999/xhtml"><p>seen by Anna</p></div></text>'
    "</Patient></resource></entry></Bundle>"
)


def _patient(data: str) -> dict[int, list[str]]:
    texts: dict[int, list[str]] = {}
    for part in read(Held(data.encode()), Bounds(len(data))):
        if isinstance(part, Told):
            texts[part.place.tag] = list(part.texts)
    return texts


@pytest.mark.parametrize("form", ["one", "bundle", "lines"])
def test_resources_in_json(form: str) -> None:
    one = json.dumps(PATIENT)
    bundle = json.dumps({"resourceType": "Bundle", "entry": [{"resource": PATIENT}]})
    data = {"one": one, "bundle": bundle, "lines": f"{one}\n{one}\n"}[form]
    given(data, "FHIR")
    texts = _patient(data)
    assert texts[0x00100010] == ["Quintero^Maria Ana"]
    assert texts[0x00100020] == ["4711"]
    assert texts[0x00100030] == ["19510502"]
    assert texts[0x00101040] == ["Hauptstr. 1", "Lindenau"]
    assert texts[0x00102154] == ["+49 30 555"]
    assert texts[0x0040A123] == ["Quintero^Jorge"]
    assert texts[0x00080080] == ["Klinikum Lindenau"]
    assert set(texts[0]) == {"Dr", "m@klinik.test", "DE", "o1"}


def test_resources_in_xml() -> None:
    given(XML, "FHIR")
    texts = _patient(XML)
    assert texts[0x00100010] == ["Quintero^Maria"]
    assert texts[0x00100020] == ["4711"]
    assert texts[0x00100030] == ["19510502"]
    assert texts[0] == ["seen by Anna"]


def test_paths_stand_for_attributes() -> None:
    assert attribute_of("Patient", ("name", "text")) == 0x00100010
    assert attribute_of("Patient", ("name", "prefix")) == 0
    assert attribute_of("Practitioner", ("name",)) == 0x0040A123
    assert attribute_of("ImagingStudy", ("referrer", "display")) == 0x00080090
    assert attribute_of("Organization", ("telecom", "value")) == 0
    assert attribute_of("Observation", ("code", "text")) == 0


def test_entities_are_not_expanded_and_depth_is_bounded() -> None:
    bomb = XML.replace("<Bundle", '<!DOCTYPE b [<!ENTITY a "aaaa">]><Bundle')
    assert _patient(bomb) == {} or 0 in _patient(bomb)
    deep = '{"resourceType": "Patient", "a": ' + "[" * 5000 + "]" * 5000 + "}"
    assert given(deep, "FHIR").losses == ["damaged"]
    nested = '{"resourceType": "Patient", "a": ' + '{"a": ' * 100 + '"x"' + "}" * 101
    assert given(nested, "FHIR").losses == ["damaged"]


def test_bytes_that_lie_are_read_within_bounds() -> None:
    assert survived(json.dumps(PATIENT)) == MUTANTS
    assert survived(XML) == MUTANTS
