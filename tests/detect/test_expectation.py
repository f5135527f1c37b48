"""What names say in trees of software."""

import pytest

from vestige import catalog
from vestige.detect.judge import Judge
from vestige.model import Band, Declaration, Observation, Place, Where
from vestige.sensitive import Sensitive

LOADED = catalog.load()
JUDGE = Judge(LOADED, catalog.policy("gdpr"))
UUID = "00000000-0000-4000-8000-000000000001"


def severities(text: str, *, software: bool) -> list[Band]:
    place = Place(Where.PATH, "name", software=software)
    judged = JUDGE.judge(Observation(place, Sensitive(text)), Declaration())
    return [hit.claim.severity for hit in judged.hits]


@pytest.mark.parametrize("text", ["rodriguez", "Martinez.py", "Dr. Zargothy", "Rodriguez_4a5b6c7d"])
def test_one_word_says_nothing_in_software(text: str) -> None:
    assert severities(text, software=True) == []


@pytest.mark.parametrize("text", ["Rodriguez_Maria", "maria_rodriguez.py"])
def test_two_words_are_worth_a_look_in_software(text: str) -> None:
    assert max(severities(text, software=False)) > Band.MEDIUM
    assert severities(text, software=True) == [Band.MEDIUM]


@pytest.mark.parametrize(
    "text",
    [
        "RODRIGUEZ^MARIA",
        "Rodriguez, Maria",
        "RODRIGUEZ_19610203",
        "RODRIGUEZ_MARIA_20110203",
        f"RODRIGUEZ_{UUID}",
        "Rodriguez_Maria_4217755",
        "maria.rodriguez@klinik-zargothy.de",
    ],
)
def test_what_is_telling_anywhere_counts_fully(text: str) -> None:
    assert severities(text, software=True) == severities(text, software=False) != []


def test_a_word_with_the_date_of_a_release_is_worth_a_look_at_most() -> None:
    assert max(severities("libRodriguez.so.20220623", software=False)) > Band.MEDIUM
    assert set(severities("libRodriguez.so.20220623", software=True)) == {Band.MEDIUM}


def test_what_is_no_rule_for_names_is_as_ever() -> None:
    for text in ("078-05-1121", "MRN 4217755", "born 03.02.1961"):
        assert severities(text, software=True) == severities(text, software=False)
