from dataclasses import replace

import pytest

from vestige.reports.language import ENGLISH, language
from vestige.reports.told import Telling, told
from vestige.review import Review

SPANISH = language("es")


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("12,345", "12.345"),
        ("1,234", "1234"),
        ("-0.5", "-0,5"),
        ("It concerns 12,345 entries, 1 file and about 3 persons.",
         "Afecta a 12.345 entradas, 1 fichero y aproximadamente 3 personas."),
        ("Allowed: 2 entries could not be read.", "Permitido: No se pudo leer: 2 entradas."),
        ("a text of nobody", "a text of nobody"),
        ("", ""),
    ],
)  # fmt: skip
def test_a_sentence_is_told_with_its_figures(said: str, wanted: str) -> None:
    assert Telling(SPANISH).said(said) == wanted


def test_what_fills_a_place_is_no_form_itself() -> None:
    said = Telling(SPANISH).said("names of {entries} and {0} {name!r}")
    assert said == "nombres de {entries} and {0} {name!r}".replace(" and ", " y ")


def test_english_is_the_review_itself(realistic: Review) -> None:
    assert told(realistic, ENGLISH) is realistic


def test_only_words_of_ours_change(realistic: Review, hostile: Review) -> None:
    for review in (realistic, hostile):
        other = told(review, SPANISH)
        for before, after in zip(review.findings, other.findings, strict=True):
            assert after.paths == before.paths
            assert after.values == before.values
            assert after.family == before.family
            assert after.finding.masked == before.finding.masked
            assert after.finding.place == before.finding.place
            assert after.finding.claim.rule == before.finding.claim.rule
            assert (after.rank, after.reach) == (before.rank, before.reach)
            assert after.risk.score == before.risk.score
        assert other.scan == replace(review.scan, limits=other.scan.limits)
        assert [one.path for one in other.problems] == [one.path for one in review.problems]
