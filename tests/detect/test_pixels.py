import csv
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.detect.objects import CATALOG
from vestige import shipped
from vestige.catalog import ObjectMatch, policy
from vestige.detect import pixels
from vestige.detect.claims import Stated
from vestige.detect.objects import ObjectRules
from vestige.detect.pixels import CHECKS
from vestige.model import Band
from vestige.sensitive import Sensitive
from vestige.statement import Statement, Tag

CT = "1.2.840.10008.5.1.4.1.1.2"
MR = "1.2.840.10008.5.1.4.1.1.4"
PT = "1.2.840.10008.5.1.4.1.1.128"
US = "1.2.840.10008.5.1.4.1.1.6.1"
DX = "1.2.840.10008.5.1.4.1.1.1.1"
SC = "1.2.840.10008.5.1.4.1.1.7"
SLIDE = "1.2.840.10008.5.1.4.1.1.77.1.6"
PIXELS = 0x7FE00010
POSITION = 0x00200032
DRAWN = (
    "video",
    "screen-capture",
    "drawn-by-routine",
    "captured",
    "drawn-at-times",
    "coloured",
    "screen-sized",
)
"""Of these an image has the strongest only."""


def stated(values: Mapping[Tag, str], *holds: int, codes: str = "", inside: int = 0) -> Stated:
    statement = Statement(
        values={tag: Sensitive(text) for tag, text in values.items() if text},
        codes=frozenset(codes.split()),
        holds=frozenset({*values, *holds}),
        pictures=frozenset({inside} - {0}),
    )
    return Stated(statement, (), CATALOG.tables)


def found(about: Stated) -> dict[str, str]:
    return {name: place for name, check in CHECKS.items() if (place := check(about))}


def rows() -> list[dict[str, str]]:
    lines = (shipped.rules() / "tables" / "pixel_risks.csv").read_text("utf-8").splitlines()
    return list(csv.DictReader(lines[1:]))


KINDS = [
    (sop_class, row["severity"])
    for row in rows()
    if row["kind"] == "sop-class" and row["risk"] in {"burned_in_text", "burned_in_text biometric"}
    for sop_class in row["sop_classes"].split()
    if row["severity"] != "critical"
]


@pytest.mark.parametrize(("sop_class", "severity"), KINDS)
def test_an_image_of_a_kind_that_carries_text_is_as_grave_as_the_table_says(
    sop_class: str, severity: str
) -> None:
    (name,) = found(stated({Tag.SOP_CLASS_UID: sop_class}, PIXELS))
    assert CATALOG_RULES[name] == Band.of(severity)
    assert found(stated({Tag.SOP_CLASS_UID: sop_class})) == {}, "without pixels nothing is drawn"


CATALOG_RULES = {
    rule.id.removeprefix("pixels/"): rule.severity
    for rule in CATALOG.rules
    if rule.id.startswith("pixels/")
}


def test_every_check_has_its_rule() -> None:
    of_objects = {
        rule.match.check
        for rule in CATALOG.rules
        if isinstance(rule.match, ObjectMatch) and rule.id.startswith("pixels/")
    }
    assert of_objects == CHECKS.keys()


@pytest.mark.parametrize("modality", ["US", "ES", "OT"])
def test_an_object_without_a_class_is_known_by_its_modality(modality: str) -> None:
    about = stated({Tag.MODALITY: modality}, PIXELS)
    assert found(about) == {"drawn-by-routine": "(0008,0060)"}


DESCRIPTIONS = (
    "",
    "LOW DOSE LUNG SCREENING",
    "Lung Screen 1.0 B60f",
    "t1_mprage_sag_p2_iso 3D",
    "AX T2 FLAIR",
    "dti_tra_dir16_PA_rot_SaveBySlc",
    "PET WB_0",
    "Capturing heart rate",
    "REPORTED PAIN SITE",
    "Filmentary 5.0",
)


