"""Names, dates, texts and UIDs in every place that a DICOM file has, whatever tables list."""

from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from pydicom.data import get_testdata_file

from tests.detect.objects import VENDOR_UID, judge
from tests.read.build import (
    UNDEFINED,
    explicit,
    header_of,
    implicit,
    item,
    part_10,
    private,
    sequence,
)
from vestige.detect.unlisted import asks_for_digits, holds_date, is_instance
from vestige.model import Band, Declaration
from vestige.read.dicom import observations, vr_of

NAME, NOTE, DATE = b"PROBE^PAULA ", b"seen by Paula Schneider ", b"19610203"
MOMENT = b"19610203101500"
UID = VENDOR_UID.encode()
NOBODY, NOTHING, NEVER = b"ANONYMOUS ", b"T1 axial head ", b"19000101"
NEVER_AT = b"19000101000000"
NEW_UID = b"2.25.329800735698586629295641978511506172918"
MAKER = b"QZ MAKER"


class Whole(NamedTuple):
    """What is planted: the same places with values of a person, or with those of nobody."""

    name: bytes
    note: bytes
    date: bytes
    moment: bytes
    uid: bytes
    folder: bytes
    station: bytes


PERSON = Whole(NAME, NOTE, DATE, MOMENT, UID, b"SCHNEIDER_PAULA\\IM000001", b"QZSTATION")
DUMMY = Whole(NOBODY, NOTHING, NEVER, NEVER_AT, NEW_UID, b"PAT00001\\IM000001", b"ANONYMOUS")


def even(value: bytes) -> bytes:
    return value + b" " * (len(value) % 2)


def planted(whole: Whole) -> bytes:
    """A real image with something in every place beside its own elements."""
    raw = Path(str(get_testdata_file("MR_small.dcm"))).read_bytes()
    header = header_of(raw, vr_of)
    first = header.elements[header.meta].start - 8
    pixels = next(e for e in header.elements if e.tag == 0x7FE00010)
    group = b"".join(
        (
            explicit(0x00020010, "UI", b"1.2.840.10008.1.2.1\0"),
            explicit(0x00020016, "AE", even(whole.station)),
            explicit(0x00020102, "OB", even(whole.note)),
        )
    )
    meta = explicit(0x00020000, "UL", len(group).to_bytes(4, "little")) + group
    body = raw[first : pixels.start - 12] + in_data_set(whole)
    value = raw[pixels.start : pixels.start + 8192] + even(whole.note)
    image = explicit(0x7FE00010, "OW", value)
    behind = explicit(0x7FE10010, "LO", MAKER) + explicit(0x7FE11001, "LO", even(whole.note))
    padding = explicit(0xFFFCFFFC, "OB", bytes(8) + even(whole.note if whole is PERSON else b""))
    preamble = whole.note.ljust(128, b"\0")
    return preamble + b"DICM" + meta + body + image + behind + padding + whole.note


def in_data_set(whole: Whole) -> bytes:
    hidden = item(implicit(0x00100010, even(whole.name)) + implicit(0x00080020, whole.date))
    note, name = even(whole.note), even(whole.name)
    original = sequence(0x04000550, item(explicit(0x00100010, "PN", name)))
    record = explicit(0x00041500, "CS", even(whole.folder)) + explicit(0x00100010, "PN", name)
    nested = explicit(0x00980015, "DT", whole.moment) + explicit(0x00980010, "PN", name)
    texts = zip(range(0x00980020, 0x00980026), ("LO", "LT", "SH", "ST", "UC", "UT"), strict=True)
    return b"".join(
        (
            sequence(0x00041220, item(record)),
            private(
                MAKER,
                explicit(0x00291010, "PN", name),
                explicit(0x00291011, "DA", whole.date),
                explicit(0x00291012, "UI", even(whole.uid)),
                explicit(0x00291013, "UN", whole.date),
                explicit(0x00291014, "UN", hidden),
                explicit(0x00291015, "UN", hidden, length=UNDEFINED)
                + b"\xfe\xff\xdd\xe0"
                + bytes(4),
                sequence(0x00291016, item(sequence(0x00981017, item(nested)))),
                explicit(0x00291018, "OB", bytes(3) + b"\1" + note),
            ),
            sequence(0x00880200, item(explicit(0x00204000, "LT", note))),
            explicit(0x00980010, "PN", name),
            explicit(0x00980011, "DA", whole.date),
            explicit(0x00980012, "DT", whole.moment),
            explicit(0x00980013, "UI", even(whole.uid)),
            *(explicit(tag, vr, note) for tag, vr in texts),
            sequence(0x04000500, item(explicit(0x04000520, "OB", b"\0\1" + note))),
            sequence(0x04000561, item(original)),
            explicit(0x50000022, "LO", note),
            explicit(0x60000022, "LO", note),
            explicit(0x60001500, "LO", note),
            explicit(0x60004000, "LT", note),
        )
    )


