"""CRC-32 inverted: what it finds is what sums of all texts would find."""

from collections.abc import Sequence
from zlib import crc32

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vestige.correlate.inverted import Ends
from vestige.correlate.preimages import halves, numbers

ENDS = [b"%03d" % number for number in range(1000)]


@given(
    st.binary(max_size=20), st.lists(st.sampled_from(ENDS)), st.frozensets(st.integers(0, 2**32))
)
def test_texts_whose_sums_are_wanted(
    begin: bytes, ends: Sequence[bytes], others: frozenset[int]
) -> None:
    texts = {begin + end for end in ends}
    wanted = frozenset(map(crc32, texts)) | others
    expected = {begin + end for end in ENDS if crc32(begin + end) in wanted}
    assert set(Ends(ENDS).texts(begin, wanted)) == expected >= texts


def test_more_sums_than_ends() -> None:
    wanted = frozenset(crc32(b"12%03d" % number) for number in range(1000)) | {4711}
    assert sorted(Ends(ENDS).texts(b"12", wanted)) == [b"12" + end for end in ENDS]
    assert list(Ends(ENDS).texts(b"13", frozenset(range(2000)))) == []


@pytest.mark.parametrize("digits", range(1, 6))
def test_all_numbers_of_so_many_digits(digits: int) -> None:
    wanted = frozenset(crc32(text) for text in numbers(digits) if text.endswith(b"7"))
    begins, ends = halves(digits)
    inverted = Ends(ends)
    found = sorted(text for begin in begins for text in inverted.texts(begin, wanted))
    assert found == [text for text in numbers(digits) if crc32(text) in wanted]
