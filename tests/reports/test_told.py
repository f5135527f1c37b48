from dataclasses import replace

import pytest

from vestige.reports.language import ENGLISH, language
from vestige.reports.page import page
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


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        (
            ("12,345 findings of high risk or worse (and 1 accepted) must be settled first. "
            "2,000 people are concerned."),
            ("Debe resolverse primero: 12.345 hallazgos de riesgo en la banda alta o peor "
            "(y 1 con aceptación). Afecta a 2000 personas."),
        ),
        (
            ("Worse than at the review of 3 March 2019, 06:05 UTC: critical 3 then, 4 now, "
            "high 2 then, 1,001 now."),
            ("Peor que en la revisión del 3 de marzo de 2019, 06:05 UTC: crítica: 3 entonces, "
            "4 ahora, alta: 2 entonces, 1001 ahora."),
        ),
        (
            ("Of 1 entry seen, 1 (33.3 %) were not examined in full. What was examined gave no "
            "finding of low risk or worse."),
            ("De lo visto (1 entrada), 1 (33,3 %) no se examinaron por completo. Lo examinado dio "
            "ningún hallazgo de riesgo en la banda baja o peor."),
        ),
        ("GDPR Art. 5(1)(c)", "RGPD, art. 5(1)(c)"),
        ("F9: The acceptance ended on 2026-01-02.", "F9: La aceptación terminó el 2026-01-02."),
    ],
)  # fmt: skip
def test_what_the_page_says_of_a_review_is_told(said: str, wanted: str) -> None:
    assert Telling(SPANISH).said(said) == wanted


@pytest.mark.parametrize("review", ["realistic", "clean", "hostile", "incomplete", "empty"])
def test_every_sentence_of_the_first_screen_is_told(
    review: str, request: pytest.FixtureRequest
) -> None:
    said = page(request.getfixturevalue(review))
    telling = Telling(SPANISH)
    for one in (said.headline, said.lead, said.since_last, said.notice):
        words = telling.said(one).lower().split()
        assert not {"the", "of", "and", "is", "are", "was", "not", "that"} & set(words), one


def test_what_fills_a_place_is_no_form_itself() -> None:
    said = Telling(SPANISH).said("names of {entries} and {0} {name!r}")
    assert said == "nombres de {entries} and {0} {name!r}".replace(" and ", " y ")


def test_english_is_the_review_itself(realistic: Review) -> None:
    assert told(realistic, ENGLISH, 0) is realistic


def test_only_words_of_ours_change(realistic: Review, hostile: Review) -> None:
    for review in (realistic, hostile):
        other = told(review, SPANISH, 500)
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


def test_of_findings_that_no_page_shows_only_what_many_share_is_told(realistic: Review) -> None:
    said = Telling(SPANISH)
    title, remedy = "An e-mail address", "Remove the address."
    others = tuple(one for one in realistic.findings if one.family is None)[:2]
    finding = replace(
        others[0].finding, claim=replace(others[0].finding.claim, title=title), explanation=""
    )
    one = replace(others[0], finding=finding, remedy=remedy)
    review = told(replace(realistic, findings=(one, one)), SPANISH, 1)
    first, second = review.findings
    assert first.finding.claim.title == said.said(title) != title
    assert second.finding.claim.title == title
    assert first.remedy == second.remedy == said.said(remedy) != remedy
