import re

import pytest

from vestige import catalog
from vestige.catalog.identifiers import BEFORE, CONTEXTS, gathered, keys, row
from vestige.model import Band

CELLS = {
    "key": "xx_id",
    "title": "Number",
    "expression": r"\d{3}[ -]?\d{3}",
    "check": "own|luhn",
    "bare": "likely",
    "formed": r"\d{3}-\d{3}",
    "formed_as": "alone",
    "labels": "Number of X|NX",
    "short": "ID",
    "severity": "critical",
    "hipaa": "R",
}
KNOWN = catalog.load().tables.identifiers


def test_a_row_is_read() -> None:
    identifier, labels, short = row(CELLS)
    assert (identifier.key, identifier.severity, identifier.hipaa) == ("xx_id", Band.CRITICAL, "R")
    assert (identifier.check, identifier.check_labelled) == ("own", "luhn")
    assert re.fullmatch(identifier.compact, "123456")
    assert re.match(identifier.written, "123-456")
    assert [form.worth for form in identifier.forms] == ["likely", "alone"]
    assert (labels, short) == (("Number of X", "NX"), ("ID",))
    assert identifier.in_elements


@pytest.mark.parametrize("text", ["x123456", "1234567", "1.123456", "123456.7", "12-123456"])
def test_a_form_ends_where_the_number_does(text: str) -> None:
    (solid, _) = row(CELLS).identifier.forms
    assert re.search(solid.expression, " 123456 ")
    assert not re.search(solid.expression, text)
    assert re.search(BEFORE + solid.blind, " 999999 ")


@pytest.mark.parametrize(
    ("column", "cell"), [("bare", "never"), ("formed_as", "never"), ("formed", r"(?!1)\d{6}")]
)
def test_what_is_wrong_is_refused(column: str, cell: str) -> None:
    with pytest.raises(ValueError, match=r"worth|told|never"):
        row({**CELLS, column: cell})


def test_labels_are_found_by_their_words() -> None:
    known = gathered([row(CELLS)])
    assert [label.spelt for label in known.labels["numberofx"]] == [""]
    assert [label.spelt for label in known.labels["nx"]] == ["NX"]
    assert [label.spelt for label in known.labels["id"]] == ["ID"]
    assert "number" in known.starts


def test_labels_of_other_scripts_are_found_romanised_too() -> None:
    assert keys("DNI") == ("dni",)
    assert "numero" in keys("Número")
    assert keys("ת") == ("ת",)


def test_the_table_is_whole() -> None:
    assert len(KNOWN.kinds) >= 89
    assert len({kind.key for kind in KNOWN.kinds}) == len(KNOWN.kinds)
    labelled = {label.identifier.key for found in KNOWN.labels.values() for label in found}
    assert labelled == {kind.key for kind in KNOWN.kinds}
    assert {form.worth for kind in KNOWN.kinds for form in kind.forms} <= set(CONTEXTS)
