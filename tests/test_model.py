import pytest
from hypothesis import given
from hypothesis import strategies as st

from vestige.model import Band, Claim, Entry, Hit, Kind, bands
from vestige.sensitive import Sensitive

# --- bands -------------------------------------------------------------------------------------


def test_bands_are_ordered_and_known_by_their_words() -> None:
    assert bands() == ("critical", "high", "medium", "low", "info")
    for word in bands():
        assert Band.of(word).word == word
        assert Band.of(word.upper()) is Band.of(word)
    assert Band.INFO < Band.LOW < Band.MEDIUM < Band.HIGH < Band.CRITICAL


@given(st.text())
def test_any_other_word_is_no_band(word: str) -> None:
    if word.lower() in bands():
        assert Band.of(word).word == word.lower()
        return
    with pytest.raises(ValueError, match="is no band; bands are critical, high, medium, low, info"):
        Band.of(word)


# --- other values ------------------------------------------------------------------------------


def test_an_entry_does_not_print_its_name() -> None:
    entry = Entry(7, 1, b"Zebrinsky", b"/v/Zebrinsky", Kind.FILE, 0, 0, 0, 0)
    assert repr(entry) == str(entry) == "Entry(7, file)"
    assert "Zebr" not in f"{entry} {entry!r}"


def test_a_hit_shows_its_value_masked() -> None:
    claim = Claim("r", "T", Band.LOW, 0.5, "direct", ())
    assert "ebrin" not in repr(Hit(claim, (0, 9), Sensitive("Zebrinsky"), 0.5))
