import base64
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vestige.read import codings


def nothing(_data: bytes) -> bool:
    return False


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (b"<t>Quintero</t></r><r><t>Ana</t>", "Quintero Ana"),
        (b"<t>Quin</t></r><r><t>tero Ana</t>", "Quintero Ana"),
        (b"M%C3%BCller%20J", "Müller J"),
        (b"M=C3=BCller", "Müller"),
        (b"Quin=\r\ntero", "Quintero"),
        (b"M&uuml;ller M&#252;ller", "Müller Müller"),
        (json.dumps("Müller").encode(), '"Müller"'),
        (rb"M\xc3\xbcller M\303\274ller", "Müller Müller"),
        (json.dumps("\U00020000").encode(), '"\U00020000"'),
    ],
)
def test_escapes_and_tags_are_read(written: bytes, read: str) -> None:
    texts = [one.data.decode("utf-8", "replace") for one in codings.respelled(written)]
    assert any(read in text for text in texts)


def test_a_plain_text_has_no_other_spelling() -> None:
    assert list(codings.respelled(b"nothing is escaped here, a < b and 100% of it")) == []


@pytest.mark.parametrize(
    ("coding", "written"),
    [
        ("base64", b"token=" + base64.b64encode(b"Quintero, Ana") + b";"),
        ("base64", base64.encodebytes(b"a line of no use\n" * 9 + b"Quintero, Ana")),
        ("base64", b"/a/b/" + base64.b64encode(b"Quintero, Ana1")),
        ("base64", base64.b64encode("Quintero, Ana".encode("utf-16-le"))),
        ("hexadecimal", b"id " + b"Quintero, Ana".hex().encode()),
        ("hexadecimal", b"id " + b"Quintero, Ana".hex(" ").encode()),
    ],
)
def test_what_codes_stand_for_is_read(coding: str, written: bytes) -> None:
    found = {one.coding: one.data for one in codings.decoded(written, nothing)}
    assert b"Quintero, Ana" in found[coding]


def test_words_and_digests_are_no_codes() -> None:
    text = b"internationalization of 0f343b0931126a20f133d67c2b018a3b HelloWorldAgain"
    assert list(codings.decoded(text, nothing)) == []


def test_a_container_comes_by_itself() -> None:
    plain = b"\x1f\x8b\x08" + bytes(range(60))
    found = list(codings.decoded(base64.b64encode(plain), lambda d: d.startswith(b"\x1f\x8b")))
    assert found == [codings.Decoded("base64", plain)]


def test_long_codes_are_cut_out_and_words_stay() -> None:
    words = b"all these words are kept as they are " * 40
    assert codings.without_codes(words) == words
    assert codings.without_codes(b"a " + b"QUJD" * 200 + b" b") == b"a \n b"


def test_texts_are_told_from_bytes() -> None:
    assert codings.is_text("Grüße\n".encode())
    assert codings.is_text("Grüße\n".encode("cp1252"))
    assert codings.is_text(b"blob 12\0case of somebody\n")
    assert not codings.is_text(bytes(range(256)))
    assert not codings.is_text(b"")


@given(st.binary(max_size=300))
def test_any_bytes_may_be_written_in_any_coding(data: bytes) -> None:
    for one in (*codings.respelled(data), *codings.decoded(data, nothing)):
        assert one.coding
