"""Linkage: schemes are proved by hits, and an accident is none."""

import hashlib
import zlib
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vestige.correlate.linkage import (
    CHANCE,
    Numbered,
    Pseudonym,
    in_order_of_dates,
    linkage,
    spearman,
    tail,
)
from vestige.correlate.preimages import Origin, Secret
from vestige.sensitive import Sensitive

FOREVER = 1e9


def md5(text: str) -> str:
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


def codes(*texts: str) -> list[Pseudonym]:
    return [Pseudonym(Sensitive(text)) for text in texts]


def names(*texts: str) -> list[Secret]:
    return [Secret(Sensitive(text), Origin.NAME) for text in texts]


def test_a_name_that_was_seen() -> None:
    found = linkage(codes(md5("ZEBRINSKYANNA"), "S-017"), names("Zebrinsky^Anna"), 0)
    (one,) = found.weaknesses
    assert (one.scheme.algorithm, one.pseudonyms) == ("MD5", (0,))
    assert one.origins == {Origin.NAME}
    assert one.scheme.words == "MD5, hexadecimal, whole (as GDCM's anonymizer does it)"
    assert one.chance < 1e-30
    assert "Zebrinsky" not in repr(found)


def test_numbers_are_tried_until_all_are_found() -> None:
    found = linkage(codes(hashlib.sha256(b"00471").hexdigest()), (), FOREVER)
    (one,) = found.weaknesses
    assert one.scheme.algorithm == "SHA-256"
    assert one.origins == {Origin.NUMBER}
    assert (found.digits, found.tried < 300_000) == (4, True)


def test_dates_of_birth_are_tried() -> None:
    (one,) = linkage(codes(md5("1961-02-03")), (), FOREVER).weaknesses
    assert one.origins == {Origin.DATE}


def test_the_time_is_kept() -> None:
    clock = count(step=1)
    found = linkage(codes(md5("a secret 4711")), (), 3, lambda: float(next(clock)))
    assert found.weaknesses == ()
    assert 0 < found.tried <= 5 * 4096
    assert linkage(codes(md5("4711")), (), 0).tried == 0


def test_what_looks_like_no_digest_costs_nothing() -> None:
    def boom() -> float:
        raise AssertionError

    found = linkage(codes("S-017", "00482913", "4821", "", "1234567890"), (), FOREVER, boom)
    assert (found.weaknesses, found.tried) == ((), 0)


def test_salted_digests_are_not_found() -> None:
    salted = [md5(f"nobody knows this {number}")[:16] for number in range(50)]
    clock = count()
    found = linkage(codes(*salted), names("Zebrinsky^Anna"), 20, lambda: float(next(clock)))
    assert found.weaknesses == ()


def test_one_hit_of_a_short_digest_is_no_proof_but_many_are() -> None:
    short = [f"{zlib.crc32(b'%05d' % number):08x}" for number in range(0, 400, 10)]
    others = [md5(f"unknown {number}")[:8] for number in range(400)]
    alone = linkage(codes(short[0], *others), (), 0)
    assert alone.weaknesses == ()
    clock = count()
    lone = linkage(codes(short[0], *others), (), 60, lambda: float(next(clock)))
    assert lone.weaknesses == ()
    clock = count()
    found = linkage(codes(*short), (), 60, lambda: float(next(clock)))
    (one,) = found.weaknesses
    assert (one.scheme.algorithm, len(one.pseudonyms)) == ("CRC-32", 40)
    assert tail(40, one.chance) < CHANCE


def test_what_is_made_from_the_code_beside_it_does_not_count() -> None:
    beside = (Sensitive("S-0017"),)
    made = [Pseudonym(Sensitive(md5("S-0017")), beside)]
    secrets = [Secret(Sensitive("S-0017"), Origin.NUMBER)]
    assert linkage(made, secrets, 0).weaknesses == ()
    assert len(linkage([Pseudonym(made[0].text)], secrets, 0).weaknesses) == 1


def test_the_schemes_of_ctp_by_name() -> None:
    decimal = str(int(md5("ZEBRINSKY"), 16))[:16]
    (one,) = linkage(codes(str(int(md5("[1]4711"), 16))), names("4711"), 0).weaknesses
    assert one.scheme.known_as == "@hashptid of CTP"
    (one,) = linkage(codes(decimal), names("Zebrinsky^Anna"), 0).weaknesses
    assert one.scheme.form == "decimal, the first 16 characters"


def test_the_digest_of_nothing_stands_for_nobody() -> None:
    nothing = str(int(md5(""), 16))
    found = linkage(codes(md5(""), nothing, nothing[:16]), names(".", "", "^^", "--"), 0)
    assert found.weaknesses == ()


def test_each_pseudonym_counts_under_one_scheme() -> None:
    made = [md5(name)[:16] for name in ("anna", "bela")]
    found = linkage(codes(*made), names("Anna", "Bela"), 0).weaknesses
    assert [one.pseudonyms for one in found] == [(0, 1)]


@pytest.mark.parametrize(
    ("hits", "expected", "probability"),
    [(0, 5.0, 1.0), (1, 1e-9, 1e-9), (2, 1e-3, 5e-7), (3, 2.0, 0.3233), (1, 0.0, 0.0)],
)
def test_the_tail_of_poisson(hits: int, expected: float, probability: float) -> None:
    assert tail(hits, expected) == pytest.approx(probability, rel=2e-3)


@given(st.integers(0, 60), st.floats(1e-9, 100))
def test_more_hits_are_less_probable(hits: int, expected: float) -> None:
    assert 0 <= tail(hits + 1, expected) <= tail(hits, expected) + 1e-9 <= 1 + 1e-9


def test_numbers_in_the_order_of_dates() -> None:
    rising = [Numbered(number, 730_000 + 9 * number) for number in range(100, 130)]
    assert in_order_of_dates(rising) == pytest.approx(1.0)
    falling = [Numbered(one.number, -one.day) for one in rising]
    assert in_order_of_dates(falling) == pytest.approx(-1.0)
    assert in_order_of_dates(rising[:19]) == 0
    assert in_order_of_dates([Numbered(one.number * 50, one.day) for one in rising]) == 0
    assert in_order_of_dates([Numbered(one.number, 730_000) for one in rising]) == 0
    mixed = [Numbered(one.number, one.number * 7919 % 1009) for one in rising]
    assert in_order_of_dates(mixed) == 0


def test_ranks_with_ties() -> None:
    assert spearman([1, 2, 2, 3], [10, 20, 20, 30]) == pytest.approx(1.0)
    assert spearman([1, 2, 3, 4], [1, 2, 4, 3]) == pytest.approx(0.8)
    assert spearman([1, 1, 1], [1, 2, 3]) == 0
