"""A baseline file: strict to read, safe to add to."""

import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vestige.acceptance import Decision, Scope
from vestige.catalog.baseline import LONGEST_DAYS, Grant, added, entry, load, parse
from vestige.model import Band, PolicyError

DAY = date(2030, 5, 17)
KEY = "ab" * 16
GRANT = Grant(
    decision=Decision.ACCEPTED,
    scope=Scope.FINDING,
    rule="names/surname-before-uuid",
    fingerprint="0f" * 16,
    by="Data protection officer",
    because='the copy is sealed; see "ticket 12" \\ file',
    accepted_on=DAY,
    until=DAY + timedelta(days=90),
    band=Band.HIGH,
    entries=2,
    held=("00" * 8, "11" * 8),
    values=("22" * 8,),
)
BELOW = Grant(
    decision=Decision.FALSE_ALARM,
    scope=Scope.BELOW,
    rule="dates/date-in-name",
    fingerprint="0e" * 16,
    by="Archive",
    because="dates of phantoms",
    accepted_on=DAY,
    until=DAY,
    band=Band.MEDIUM,
)
GOOD = added(added(b"", "b.toml", KEY, GRANT, DAY), "b.toml", KEY, BELOW, DAY).decode()


def test_what_was_written_is_read() -> None:
    read = parse("b.toml", GOOD.encode(), DAY)
    assert read.grants == (GRANT, BELOW)
    assert read.key == KEY
    assert "no name" in GOOD


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('by = "Archive"', 'by = " "', r"accepted\[1\]\.by: must not be empty"),
        ('by = "Archive"\n', "", r"accepted\[1\]\.by: is missing"),
        ('because = "dates of phantoms"\n', "", r"accepted\[1\]\.because: is missing"),
        ('by = "Archive"', 'by = "Archive"\nBy = "x"', r"accepted\[1\]\.By: unknown key"),
        ("version = 1", "version = 1\nnote = 2", "note: unknown key"),
        ("version = 1", "version = 2", "version: this Vestige reads version 1"),
        (f'key = "{KEY}"', 'key = "mine"', "key: must be a keyed digest"),
        ("until = 2030-05-17", 'until = "2030-05-17"', r"accepted\[1\]\.until: must be a date"),
        ("until = 2030-05-17", "until = 2030-05-17T00:00:00Z", "until: must be a date without"),
        ("until = 2030-05-17", "until = 2030-02-31", "not valid TOML"),
        ("until = 2030-05-17", "until = 2030-05-16", r"accepted\[1\]\.until: lies before"),
        ("until = 2030-05-17", "until = 2032-05-18", r"accepted\[1\]\.until: lies more than 731"),
        ("accepted-on = 2030-05-17", "accepted-on = 2030-05-18", "accepted-on: lies in the future"),
        ('scope = "below"', 'scope = "all"', r"accepted\[1\]\.scope: 'all' is not one of"),
        ('decision = "false-alarm"', 'decision = "fine"', r"accepted\[1\]\.decision: 'fine'"),
        ('band = "medium"', 'band = "bad"', r"accepted\[1\]\.band: 'bad' is no band"),
        ("entries = 2", "entries = 0", r"accepted\[0\]\.entries: must be a whole number"),
        ("entries = 2", "entries = 1.5", r"accepted\[0\]\.entries: must be a whole number"),
        (f'"{"00" * 8}"', '"/data/Zebrinsky"', r"accepted\[0\]\.held: must be a list of keyed"),
        ('directory = "', 'fingerprint = "', r"accepted\[1\]\.directory: is missing"),
        ("version = 1", "version =", "not valid TOML"),
    ],
)
def test_what_is_wrong_is_named_with_file_entry_and_key(old: str, new: str, said: str) -> None:
    assert old in GOOD
    with pytest.raises(PolicyError, match=f"baseline b.toml: .*{said}") as raised:
        parse("b.toml", GOOD.replace(old, new).encode(), DAY)
    assert "Zebrinsky" not in str(raised.value)


def test_the_same_is_not_accepted_twice() -> None:
    twice = GOOD + "\n" + entry(BELOW)
    with pytest.raises(
        PolicyError, match=r"accepted\[2\]\.fingerprint: the same is accepted twice"
    ):
        parse("b.toml", twice.encode(), DAY)


def test_what_has_expired_is_no_error() -> None:
    assert parse("b.toml", GOOD.encode(), DAY + timedelta(days=5_000)).grants == (GRANT, BELOW)


def test_a_clock_that_jumped_back_is_one() -> None:
    with pytest.raises(PolicyError, match="a clock is wrong"):
        parse("b.toml", GOOD.encode(), DAY - timedelta(days=1))


def test_another_key_is_said() -> None:
    with pytest.raises(PolicyError, match=r"another key.*--key"):
        parse("b.toml", GOOD.encode(), DAY).demand_key("cd" * 16)
    with pytest.raises(PolicyError, match="another key"):
        added(GOOD.encode(), "b.toml", "cd" * 16, GRANT, DAY)


def test_order_and_comments_stay_and_what_is_renewed_is_replaced() -> None:
    text = GOOD.replace("[[accepted]]", "# about it\n[[accepted]]")
    held = (*GRANT.held, "33" * 8)
    renewed = replace(GRANT, held=held)
    made = added(text.encode(), "b.toml", KEY, renewed, DAY).decode()
    assert parse("b.toml", made.encode(), DAY).grants == (BELOW, renewed)
    assert made.startswith(text[: text.index("# about it")].rstrip())
    assert made.count("# about it") == 1
    other = replace(GRANT, held=("44" * 8,))
    both = added(text.encode(), "b.toml", KEY, other, DAY).decode()
    assert parse("b.toml", both.encode(), DAY).grants == (GRANT, BELOW, other)
    assert both.startswith(text.rstrip())


def test_a_file_that_no_program_can_add_to_stays_as_it_is() -> None:
    inline = re.sub(r"(?s)\n\[\[accepted\]\].*", "\naccepted = []\n", GOOD)
    assert parse("b.toml", inline.encode(), DAY).grants == ()
    with pytest.raises(PolicyError):
        added(inline.encode(), "b.toml", KEY, GRANT, DAY)


@given(st.text(min_size=1, max_size=60).filter(lambda t: t.strip() and t.isprintable()))
def test_any_words_survive_the_file(words: str) -> None:
    grant = replace(GRANT, by=words)
    raw = added(b"", "b.toml", KEY, grant, DAY)
    assert parse("b.toml", raw, DAY).grants == (grant,)


@given(st.binary(max_size=200))
def test_any_bytes_are_a_baseline_or_an_error(raw: bytes) -> None:
    try:
        parse("b.toml", raw, DAY)
    except PolicyError as error:
        assert str(error).startswith("baseline b.toml: ")  # noqa: PT017 - either is right


def test_two_years_are_the_most() -> None:
    assert LONGEST_DAYS == 731


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(PolicyError, match="cannot be read"):
        load(tmp_path / "none.toml", DAY)
