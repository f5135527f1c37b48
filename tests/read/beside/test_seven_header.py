"""Headers of 7z archives."""

import pytest

from vestige.read.beside.seven_header import Record, listed, streams


@pytest.mark.parametrize(
    ("data", "value"),
    [
        (b"\x7f", 127),
        (b"\x80\xff", 255),
        (b"\x81\x00", 256),
        (b"\xc1\x02\x03", (1 << 16) + 0x0302),
        (b"\xfe" + b"\1" * 7, int.from_bytes(b"\1" * 7, "little")),
        (b"\xff" + b"\2" * 8, int.from_bytes(b"\2" * 8, "little")),
    ],
)
def test_numbers_tell_their_own_length(data: bytes, value: int) -> None:
    assert Record(data).number() == value


def test_bits_come_with_the_highest_first() -> None:
    assert Record(b"\xa0\x80").bits(9) == [True, False, True, *[False] * 5, True]
    assert Record(b"\x01").defined(3) == [True] * 3


def test_what_is_cut_or_absurd_is_refused() -> None:
    with pytest.raises(IndexError):
        Record(b"\xff").number()
    with pytest.raises(ValueError, match=r"^$"):
        Record(b"\xff" + b"\xff" * 8).count()
    with pytest.raises(ValueError, match=r"^$"):
        listed(Record(b"\x42"))
    with pytest.raises(ValueError, match=r"^$"):
        streams(Record(b"\x42"))


def test_an_empty_header_lists_nothing() -> None:
    assert listed(Record(b"\0")) == ((), (), frozenset())
