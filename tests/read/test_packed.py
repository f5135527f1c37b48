import base64
import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vestige.read.packed import inflated, is_base64, stream_start, unbased

TEXT = b"Paula Probe, born 1956-03-04" * 9


@pytest.mark.parametrize(
    "packed", [gzip.compress(TEXT, mtime=0), zlib.compress(TEXT), zlib.compress(TEXT, 9)]
)
@pytest.mark.parametrize("before", [b"", b"\x10\x01\0\0"])
def test_streams_are_unpacked_behind_a_length_too(packed: bytes, before: bytes) -> None:
    value = before + packed + b"rest"
    unpacked = inflated(value, stream_start(value), 1 << 20)
    assert unpacked is not None
    assert (unpacked.data, unpacked.around, unpacked.loss) == (TEXT, before + b"rest", "")


def test_what_breaks_off_is_told_with_what_came_out() -> None:
    value = gzip.compress(bytes(range(256)) * 40)
    unpacked = inflated(value[:-20], 0, 1 << 20)
    assert unpacked is not None
    assert unpacked.loss == "blob-unread"
    assert unpacked.data


def test_a_bomb_ends_at_its_room() -> None:
    unpacked = inflated(gzip.compress(bytes(1 << 22)), 0, 1000)
    assert unpacked is not None
    assert (len(unpacked.data), unpacked.loss) == (1000, "budget")


def test_first_bytes_by_chance_are_no_stream() -> None:
    assert stream_start(b"AX T1 MPRAGE") == -1
    assert inflated(b"x\x9c" + b"\xff" * 40, 0, 1000) is None
    assert inflated(b"x\x9c", 0, 1000) is None


@pytest.mark.parametrize("encode", [base64.b64encode, base64.urlsafe_b64encode, base64.encodebytes])
def test_base64_in_its_spellings(encode: object) -> None:
    assert callable(encode)
    text = encode(b"\xfb\xff" + TEXT)
    assert is_base64(text)
    assert unbased(text) == b"\xfb\xff" + TEXT
    assert unbased(b"data:application/pdf;base64," + base64.b64encode(TEXT)) == TEXT


@pytest.mark.parametrize(
    "text", [b"", b"QUINTERO", b"AX T1 MPRAGE with fat sat", b"data:text/plain,x"]
)
def test_other_texts_are_no_base64(text: bytes) -> None:
    assert not is_base64(text)


@given(st.binary(max_size=300))
def test_any_bytes_are_no_error(data: bytes) -> None:
    for value in (data, b"\x1f\x8b\x08" + data, b"x\x9c" + data):
        start = stream_start(value)
        unpacked = inflated(value, start, 1000) if start >= 0 else None
        assert unpacked is None or len(unpacked.data) <= 1000
    assert isinstance(unbased(data), bytes)
    assert isinstance(unbased(base64.b64encode(data)), bytes)
