"""FHIR: resources in JSON, in bundles, one to a line (bulk export), and in XML.

Elements as of HL7 FHIR R4 (hl7.org/fhir/R4): HumanName, Address, ContactPoint and Identifier of
section 2.24, and what Patient, Practitioner, RelatedPerson, Person, Organization, Location,
ImagingStudy, ServiceRequest, Encounter, DiagnosticReport and Observation hold of them.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from vestige.read.beside.keyed import day, told
from vestige.read.beside.parts import WHOLE, Bounds, Lost, Part, Readable
from vestige.read.markup import decoded

DEEPEST = 60
"""Values within values that are read."""

_NAME, _ID, _BIRTH, _ADDRESS, _PHONE = 0x00100010, 0x00100020, 0x00100030, 0x00101040, 0x00102154
_PERSON, _SITE, _SITE_ADDRESS = 0x0040A123, 0x00080080, 0x00080081
_ACCESSION, _VISIT, _REFERRING, _SEX = 0x00080050, 0x00380010, 0x00080090, 0x00100040
_STUDY_DATE, _READING, _OTHER_IDS = 0x00080020, 0x00081060, 0x00101000

_PEOPLE = frozenset({"Patient", "Practitioner", "RelatedPerson", "Person"})
_WHERE = frozenset({"Organization", "Location", "HealthcareService", "CareTeam", "Endpoint"})
_ATTRIBUTES: dict[str, int] = {
    "Patient.birthDate": _BIRTH,
    "Person.birthDate": _BIRTH,
    "RelatedPerson.birthDate": _BIRTH,
    "Practitioner.birthDate": _BIRTH,
    "Patient.gender": _SEX,
    "Patient.identifier.value": _ID,
    "Person.identifier.value": _OTHER_IDS,
    "RelatedPerson.identifier.value": _OTHER_IDS,
    "Encounter.identifier.value": _VISIT,
    "Account.identifier.value": _VISIT,
    "ImagingStudy.identifier.value": _ACCESSION,
    "ServiceRequest.identifier.value": _ACCESSION,
    "DiagnosticReport.identifier.value": _ACCESSION,
    "ImagingStudy.started": _STUDY_DATE,
    "Organization.name": _SITE,
    "Location.name": _SITE,
    "Organization.alias": _SITE,
}
"""The attribute that an element corresponds to, by the resource and its path."""

_SPOKEN: dict[str, int] = {
    "subject": _NAME,
    "patient": _NAME,
    "beneficiary": _NAME,
    "individual": _REFERRING,
    "referrer": _REFERRING,
    "requester": _REFERRING,
    "generalPractitioner": _REFERRING,
    "interpreter": _READING,
    "resultsInterpreter": _READING,
    "performer": _READING,
    "author": _READING,
    "actor": _READING,
    "managingOrganization": _SITE,
    "custodian": _SITE,
    "serviceProvider": _SITE,
    "location": _SITE,
    "organization": _SITE,
    "assigner": _SITE,
}
"""The attribute that the display of a reference corresponds to, by the element that refers."""

_OF_A_NAME = frozenset({"", "text", "family", "given"})
_OF_AN_ADDRESS = frozenset({"", "text", "line", "city", "district", "postalCode"})
"""Parts of names and addresses that tell of a person; prefixes, states and countries do not."""

_TYPE = b'"resourceType"'
_TYPED = re.compile(_TYPE + rb'\s{0,16}:\s{0,16}"[A-Z][A-Za-z]{2,40}"')
_BEGINS = re.compile(rb"[\xef\xbb\xbf\s]{0,64}[{\[]")
_XML = re.compile(
    rb"[\xef\xbb\xbf\s]{0,64}(?:<\?xml[^>]{0,200}>|<!--.{0,2000}?-->|\s){0,4}"
    rb"<([A-Z][A-Za-z]{2,40})\s[^>]{0,400}xmlns=[\"']http://hl7\.org/fhir[\"']",
    re.DOTALL,
)
_SPACE = "{http://hl7.org/fhir}"
_XHTML = "{http://www.w3.org/1999/xhtml}"
_TAGGED = re.compile(r"<[^<>]{0,400}>")
_CODES = frozenset(
    "resourceType system code use status url version versionId lastUpdated fullUrl profile mode "
    "language unit currency contentType".split()
)
"""Elements whose values are words of a standard, or say nothing of a person."""

_Found = dict[int, dict[str, None]]


def is_fhir(readable: Readable) -> bool:
    """Whether a file begins as a resource in JSON or XML."""
    first = readable.first
    if _BEGINS.match(first):
        return _TYPE in first and _TYPED.search(first) is not None
    return _XML.match(first) is not None


def read(readable: Readable, _bounds: Bounds) -> Iterator[Part]:
    """The values of resources, by attribute; what is not well-formed is a loss."""
    data = readable.read(0, WHOLE)
    if readable.size > WHOLE:
        yield Lost("text-budget")
    found: _Found = defaultdict(dict)
    whole = _of_xml(data, found) if _XML.match(data) else _of_json(data, found)
    if not whole:
        yield Lost("damaged")
    for tag, texts in found.items():
        yield told("FHIR", tag, *texts)


def attribute_of(resource: str, path: tuple[str, ...]) -> int:
    """The tag that a value at a path of a resource corresponds to; 0 for none.

    The path has the names of elements, without places in lists, as ("name", "family").
    """
    known = _ATTRIBUTES.get(".".join((resource, *path)))
    if known is not None:
        return known
    person = resource in _PEOPLE
    for above, own in zip(path, (*path[1:], ""), strict=True):
        if above == "name" and person and own in _OF_A_NAME:
            return _NAME if resource == "Patient" and path[0] == "name" else _PERSON
        if above == "address" and own in _OF_AN_ADDRESS:
            return _SITE_ADDRESS if resource in _WHERE else _ADDRESS
        if above == "telecom" and own == "value":
            return 0 if resource in _WHERE else _PHONE
        if own == "display" and above in _SPOKEN:
            return _SPOKEN[above]
    return 0


def _of_json(data: bytes, found: _Found) -> bool:
    """Gathers the values of resources in JSON; whether all of it was read."""
    text = data.decode("utf-8", "replace").strip("\ufeff \t\r\n\0")
    try:
        return _of_value(json.loads(text), "", (), found)
    except (ValueError, RecursionError):
        pass
    whole = True
    for line in text.split("\n"):
        try:
            whole = (not line.strip() or _of_value(json.loads(line), "", (), found)) and whole
        except (ValueError, RecursionError):
            found[0][line] = None
            whole = False
    return whole


def _of_value(value: object, resource: str, path: tuple[str, ...], found: _Found) -> bool:
    """Gathers what stands in a value; False if something lies too deep to be read."""
    if len(path) > DEEPEST:
        return False
    if isinstance(value, list):
        return False not in [_of_value(one, resource, path, found) for one in value]
    if isinstance(value, dict):
        typed = value.get("resourceType")
        if isinstance(typed, str):
            resource, path = typed, ()
        name = _human(value) if path and path[-1] == "name" and resource in _PEOPLE else ""
        if name or (path and path[-1] == "name" and {"family", "given"} & value.keys()):
            found[attribute_of(resource, path)][name] = None
            value = {key: one for key, one in value.items() if key not in {"family", "given"}}
        below = [_of_value(one, resource, (*path, str(key)), found) for key, one in value.items()]
        return False not in below
    if isinstance(value, str) and value and path and path[-1] not in _CODES:
        _keep(value, attribute_of(resource, path), path, found)
    return True


def _human(value: dict[str, object]) -> str:
    """A HumanName as a DICOM name is written; "" if it has no parts."""
    family, given = value.get("family"), value.get("given")
    first = " ".join(str(one) for one in given) if isinstance(given, list) else str(given or "")
    if isinstance(family, list):
        family = " ".join(str(one) for one in family)
    return f"{family or ''}^{first}".strip("^")


def _keep(value: str, tag: int, path: tuple[str, ...], found: _Found) -> None:
    if tag in {_BIRTH, _STUDY_DATE}:
        value = day(value)
    if tag == _PHONE and "@" in value:
        tag = 0
    if path[-1] == "div":
        value = _TAGGED.sub("\n", value)
    if path[-1] == "reference":
        value = value.rpartition("/")[2]
    if value:
        found[tag][value] = None


def _of_xml(data: bytes, found: _Found) -> bool:
    """Gathers the values of a resource in XML, which has the elements of the JSON (2.1.5)."""
    text = decoded(data)
    try:
        root = fromstring(re.sub(r"^\s*<\?xml[^>]{0,200}>", "", text), forbid_dtd=True)
        return _of_value(_as_value(root, 0), "", (), found)
    except (ParseError, DefusedXmlException, ValueError, LookupError, RecursionError):
        found[0].update(dict.fromkeys(re.findall(r'(?:value="([^"]{1,4096}))', text)))
        return False


def _as_value(element: Element, depth: int) -> object:
    """An element as the value that its JSON would be."""
    if element.tag.startswith(_XHTML):
        return {"div": "\n".join(element.itertext())}
    name = element.tag.removeprefix(_SPACE)
    children = list(element)
    if depth > DEEPEST or not children:
        return element.get("value") or ""
    inside: dict[str, object] = {}
    if name[:1].isupper():
        inside["resourceType"] = name
    for child in children:
        key = child.tag.removeprefix(_SPACE)
        value = _as_value(child, depth + 1)
        if key[:1].isupper() or child.tag.startswith(_XHTML):
            inside.setdefault("resource", []).append(value)  # type: ignore[attr-defined]
        else:
            inside.setdefault(key, []).append(value)  # type: ignore[attr-defined]
    if own := element.get("value"):
        inside["value"] = own
    return inside