PLACES = {
    "preamble": "names/person-name",
    "(0002,0016)": "elements/site",
    "(0002,0102)": "names/person-name",
    "(0004,1220)[*]/(0004,1500)": "names/person-name",
    "(0004,1220)[*]/(0010,0010)": "elements/direct-identifier",
    "(0029,xx10) ** M****": "elements/person-name",
    "(0029,xx11) ** M****": "elements/unlisted-date",
    "(0029,xx12) ** M****": "elements/unremapped-uid",
    "(0029,xx13) ** M****": "elements/unlisted-date",
    "(0029,xx14) ** M****[*]/(0010,0010)": "elements/direct-identifier",
    "(0029,xx15) ** M****[*]/(0008,0020)": "elements/quasi-identifier",
    "(0029,xx16) ** M****[*]/(0098,1017)[*]/(0098,0010)": "elements/person-name",
    "(0029,xx16) ** M****[*]/(0098,1017)[*]/(0098,0015)": "elements/unlisted-date",
    "(0029,xx18) ** M****": "names/person-name",
    "(0088,0200)[*]/(0020,4000)": "names/person-name",
    "(0098,0010)": "elements/person-name",
    "(0098,0011)": "elements/unlisted-date",
    "(0098,0012)": "elements/unlisted-date",
    "(0098,0013)": "elements/unremapped-uid",
    **{f"(0098,00{number})": "names/person-name" for number in range(20, 26)},
    "(0400,0500)[*]/(0400,0520)": "names/person-name",
    "(0400,0561)[*]/(0400,0550)[*]/(0010,0010)": "elements/direct-identifier",
    "(5000,0022)": "names/person-name",
    "(6000,0022)": "names/person-name",
    "(6000,1500)": "names/person-name",
    "(6000,4000)": "names/person-name",
    "pixel slack": "names/person-name",
    "(7FE1,xx01) ** M****": "names/person-name",
    "(FFFC,FFFC)": "names/person-name",
    "trailing": "names/person-name",
}
"""Every place in which something was planted, and the rule that must find it there."""


@cache
def found(whole: Whole) -> dict[str, dict[str, Band]]:
    """The rules that hit in each place, and how severe each is."""
    hits: dict[str, dict[str, Band]] = {}
    for one in observations(header_of(planted(whole), vr_of)):
        for hit in judge("gdpr").judge(one, Declaration()).hits:
            hits.setdefault(one.place.pointer, {})[hit.claim.rule] = hit.claim.severity
    return hits


@pytest.mark.parametrize("place", PLACES)
def test_whatever_names_somebody_is_found_wherever_it_stands(place: str) -> None:
    assert PLACES[place] in found(PERSON).get(place, {}), sorted(found(PERSON))


PRESENCE = {"elements/free-text", "private/unknown", "elements/special-category"}
"""Rules that ask that something is there, whatever it says."""


@pytest.mark.parametrize("place", PLACES)
def test_dummies_and_plain_words_in_the_same_places_are_no_finding(place: str) -> None:
    rules = found(DUMMY).get(place, {})
    grave = {rule for rule, band in rules.items() if band >= Band.MEDIUM}
    assert grave - PRESENCE == set()
    assert PLACES[place] not in rules


@pytest.mark.parametrize(
    ("tag", "vr", "value", "holds"),
    [
        (0x00980011, "DA", "20190317", True),
        (0x00980011, "DA", "2019.03.17", True),
        (0x00980011, "DA", "2019", False),
        (0x00980011, "DT", "201903", False),
        (0x00980011, "DT", "20190317101523.000000+0100", True),
        (0x00980011, "TM", "101523", False),
        (0x00980011, "UN", "20190317", True),
        (0x00980011, "UN", "77190317", False),
        (0x00143076, "DA", "20190317", False),
    ],
)
def test_full_dates_are_known_by_vr_and_form(tag: int, vr: str, value: str, *, holds: bool) -> None:
    assert holds_date(tag, vr, ("", value)) is holds
    assert asks_for_digits(vr, (value,)) is (vr == "UN")


@pytest.mark.parametrize(
    ("tag", "uid", "instance"),
    [
        (0x00291010, VENDOR_UID, True),
        (0x00291010, "1.2.840.113619.2.55.3.2831868886.1", True),
        (0x00291010, "1.3.46.670589.11.17169.5.0.1", True),
        (0x00291010, "1.3.12.2.1107.5.9.1", False),
        (0x00291010, "1.2.840.113619.4.26", False),
        (0x00291010, "1.2.392.200036.9116.7.8.1.1.1", False),
        (0x00080016, VENDOR_UID, False),
    ],
)
def test_uids_of_instances_have_a_serial_behind_their_maker(
    tag: int, uid: str, *, instance: bool
) -> None:
    assert is_instance(tag, uid) is instance


def test_the_planted_file_is_one_that_is_read_to_its_end() -> None:
    header = header_of(planted(PERSON), vr_of)
    assert {flaw.code for flaw in header.flaws} <= {"trailing-bytes"}
    assert part_10(b"") != planted(DUMMY)
