"""Sets told by the tongues in which their words are spoken."""

from vestige.correlate.set_tongues import of_set
from vestige.lexicon import load
from vestige.shipped import rules

TONGUES = load(rules() / "lexicons").tongues
UNHEARD_NAMES = (
    "kowalczewski nowakiewicz wisniowiecki dombrowiak zielonkiewicz szymaniuk wozniakowski "
    "kaczmarczyk pietrasiak grabarczyk"
).split()
UNHEARD_TOWNS = (
    "obernhausen niederbronn wiesenfeld kirchhausen altendorf bergheim rodenbach steinfurt "
    "langenau grossenhain"
).split()


def told(words: list[str], without: frozenset[int] = frozenset()) -> tuple[float, float, float]:
    return of_set([TONGUES.likelihoods(word) for word in words], TONGUES.people, without)


def test_words_that_are_spoken_as_names_gain_by_tongues_of_names() -> None:
    gained, share, common = told(UNHEARD_NAMES)
    assert gained > 0.5
    assert share > 0.6
    assert common > 1


def test_words_that_are_spoken_as_towns_lose_by_them() -> None:
    gained, share, _ = told(UNHEARD_TOWNS)
    assert gained < -0.5
    assert share < 0.4


def test_without_its_own_tongue_a_set_gains_less() -> None:
    own = frozenset(at for at, name in enumerate(TONGUES.names) if name.endswith(":pl"))
    assert told(UNHEARD_NAMES, own)[0] < told(UNHEARD_NAMES)[0]


def test_the_order_of_words_does_not_matter() -> None:
    forth, back = told(UNHEARD_NAMES), told(UNHEARD_NAMES[::-1])
    assert all(abs(one - other) < 1e-9 for one, other in zip(forth, back, strict=True))


def test_words_of_no_letters_that_were_learnt_tell_nothing() -> None:
    silent = [[0.0] * len(TONGUES.people)] * 8
    assert abs(of_set(silent, TONGUES.people)[0]) < 1e-9
