import copy
import logging
import pickle
import re
import string
import traceback
import unicodedata
from dataclasses import FrozenInstanceError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vestige.model import (
    Declaration,
    Observation,
    Place,
    VestigeError,
    Where,
)
from vestige.sensitive import Sensitive, mask

LIMIT = 40
WORDS = st.text(alphabet=string.ascii_letters, min_size=1, max_size=12)
NAMES = st.lists(WORDS, min_size=1, max_size=4)


# --- masks -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("QUINTERO^MARIA", "Q*******^M****"),
        ("Li Wu", "** **"),
        ("Ann", "***"),
        ("Anna", "A***"),
        ("1961-02-03", "####-##-##"),
        ("MRN00482915", "***########"),
        ("a_b", "*_*"),
        ("", ""),
        ("tab\there\n", "*** h*** "),
        ("\x1b[31m", " [##*"),
        ("Mu\u0308ller", "M******"),
        ("Zoe\u0308", "****"),
        ("O\u2019Brien", "O******"),
        ("ПЕТРОВ", "П*****"),
        ("山田太", "***"),
        ("A" * 50, "A" + "*" * 39 + "… (50 characters)"),
    ],
)
def test_a_mask_keeps_the_shape_and_hides_the_rest(text: str, masked: str) -> None:
    assert mask(text) == masked


def shown_letters(masked: str) -> list[str]:
    """The letters and digits that a mask shows, without the note on its length."""
    return re.findall(r"[^\W_]", masked.partition("…")[0])


@given(NAMES, st.sampled_from(["^", "_", " ", ", ", "-", ".", "/"]))
def test_a_mask_shows_the_first_letter_of_long_words_and_no_more(
    words: list[str], mark: str
) -> None:
    text = mark.join(words)
    shown = shown_letters(mask(text))
    assert shown == [word[0] for word in words if len(word) >= 4][: len(shown)]
    assert len(text) > LIMIT or len(shown) == sum(len(word) >= 4 for word in words)


@given(st.text(max_size=100))
def test_a_mask_of_any_text_shows_less_than_it_hides(text: str) -> None:
    masked = mask(text)
    letters = sum(c.isalpha() for c in text)
    assert len(shown_letters(masked)) * 4 <= letters
    assert not any(c.isdigit() for c in masked.partition("…")[0])


@given(st.text(max_size=100))
def test_a_mask_prints_and_is_bounded(text: str) -> None:
    masked = mask(text)
    assert masked.isprintable()
    assert len(masked) <= LIMIT + len(f"… ({len(text)} characters)")
    assert len(text) > LIMIT or len(masked) == len(text)


@given(st.text(alphabet=string.ascii_letters + "üéñ ^_-", max_size=30))
def test_a_mask_is_no_weaker_for_decomposed_letters(text: str) -> None:
    composed = shown_letters(mask(text))
    apart = shown_letters(mask(unicodedata.normalize("NFD", text)))
    assert len(apart) <= len(composed)


@given(st.text(alphabet="0123456789-./ ", min_size=1, max_size=LIMIT))
def test_no_digit_is_shown(text: str) -> None:
    assert mask(text) == re.sub(r"\d", "#", text)


# --- sensitive texts ---------------------------------------------------------------------------

TOLD = "Zebrinsky^Quexotl 19610203"


def test_a_sensitive_text_is_masked_wherever_it_is_printed() -> None:
    text = Sensitive(TOLD)
    place = Place(Where.HEADER, "(0010,0010)", 0x00100010, "PN")
    holders = (Observation(place, text), Declaration(reused=text), [text], {text: text}, (text,))
    printed = [str(text), repr(text), f"{text}", f"{text:>60}", "%s" % text, "{}".format(text)]  # noqa: UP031, UP032
    for one in (*printed, *map(repr, holders), *map(str, holders)):
        assert "ebrin" not in one
        assert "1961" not in one
    assert str(text) == "Sensitive('Z********^Q****** ########')"


@given(WORDS.filter(lambda word: len(word) >= 5), st.sampled_from(["", "<70", "^80", ">90"]))
def test_no_spelling_of_a_format_leaks(word: str, spec: str) -> None:
    text = Sensitive(word)
    for shown in (format(text, spec), str(text), repr(text)):
        assert word not in shown.replace("Sensitive", "")


def test_a_traceback_and_a_log_show_it_masked(caplog: pytest.LogCaptureFixture) -> None:
    text = Sensitive(TOLD)

    def fail() -> None:
        raise VestigeError(text)

    with pytest.raises(VestigeError) as raised:
        fail()
    shown = "".join(traceback.format_exception(raised.value))
    logging.getLogger("t").error("failed over %s", text, exc_info=raised.value)
    assert "ebrin" not in shown + caplog.text


def test_it_cannot_be_changed_nor_given_attributes() -> None:
    text = Sensitive(TOLD)
    with pytest.raises((FrozenInstanceError, TypeError)):
        text._text = "x"  # type: ignore[misc]
    assert not hasattr(text, "__dict__")


def test_it_is_equal_by_its_text_and_survives_a_pipe() -> None:
    text = Sensitive(TOLD)
    assert text == Sensitive(TOLD) != Sensitive("other")
    assert len({text, Sensitive(TOLD)}) == 1
    assert pickle.loads(pickle.dumps(text)) == text == copy.deepcopy(text)  # noqa: S301 - its own
    assert text.reveal() == TOLD


@given(st.text(), st.text(), st.binary(min_size=1, max_size=64), st.binary(min_size=1, max_size=64))
def test_a_digest_depends_on_text_and_key(a: str, b: str, key: bytes, other: bytes) -> None:
    digest = Sensitive(a).digest(key)
    assert re.fullmatch(r"[0-9a-f]{32}", digest)
    assert digest == Sensitive(a).digest(key)
    assert (digest == Sensitive(b).digest(key)) == (a == b)
    same = key.ljust(64, b"\0") == other.ljust(64, b"\0")
    assert digest != Sensitive(a).digest(other) or key == other or same


def test_a_digest_of_a_name_that_is_no_unicode() -> None:
    assert len(Sensitive("Zebr\udcff").digest(b"k")) == 32
