"""System files of SPSS: plain, packed by bytes, and packed with zlib too."""

import datetime as dt
import struct
import zlib

import pytest

from tests.read.beside.given import MUTANTS, given, survived

DAY = (dt.date(1950, 2, 3) - dt.date(1582, 10, 14)).days * 86_400.0
CASES = ((b"Quintero", b"", 4711.0, DAY), (b"Gonz\xc3\xa1le", b"z-Probe", 4712.0, DAY))


def dictionary(packed: int) -> bytes:
    """A text of sixteen bytes, a number and a day, with a label and a long name."""
    head = b"$FL2" + b"@(#) SPSS DATA FILE".ljust(60)
    head += struct.pack("<iiiii", 2, 4, packed, 0, len(CASES)) + struct.pack("<d", 100.0)
    head += b"05 Mar 2410:11:12" + b"Study of nobody".ljust(64) + bytes(3)
    head += struct.pack("<iiiiii", 2, 16, 1, 0, 1 << 16, 1 << 16) + b"V1".ljust(8)
    head += struct.pack("<i", 7) + b"surname\0" + struct.pack("<iiiiii8x", 2, -1, 0, 0, 0, 0)
    for name, form in ((b"V2", 5), (b"DOB", 20)):
        head += struct.pack("<iiiiii", 2, 0, 0, 0, form << 16, form << 16) + name.ljust(8)
    head += struct.pack("<iid", 3, 1, 1.0) + b"\x06female " + struct.pack("<iii", 4, 1, 3)
    names = b"V2=patient_id"
    head += struct.pack("<iiii", 7, 13, 1, len(names)) + names
    head += struct.pack("<iiii", 7, 20, 1, 5) + b"UTF-8"
    return head + struct.pack("<ii", 999, 0)


def words() -> list[bytes]:
    found: list[bytes] = []
    for first, second, number, day in CASES:
        found += (first.ljust(8), second.ljust(8))
        found += (struct.pack("<d", number), struct.pack("<d", day))
    return found


def by_bytes() -> bytes:
    """One byte for each word: blanks, or what follows."""
    data = b""
    every = words()
    for at in range(0, len(every), 8):
        some = every[at : at + 8]
        data += bytes(254 if one == b" " * 8 else 253 for one in some).ljust(8, b"\xfc")
        data += b"".join(one for one in some if one != b" " * 8)
    return data + b"\xfc" * 8


def spss(packed: int) -> bytes:
    head = dictionary(packed)
    if packed < 2:
        return head + (by_bytes() if packed else b"".join(words()))
    raw = by_bytes()
    block = zlib.compress(raw)
    start = len(head) + 24
    table = struct.pack("<qqii", -100, 0, 0x3FF000, 1)
    table += struct.pack("<qqii", len(head), start, len(raw), len(block))
    place = start + len(block)
    return head + struct.pack("<qqq", len(head), place, len(table)) + block + table


@pytest.mark.parametrize("packed", [0, 1, 2])
def test_columns_by_their_names_and_labels(packed: int) -> None:
    found = given(spss(packed), "SPSS")
    assert found.losses == []
    assert found.texts["SPSS column 1 > PersonName"] == ["Quintero", "González-Probe"]
    assert found.texts["SPSS column 2 > PatientID"] == ["4711", "4712"]
    assert found.texts["SPSS column 3 > PatientBirthDate"] == ["19500203"]
    assert {"Study of nobody", "female"} <= set(found.texts["SPSS"])


@pytest.mark.parametrize("packed", [0, 1, 2])
def test_bytes_that_lie_are_read_within_bounds(packed: int) -> None:
    assert survived(spss(packed)) == MUTANTS
