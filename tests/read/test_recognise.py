import random

import pytest

from tests.read.build import explicit, implicit, item, patient, sequence, vr_of
from vestige.read.raw import EXPLICIT_BIG, EXPLICIT_LITTLE, IMPLICIT_LITTLE, Coding
from vestige.read.recognise import bare_coding, begins_with_meta

PAIRS = (
    (0x00080005, "CS", b"ISO_IR 100"),
    (0x00080060, "CS", b"MR"),
    (0x00100010, "PN", b"Probe^Paula"),
)


@pytest.mark.parametrize(
    ("data", "coding"),
    [
        (b"".join(explicit(*pair) for pair in PAIRS), EXPLICIT_LITTLE),
        (b"".join(explicit(*pair, order=">") for pair in PAIRS), EXPLICIT_BIG),
        (b"".join(implicit(tag, value) for tag, _, value in PAIRS), IMPLICIT_LITTLE),
        (
            implicit(0x00080000, bytes(4))
            + b"".join(implicit(tag, value) for tag, _, value in PAIRS),
            IMPLICIT_LITTLE,
        ),
        (explicit(*PAIRS[0]) + explicit(*PAIRS[1]), EXPLICIT_LITTLE),
        (patient() + sequence(0x00101002, item(b"")), EXPLICIT_LITTLE),
    ],
)
def test_bare_data_sets_are_known_in_every_coding(data: bytes, coding: Coding) -> None:
    assert bare_coding(data, len(data), vr_of) is coding


def test_a_bare_data_set_may_go_on_far_beyond_what_is_looked_at() -> None:
    data = patient() + explicit(0x7FE00010, "OW", b"", length=1 << 20)
    assert bare_coding(data, len(data) + (1 << 20), vr_of) is EXPLICIT_LITTLE


@pytest.mark.parametrize(
    "data",
    [
        b"",
        bytes(4096),
        b"\x08\x00\x05\x00",
        explicit(*PAIRS[0]) + bytes(40),
        explicit(*PAIRS[2]) + explicit(*PAIRS[1]) + explicit(*PAIRS[0]),
        explicit(*PAIRS[0], length=4000) + explicit(*PAIRS[1]),
        b"\x08\x00" * 400,
        b"GIF89a" + bytes(range(256)),
        "plain text, and more of it\n".encode("utf_16_le") * 20,
    ],
)
def test_what_is_not_plausible_throughout_is_no_data_set(data: bytes) -> None:
    assert bare_coding(data, len(data), vr_of) is None


def test_chance_never_passes_for_a_data_set() -> None:
    chance = random.Random(11)  # noqa: S311 - chance, not secrecy
    for first in (b"\x08\x00", b"\x00\x08", b"\x02\x00", b"\x08\x00\x05\x00CS"):
        for _ in range(4000):
            data = first + chance.randbytes(200)
            assert bare_coding(data, len(data), vr_of) is None
            assert not begins_with_meta(data, 0, len(data), vr_of)


def test_a_meta_group_is_known_without_preamble() -> None:
    meta = explicit(0x00020000, "UL", bytes(4)) + explicit(
        0x00020010, "UI", b"1.2.840.10008.1.2.1\0"
    )
    data = meta + patient()
    assert begins_with_meta(data, 0, len(data), vr_of)
    assert not begins_with_meta(patient(), 0, len(patient()), vr_of)
