from hypothesis import given
from hypothesis import strategies as st

from vestige.read.letters import beyond_ascii

NOISE = bytes((0x00, 0x01, 0xFF, 0x80)) * 3


def test_names_of_any_alphabet_are_found_in_utf_8() -> None:
    for name in ("NIȚĂ^DUMITRA", "Иванов, Иван", "ბერიაშვილი მინდია", "王小明"):
        found = list(beyond_ascii(NOISE + name.encode() + NOISE))
        assert any(name in one for one in found), name


def test_latin_names_are_found_in_utf_16() -> None:
    for codec in ("utf-16-le", "utf-16-be"):
        found = "\n".join(beyond_ascii(bytes(8) + "Ioniță, Valentin".encode(codec) + bytes(8)))
        assert "Ioniță, Valentin" in found


def test_ascii_is_left_to_others() -> None:
    assert list(beyond_ascii(NOISE + b"Quintero, Ana" + NOISE)) == []


@given(st.binary(max_size=400))
def test_any_bytes_give_texts(data: bytes) -> None:
    for text in beyond_ascii(data):
        assert not text.isascii()
