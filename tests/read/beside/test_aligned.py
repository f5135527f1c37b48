"""Tables that are lined up by spaces."""

import pytest

from vestige.read.beside.aligned import told


def texts(text: str) -> dict[str, list[str]]:
    return {part.place.pointer: list(part.texts) for part in told(text)}


TYPED = """\
No   Patient name        Age
-----------------------------
1    Quintero Maria       61
2    Zargothy              7

3    Not  of it
"""
PRINTED = """\
     code    patient name  age
0  sub-01  Quintero Maria   61
1  sub-02        Zargothy    7
"""
QUERIED = """\
Study list

 id |  Patient name    | age
----+------------------+----
  1   Quintero Maria      61
  2   Zargothy             7
"""


TIGHT = """\
No   Patient name        Age
14711Quintero Maria       61
14712 Zargothy             7
"""


@pytest.mark.parametrize("text", [TYPED, PRINTED, QUERIED, TIGHT])
def test_cells_stand_below_their_headings(text: str) -> None:
    assert texts(text)["PatientName"] == ["Quintero Maria", "Zargothy"]


def test_cells_that_are_missing_move_no_others() -> None:
    text = "id    Surname      Sex   Age\n1     Quintero     F\n2                  M     33\n"
    assert texts(text)["PersonName"] == ["Quintero"]


@pytest.mark.parametrize(
    "text",
    [
        "run  Patient name: Quintero  done\nnext  line  of  it\n",
        "12  Surname  3\n4  Quintero  5\n",
        "a  b  c\nd  e  f\n",
        "Surname\nQuintero\n",
    ],
)
def test_lines_that_are_no_headings_announce_nothing(text: str) -> None:
    assert texts(text) == {}


def test_long_texts_take_no_time() -> None:
    assert texts("word  word  word\n" * 200_000) == {}
