import pytest
from hypothesis import given
from hypothesis import strategies as st

from vestige import catalog
from vestige.correlate.faces import Head, Volume, heads
from vestige.model import Band

TABLES = catalog.load().tables
CT = "1.2.840.10008.5.1.4.1.1.2"
MR = "1.2.840.10008.5.1.4.1.1.4"
PT = "1.2.840.10008.5.1.4.1.1.128"
CBCT = "1.2.840.10008.5.1.4.1.1.13.1.2"
CHEST = {"class": CT, "modality": "CT", "thickness": "1"}
HEAD = {**CHEST, "head": "1", "series": "ab12"}


def at_risk(facts: dict[str, str], files: int = 120) -> tuple[Head, ...]:
    return heads([Volume(7, facts, files)], TABLES)


def test_a_thin_head_volume_is_at_risk() -> None:
    assert at_risk(HEAD) == (Head((7,), 120, Band.HIGH),)
    assert at_risk(CHEST) == ()


@pytest.mark.parametrize(
    ("sop_class", "thickness", "severity"),
    [
        (CT, "3", Band.HIGH),
        (CT, "3.1", None),
        (MR, "2.0", Band.HIGH),
        (MR, "2.5", None),
        (PT, "4.25", Band.MEDIUM),
        (PT, "6", None),
        (CBCT, "0.4", Band.HIGH),
        ("1.2.840.10008.5.1.4.1.1.7", "1", None),
    ],
)
def test_slices_count_up_to_a_distance_of_their_kind(
    sop_class: str, thickness: str, severity: Band | None
) -> None:
    facts = {"class": sop_class, "thickness": thickness, "head": "1"}
    expected = () if severity is None else (Head((7,), 30, severity),)
    assert at_risk(facts, 30) == expected
    assert at_risk(facts, 29) == ()


def test_a_craniofacial_cone_beam_shows_a_head_whatever_it_says() -> None:
    assert at_risk({"class": CBCT, "frames": "400", "thickness": "0.3"}, 1) != ()
    assert at_risk({"class": "1.2.840.10008.5.1.4.1.1.13.1.1", "frames": "400"}, 1) == ()


@pytest.mark.parametrize(
    "answer",
    [{"features": "NO"}, {"features": "YES"}, {"codes": "113100 113102"}],
)
def test_an_answer_leaves_nothing_to_say(answer: dict[str, str]) -> None:
    assert at_risk({**HEAD, **answer}) == ()
    assert at_risk({**HEAD, "codes": "113100 113101"}) != ()


def test_slices_that_overlap_are_as_close_as_they_lie() -> None:
    assert at_risk({**HEAD, "thickness": "5", "spacing": "1"}) != ()
    assert at_risk({**HEAD, "thickness": "5", "spacing": "0"}) == ()


def test_images_in_two_dimensions_have_gaps() -> None:
    facts = {"class": MR, "head": "1", "thickness": "1"}
    assert at_risk({**facts, "acquired": "2D"}) == ()
    assert at_risk({**facts, "acquired": "3D"}) != ()


def test_without_a_distance_it_takes_more_slices() -> None:
    facts = {"modality": "CT", "head": "1"}
    assert at_risk(facts, 99) == ()
    assert at_risk(facts, 100) != ()


def test_frames_are_slices() -> None:
    assert at_risk({**HEAD, "frames": "64"}, 1) == (Head((7,), 64, Band.HIGH),)
    assert at_risk({**HEAD, "frames": "0"}, 1) == ()


@given(st.lists(st.integers(1, 40), min_size=1, max_size=5), st.booleans())
def test_rows_of_one_series_are_one_volume(files: list[int], one: bool) -> None:  # noqa: FBT001
    volumes = [
        Volume(number, {**HEAD, "series": "ab12" if one else f"ab{number}"}, count)
        for number, count in enumerate(files, 1)
    ]
    found = heads(volumes, TABLES)
    if one:
        whole = Head(tuple(range(1, len(files) + 1)), sum(files), Band.HIGH)
        assert found == ((whole,) if sum(files) >= 30 else ())
    else:
        assert {head.series for head in found} == {
            (number,) for number, count in enumerate(files, 1) if count >= 30
        }
