import subprocess
import sys

import pytest
from pydicom import _dicom_dict, datadict
from pydicom._private_dict import private_dictionaries

from vestige.read.dictionary import is_known, is_sop_class, label, private_vr, vr_of


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


def test_standard_tags_are_looked_up_as_pydicom_does() -> None:
    repeating = {
        int(digits.replace("x", other), 16)
        for digits in _dicom_dict.RepeatersDictionary
        for other in "0248ae"
    }
    for tag in {*_dicom_dict.DicomDictionary, *repeating, 0x00100011, 0x60003001}:
        known = datadict.dictionary_has_tag(tag) or datadict.repeater_has_tag(tag)
        own = tag & 0xFFFF and tag
        assert label(tag)[0] == (tag if known and tag else 0)
        if own:
            vr = datadict.dictionary_VR(tag) if known else "UN"
            choice = {"US or SS": "US"}.get(vr, "OW")
            assert vr_of(tag) == (vr if len(vr) == 2 else choice)


def test_private_tags_are_looked_up_as_pydicom_does() -> None:
    for creator, entries in private_dictionaries.items():
        for digits in entries:
            tag = int(digits.replace("xx", "10"), 16)
            try:
                vr = datadict.private_dictionary_VR(tag, creator)
            except KeyError:
                vr = "UN"
            choice = {"US or SS": "US"}.get(vr, "OW")
            assert private_vr(tag, creator) == (vr if len(vr) == 2 else choice)


def test_the_package_around_the_dictionaries_is_not_imported() -> None:
    code = "import sys, vestige.run.scan; print('pydicom' in sys.modules, 'numpy' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["False", "False"]


def test_classes_of_objects_are_those_of_the_standard() -> None:
    assert is_sop_class("1.2.840.10008.5.1.4.1.1.2")
    assert is_sop_class("1.2.840.10008.1.3.10")
    assert not is_sop_class("1.2.840.10008.1.2.1"), "a transfer syntax"
    assert not is_sop_class("1.3.12.2.1107.5.9.1"), "a maker's own"
    assert not is_sop_class("")
