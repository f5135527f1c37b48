"""Gists of texts."""

import pytest

from tests.run.test_examine import CATALOG
from vestige.run.gist import Gists, asked


@pytest.fixture(scope="module")
def gists() -> Gists:
    return Gists(CATALOG)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("the scanner was used, with images", "images of it were scanned, using preprocessing"),
        ("took 0.125s on the scanner", "took 0.75s on the scanner"),
        ("Running sub-001 on the scanner", "Running sub-023 on the scanner"),
    ],
)
def test_plain_words_and_short_numbers_stand_for_one_another(
    gists: Gists, one: str, other: str
) -> None:
    parts = [[gist for gist, _ in gists.of(text).parts()] for text in (one, other)]
    assert parts[0] == parts[1]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("the scan of Quintero went well", "the scan of Kowalski went well"),
        ("born on 3 4 1961 in the evening", "born on 9 9 1962 in the evening"),
        ("call 91 123 45 67 in the morning", "call 91 123 45 99 in the morning"),
        ("the number 48291377 was given", "the number 48291388 was given"),
        ("patient: rose young was seen", "patient: hope hill was seen"),
        ("mail to maria@kh.test about it", "mail to anna@kh.test about it"),
        ("the third of march 1961 was cold", "the third of march 1962 was cold"),
    ],
)
def test_what_may_tell_of_somebody_stays_as_it_is(gists: Gists, one: str, other: str) -> None:
    parts = [[gist for gist, _ in gists.of(text).parts()] for text in (one, other)]
    assert parts[0] != parts[1]


def test_parts_hold_all_that_is_not_plain(gists: Gists) -> None:
    text = "Quintero images scanned using preprocessing again images data Kowalski images"
    told = [part for _, part in gists.of(text).parts()]
    assert [word for part in told for word in part.split() if word[0].isupper()] == [
        "Quintero",
        "Kowalski",
    ]


def test_words_of_expressions_are_asked_for() -> None:
    words = asked(CATALOG)
    assert {"patient", "born", "name"} <= words
    assert not {"the", "of", "with"} & words
