"""Headers: laid out as told, and clean ones clean by the tables that rules use."""

import csv
from typing import Any

import pytest

from vestige import shipped
from vestige.model import VestigeError
from vestige.planting.dicom import Syntax, Writing
from vestige.planting.header import Placed, elements, headers, layout, placed
from vestige.planting.people import fields, people, person

CLEAN_VALUES = {"ANON", "{subject}", "{uid}", "{study_uid}", "{series_uid}", "{frame_uid}"}


def of(*tables: dict[str, Any]) -> list[Placed]:
    return [placed("file", table) for table in tables]


def known() -> dict[str, str | int]:
    one = fields(person(people(), 1, "de", 1))
    return {**one, "n": 1, "series": 1, "uid": "2.25.1", "series_uid": "2.25.2"}


def laid(*tables: dict[str, Any], charset: str = "", big: bool = False) -> list[tuple[int, Any]]:
    writing = Writing(Syntax.EXPLICIT_BIG if big else Syntax.EXPLICIT_LITTLE)
    nodes = layout(of(*tables), charset, writing)
    return [(e.tag, e.value) for e in elements(nodes, known(), charset, writing)]


def test_tags_ascend_and_later_elements_replace_earlier_ones() -> None:
    assert laid(
        {"at": "(0010,0020)", "vr": "LO", "value": "first"},
        {"at": "(0008,0060)", "vr": "CS", "value": "CT"},
        {"at": "(0010,0020)", "vr": "LO", "value": "{subject}"},
        charset="ISO_IR 100",
    ) == [(0x00080005, b"ISO_IR 100"), (0x00080060, b"CT"), (0x00100020, b"SUBJ-0001")]


def test_private_creators_take_blocks_as_they_come_in_every_data_set_anew() -> None:
    found = laid(
        {"at": "(0029,xx10) ONE", "vr": "LO", "value": "a"},
        {"at": "(0029,xx10) TWO", "vr": "LO", "value": "b"},
        {"at": "(0029,xx11) ONE", "vr": "LO", "value": "c"},
        {"at": "(0040,0275)[*]/(0029,xx10) TWO", "vr": "LO", "value": "d"},
        {"at": "(0029,2010) no creator", "vr": "LO", "value": "e"},
    )
    assert found[:-1] == [
        (0x00290010, b"ONE"),
        (0x00290011, b"TWO"),
        (0x00291010, b"a"),
        (0x00291011, b"c"),
        (0x00291110, b"b"),
        (0x00292010, b"e"),
    ]
    tag, (item,) = found[-1]
    assert tag == 0x00400275
    assert [(e.tag, e.value) for e in item] == [(0x00290010, b"TWO"), (0x00291010, b"d")]


def test_items_are_numbered() -> None:
    ((_, items),) = laid(
        {"at": "(0010,1002)[1]/(0010,0020)", "vr": "LO", "value": "b"},
        {"at": "(0010,1002)[*]/(0010,0020)", "vr": "LO", "value": "a"},
    )
    assert [item[0].value for item in items] == [b"a", b"b"]


def test_numbers_noise_zeros_and_character_sets() -> None:
    found = dict(
        laid(
            {"at": "(0028,0010)", "vr": "US", "value": 16},
            {"at": "(0010,0010)", "vr": "PN", "value": "ü", "charset": "ISO_IR 192"},
            {"at": "(0008,1030)", "vr": "LO", "value": "ü"},
            {"at": "(7FE0,0010)", "vr": "OW", "noise": 64},
            {"at": "(7FE1,0010)", "vr": "OB", "zeros": 5},
            charset="ISO_IR 100",
            big=True,
        )
    )
    assert found[0x00280010] == b"\0\x10"
    assert found[0x00100010] == b"\xc3\xbc"
    assert found[0x00081030] == b"\xfc"
    assert len(set(found[0x7FE00010])) > 40
    assert found[0x7FE10010] == bytes(5)


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ({"at": "(0010,0010)", "vr": "PN", "vaule": "x"}, "file.vaule: unknown key"),
        ({"at": "(0010,0010)", "value": "x"}, "file.vr: is missing"),
        ({"at": "(0010,0010)", "vr": "PNX"}, "file.vr: must be two letters"),
        ({"at": "(0010)", "vr": "PN"}, "file.at: '(0010)' is no pointer"),
        ({"at": "(0010,0010)", "vr": "PN", "charset": "latin-1"}, "file.charset: 'latin-1'"),
        ({"at": "(0010,0010)", "vr": "PN", "value": "x", "noise": 1}, "file: needs one of"),
        ({"at": "(0010,0010)", "vr": "PN", "value": "{x}"}, "file.value: {x} is no field"),
    ],
)
def test_broken_elements_are_refused_by_key(table: dict[str, Any], message: str) -> None:
    with pytest.raises(VestigeError) as caught:
        placed("file", table)
    assert str(caught.value).startswith(message)


def attributes() -> dict[str, dict[str, str]]:
    """Table E.1-1 as the rules have it, by tag."""
    text = (shipped.rules() / "tables" / "elements.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    return {row["tag"].upper(): row for row in rows}


def innermost(element: Placed) -> str:
    step = element.pointer.steps[-1]
    return f"{step.group:04X}{step.element:04X}"


def text(element: Placed) -> str:
    return getattr(element.told.value, "text", "number")


@pytest.mark.parametrize("kind", sorted(headers().kinds))
def test_a_clean_header_is_clean_by_the_basic_profile(kind: str) -> None:
    table = attributes()
    for element in (*headers().kinds[kind], *headers().headers["clean"]):
        row = table.get(innermost(element))
        listed = row is not None and row["action"] not in ("", "not listed")
        assert not listed or text(element) in CLEAN_VALUES | {""}, element.told.at
        assert not element.told.finds


@pytest.mark.parametrize("kind", ["CT", "MR"])
def test_headers_are_as_long_as_those_of_scanners(kind: str) -> None:
    known_headers = headers()
    clean = {*known_headers.kinds[kind], *known_headers.headers["clean"]}
    dirty = {*known_headers.kinds[kind], *known_headers.headers["dirty"]}
    assert 60 <= len(clean) <= 100
    assert len(dirty) >= 100


def test_a_dirty_header_is_found_out_by_the_class_of_every_attribute() -> None:
    table = attributes()
    found = headers().headers["dirty"]
    for element in found:
        row = table.get(innermost(element))
        if element.told.vr == "UI":
            assert element.told.finds[0] == "elements/unremapped-uid"
        elif row is None or row["action"] in ("", "not listed"):
            assert not element.told.finds
        else:
            assert element.told.finds[0] == f"elements/{row['class']}"
    assert sum(bool(element.told.finds) for element in found) >= 50
