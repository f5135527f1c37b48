import pytest

from tests.read.blobs import ge_block, pdf
from vestige.model import Where
from vestige.read import ways
from vestige.read.ways import Way

DEFAULT = ("ascii",)


def texts(way: Way, value: bytes) -> list[str]:
    return [one.text.reveal() for one in way.observed(value)]


def standard(tag: int, vr: str, *, judged: bool = False) -> Way:
    return ways.standard("", tag, vr, DEFAULT, (False, judged))


@pytest.mark.parametrize(
    ("tag", "vr", "read"),
    [
        (0x00100010, "PN", ways.text),
        (0x00100010, "UN", ways.text),
        (0x00200032, "DS", ways.decimal),
        (0x00280010, "US", ways.nothing),
        (0x001021C0, "US", ways.presence),
        (0x7FE00010, "OW", ways.nothing),
        (0x00420011, "OB", ways.document),
    ],
)
def test_the_way_of_a_standard_element_follows_its_vr(tag: int, vr: str, read: object) -> None:
    assert standard(tag, vr).read is read


def test_numbers_that_no_table_judges_say_nothing_unless_letters_stand_in_them() -> None:
    way = standard(0x00200032, "DS")
    assert texts(way, b"-1.5\\2e+03\\0 ") == []
    assert texts(way, b"Probe^Paula ") == ["Probe^Paula"]
    assert texts(standard(0x00101030, "DS", judged=True), b"71 ") == ["71"]


def test_ways_are_known_by_identity() -> None:
    assert standard(0x00100010, "PN") is standard(0x00100010, "PN")
    private = ways.private("", 0x00291009, "LO", "SIEMENS CSA HEADER", DEFAULT)
    assert private is ways.private("", 0x00291009, "LO", "SIEMENS CSA HEADER", DEFAULT)
    assert private.place.where is Where.PRIVATE
    assert private.place.pointer == "(0029,xx09) SIEMENS CSA HEADER"


def test_private_elements_and_sequences_are_seen_to_be_there() -> None:
    number = ways.private("", 0x00291010, "FD", "SIEMENS CSA HEADER", DEFAULT)
    assert texts(number, bytes(8)) == [""]
    holding = ways.holding("(0040,0275)[*]/", 0x00400008, "", private=False)
    assert texts(holding, b"") == [""]
    assert holding.place.pointer == "(0040,0275)[*]/(0040,0008)"
    reserving = ways.reserving("", 0x00290010, DEFAULT)
    assert texts(reserving, b"Praxis Dr. Probe") == ["Praxis Dr. Probe"]


def test_a_private_vr_comes_from_the_vendor_where_none_is_written() -> None:
    way = ways.private("", 0x00291009, "UN", "SIEMENS CSA HEADER", DEFAULT)
    assert (way.place.vr, way.read) == ("LO", ways.text)


def test_long_private_tables_of_numbers_are_there_and_no_more() -> None:
    way = ways.private("", 0x00291010, "DS", "nobody", DEFAULT)
    assert texts(way, b"1.5\\" * 100) == [""]
    assert texts(way, b"1.5\\") == ["1.5\\"]


def test_opaque_bytes_give_their_text() -> None:
    way = ways.private("", 0x00291010, "OB", "nobody", DEFAULT)
    assert texts(way, b"\x01\x02Paula Probe\x00\x01\xfe1956-03-04\x00") == [
        "Paula Probe\n1956-03-04"
    ]
    assert texts(ways.BEFORE, b"\x00Paula Probe") == ["Paula Probe"]
    assert texts(ways.BEHIND, bytes(8)) == []


# --- what stands inside a value ------------------------------------------------------------------


def found(way: Way, value: bytes) -> list[tuple[str, int, str, str]]:
    return [
        (one.place.pointer, one.place.tag, one.place.vr, one.unread or one.text.reveal())
        for one in way.observed(value)
    ]


