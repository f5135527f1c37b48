"""Plants in messages and documents of hospitals: HL7 of both kinds, FHIR, CDA, work lists."""

import base64
import json
from collections.abc import Callable

from benchmarks.beside_plant import Field, Plant, held, written

Text = Callable[[str, int], str]
_NAME, _NUMBER, _BIRTH, _FAMILY = Field.NAME, Field.NUMBER, Field.BIRTH, Field.FAMILY


def _caret(value: str) -> str:
    given, _, family = value.partition(" ")
    return f"{family}^{given}" if family else value


def _parts(value: str) -> tuple[str, str]:
    given, _, family = value.partition(" ")
    return (given, family) if family else ("", given)


# --- HL7 version 2 -------------------------------------------------------------------------------


def _hl7(*segments: str, charset: str = "", kind: str = "ORU^R01") -> str:
    head = f"MSH|^~\\&|RIS||PACS||||{kind}|7|P|2.5||||||{charset}"
    return "\r".join((head, *segments, ""))


def _encoded(charset: str, codec: str) -> Callable[[str, int], bytes]:
    """A message in the encoding that it declares; in UTF-8 if that has no such letters."""

    def content(value: str, number: int) -> bytes:
        segment = f"PID|1||sub-{number:04}||{_caret(value)}"
        try:
            return _hl7(segment, charset=charset).encode(codec)
        except UnicodeEncodeError:
            return _hl7(segment, charset="UNICODE UTF-8").encode()

    return content


def _batch(value: str, number: int) -> str:
    first = _hl7(f"PID|1||sub-{number:04}||")
    second = _hl7("PID|1||||", f"PV1|1|I|||||0007^{_caret(value)}")
    return f"FHS|^~\\&|RIS\rBHS|^~\\&|RIS\r{first}{second}BTS|2\rFTS|1\r"


def _lines(value: str, number: int) -> str:
    """As interfaces log it: with line feeds, and a time before it."""
    message = _hl7(f"PID|1||sub-{number:04}||{_caret(value)}").replace("\r", "\n")
    return f"2024-03-05 10:11:12,123 INFO received\n{message}"


def _hl7_report(value: str, number: int) -> str:
    words = "The liver is of normal size.~"
    return _hl7(
        f"PID|1||sub-{number:04}||", f"OBX|1|TX|18782-3^Report||{words}Patient {value} was told"
    )


def _hl7_embedded(value: str, number: int) -> str:
    letter = base64.b64encode(f"Protocol {number}\nPatient name: {value}\n".encode()).decode()
    return _hl7("PID|1||||", f"OBX|1|ED|18782-3||^TEXT^PLAIN^Base64^{letter}")


# --- FHIR ----------------------------------------------------------------------------------------


def _bundle(value: str, number: int) -> str:
    given, family = _parts(value)
    patient = {
        "resourceType": "Patient",
        "name": [{"family": family, "given": [given][: len(given)]}],
    }
    study = {"resourceType": "ImagingStudy", "numberOfInstances": number}
    entries = [{"fullUrl": "urn:uuid:1", "resource": one} for one in (study, patient)]
    return json.dumps({"resourceType": "Bundle", "type": "collection", "entry": entries})


def _bulk(value: str, number: int) -> str:
    rows = ({"resourceType": "Patient", "id": f"{number}-{n}", "name": []} for n in range(2))
    told = {"resourceType": "Patient", "id": "x", "name": [{"text": value}]}
    return "".join(json.dumps(row) + "\n" for row in (*rows, told))


def _narrative(value: str, number: int) -> str:
    text = {"status": "generated", "div": f"<div>Patient name: <b>{value}</b>, {number}</div>"}
    return json.dumps({"resourceType": "DiagnosticReport", "text": text}, indent=1)


def _reference(value: str, _number: int) -> str:
    letter = base64.b64encode(f"To whom it concerns\nPatient name: {value}\n".encode()).decode()
    attachment = {"contentType": "text/plain", "data": letter}
    told = {"resourceType": "DocumentReference", "content": [{"attachment": attachment}]}
    return json.dumps(told)


def _human_name_xml(value: str, number: int) -> str:
    given, family = _parts(value)
    told = f'<given value="{given}"/>' if given else ""
    return (
        '<Bundle xmlns="http://hl7.org/fhir"><entry><resource><Patient>'
        f'<id value="p{number}"/><name><family value="{family}"/>{told}</name>'
        "</Patient></resource></entry></Bundle>"
    )


# --- documents -----------------------------------------------------------------------------------


