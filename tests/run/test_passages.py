"""Passages of texts, and the traces that they leave."""

import pytest

from tests.run.test_examine import CATALOG, KEY
from vestige.identity import Marker
from vestige.read.beside.parts import beside
from vestige.run.causes import Causes
from vestige.run.passages import Passages
from vestige.run.traces import Traces
from vestige.trace import Trace, unpacked

PLACE = beside("text")
PERSONS = Marker(KEY, lambda _word: False)


class Left:
    """The marks that texts leave."""

    def __init__(self) -> None:
        self.causes = Causes(KEY)
        self.passages = Passages(CATALOG, Traces(self.causes, CATALOG.lexicon))
        self.traces: dict[int, Trace] = {}
        self.known: dict[str, int | None] = {}

    def of(self, text: str) -> set[object]:
        numbers, _ = self.passages.left_by(PLACE, text, self.known)
        told, _ = self.causes.untold()
        self.traces |= {n: one for n, one in told.items() if isinstance(one, Trace)}
        return {mark for number in numbers for mark in unpacked(self.traces[number].marks)}


@pytest.fixture
def left() -> Left:
    return Left()


@pytest.mark.parametrize(
    ("person", "holds", "holds_not"),
    [
        (
            ("Young^Rose", ""),
            "seen by rose young in the morning",
            "seen by hope hill in the morning",
        ),
        (("Young^Rose", ""), "Quintero saw rose young as well", "Quintero saw the scan as well"),
        (("Rose^Maria", ""), "maria rose was scanned again", "maria was scanned once again"),
        (("", "QX-48213"), "the images of QX-48213 are here", "the images of QX-48214 are here"),
        (("", "AB-1234"), "running AB-1234 took 3.25s in all", "running AB-1235 took 3.25s in all"),
        (("", "123.456"), "the number 123.456 was given", "the number 123.457 was given"),
    ],
)
def test_a_text_leaves_the_marks_of_whom_it_speaks_alone(
    left: Left, person: tuple[str, str], holds: str, holds_not: str
) -> None:
    marks = {one for one in PERSONS.of_person(*person) if one.form.name in {"NAMES", "NUMBER"}}
    for text in (holds_not, holds, holds_not, holds):
        assert bool(marks & left.of(text)) is (text == holds)


def test_what_is_left_does_not_depend_on_what_came_before() -> None:
    texts = [
        "Quintero saw rose young as well",
        "Quintero saw the old images as well",
        "Running sub-001 on the scanner took 0.125s",
        "Running sub-0123456 on the scanner took 0.5s",
        "born on the 3 of february 61 in the morning, they said",
        "born on the 4 of february 61 in the morning, they said",
    ]
    first, last = Left(), Left()
    forward = {text: first.of(text) for text in texts}
    assert {text: last.of(text) for text in reversed(texts)} == forward
    assert forward[texts[0]] != forward[texts[1]]
    assert forward[texts[2]] != forward[texts[3]]
    assert forward[texts[4]] != forward[texts[5]]


def test_words_measures_and_random_numbers_leave_nothing(left: Left) -> None:
    told = "the scanner images and files of it after 0.125s for 12 files"
    assert left.of(told) == set()
    assert left.of(told + " 0123abcd-0123-4567-89ab-0123456789ab") == set()


def test_traces_of_equal_passages_are_one(left: Left) -> None:
    one, _ = left.passages.left_by(
        PLACE, "Quintero images of the scanner and the files", left.known
    )
    other, _ = left.passages.left_by(
        PLACE, "Quintero images of the files and the scanner", left.known
    )
    assert one == other != ()


@pytest.mark.parametrize(
    ("text", "alike"),
    [
        ("Running sub-001 with Quintero took 0.125s", True),
        ("Running sub-0001 with Quintero took 0.125s", False),
    ],
)
def test_whether_digits_matter_is_told(left: Left, text: str, alike: bool) -> None:  # noqa: FBT001 - a case
    assert left.passages.left_by(PLACE, text, left.known)[1] is alike
