import pytest
from hypothesis import given
from hypothesis import strategies as st

from vestige.read.fields import Field
from vestige.read.markup import decoded, of_markup

NAME, NUMBER, BIRTH = 0x00100010, 0x00100020, 0x00100030
PERSON = 0x0040A123
MUSE = """<?xml version="1.0" encoding="ISO-8859-1"?>
<RestingECG><PatientDemographics>
<PatientID>4711123</PatientID><DateofBirth>04-03-1956</DateofBirth>
<PatientLastName>M&#252;ller</PatientLastName>
</PatientDemographics><Filter>40 Hz</Filter></RestingECG>"""
CDA = """<ClinicalDocument xmlns="urn:hl7-org:v3"><recordTarget><patientRole>
<id extension="4711123" root="1.2.3"/>
<patient><name><given>Paula</given><family>Quintero</family></name>
<birthTime value="19560304"/></patient></patientRole></recordTarget>
<text>Seen today.</text></ClinicalDocument>"""
NATIVE = """<NativeDicomModel><DicomAttribute tag="00100010" vr="PN" keyword="PatientName">
<PersonName number="1"><Alphabetic><FamilyName>Quintero</FamilyName></Alphabetic></PersonName>
</DicomAttribute></NativeDicomModel>"""
PAIRS = "<plist><dict><key>PatientID</key><string>4711123</string></dict></plist>"
NAMED = '<a><Attribute Name="PatientID" Group="0x0010" PMSVR="IString">4711123</Attribute></a>'


def labelled(text: str) -> list[tuple[int, str]]:
    return [(one.tag, one.text) for one in of_markup(text) if one.tag]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (MUSE, [(NUMBER, "4711123"), (BIRTH, "04-03-1956"), (NAME, "Müller")]),
        (CDA, [(NUMBER, "4711123"), (NAME, "Paula"), (NAME, "Quintero"), (BIRTH, "19560304")]),
        (PAIRS, [(NUMBER, "4711123")]),
        (NAMED, [(NUMBER, "4711123")]),
    ],
)
def test_labels_are_found_where_each_kind_of_xml_has_them(
    text: str, found: list[tuple[int, str]]
) -> None:
    assert labelled(text) == found


def test_the_native_model_names_people_in_parts() -> None:
    assert [text for _, text in labelled(NATIVE)] == ["Quintero"]


def test_texts_without_a_label_are_told_too() -> None:
    assert Field(0, "Seen today.") in list(of_markup(CDA))
    assert Field(0, "40 Hz") in list(of_markup(MUSE))


@pytest.mark.parametrize(
    "text",
    [
        "<a><PatientName>Quintero</PatientName><b>",
        "<PatientName>Quintero</PatientName><PatientName/>",
        "<a x=1><PatientName>Quintero</PatientName></a>",
        '<!DOCTYPE a [<!ENTITY x "y">]><a><PatientName>Quintero</PatientName>&x;</a>',
    ],
)
def test_markup_that_is_not_well_formed_or_dangerous_is_read_tag_by_tag(text: str) -> None:
    assert labelled(text) == [(NAME, "Quintero")]


def test_entities_are_not_expanded() -> None:
    bomb = '<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;">]><a>&c;</a>'
    assert sum(len(one.text) for one in of_markup(bomb)) < len(bomb)


@pytest.mark.parametrize("codec", ["utf_8", "utf_16", "utf_16_le", "utf_16_be", "latin_1"])
def test_the_encoding_shows_in_the_first_bytes_or_is_declared(codec: str) -> None:
    declared = '<?xml version="1.0" encoding="ISO-8859-1"?>' if codec == "latin_1" else ""
    assert decoded(f"{declared}<a>Müller</a>".encode(codec)).endswith("<a>Müller</a>")
    assert decoded(b'<?xml encoding="rot13"?><a>\xfc</a>').endswith("<a>\xfc</a>")


@given(st.one_of(st.text(max_size=200), st.text(alphabet="<>/=&;'\"ab!? -[]", max_size=200)))
def test_any_text_is_no_error(text: str) -> None:
    assert all(isinstance(one.text, str) for one in of_markup(text))


@given(st.binary(max_size=200))
def test_any_bytes_have_a_text(data: bytes) -> None:
    assert isinstance(decoded(data), str)


def test_headings_of_columns_announce_what_stands_below_them() -> None:
    table = (
        "<table><thead><tr><th></th><th>id</th><th>Surname</th></tr></thead>"
        "<tr><th>0</th><td>312</td><td>Quintero</td></tr></table>"
        "<table><tr><td>Geburtsdatum</td><td>19560304</td></tr><tr><td>T1</td></tr></table>"
    )
    assert labelled(table) == [(PERSON, "Quintero"), (BIRTH, "19560304")]