def _cda(value: str, number: int) -> str:
    given, family = _parts(value)
    return (
        '<?xml version="1.0"?><ClinicalDocument xmlns="urn:hl7-org:v3"><recordTarget><patientRole>'
        f'<id extension="sub-{number:04}" root="1.2.3"/><patient><name><given>{given}</given>'
        f"<family>{family}</family></name></patient></patientRole></recordTarget>"
        "</ClinicalDocument>"
    )


def _cda_birth(value: str, number: int) -> str:
    return (
        '<?xml version="1.0"?><ClinicalDocument xmlns="urn:hl7-org:v3"><recordTarget><patientRole>'
        f'<id extension="sub-{number:04}" root="1.2.3"/><patient><birthTime '
        f'value="{value.replace("-", "")}"/></patient></patientRole></recordTarget>'
        "</ClinicalDocument>"
    )


def _worklist(value: str, number: int) -> str:
    """A work list item as text, which DCMTK makes into a file."""
    told = f"[{_caret(value)}]" if value else "(no value available)"
    return (
        "# Dicom-Data-Set\n# Used TransferSyntax: Little Endian Explicit\n"
        f"(0008,0050) SH [{number:05}]        # 6, 1 AccessionNumber\n"
        f"(0010,0010) PN {told}        # 16, 1 PatientName\n"
        "(0040,0100) SQ (Sequence with explicit length #=1)\n"
    )


def _x12(value: str, number: int) -> str:
    given, family = _parts(value)
    return (
        "ISA*00*          *00*          *ZZ*A              *ZZ*B              *240305*1011*^*00501*"
        f"00000000{number % 10}*0*P*:~GS*HC*A*B*20240305*1011*1*X*005010X222A1~ST*837*0001~"
        f"NM1*IL*1*{family}*{given}****MI*~SE*3*0001~GE*1*1~IEA*1*000000001~"
    )


def _xdt(value: str, number: int) -> str:
    """Records of German practices (GDT): length, number of the field, content."""
    given, family = _parts(value)
    fields = (("8000", "6310"), ("3000", f"sub-{number:04}"), ("3101", family), ("3102", given))
    return "".join(f"{len(text) + 9:03}{key}{text}\r\n" for key, text in fields)


def _xdt_bytes(value: str, number: int) -> bytes:
    return _xdt(value, number).encode("cp1252", "replace")


_CHARSETS = (
    ("8859/1", "latin-1"),
    ("8859/2", "iso8859-2"),
    ("8859/5", "iso8859-5"),
    ("UNICODE UTF-8", "utf-8"),
    ("UNICODE", "utf-16"),
    ("GB 18030-2000", "gb18030"),
    ("ISO IR87", "iso2022_jp"),
)

PLANTS = {
    "messages of hospitals": (
        *(
            Plant(f"hl7-in-{codec}", _NAME, held("a.hl7", _encoded(charset, codec)))
            for charset, codec in _CHARSETS
        ),
        Plant("hl7-batch", _NAME, written("a.hl7", _batch)),
        Plant("hl7-logged", _NAME, written("hl7.log", _lines)),
        Plant(
            "hl7-own-segment",
            _NAME,
            written("a.hl7", lambda v, n: _hl7("PID|1", f"ZPI|{n}|{_caret(v)}||x")),
        ),
        Plant(
            "hl7-own-number",
            _NUMBER,
            written("a.hl7", lambda v, n: _hl7("PID|1", f"ZPI|{n}|MRN: {v}||x")),
        ),
        Plant(
            "hl7-insured",
            _NAME,
            written("a.hl7", lambda v, _: _hl7(f"IN1|1|A|B|||||||||||||{_caret(v)}")),
        ),
        Plant(
            "hl7-doctor",
            _NAME,
            written("a.hl7", lambda v, _: _hl7(f"OBR|1|||X||||||||||||007^{_caret(v)}")),
        ),
        Plant("hl7-report", _NAME, written("a.hl7", _hl7_report)),
        Plant("hl7-embedded", _NAME, written("a.hl7", _hl7_embedded)),
        Plant("fhir-bundle", _NAME, written("a.json", _bundle)),
        Plant("fhir-bulk", _NAME, written("Patient.ndjson", _bulk)),
        Plant("fhir-narrative", _NAME, written("a.json", _narrative)),
        Plant("fhir-attachment", _NAME, written("a.json", _reference)),
        Plant("fhir-bundle-xml", _NAME, written("a.xml", _human_name_xml)),
        Plant("cda-name", _NAME, written("a.xml", _cda)),
        Plant("cda-birth", _BIRTH, written("a.xml", _cda_birth)),
        Plant("worklist-dump", _NAME, written("wl1.dump", _worklist)),
        Plant("x12-claim", _NAME, written("a.837", _x12)),
        Plant("gdt-record", _NAME, held("a.gdt", _xdt_bytes)),
    )
}
"""All plants of this module, by kind of place."""
