"""The tables of the lexicon: letter sequences scored at once as one by one, files that are none."""

import gzip
from array import array

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vestige.lexicon import features, load, meaning_of
from vestige.model import RuleError
from vestige.shipped import rules
from vestige.word_tables import (
    CODES,
    GRAM_SCALE,
    GRAMS,
    LIMIT,
    TABLES,
    checked,
    codes,
    gram_slots,
    grams,
    rows,
    scorer,
    weights,
    written_codes,
)

LEXICON = load(rules() / "lexicons")
WORDS = st.one_of(
    st.text("abcdefghijklmnopqrstuvwxyz", max_size=30), st.text(max_size=12), st.just("quintero")
)
EXTREME = tuple(array("b", [(-128, 127, 0, -1)[slot % 4] for slot in range(2 * GRAMS)]))


SCORERS = [(table, scorer(table)) for table in (LEXICON.grams, EXTREME)]


@given(WORDS)
def test_both_scores_are_the_sums_over_the_slots_of_a_word(word: str) -> None:
    try:
        slots = gram_slots(word)
    except UnicodeEncodeError:
        return
    for table, scores in SCORERS:
        sums = (sum(table[slot + start] for slot in slots) for start in (0, GRAMS))
        expected = tuple(max(-LIMIT, min(LIMIT, total / GRAM_SCALE)) for total in sums)
        assert scores(word) == expected


@given(WORDS)
def test_the_odds_of_a_word_are_the_sum_of_its_features(word: str) -> None:
    known = LEXICON.evidence(word)
    total = sum(LEXICON.weights.get(feature, 0.0) for feature in features(known))
    if known.length > 2:
        assert LEXICON.log_odds(word) == max(-LIMIT, min(LIMIT, total))


def test_a_code_means_what_the_evidence_of_its_words_means() -> None:
    plain = {
        code: word for word, code in LEXICON.codes.items() if word.isascii() and word.isalpha()
    }
    assert len(plain) > 100
    for code, word in plain.items():
        assert 0 < code < CODES
        assert LEXICON.evidence(word).meaning == meaning_of(code)


def test_files_are_parsed() -> None:
    assert grams(gzip.compress(b"# grams\n" + bytes(TABLES * GRAMS)))[:2] == (0, 0)
    assert rows(b"# remark\na,b\n1,2\n") == [{"a": "1", "b": "2"}]
    assert weights(b"feature,weight\nbias,-1.5\n") == {"bias": -1.5}


FOUND = st.dictionaries(
    st.text(st.characters(categories=["L", "M"]), min_size=1), st.integers(1, CODES - 1), min_size=1
)


@settings(max_examples=25, deadline=None)
@given(FOUND, st.lists(st.text()))
def test_words_that_are_written_are_found_with_their_codes(
    known: dict[str, int], others: list[str]
) -> None:
    found = codes(gzip.compress(written_codes(known, b"# words")))
    assert dict(found.items()) == known
    assert len(found) == len(known)
    for word in others:
        assert found.get(word, -1) == known.get(word, -1)
        assert (word in found) is (word in known)


def test_words_of_many_stretches_are_found() -> None:
    known = {f"moxo{number}": number % (CODES - 1) + 1 for number in range(9_000)}
    found = codes(gzip.compress(written_codes(known, b"# words")))
    assert all(found[word] == code for word, code in known.items())
    assert found.get("moxo9000", -1) == found.get("a", -1) == found.get("z", -1) == -1


def test_what_is_no_text_is_no_word() -> None:
    assert LEXICON.codes.get("\udc80", 0) == 0
    with pytest.raises(KeyError):
        LEXICON.codes["xqzvrt"]


_UNSORTED = b"".join(b"%06d\tAB\n" % number for number in range(900, 0, -1))


@pytest.mark.parametrize(
    "raw", [b"", b"# words\n", b"# words\nmaria\n", b"# words\nmaria\tAB", b"#\n" + _UNSORTED]
)
def test_a_broken_file_is_named(raw: bytes) -> None:
    with pytest.raises(RuleError, match=r"^lexicons/x: is broken"):
        checked("x", codes, gzip.compress(raw))
