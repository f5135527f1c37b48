"""Numbers, sizes, times and codes in plain words."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import vestige
from vestige import walk
from vestige.model import Band, Certainty, Where
from vestige.read import fields, unreadable
from vestige.read.beside import losses as beside
from vestige.read.raw import LOSSES
from vestige.read.recorded import UNREAD
from vestige.reports import wording
from vestige.reports.wording import in_software
from vestige.review import Outcome, SoftwareTree, SoftwareTrees
from vestige.run.again import SAID
from vestige.run.examine import NO_READER, SOFTWARE_CODE
from vestige.run.ghosts import NAMES_ONLY
from vestige.run.lettering import CODES
from vestige.run.roots import NO_FILE


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "0 bytes"),
        (1, "1 byte"),
        (999, "999 bytes"),
        (1_000, "1 kB"),
        (1_234_567_890, "1.2 GB"),
        (999_949, "999.9 kB"),
        (999_999, "1 MB"),
        (10**18, "1 EB"),
        (10**22, "10,000 EB"),
    ],
)
def test_size(value: int, words: str) -> None:
    assert wording.size(value) == words


def test_counted() -> None:
    assert wording.counted(1, "file") == "1 file"
    assert wording.counted(12_345, "file") == "12,345 files"
    assert wording.counted(0, "person", "people") == "0 people"


@pytest.mark.parametrize(
    ("value", "whole", "words"),
    [
        (0, 0, "0 %"),
        (0, 9, "0 %"),
        (9, 9, "100 %"),
        (99_999, 100_000, "99.9 %"),
        (1, 100_000, "less than 0.1 %"),
        (1, 4, "25 %"),
    ],
)
def test_part(value: int, whole: int, words: str) -> None:
    assert wording.part(value, whole) == words


@given(st.integers(0, 10**9), st.integers(1, 10**9))
def test_a_part_is_never_called_all(value: int, more: int) -> None:
    assert wording.part(value, value + more) != "100 %"


def test_moment() -> None:
    assert wording.moment("2026-11-21T06:05:21Z") == "21 November 2026, 06:05 UTC"
    assert wording.moment("2026-11-21T06:05:21+02:00") == "21 November 2026, 04:05 UTC"
    assert wording.moment("0001-01-01T00:00:00+14:00") == "0001-01-01T00:00:00+14:00"
    assert wording.moment("yesterday") == "yesterday"
    assert wording.moment("") == "not known"


def test_day() -> None:
    assert wording.day(1_552_003_200_000_000_000) == "8 March 2019"
    assert wording.day(-1) == "31 December 1969"
    assert wording.day(0) == "not known"
    assert wording.day(2**63 * 2**30) == "not known"


def test_every_value_has_its_words() -> None:
    assert set(wording.PLACES) == set(Where)
    assert set(wording.VERDICTS) == set(Certainty)
    assert set(wording.OUTCOMES) == set(Outcome)
    assert set(wording.BANDS) == set(Band)


CALLS = {"Problem": 2, "Unreadable": 0, "lost": 1, "_replace": 1, "lose": 0}
"""What makes a problem, and which of its arguments is the code."""


def _written_codes() -> Iterator[str]:
    """The codes that stand as literals in the source."""
    for file in sorted(Path(vestige.__file__).parent.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_bytes())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
                called = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
                at = CALLS.get(called, len(node.args))
                code = node.args[at] if at < len(node.args) else None
                told = (code.body, code.orelse) if isinstance(code, ast.IfExp) else (code,)
                yield from (str(one.value) for one in told if isinstance(one, ast.Constant))


def test_limits_are_codes_of_their_own() -> None:
    assert wording.CODES.keys() >= wording.CUT_SHORT


def test_every_code_has_words_and_every_words_a_code() -> None:
    written = set(_written_codes())
    assert {"budget", "changed", "internal-error", "replaced", "worker-died"} <= written
    losses = LOSSES | fields.LOSSES.keys() | beside.LOSSES.keys() | CODES.keys()
    given = written | walk.CODES | walk.SKIPS | unreadable.CODES | losses
    given |= {NO_READER, SOFTWARE_CODE, NAMES_ONLY, UNREAD, NO_FILE, *SAID}
    assert given - wording.CODES.keys() == set()
    # A rule that takes too long is to become a problem of its own.
    assert wording.CODES.keys() - given <= {"timeout"}


def test_entries_of_software_are_counted_with_their_trees() -> None:
    tree = SoftwareTree("site-packages", "x/site-packages", 1)
    said = in_software(SoftwareTrees(1, 1, ("site-packages",), (tree,)))
    assert said == (
        "1 entry lies in 1 software tree (site-packages): names judged by the expectation of "
        "software"
    )