@given(
    kind=st.sampled_from([("CT", CT), ("MR", MR), ("PT", PT), ("CT", ""), ("MR", "")]),
    description=st.sampled_from(DESCRIPTIONS),
    words=st.sampled_from(
        ["ORIGINAL\\PRIMARY\\AXIAL", "DERIVED\\SECONDARY\\REFORMATTED", "ORIGINAL\\PRIMARY\\M\\ND"]
    ),
    size=st.sampled_from([("512", "512"), ("768", "1024"), ("480", "640")]),
    device=st.sampled_from(["", "Probe Scanner"]),
    answer=st.sampled_from(["", "NO"]),
    codes=st.sampled_from(["", "113100", "113100 113101"]),
)
def test_nothing_is_said_of_an_ordinary_slice(
    kind: tuple[str, str], description: str, words: str, size: tuple[str, str], **rest: str
) -> None:
    values = {
        Tag.MODALITY: kind[0],
        Tag.SOP_CLASS_UID: kind[1],
        Tag.SERIES_DESCRIPTION: description,
        Tag.IMAGE_TYPE: words,
        Tag.ROWS: size[0],
        Tag.COLUMNS: size[1],
        Tag.PHOTOMETRIC_INTERPRETATION: "MONOCHROME2",
        Tag.SECONDARY_CAPTURE_DEVICE_MANUFACTURER: rest["device"],
        Tag.BURNED_IN_ANNOTATION: rest["answer"],
    }
    assert found(stated(values, PIXELS, POSITION, codes=rest["codes"])) == {}


@pytest.mark.parametrize(
    "description",
    [
        "Screen Save",
        "SCREEN_SHOT 1",
        "scrn cap",
        "Dose Report",
        "DOSE_INFO",
        "Dosisbericht",
        "Patient Protocol",
        "Patientenprotokoll",
        "rapport de dose",
        "Informe de la dosis",
        "Saved Images",
        "Secondary Capture",
        "printout",
    ],
)
def test_a_description_of_a_page_counts_even_among_slices(description: str) -> None:
    values = {Tag.MODALITY: "CT", Tag.SERIES_DESCRIPTION: description}
    assert found(stated(values, PIXELS, POSITION)) == {"screen-capture": "(0008,103E)"}


@pytest.mark.parametrize("description", ["Exam Summary", "results", "PRINTED", "Befund"])
def test_a_word_that_pages_and_series_share_counts_of_pictures_alone(description: str) -> None:
    values = {Tag.MODALITY: "CT", Tag.SERIES_DESCRIPTION: description}
    assert "screen-capture" in found(stated(values, PIXELS))
    assert found(stated(values, PIXELS, POSITION)) == {}
    capture = {**values, Tag.SOP_CLASS_UID: SC}
    assert "screen-capture" in found(stated(capture, PIXELS, POSITION)), "no scanner placed it"


@pytest.mark.parametrize(
    "word", ["SCREEN SAVE", "SCREEN_CAPTURE", "DOSE_INFO", "CT_SOM5 PROT", "VOLREN", "PASTED"]
)
def test_image_types_of_captures_count(word: str) -> None:
    values = {Tag.MODALITY: "CT", Tag.IMAGE_TYPE: f"DERIVED\\SECONDARY\\{word}"}
    assert found(stated(values, PIXELS, POSITION)) == {"screen-capture": "(0008,0008)"}


