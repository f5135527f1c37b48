"""What matters of a word wherever it stands."""

from vestige.detect.signs import INITIAL, SIDE, STRONG_CUE
from vestige.detect.word_facts import ANY_CASE, GIVEN, LOWER, NO_CASE, TERM, TITLE, UPPER, facts_by
from vestige.lexicon import load
from vestige.shipped import rules

LEXICON = load(rules() / "lexicons")
FACTS = facts_by(LEXICON)


def test_facts_are_what_the_lexicon_says_of_a_word() -> None:
    for word in ("Quintero", "MARIA", "knee", "Müller", "山田太郎", "xqztrw"):
        facts, known = FACTS(word), LEXICON.evidence(word)
        assert (facts.surname, facts.given, facts.place) == (
            known.surname,
            known.given,
            known.place,
        )
        assert facts.log_odds == LEXICON.log_odds(word)
        assert facts.ordinary == LEXICON.ordinary(word)


def test_a_word_is_written_in_one_of_a_few_ways() -> None:
    ways = {word: FACTS(word).way & ANY_CASE for word in ("knee", "Knee", "KNEE", "kNee", "ברך")}
    assert ways == {"knee": LOWER, "Knee": TITLE, "KNEE": UPPER | TITLE, "kNee": 0, "ברך": NO_CASE}


def test_east_asian_characters_tell_names_as_capitals_do() -> None:
    assert FACTS("山田").way & ANY_CASE == TITLE
    assert FACTS("胸部CT").way & ANY_CASE != TITLE


def test_given_names_and_terms_are_marked() -> None:
    assert FACTS("Maria").way & GIVEN
    assert FACTS("MPRAGE").way & TERM
    assert not FACTS("xqztrw").way & (GIVEN | TERM)


def test_letters_and_cues_have_signs_of_their_own() -> None:
    assert FACTS("L").sign == INITIAL | SIDE
    assert FACTS("l").sign == 0
    assert FACTS("Frau").sign == STRONG_CUE
    assert not FACTS("Frau").may_name
    assert not FACTS("L").may_name


def test_words_of_records_stay_whole() -> None:
    assert FACTS("DIMISSIONE").run is None
    assert FACTS("GARCIAJUAN").run is not None


def test_runs_of_letters_that_come_apart_are_found_once() -> None:
    run = FACTS("RODRIGUEZMARIA").run
    assert run is not None
    assert run.at == len("RODRIGUEZ")
    assert FACTS("山田太郎").surname_end == len("山田")
