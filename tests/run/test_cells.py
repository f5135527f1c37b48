"""Columns judged by their distinct cells."""

import pytest

from tests.run.test_examine import CATALOG, KEY
from vestige import catalog
from vestige.read.beside.parts import beside
from vestige.run.causes import Cause, Causes
from vestige.run.cells import FEWEST, Cells

NAMES = "Quintero Rodriguez Schneider Kowalski Ferrari Dubois Hernandez Nakamura Petrovic".split()


def said(cells: list[str]) -> set[str]:
    causes = Causes(KEY)
    numbers = Cells(CATALOG, catalog.policy("gdpr"), causes).said(beside("column 1"), cells)
    found = (causes.known[number] for number in numbers if number >= 0)
    return {one.claim.rule for one in found if isinstance(one, Cause)}


@pytest.mark.parametrize(
    ("cells", "rules"),
    [
        (NAMES, {"names/column-of-names"}),
        ([f"{one}, M." for one in NAMES], {"names/column-of-names"}),
        ([f"19{n:02}0{n % 9 + 1}1{n % 9}" for n in range(30, 99, 3)], {"dates/column-of-births"}),
        ("face house object tool word noise tone rest fixation cue".split(), set()),
        ([f"sub-{n:03}" for n in range(40)], set()),
        (NAMES[: FEWEST - 1], set()),
        ([], set()),
    ],
    ids=["surnames", "with-initials", "births", "words", "codes", "few", "none"],
)
def test_a_column_is_what_its_cells_are_together(cells: list[str], rules: set[str]) -> None:
    assert said(cells) == rules


def test_the_same_cells_are_judged_once_and_say_the_same() -> None:
    causes = Causes(KEY)
    cells = Cells(CATALOG, catalog.policy("gdpr"), causes)
    first = cells.said(beside("column 1"), NAMES)
    assert cells.said(beside("column 1"), reversed(NAMES)) == first
    assert len(first) == 1 + len(NAMES)
