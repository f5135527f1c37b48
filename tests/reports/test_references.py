"""Every reference that a rule, a table or a check names is told in a sentence."""

import pytest

from vestige import catalog, shipped
from vestige.catalog import tables
from vestige.detect.residuals import basis
from vestige.reports.references import ACTIONS, LETTERS, MOST, meaning, references


def test_every_basis_of_the_catalog_is_told() -> None:
    told = tables.load(shipped.rules() / "tables")
    named = {one for rule in catalog.load().rules for one in rule.basis}
    rows = [
        *told.attributes.values(),
        *(r for rs in told.content_items.values() for r in rs.values()),
    ]
    named |= {one for row in rows for one in basis(row)}
    assert len(named) > 60
    assert [one for one in sorted(named) if not meaning(one)] == []


@pytest.mark.parametrize(
    ("named", "told"),
    [
        ("PS3.15 E.1-1: X", "The DICOM profile asks: take it out."),
        (
            "PS3.15 E.1-1: X/Z/D",
            "demands it, leave it empty, or put a stand-in there; put a stand-in there that looks",
        ),
        ("PS3.15 E.1-1: X/Z/U*", "where the kind of image demands it"),
        ("HIPAA Safe Harbor B, R (by convention)", "as the letter is commonly read: places"),
        ("45 CFR 164.514(b)(2)(i)(A)", "HIPAA has them removed: names."),
        ("not on the list of eucaim", "a list of what may stay"),
    ],
)
def test_composed_references(named: str, told: str) -> None:
    assert told in meaning(named)


@pytest.mark.parametrize("named", ["", "GDPR Art. 99", "PS3.15 E.1-1: Q", "<script>", "X" * 999])
def test_what_no_table_knows_is_named_and_not_explained(named: str) -> None:
    assert references([named] * 40) == ((named, ""),) * MOST


def test_the_tables_are_whole() -> None:
    assert "".join(sorted(ACTIONS)) == "CDKUXZ"
    assert "".join(sorted(LETTERS)) == "ABCDEFGHIJKLMNOPQR"
