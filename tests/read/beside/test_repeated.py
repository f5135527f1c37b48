"""Repeated: the elements of markup that repeat, as rows."""

from vestige.planting.sheet import written
from vestige.read.beside.repeated import listed

HEADS = ["surname", "code"]
ROWS = [["Zargothy & Co", "S-17"], ["Quexotl", "S-18"]]


def test_records_below_one_another() -> None:
    for form in ("xml", "html"):
        found = [list(one.rows) for one in listed(written(form, HEADS, ROWS).decode())]
        assert [HEADS, *ROWS] in [[list(row) for row in rows] for rows in found]


def test_attributes_are_cells() -> None:
    text = "<l>" + "".join(f'<p surname="{a}" code="{b}"/>' for a, b in ROWS) + "</l>"
    assert [list(one.rows) for one in listed(text.replace("&", "&amp;"))] == [[HEADS, *ROWS]]


def test_no_entity_is_expanded_and_no_element_must_end() -> None:
    bomb = '<!DOCTYPE l [<!ENTITY a "aaaaaaaa">]><l><surname>&a;</surname>'
    assert all("aaaa" not in cell for one in listed(bomb) for row in one.rows for cell in row)
    assert list(listed("<p><surname>" * 200)) == []


def test_other_markup_holds_no_table() -> None:
    assert list(listed("<svg><path d='M0'/><path d='M1'/></svg>")) == []
