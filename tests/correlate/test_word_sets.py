"""The judge of sets of words: names of no lexicon, minorities, and an honest share."""

# ruff: noqa: S311 - seeded for tests, not for secrets

import random
import string

import pytest

from vestige.correlate.word_sets import Beside, judged
from vestige.lexicon import Lexicon, load
from vestige.model import Certainty
from vestige.planting.people import people
from vestige.shipped import rules
from vestige.text import folds


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load(rules() / "lexicons")


def surnames(locale: str, count: int, seed: int) -> list[str]:
    every = sorted({folds(name.partition("=")[0])[0] for name in people().surnames[locale]})
    return random.Random(seed).sample(every, min(count, len(every)))


@pytest.mark.parametrize(("locale", "count"), [("ka", 30), ("ka", 200), ("ta", 30)])
def test_endings_make_names_of_no_lexicon_certain(
    locale: str, count: int, lexicon: Lexicon
) -> None:
    found = judged([(word,) for word in surnames(locale, count, 1)], lexicon, Beside(numbered=True))
    assert found.verdict is Certainty.CERTAIN


@pytest.mark.parametrize("locale", ["eu", "fi", "hu", "ka", "ta"])
def test_a_dozen_names_of_no_lexicon_are_not_missed(locale: str, lexicon: Lexicon) -> None:
    missed = sum(
        judged(
            [(word,) for word in surnames(locale, 12, seed)], lexicon, Beside(numbered=True)
        ).verdict
        is None
        for seed in range(20)
    )
    assert missed <= 2


@pytest.mark.parametrize("share", [0.1, 0.25, 0.5])
def test_a_minority_of_names_is_never_overstated(share: float, lexicon: Lexicon) -> None:
    rng = random.Random(str(share))
    names = surnames("pl", 40, 2) + surnames("it", 40, 2) + surnames("de", 40, 2)
    codes = {"".join(rng.choices(string.ascii_lowercase, k=rng.randint(5, 8))) for _ in range(900)}
    rest = sorted(codes)[: round(len(names) * (1 - share) / share)]
    found = judged([(word,) for word in names + rest], lexicon, Beside(numbered=True))
    assert found.verdict is not None
    assert found.share <= len(names) / len(names + rest)


def test_parts_of_the_body_are_no_code_words(lexicon: Lexicon) -> None:
    body = str.split("knee head spine chest pelvis elbow wrist abdomen heart brain liver shoulder")
    words = surnames("de", 24, 3)
    slots = [(body[number % len(body)], word) for number, word in enumerate(words)]
    found = judged(slots, lexicon, Beside())
    assert found.verdict not in (None, Certainty.REVIEW)


def test_names_in_some_of_many_words_are_not_certain(lexicon: Lexicon) -> None:
    towns = str.split("villa puerto pueblo fuente castillo colinas montana ribera playa laguna")
    second = surnames("es", 24, 5)
    slots = [(towns[number % len(towns)], word) for number, word in enumerate(second)]
    alone = [(word + "ito",) for word in towns for _ in range(2)]
    few = judged([*slots, *alone], lexicon, Beside(numbered=True))
    assert judged([(word,) for word in second], lexicon, Beside(numbered=True)).verdict is (
        Certainty.CERTAIN
    )
    assert few.verdict is not Certainty.CERTAIN


def test_nothing_is_said_of_no_words(lexicon: Lexicon) -> None:
    assert judged([], lexicon, Beside(numbered=True)).verdict is None


def test_words_that_may_well_be_names_are_worth_a_look_beside_numbers(lexicon: Lexicon) -> None:
    spelt = str.split(
        "vlvn mrtn krsn slvm nttrn mlrkn tnpl vrstn klmn prtn snkrn rjntrn vlnkn mnkntn krptn tmln"
    )
    slots = [(word,) for word in spelt]
    assert judged(slots, lexicon, Beside(numbered=True)).verdict is Certainty.REVIEW
    assert judged(slots, lexicon, Beside()).verdict is None
