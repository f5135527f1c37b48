"""Tongues: tables of letters by language, written and read."""

import gzip

import pytest

from vestige.tongues import MARK, STATES, letter_slots, read, written

HEADER = b"# remark"


def packed(*tongues: tuple[str, dict[int, int]]) -> bytes:
    steps = [[own.get(at, 0) for at in range(STATES)] for _, own in tongues]
    return gzip.compress(written([name for name, _ in tongues], steps, HEADER))


def test_what_is_written_is_read() -> None:
    first, second = letter_slots("ab")[:2]
    found = read(packed((f"{MARK}surname:xx", {first: 4, second: -8}), ("-word:xx", {second: 127})))
    assert found.people == (True, False)
    assert found.likelihoods("ab") == [-1.0, 31.75]
    assert found.steps.keys() == {first, second}


def test_letters_that_no_tongue_knows_tell_nothing() -> None:
    assert read(packed(("+surname:xx", {letter_slots("ab")[0]: 4}))).likelihoods("zzz") == [0.0]


def test_places_of_letters_are_in_the_table_and_apart() -> None:
    slots = letter_slots("abracadabra")
    assert len(slots) == len("abracadabra") + 1
    assert max(slots) < STATES
    assert letter_slots("ab")[0] == letter_slots("az")[0] != letter_slots("ba")[0]


@pytest.mark.parametrize("raw", [b"", b"\n\n", b"# remark\n+surname:xx\nshort"])
def test_a_broken_file_is_an_error(raw: bytes) -> None:
    with pytest.raises(ValueError, match="tongues"):
        read(gzip.compress(raw))
