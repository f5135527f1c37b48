"""What counts as found, what as a false alarm, and how sure a share is."""

import pytest

from benchmarks.matching import Seen, by_case, figures, matched, wilson
from benchmarks.places import PIXELS
from benchmarks.planter import Plant
from vestige.model import Band

NAME = "(0010,0010)"
DIRTY, CLEAN = "dirty/00000/1.dcm", "clean/00000/1.dcm"


def plant(pointer: str = NAME, *, file: str = DIRTY, category: str = "direct") -> Plant:
    planted, claimed = file == DIRTY, False
    return Plant(file, pointer, "a-case", category, planted, claimed, "fi", "0" * 16)


def seen(pointer: str = NAME, band: Band = Band.HIGH, file: str = DIRTY, rule: str = "") -> Seen:
    return Seen(file, pointer, rule or "elements/direct-identifier", band)


@pytest.mark.parametrize("pointer", [NAME, f"{NAME}/text", f"{NAME}[*]/(0008,0100)"])
def test_a_finding_of_the_element_or_of_what_is_in_it_finds_the_plant(pointer: str) -> None:
    assert matched([plant()], [seen(pointer)]).misses == ()


@pytest.mark.parametrize(
    "one",
    [
        seen("(0010,0020)"),
        seen(band=Band.LOW),
        seen(file="dirty/00001/1.dcm"),
        seen(f"(0040,0275)[*]/{NAME}"),
    ],
)
def test_other_elements_files_and_milder_bands_do_not(one: Seen) -> None:
    (miss,) = matched([plant()], [one]).misses
    assert miss.plant == plant()


def test_a_document_is_not_found_by_being_there() -> None:
    key = [plant("(0042,0011)", category="encapsulated")]
    assert len(matched(key, [seen("(0042,0011)")]).misses) == 1
    assert matched(key, [seen("(0042,0011)", rule="names/person-name")]).misses == ()


def test_any_finding_about_pixels_will_do_for_pixels() -> None:
    key = [plant(PIXELS, category="pixels")]
    assert matched(key, [seen("(0028,0301)")]).misses == ()
    assert matched(key, [seen("series", rule="pixels/burned-in-risk")]).misses == ()
    assert len(matched(key, [seen(NAME)]).misses) == 1


def test_everything_grave_in_a_clean_object_is_an_alarm() -> None:
    beside = seen("(0008,0080)", file=CLEAN)
    found = matched([plant(file=CLEAN)], [seen(file=CLEAN), beside, seen("x", Band.LOW, CLEAN)])
    assert [(alarm.seen.pointer, alarm.case) for alarm in found.alarms] == [
        (NAME, "a-case"),
        ("(0008,0080)", ""),
    ]


def test_a_sequence_that_must_go_whatever_it_holds_is_none() -> None:
    inside = plant(f"(0400,0561)[*]/{NAME}", file=CLEAN)
    assert matched([inside], [seen("(0400,0561)", file=CLEAN)]).alarms == ()


def test_figures_are_by_category_and_by_what_objects_claim() -> None:
    key = [plant(), plant("(0010,0020)"), plant(file=CLEAN)]
    found = matched(key, [seen(), seen(file=CLEAN)])
    (figure,) = figures(found)
    # Two plants of one case in one object are one to the eye of this test: one missed, both are.
    assert (figure.plants, figure.controls, figure.alarmed) == (2, 1, 1)
    assert figures(found, claimed=True) == ()
    assert by_case(found.misses) == (("a-case", 1, "nothing 1"),)


def test_intervals_are_wilson_s() -> None:
    low, high = wilson(30, 30)
    assert (round(low, 3), high) == (0.886, 1.0)
    assert [round(one, 3) for one in wilson(190, 200)] == [0.91, 0.973]
    assert wilson(0, 0) == (0.0, 1.0)
