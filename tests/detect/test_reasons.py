"""Why a rule claims what it claims: the measures in words, and nothing of the text."""

import re

import pytest

from vestige import catalog
from vestige.detect.candidates import candidates
from vestige.detect.judge import Judge
from vestige.detect.reasons import SHAPES, of_name, parts, shape_words
from vestige.detect.shapes import TIERS, Shape
from vestige.detect.text_rules import TextRules, text_judgement
from vestige.detect.words import person_names, terms
from vestige.model import Declaration, Hit, Observation, Place, Where
from vestige.sensitive import Sensitive

LOADED = catalog.load()
JUDGE = Judge(LOADED, catalog.policy("gdpr"))
UUID = "3f2504e0-4f89-41d3-9a0c-0305e82c3301"
NAMES = (
    "QUINTERO^MARIA",
    "Rodriguez, Juanita",
    f"QUINTERO_{UUID}",
    "Kowalczyk_Agnieszka_19610203",
    "Dr. Zargothy",
    "078-05-1121",
    "maria.quintero@klinik-zargothy.de",
    "patient_Kowalczyk",
    "Иванов^Сергей",
)


def hits_in(text: str, where: Where = Where.PATH) -> tuple[Hit, ...]:
    observation = Observation(Place(where, "name"), Sensitive(text))
    return JUDGE.judge(observation, Declaration()).hits


@pytest.mark.parametrize("text", NAMES)
def test_every_hit_is_explained_without_anything_of_the_text(text: str) -> None:
    found = hits_in(text)
    assert found
    for hit in found:
        assert hit.explain is not None
        said = hit.explain().lower()
        assert said
        for piece in re.findall(r"[^\W\d_]{3,}|\d{3,}", text):
            assert piece.lower() not in said, hit.claim.rule


def test_shape_words_score_and_bars_are_told() -> None:
    name = person_names("QUINTERO_MARIA_19610203", LOADED.lexicon)[0]
    said = of_name("QUINTERO_MARIA_19610203", name, LOADED.lexicon)
    assert said.startswith("shape: two words beside a date; the first word is a ")
    assert f"score {name.score:.1f} of which " in said
    bars = TIERS[name.shape]
    assert said.endswith(f"; medium from {bars.medium:g}, high from {bars.high:g}")


def test_the_parts_of_a_score_are_its_sum() -> None:
    text = "QUINTERO_MARIA_19610203"
    for candidate in candidates(text, LOADED.lexicon):
        found = tuple(terms(candidate, LOADED.lexicon))
        total = sum(term.points for term in found)
        assert sum(parts(found).values()) == pytest.approx(total)


def test_every_shape_has_words() -> None:
    for shape in Shape:
        assert shape_words(shape)
    assert set(SHAPES) <= set(Shape)


def test_what_makes_a_hit_milder_is_told() -> None:
    place = Place(Where.PATH, "name", software=True)
    judged = JUDGE.judge(Observation(place, Sensitive("maria_rodriguez.py")), Declaration())
    assert [hit.explain and "tree of software" in hit.explain() for hit in judged.hits] == [True]


def test_a_pattern_tells_its_check_and_its_words() -> None:
    rules = {rule.id: rule for rule in LOADED.rules}
    found = text_judgement("born 19610203", TextRules((rules["dates/date"],)), LOADED.lexicon).hits
    assert [hit.explain and hit.explain() for hit in found] == [
        "form: the expression of the rule fits; it passes the check spelt-date"
    ]
    rule = rules["names/surname-before-uuid"]
    found = text_judgement(f"QUINTERO_{UUID}", TextRules((rule,)), LOADED.lexicon).hits
    assert len(found) == 1
    assert found[0].explain is not None
    assert "log-odds of being a name" in found[0].explain()
