"""Kinds of words: the rows of a table, as shares of cells."""

import pytest

from vestige.word_kinds import Kind, kinds

ROWS = b"# of a test\nkind,person,counts\nnames,yes,3 1\nplaces,no,0 2\n"


def test_shares_of_a_kind_add_up_to_one_and_none_is_impossible() -> None:
    names, places = kinds(ROWS, cells=2)
    assert names == Kind("names", person=True, shares=(3.25 / 4.5, 1.25 / 4.5))
    assert (places.name, places.person) == ("places", False)
    assert sum(places.shares) == pytest.approx(1)
    assert min(places.shares) > 0


@pytest.mark.parametrize(
    "broken",
    [
        pytest.param(ROWS.replace(b"yes", b"no"), id="no person"),
        pytest.param(ROWS.replace(b"3 1", b"3"), id="too few"),
        pytest.param(ROWS.replace(b"3 1", b"3 -1"), id="below nothing"),
        pytest.param(ROWS.replace(b"3 1", b"3 x"), id="no number"),
    ],
)
def test_a_broken_table_is_refused(broken: bytes) -> None:
    with pytest.raises(ValueError, match=r"kinds|counts|invalid literal"):
        kinds(broken, cells=2)
