import random

import pytest

from vestige.read.carve import LONGEST_PIECE, pieces, runs


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
