import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydicom.charset import convert_encodings, decode_bytes
from pydicom.valuerep import PN_DELIMS, TEXT_VR_DELIMS

from vestige.read.charset import DEFAULT, codecs_of, decoded, text_throughout

KANJI = b"Yamada^Tarou=\x1b$B;3ED\x1b(B^\x1b$BB@O:\x1b(B=\x1b$B$d$^$@\x1b(B^\x1b$B$?$m$&\x1b(B"
KATAKANA = (
    b"\xd4\xcf\xc0\xde^\xc0\xdb\xb3=\x1b$B;3ED\x1b(J^\x1b$BB@O:\x1b(J="
    b"\x1b$B$d$^$@\x1b(J^\x1b$B$?$m$&\x1b(J"
)
HANGUL = (
    b"Hong^Gildong=\x1b$)C\xfb\xf3^\x1b$)C\xd1\xce\xd4\xd7=\x1b$)C\xc8\xab^\x1b$)C\xb1\xe6\xb5\xbf"
)
HANZI = "Wang^XiaoDong=王^小东=".encode()

STANDARD = [
    (b"\\ISO 2022 IR 87", KANJI, "Yamada^Tarou=山田^太郎=やまだ^たろう"),
    (b"ISO 2022 IR 13\\ISO 2022 IR 87", KATAKANA, "ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎=やまだ^たろう"),
    (b"\\ISO 2022 IR 149", HANGUL, "Hong^Gildong=洪^吉洞=홍^길동"),
    (b"ISO_IR 192", HANZI, "Wang^XiaoDong=王^小东="),
    (b"GB18030", "Wang^XiaoDong=王^小东=".encode("gb18030"), "Wang^XiaoDong=王^小东="),
    (b"GBK", "Wang^XiaoDong=王^小东=".encode("gbk"), "Wang^XiaoDong=王^小东="),
]
"""The examples of PS3.5 annexes H to K."""

SINGLE = {
    "ISO_IR 100": ("latin_1", "Buc^Jérôme"),
    "ISO_IR 101": ("iso8859_2", "Wałęsa"),
    "ISO_IR 109": ("iso8859_3", "antaŭĝoje"),
    "ISO_IR 110": ("iso8859_4", "vārds"),
    "ISO_IR 126": ("iso8859_7", "Διονυσιος"),
    "ISO_IR 127": ("iso8859_6", "قباني^لنزار"),
    "ISO_IR 138": ("iso8859_8", "שרון^דבורה"),
    "ISO_IR 144": ("iso8859_5", "Люкceмбypг"),
    "ISO_IR 148": ("iso8859_9", "Çavuşoğlu"),
    "ISO_IR 166": ("iso8859_11", "ชื่อ^นามสกุล"),
    "ISO_IR 13": ("shift_jis", "ﾔﾏﾀﾞ^ﾀﾛｳ"),
}


@pytest.mark.parametrize(("declared", "value", "text"), STANDARD)
def test_the_examples_of_the_standard_are_read(declared: bytes, value: bytes, text: str) -> None:
    assert decoded(value, codecs_of(declared), name=True) == text


@pytest.mark.parametrize("term", SINGLE)
def test_single_byte_sets_are_read_declared_alone_or_escaped(term: str) -> None:
    codec, text = SINGLE[term]
    assert decoded(text.encode(codec), codecs_of(term.encode()), name=True) == text
    extended = term.replace("_IR", " 2022 IR").encode()
    assert decoded(text.encode(codec), codecs_of(extended), name=True) == text


@pytest.mark.parametrize(
    "term",
    [b"ISO_IR 100", b"ISO-IR 100", b"iso ir 100", b"ISO_IR_100 ", b"ISO IR100", b"ISO 2022 IR 100"],
)
def test_misspelt_terms_are_understood(term: bytes) -> None:
    assert codecs_of(term) == ("latin_1",)


@pytest.mark.parametrize(
    "term", [b"", b"\\", b"nonsense", b"rot13", b"ISO_IR 999", b"\xff\x00", b"x" * 9999]
)
def test_a_term_that_is_none_is_the_default(term: bytes) -> None:
    assert codecs_of(term)[0] == DEFAULT[0]


def test_a_delimiter_leads_back_to_the_first_set() -> None:
    codecs_declared = codecs_of(b"ISO 2022 IR 100\\ISO 2022 IR 144")
    value = b"\x1b-L\xb8\xd2\xd0\xdd^J\xe9r\xf4me"
    assert decoded(value, codecs_declared, name=True) == "Иван^Jérôme"
    value = b"\x1b-L\xb8\xd2\xd0\xdd\r\nJ\xe9r\xf4me"
    assert decoded(value, codecs_declared, name=False) == "Иван\r\nJérôme"


@pytest.mark.parametrize("declared", [b"", b"ISO_IR 6", b"ISO_IR 100"])
def test_undeclared_utf_8_and_latin_1_are_both_read(declared: bytes) -> None:
    for codec in ("utf_8", "latin_1"):
        assert decoded("Muñoz^José".encode(codec), codecs_of(declared), name=True) == "Muñoz^José"


def test_a_declared_set_that_fails_gives_way_to_utf_8_and_then_to_replacement() -> None:
    assert decoded("Иван".encode(), codecs_of(b"GB18030"), name=False)
    assert decoded(b"ab\xff\xfe", codecs_of(b"ISO_IR 192"), name=False) == "ab\ufffd\ufffd"


def test_values_of_unknown_kind_are_text_only_if_all_of_them_is() -> None:
    assert text_throughout(b"Probe^Paula\x00", DEFAULT) == "Probe^Paula"
    assert text_throughout("Muñoz".encode(), DEFAULT) in {"Muñoz", None}
    assert text_throughout(b"\x01\x02Probe", DEFAULT) is None
    assert text_throughout(b"A\x00", DEFAULT) is None


@given(st.binary(max_size=80), st.binary(max_size=30), st.booleans())
def test_any_bytes_in_any_set_give_a_text(value: bytes, declared: bytes, name: bool) -> None:  # noqa: FBT001
    assert isinstance(decoded(value, codecs_of(declared), name=name), str)
    text_throughout(value, codecs_of(declared))


@pytest.mark.parametrize(
    "declared", [term for term, _, _ in STANDARD] + [term.encode() for term in SINGLE]
)
def test_the_judge_agrees_on_what_it_can_decode(declared: bytes) -> None:
    theirs = convert_encodings(declared.decode().split("\\"))
    samples = [value for term, value, _ in STANDARD if term == declared]
    samples += [
        text.encode(codec) for term, (codec, text) in SINGLE.items() if term.encode() == declared
    ]
    for value in (*samples, b"Probe^Paula", b"a\\b"):
        judged = decode_bytes(value, theirs, PN_DELIMS | TEXT_VR_DELIMS)
        assert decoded(value, codecs_of(declared), name=True) == judged


def test_every_codec_is_one_of_the_standard_library() -> None:
    for term in (*SINGLE, "ISO 2022 IR 58", "ISO 2022 IR 159", "ISO_IR 203"):
        for codec in codecs_of(term.encode()):
            codecs.lookup(codec)