def test_what_a_packed_value_holds_stands_below_it() -> None:
    way = ways.private("", 0x0025101B, "OB", "GEMS_SERS_01", DEFAULT)
    own = "(0025,xx1B) GEMS_SERS_01"
    assert found(way, ge_block('PATNAME "Quintero"')) == [
        (own, 0x0025101B, "OB", ""),
        (f"{own} > gzip", 0, "UT", 'PATNAME "Quintero"'),
        (f"{own} > gzip > PatientName", 0x00100010, "PN", "Quintero"),
    ]
    assert all(one.place.where is Where.PRIVATE for one in way.observed(ge_block("Probe 1956")))


def test_what_could_not_be_read_is_told_where_it_stands() -> None:
    way = ways.private("", 0x0025101B, "OB", "GEMS_SERS_01", DEFAULT)
    cut = ge_block("".join(f"LINE{n} {n * n}\n" for n in range(500)))[:-300]
    assert found(way, cut)[-1] == ("(0025,xx1B) GEMS_SERS_01 > gzip", 0, "UT", "blob-unread")


@pytest.mark.parametrize("vr", ["LT", "ST", "UC", "UT", "LO"])
def test_texts_are_opened_too_and_stay_what_they_are(vr: str) -> None:
    way = standard(0x00104000, vr)
    value = b'{"patientName": "Quintero"}'
    assert found(way, value) == [
        ("(0010,4000)", 0x00104000, vr, value.decode()),
        ("(0010,4000) > JSON > PatientName", 0x00100010, "PN", "Quintero"),
    ]
    assert ways.opens(way, value)
    assert not ways.opens(way, b"seen today")
    assert not ways.opens(standard(0x00100010, "PN"), value)


def test_a_text_that_was_cut_up_by_backslashes_is_joined() -> None:
    way = ways.private("", 0x00431043, "LO", "GEMS_PARM_01", DEFAULT)
    assert found(way, b'{"patientNa\\me": "Quintero"}')[-1][-1] == "Quintero"


def test_a_document_gives_its_text_and_one_that_is_none_a_problem() -> None:
    way = standard(ways.DOCUMENT, "OB")
    assert "Paula Probe" in [text.strip() for *_, text in found(way, pdf("Paula Probe"))]
    assert ("(0042,0011) > PDF", 0, "UT", "document-without-text") in found(way, pdf("\0"))
    cda = b"<ClinicalDocument><patient><name>Quintero</name></patient></ClinicalDocument>"
    assert found(way, cda)[-1][0] == "(0042,0011) > XML > PatientName"
    assert found(way, b"PK\3\4" + bytes(range(256)))[-1][-1] == "document-unread"
    assert found(way, bytes(10)) == [("(0042,0011)", ways.DOCUMENT, "OB", "")]


def test_models_are_text_or_numbers() -> None:
    way = standard(ways.DOCUMENT, "OB")
    mesh = b"made for Paula Probe".ljust(80) + (2).to_bytes(4, "little") + bytes(100)
    assert texts(way, mesh) == ["made for Paula Probe"]
    assert texts(way, b"# Paula Probe\nv 1.0 2.0 3.0\nf 1 2 3\n") == ["# Paula Probe"]


def test_creators_that_a_dictionary_lists_say_nothing() -> None:
    way = ways.reserving("", 0x00290010, DEFAULT)
    assert texts(way, b"SIEMENS CSA HEADER") == []
    assert texts(way, b"Dr. Quintero") == ["Dr. Quintero"]


def test_a_value_of_a_content_item_has_its_concept_in_its_place() -> None:
    way = ways.of_concept(standard(0x0040A160, "UT"), "121030 DCM")
    assert (way.place.pointer, way.place.concept) == ("(0040,A160) 121030 DCM", "121030 DCM")
    assert way is ways.of_concept(standard(0x0040A160, "UT"), "121030 DCM")
    other = standard(0x0040A010, "CS")
    assert ways.of_concept(other, "121030 DCM") is other
