import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.read.blobs import PROTOCOL, csa
from vestige.read.csa import MOST_ITEMS, is_csa, of_csa, of_protocol
from vestige.read.fields import Field

NAME, NUMBER, WEIGHT = 0x00100010, 0x00100020, 0x00101030
ELEMENTS = {
    "EchoLinePosition": ["32", "", "7"],
    "PatientName": ["Quintero"],
    "UsedPatientWeight": ["77.000"],
    "PatientOrientation": ["HFS"],
    "MrPhoenixProtocol": [PROTOCOL],
}


@pytest.mark.parametrize("new", [True, False])
def test_elements_and_their_protocol_give_labelled_values(new: bool) -> None:  # noqa: FBT001
    data = csa(ELEMENTS, new=new)
    assert is_csa(data[:64])
    assert list(of_csa(data)) == [
        ("", Field(NAME, "Quintero")),
        ("", Field(WEIGHT, "77.000")),
        ("MrPhoenixProtocol", Field(NUMBER, "4711123")),
        ("MrPhoenixProtocol", Field(NAME, "Quintero")),
    ]


def test_a_header_that_is_cut_gives_what_is_there() -> None:
    data = csa(ELEMENTS)
    found = [len(list(of_csa(data[:end]))) for end in range(len(data))]
    assert found == sorted(found)
    assert max(found) == 4


def test_lengths_that_lie_end_the_reading() -> None:
    head = b"SV10\4\3\2\1" + struct.pack("<II", 1 << 30, 77)
    element = struct.pack("<64si4siii", b"PatientName", 1, b"LO", 0, MOST_ITEMS + 1, 77)
    assert list(of_csa(head + element)) == []
    wrong = element[:-8] + struct.pack("<ii", 1, 77) + struct.pack("<4i", -5, -5, 77, -5)
    assert list(of_csa(head + wrong)) == []


def test_protocols_without_a_block_are_read_too() -> None:
    assert list(of_protocol('<ParamString."PatientID"> { }')) == []
    cut = "### ASCCONV BEGIN ###\ntPatientName = Quintero"
    assert list(of_protocol(cut)) == [Field(NAME, "Quintero")]


@given(st.binary(max_size=400), st.booleans())
def test_any_bytes_are_no_error(data: bytes, new: bool) -> None:  # noqa: FBT001
    head = b"SV10\4\3\2\1" if new else b""
    assert list(of_csa(head + struct.pack("<II", 9, 77) + data)) is not None
    is_csa(data)
