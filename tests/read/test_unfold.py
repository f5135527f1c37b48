import base64
import gzip
import json
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.read.blobs import PROTOCOL, csa, ge_block, pdf
from vestige.digits import form_of
from vestige.read import unfold
from vestige.read.fields import DEEPEST, LOSSES
from vestige.read.unfold import ROOM, Part, Unfolded, is_written, kind_of, unfolded

NAME, NUMBER, BIRTH = 0x00100010, 0x00100020, 0x00100030
RECORD = b'{"patientName": "Quintero", "birthDate": "1956-03-04"}'
XML = b"<a><PatientName>Quintero</PatientName></a>"


def opened(value: bytes) -> Unfolded:
    found = unfolded(value)
    assert found is not None
    return found


def labelled(value: bytes) -> set[tuple[str, int, str]]:
    return {(" > ".join(p.steps), p.tag, p.text) for p in opened(value).parts if p.tag}


@pytest.mark.parametrize(
    ("value", "kind", "place"),
    [
        (ge_block('PATNAME "Quintero"'), "gzip", "gzip"),
        (zlib.compress(b"PatientName = Quintero"), "gzip", "gzip"),
        (csa({"PatientName": ["Quintero"]}), "CSA", "CSA"),
        (csa({"x": ["1"], "MrPhoenixProtocol": [PROTOCOL]}), "CSA", "CSA > MrPhoenixProtocol"),
        (PROTOCOL.encode(), "XProtocol", "XProtocol"),
        (XML, "XML", "XML"),
        (XML.decode().encode("utf_16"), "XML", "XML"),
        (b"\xef\xbb\xbf \r\n" + XML, "XML", "XML"),
        (RECORD, "JSON", "JSON"),
        (gzip.compress(XML, mtime=0), "gzip", "gzip > XML"),
        (base64.b64encode(RECORD), "base64", "base64 > JSON"),
        (base64.b64encode(gzip.compress(RECORD, mtime=0)), "base64", "base64 > gzip > JSON"),
        (
            json.dumps({"blob": base64.b64encode(XML).decode()}).encode(),
            "JSON",
            "JSON > base64 > XML",
        ),
    ],
)
def test_each_kind_shows_in_its_first_bytes_and_opens(value: bytes, kind: str, place: str) -> None:
    assert kind_of(value) == kind
    assert (place, NAME, "Quintero") in labelled(value)


def test_what_comes_out_is_told_as_text_and_what_was_packed_is_not_searched() -> None:
    found = opened(gzip.compress(b"Paula Probe\nseen today") + b"Muster Max behind it")
    assert Part(("gzip",), 0, "Paula Probe\nseen today") in found.parts
    assert Part(("gzip",), 0, "Muster Max behind it") in found.parts
    assert found.rest == b""
    assert opened(XML).rest == XML


def test_text_behind_escapes_is_told_again() -> None:
    xml, notation = opened(b"<a>M&#252;ller</a>"), opened(rb'{"a": "M\u00fcller"}')
    assert Part(("XML",), 0, "Müller") in xml.parts
    assert Part(("JSON",), 0, "Müller") in notation.parts


def test_documents_open_within_others() -> None:
    found = opened(base64.b64encode(pdf("Paula Probe", entries={"Author": "Muster Max"})))
    texts = {(p.steps, p.text.strip()) for p in found.parts}
    assert (("base64", "PDF"), "Paula Probe") in texts


@pytest.mark.parametrize(
    "value",
    [
        b"",
        b"AX T1",
        b"TechnicalFactorSettings1",
        bytes(64),
        b"x\x9cno stream at all",
        b"{(no json)",
    ],
)
def test_what_is_no_container_is_left_alone(value: bytes) -> None:
    assert unfolded(value) is None


def test_containers_within_containers_end_at_a_depth() -> None:
    value = RECORD
    for _ in range(DEEPEST + 1):
        value = gzip.compress(value)
    assert [loss.code for loss in opened(value).losses] == ["budget"]
    assert not labelled(value)


def test_bombs_are_cut_and_told() -> None:
    bomb = gzip.compress(b"Paula Probe " * (ROOM // 4))
    found = opened(bomb)
    assert [loss.code for loss in found.losses] == ["budget"]
    assert sum(len(part.text) for part in found.parts) <= ROOM
    many = opened(json.dumps({f"patientName{i}": {"mrn": f"{i}"} for i in range(2000)}).encode())
    assert [loss.code for loss in many.losses] == ["budget"]


def test_many_documents_are_not_all_read() -> None:
    one = base64.b64encode(pdf("Probe")).decode()
    value = json.dumps([one] * (unfold.MOST_DOCUMENTS + 1)).encode()
    assert [loss.code for loss in opened(value).losses] == ["budget"]


STARTS = (
    b"\x1f\x8b\x08",
    b"x\x9c",
    b"SV10\4\3\2\1\2\0\0\0M\0\0\0",
    b"<",
    b"{",
    b"[",
    b"%PDF-",
    b"",
)
BYTES = st.tuples(st.sampled_from(STARTS), st.binary(max_size=200)).map(b"".join)


@given(BYTES)
@settings(deadline=None)
def test_any_bytes_give_texts_or_losses_and_no_error(data: bytes) -> None:
    for value in (data, gzip.compress(data), base64.b64encode(data)):
        found = unfolded(value)
        if found is not None:
            assert {loss.code for loss in found.losses} <= set(LOSSES)
            assert sum(len(part.text) for part in found.parts) <= unfold.LEAST_ROOM


@given(st.one_of(BYTES, st.binary(max_size=60).map(base64.b64encode)))
def test_digits_do_not_change_what_a_text_is(value: bytes) -> None:
    assert is_written(value) == is_written(form_of(value))
