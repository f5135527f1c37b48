"""Pointers: ways through a data set, and the places that findings name."""

import pytest

from vestige.planting.pointer import Step, pointer


def test_ways_through_sequences_and_private_blocks() -> None:
    found = pointer("(0040,0275)[1]/(0029,xx1A) SIEMENS CSA HEADER")
    assert found.steps == (
        Step(0x0040, 0x0275, "", 1),
        Step(0x0029, 0x1A, "SIEMENS CSA HEADER", -1),
    )
    assert found.place == "(0040,0275)[*]/(0029,xx1A) SIEMENS CSA HEADER"


def test_a_creator_may_hold_a_slash_and_a_sequence_may_be_private() -> None:
    found = pointer("(0011,xx30) Applicare/Works 5.0[*]/(0010,0010)")
    assert [step.creator for step in found.steps] == ["Applicare/Works 5.0", ""]
    assert found.place == "(0011,xx30) Applicare/Works 5.0[*]/(0010,0010)"


def test_elements_without_creator_have_none() -> None:
    found = pointer("(0029,1010) no creator")
    assert found.steps == (Step(0x0029, 0x1010, "", -1),)
    assert found.place == "(0029,1010) no creator"


def test_invented_creators_are_masked_in_places_only() -> None:
    found = pointer("(0043,xx07) VESTIGE ROOM 1.0[*]/(0010,0010)")
    assert found.steps[0].creator == "VESTIGE ROOM 1.0"
    assert found.place == "(0043,xx07) V****** R*** #.#[*]/(0010,0010)"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "PatientName",
        "(0010,0010",
        "(0010,001)",
        "(0010,a010)",
        "(0010,0010)[*]",
        "(0010,0010)/(0010,0020)",
        "(0010,xx10) CREATOR",
        "(0029,xx10)",
        "(0029,xx10) no creator",
        "(0029,1010) CREATOR",
        "(0040,0275)[x]/(0010,0010)",
    ],
)
def test_what_is_no_pointer_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        pointer(text)
