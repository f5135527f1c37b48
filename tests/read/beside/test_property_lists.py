"""Binary property lists, as the standard library writes them."""

import plistlib
from datetime import datetime

from tests.read.beside.given import MUTANTS, given, survived

PLIST = plistlib.dumps(
    {
        "patientName": "Quintero^Maria",
        "recent": ["/Volumes/data/Vexley_Owen/IM1", {"mrn": 4711233, "on": True}],
        "seen": datetime(2019, 3, 2),  # noqa: DTZ001 - as property lists hold them
        "icon": b"\x89PNG\r\n\x1a\n" + bytes(16),
    },
    fmt=plistlib.FMT_BINARY,
)


def test_values_are_told_by_their_keys() -> None:
    found = given(PLIST, "property list")
    assert found.texts["PatientName"] == ["Quintero^Maria"]
    assert found.texts["PatientID"] == ["4711233"]
    assert "Vexley_Owen" in found.texts["path in a text"]
    assert "2019-03-02" in found.texts["value"]
    assert [content[:4] for _, content in found.inner] == [b"\x89PNG"]


def test_what_is_cut_off_is_damaged() -> None:
    assert given(PLIST[:60], "property list").losses == ["damaged"]


def test_lists_that_hold_each_other_are_bounded() -> None:
    value: list[object] = ["Quintero"]
    for _ in range(24):
        value = [value, value]
    assert (
        "text-budget"
        in given(plistlib.dumps(value, fmt=plistlib.FMT_BINARY), "property list").losses
    )


def test_bytes_that_lie_are_read_within_bounds() -> None:
    assert survived(PLIST) == MUTANTS
