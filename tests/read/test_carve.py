import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vestige.read import carve
from vestige.read.carve import LONGEST_PIECE, pieces, runs

TOKENS = (
    *(
        b"\x00" * 9,
        b"\x00",
        b"\x04",
        b"\x01",
        b"\n",
        b"\x80",
        b"\xff",
        b"\xc3",
        b"\xa9",
        b"#",
        b" ",
    ),
    *("Ива".encode(codec) for codec in ("utf_8", "utf_16_le", "utf_16_be")),
    *("Probé".encode(codec) for codec in ("utf_8", "utf_16_le", "utf_16_be", "latin_1")),
    *(b"\xc9", b"\xe9", b"ab", b"A", b"-", b"^", b"Muster", b"1956-03-04", b"1-12-1", b"1      1"),
)
BYTES = st.one_of(st.binary(), st.lists(st.sampled_from(TOKENS), max_size=12).map(b"".join))


@pytest.mark.parametrize("codec", ["ascii", "utf_8", "latin_1", "utf_16_le", "utf_16_be"])
def test_a_name_among_bytes_is_found_in_each_encoding(codec: str) -> None:
    name = "Probe, Paula" if codec == "ascii" else "Müller, Jörg"
    data = b"\x01\x80\x00\x02" + name.encode(codec) + b"\x00\x00\x03\x00"
    assert list(runs(data)) == [name]


@pytest.mark.parametrize("codec", ["utf_16_le", "utf_16_be"])
def test_wide_cyrillic_is_found(codec: str) -> None:
    assert list(runs(b"\x00\x00\x00\x00" + "Иванов Жук".encode(codec))) == ["Иванов Жук"]


@pytest.mark.parametrize("text", ["1956-03-04", "4711123", "Li^An Wei"])
def test_numbers_dates_and_short_names_are_worth_judging(text: str) -> None:
    assert list(runs(b"\x00" + text.encode() + b"\x00")) == [text]


@pytest.mark.parametrize(
    "data", [b"", b"\x00" * 99, b"\x00ab\x01cd\x02", b"\x01####\x02", b"=-=-=-"]
)
def test_what_tells_nothing_is_passed_over(data: bytes) -> None:
    assert list(runs(data)) == []


def test_a_text_is_given_once_and_in_order() -> None:
    assert list(runs(b"Probe\x00Muster\x00Probe\x00\x01")) == ["Probe", "Muster"]


def test_chance_writes_little() -> None:
    noise = random.Random(3).randbytes(1 << 20)  # noqa: S311 - the same bytes every time
    assert sum(len(text) for text in runs(noise)) < len(noise) / 100


@given(BYTES)
def test_runs_of_any_bytes_are_distinct_and_telling(data: bytes) -> None:
    found = list(runs(data))
    assert len(set(found)) == len(found)
    assert all(len(text) >= carve.SHORTEST_RUN and carve._TELLING.search(text) for text in found)


@given(BYTES)
def test_a_view_gives_what_its_bytes_give(data: bytes) -> None:
    assert list(runs(memoryview(b"####" + data)[4:])) == list(runs(data))


@given(BYTES, BYTES)
def test_bytes_that_are_no_text_part_runs(before: bytes, behind: bytes) -> None:
    apart = dict.fromkeys((*runs(before), *runs(behind)))
    assert list(runs(before + b"\x02\x02" + behind)) == list(apart)


@given(BYTES)
def test_stretches_of_narrow_text_are_as_defined(data: bytes) -> None:
    plain = data.translate(None, b"\x00\x01\x04")  # nothing wide can stand in it
    found = [run for run, codec in carve._stretches(plain)]
    assert found == [match.group() for match in NAIVE.finditer(plain)]


NAIVE = re.compile(carve._ANY + rb"{4,}", re.DOTALL)


@given(st.lists(st.sampled_from(("Ива", "Жук ", "Probe", "é", "Å", " ", "12")), min_size=4))
@pytest.mark.parametrize("codec", ["utf_16_le", "utf_16_be"])
def test_wide_text_is_one_stretch(codec: str, words: list[str]) -> None:
    data = b"\x02\x02" + "".join(words).encode(codec) + b"\x02\x02"
    assert list(carve._stretches(data)) == [(data[2:-2], codec)]


@pytest.mark.parametrize("zeros", range(20))
@pytest.mark.parametrize("codec", ["utf_16_le", "utf_16_be"])
def test_zeros_before_wide_text_hide_none_of_it(codec: str, zeros: int) -> None:
    assert list(runs(b"\x00" * zeros + "Müller".encode(codec) + b"\x00" * zeros)) == ["Müller"]


def test_a_latin_letter_behind_a_wide_letter_begins_a_run() -> None:
    data = b"\x00P\x00r\x00o\x00b\xe9abcd"
    assert [run for run, _ in carve._stretches(data)] == [data[:8], data[8:]]


@given(st.text("abAB01 -.^#", min_size=4, max_size=12))
def test_the_quick_looks_at_ascii_agree_with_the_definition(text: str) -> None:
    told = carve._TELLING.search(text.strip()) is not None
    if carve._SURELY.search(text.encode()):
        assert told
    if not carve._PERHAPS.search(text.encode()):
        assert not told


@pytest.mark.parametrize("separator", ["\n", "\\", " ", "x"])
def test_pieces_are_short_and_lose_nothing(separator: str) -> None:
    text = separator.join(f"word{number}" for number in range(20_000))
    given = list(pieces(text))
    assert "".join(given) == text
    assert max(map(len, given)) <= LONGEST_PIECE
    assert all(piece.endswith(separator) for piece in given[:-1]) or separator == "x"


def test_a_short_text_is_one_piece() -> None:
    assert list(pieces("")) == [""]
    assert list(pieces("Probe")) == ["Probe"]
    assert list(pieces("x" * LONGEST_PIECE)) == ["x" * LONGEST_PIECE]


@pytest.mark.parametrize(
    ("data", "found"),
    [
        ('set PATIENT "გიორგი ბერიძე"\nmode=1'.encode(), ['set PATIENT "გიორგი ბერიძე"', "mode=1"]),
        (b"\x01\x02\xff" + "გიორგი ბერიძე".encode() + b"\xff\x00zz", ["გიორგი ბერიძე"]),
        (b"\x01\xff\x02" + "王小明".encode() + b"\xff\x01", ["王小明"]),
        (b"\xfe\x01\x00\x00" + "Probić^Paula".encode("utf-16-le") + b"\x01\x02", ["Probić^Paula"]),
        (b"\xfe\x01\x02" + "Probić^Paula".encode("utf-16-be") + b"\x01\x02", ["Probić^Paula"]),
    ],
)
def test_letters_beyond_latin_are_text_too(data: bytes, found: list[str]) -> None:
    assert list(runs(data)) == found
    assert list(runs(memoryview(data))) == found


def test_chance_hardly_writes_letters_of_three_bytes() -> None:
    data = random.Random(5).randbytes(8 << 20)  # noqa: S311 - chance, not secrecy
    assert [run for run in runs(data) if any(letter > "\u0900" for letter in run)] == []
