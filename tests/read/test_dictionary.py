import pytest

from vestige.read.dictionary import is_known, label, private_vr, vr_of


@pytest.mark.parametrize(
    ("tag", "vr"),
    [
        (0x00100010, "PN"),
        (0x00080000, "UL"),
        (0x00290010, "LO"),
        (0x00291008, "UN"),
        (0x00280106, "US"),
        (0x7FE00010, "OW"),
        (0x00100011, "UN"),
        (0x60023000, "OW"),
    ],
)
def test_every_tag_has_a_vr_of_two_letters(tag: int, vr: str) -> None:
    assert vr_of(tag) == vr


def test_a_private_element_has_the_vr_that_its_vendor_gave_it() -> None:
    assert private_vr(0x00291008, "SIEMENS CSA HEADER") == "CS"
    assert private_vr(0x00291008, "nobody") == "UN"
    assert is_known("SIEMENS CSA HEADER")
    assert not is_known("Praxis Dr. Probe")


def test_a_label_has_the_vr_and_the_keyword_of_its_attribute() -> None:
    assert label(0x00100010) == (0x00100010, "PN", "PatientName")
    assert label(0) == label(0x00291008) == (0, "", "")
