"""Runs of letters of one case come apart only where both parts are names."""

import pytest

from vestige.detect.segments import LONGEST, Cut, apart
from vestige.lexicon import Lexicon, load
from vestige.shipped import rules


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load(rules() / "lexicons")


@pytest.mark.parametrize(
    ("run", "parts"),
    [
        ("RODRIGUEZMARIA", ["RODRIGUEZ", "MARIA"]),
        ("piotrkowalski", ["piotr", "kowalski"]),
        ("SCHNEIDERHANS", ["SCHNEIDER", "HANS"]),
    ],
)
def test_surname_and_given_name_come_apart(run: str, parts: list[str], lexicon: Lexicon) -> None:
    found = apart(run, lexicon)
    assert found is not None
    assert [run[: found.at], run[found.at :]] == parts
    assert not found.initial


@pytest.mark.parametrize("run", ["JHERNANDEZ", "mrodriguez"])
def test_an_initial_comes_off(run: str, lexicon: Lexicon) -> None:
    assert apart(run, lexicon) == Cut(1, initial=True)


@pytest.mark.parametrize(
    "run",
    [
        *("RODRIGUEZ", "abdomen", "lungwindow", "localizer", "importlib", "screenshot", "MARIA"),
        *("RodriguezMaria", "xqzvkqwrtp", "", "J", "a" * (LONGEST + 1)),
    ],
)
def test_other_runs_stay_whole(run: str, lexicon: Lexicon) -> None:
    assert apart(run, lexicon) is None


def test_capitals_may_hold_a_known_name_beside_one_that_no_list_knows(lexicon: Lexicon) -> None:
    unknown = "KOLOZSKUTI"
    assert unknown.lower() not in lexicon.codes
    found = apart(f"{unknown}MARIA", lexicon)
    assert found == Cut(len(unknown), initial=False)


@pytest.mark.parametrize("run", ["VERSAMENTO", "KONTRASTMITTEL", "SPRUNGGELENK"])
def test_capitals_of_one_word_stay_whole(run: str, lexicon: Lexicon) -> None:
    assert apart(run, lexicon) is None