@given(
    kind=st.sampled_from([("CT", CT), ("US", US), ("DX", DX), ("OT", SC), ("XA", ""), ("", "")]),
    words=st.sampled_from(["", "DERIVED\\SECONDARY", "DERIVED\\PRIMARY\\SCREEN SAVE"]),
    conversion=st.sampled_from(["", "WSD", "DF"]),
    colours=st.sampled_from(["RGB", "MONOCHROME2"]),
    rows=st.sampled_from(["768", "512"]),
    syntax=st.sampled_from(["1.2.840.10008.1.2.1", "1.2.840.10008.1.2.4.102"]),
    answer=st.sampled_from(["", "NO", "YES"]),
    codes=st.sampled_from(["", "113101"]),
)
def test_of_one_image_one_sign_is_told(kind: tuple[str, str], **rest: str) -> None:
    values = {
        Tag.MODALITY: kind[0],
        Tag.SOP_CLASS_UID: kind[1],
        Tag.IMAGE_TYPE: rest["words"],
        Tag.CONVERSION_TYPE: rest["conversion"],
        Tag.PHOTOMETRIC_INTERPRETATION: rest["colours"],
        Tag.ROWS: rest["rows"],
        Tag.COLUMNS: "1024",
        Tag.TRANSFER_SYNTAX_UID: rest["syntax"],
        Tag.BURNED_IN_ANNOTATION: rest["answer"],
    }
    said = found(stated(values, PIXELS, codes=rest["codes"]))
    assert len(said) <= 1
    if rest["answer"] == "YES" or rest["codes"]:
        assert said == {}, "what the object says of itself is judged by the rules of claims"
    if rest["answer"] == "NO":
        assert said.keys() <= {"capture-denied", "drawing-denied"}
    elif said:
        assert said.keys() <= set(DRAWN)


def test_a_denial_is_told_once() -> None:
    rules = ObjectRules(CATALOG, policy("gdpr"))
    for kind, sop_class, rule in (
        ("US", US, "claims/burned-in-denied-unseen"),
        ("MR", SC, "pixels/capture-denied"),
        ("DX", DX, "pixels/drawing-denied"),
    ):
        values = {
            Tag.MODALITY: kind,
            Tag.SOP_CLASS_UID: sop_class,
            Tag.BURNED_IN_ANNOTATION: "NO",
        }
        about = stated(values, PIXELS).statement
        places = [hit.claim.rule for hit in rules.hits(about, ()) if hit.pointer == "(0028,0301)"]
        assert places == [rule]


@pytest.mark.parametrize(
    ("answer", "codes"),
    [("", ""), ("NO", ""), ("YES", ""), ("", "113101")],
)
def test_a_label_of_a_slide_is_told_whatever_is_said_of_it(answer: str, codes: str) -> None:
    values = {
        Tag.SOP_CLASS_UID: SLIDE,
        Tag.IMAGE_TYPE: "ORIGINAL\\PRIMARY\\LABEL\\NONE",
        Tag.BURNED_IN_ANNOTATION: answer,
    }
    assert "slide-label" in found(stated(values, PIXELS, codes=codes))

    assert "slide-label" in found(stated(values, PIXELS, codes=codes))


def test_a_label_that_was_cleaned_and_is_said_to_be_clean_is_not_told() -> None:
    values = {
        Tag.SOP_CLASS_UID: SLIDE,
        Tag.IMAGE_TYPE: "ORIGINAL\\PRIMARY\\LABEL\\NONE",
        Tag.BURNED_IN_ANNOTATION: "NO",
    }
    assert found(stated(values, PIXELS, codes="113101")) == {}


@pytest.mark.parametrize("position", ["", "0", "12"])
def test_an_overlay_in_the_pixels_is_told_where_its_group_has_no_data(position: str) -> None:
    values = {Tag.MODALITY: "MR", Tag.OVERLAY_BIT_POSITION: position}
    inside = {"overlay-in-pixels": "(6000,0102)"} if position == "12" else {}
    assert found(stated(values, PIXELS, POSITION)) == inside
    assert found(stated(values, PIXELS, POSITION, 0x60003000)) == {}


def test_a_picture_within_a_sequence_is_told_by_its_sequence() -> None:
    about = stated({Tag.MODALITY: "MR"}, PIXELS, POSITION, inside=0x00091010)
    assert found(about) == {"picture-inside": "(0009,1010)"}


@pytest.mark.parametrize("number", range(96, 110))
def test_videos_are_known_by_their_transfer_syntax(number: int) -> None:
    values = {Tag.TRANSFER_SYNTAX_UID: f"1.2.840.10008.1.2.4.{number}", Tag.MODALITY: "MR"}
    assert bool(pixels.video(stated(values, PIXELS))) is (100 <= number <= 108)
