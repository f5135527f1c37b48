"""Values: bytes that pydicom decodes to what was meant."""

import pytest
from pydicom import charset as charsets

from vestige.planting.value import character_sets, encoded, packed, padding


@pytest.mark.parametrize(
    ("charset", "text"),
    [
        ("", "Smith^John"),
        ("ISO_IR 100", "Müller^Jürgen"),
        ("ISO_IR 101", "Wiśniewski^Małgorzata"),
        ("ISO_IR 144", "Кузнецов^Сергей"),
        ("ISO_IR 126", "Μαυρίδης^Ελένη"),
        ("ISO_IR 127", "الخطيب^فاطمة"),
        ("ISO_IR 148", "Yıldırım^Ayşe"),
        ("ISO_IR 192", "山田^太郎"),
        ("GB18030", "欧阳^秀兰"),
        ("GBK", "欧阳^秀兰"),
        ("\\ISO 2022 IR 87", "Yamada^Taro=山田^太郎=やまだ^たろう"),
        ("\\ISO 2022 IR 149", "Kim^Minjun=김^민준"),
        ("ISO 2022 IR 13\\ISO 2022 IR 87", "ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎"),
        ("\\ISO 2022 IR 100\\ISO 2022 IR 144", "Müller^Кузнецов"),
    ],
)
def test_person_names_read_back(charset: str, text: str) -> None:
    raw = encoded(text, "PN", charset)
    codecs = charsets.convert_encodings(charset.split("\\"))
    assert charsets.decode_bytes(raw, codecs, {ord("^"), ord("=")}) == text


def test_every_part_of_a_chinese_name_begins_with_its_escape() -> None:
    # pydicom leaves these escapes in the text, hence no reading back.
    raw = encoded("Wang^Xiulan=王^秀兰", "PN", "\\ISO 2022 IR 58")
    parts = [b"Wang^Xiulan=", "王".encode("gb2312"), b"^", "秀兰".encode("gb2312")]
    assert raw == parts[0] + b"\x1b$)A" + parts[1] + parts[2] + b"\x1b$)A" + parts[3]


def test_every_character_set_can_be_written_and_pydicom_knows_it() -> None:
    for term in character_sets():
        assert encoded("abc", "LO", term) == b"abc"
        assert term in charsets.python_encoding


def test_what_a_character_set_lacks_is_a_question_mark() -> None:
    assert encoded("Müller", "LO", "") == b"M?ller"
    assert encoded("Müller", "CS", "ISO_IR 192") == b"M?ller"
    assert encoded("김", "LO", "ISO_IR 100") == b"?"
    assert encoded("\u2028", "LO", "\\ISO 2022 IR 87") == b"?"


def test_binary_values_are_the_bytes_of_their_characters() -> None:
    assert encoded("\x00\xff", "OB", "ISO_IR 192") == b"\x00\xff"


def test_numbers_are_packed_in_their_order() -> None:
    assert packed((1, 2), "US", big=False) == b"\1\0\2\0"
    assert packed((1, 2), "US", big=True) == b"\0\1\0\2"
    assert packed((-1,), "SL", big=False) == b"\xff" * 4
    assert packed((0.5,), "FD", big=True) == b"\x3f\xe0" + bytes(6)
    assert packed((1, 2.5), "DS", big=False) == b"1\\2.5"


def test_padding_is_that_of_the_standard() -> None:
    assert padding("UI") == padding("OB") == b"\0"
    assert padding("LO") == padding("PN") == b" "
