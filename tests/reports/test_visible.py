"""What cannot be seen becomes an escape; what can be seen stays as it is."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vestige.reports.visible import clip, visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Q*******_3f2a…", "Q*******_3f2a…"),
        ("Müller 山田 ORIGINAL\\PRIMARY", "Müller 山田 ORIGINAL\\PRIMARY"),
        ("a\nb\tc\x00d\x7f", "a\\x0ab\\x09c\\x00d\\x7f"),
        ("\x1b[31m", "\\x1b[31m"),
        ("\u202egnp\u2066", "\\u202egnp\\u2066"),
        ("\x85\xa0", "\\u0085\\u00a0"),
        ("\udcff\udc80", "\\xff\\x80"),
        ("\ud800", "\\ud800"),
        ("\u200b\ufeff\u3164\ufe0f", "\\u200b\\ufeff\\u3164\\ufe0f"),
        ("\U000e0041", "\\U000e0041"),
    ],
)
def test_visible(text: str, shown: str) -> None:
    assert visible(text) == shown


@given(st.text(st.characters(exclude_categories=[])))
def test_nothing_unseen_is_left_and_twice_is_once(text: str) -> None:
    shown = visible(text)
    assert not {unicodedata.category(c) for c in shown} & {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
    assert visible(shown) == shown
    shown.encode()


@given(st.text(st.characters(exclude_categories=[]), max_size=60), st.integers(3, 30))
def test_clip_never_passes_its_limit(text: str, limit: int) -> None:
    shown = clip(text, limit)
    assert len(shown) <= limit
    if len(visible(text)) <= limit:
        assert shown == visible(text)
    else:
        assert visible(text).startswith(shown.split("…")[0])


def test_clip_keeps_both_ends() -> None:
    assert clip("abcdefghij", 7) == "abc…hij"
    assert clip("a" * 1_000_000 + "end", 7) == "aaa…end"
