"""The planting: what is said to be in a file is in it, and twins differ in nothing else."""

import hashlib
import warnings
from collections.abc import Iterator
from pathlib import Path

import pydicom
import pytest
from pydicom.data import get_testdata_file
from pydicom.dataset import Dataset

from benchmarks import encodings, identities
from benchmarks.bases import clean_bases, made, written
from benchmarks.cases import cases
from benchmarks.dummies import samples
from benchmarks.planter import Plant, Setting, plant
from vestige.planting.people import people

FEW = Setting(3, ("fi", "de"), 24)


@pytest.fixture(scope="module")
def bases() -> Iterator[tuple[Dataset, ...]]:
    folder = Path(str(get_testdata_file("CT_small.dcm"))).parent
    before = pydicom.config.settings.writing_validation_mode
    pydicom.config.settings.writing_validation_mode = pydicom.config.IGNORE
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield tuple(clean_bases(folder))[:6]
    pydicom.config.settings.writing_validation_mode = before


@pytest.fixture
def key(tmp_path: Path, bases: tuple[Dataset, ...]) -> tuple[Plant, ...]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return plant(tmp_path, bases, FEW)


def test_bases_hold_neither_names_nor_dates_nor_private_elements(
    bases: tuple[Dataset, ...],
) -> None:
    assert bases
    for base in bases:
        for element in base.iterall():
            assert not element.tag.is_private
            assert element.VR not in {"PN", "DA", "DT", "TM", "LT", "ST", "UT"}


def test_every_plant_has_a_file_a_place_and_a_digest_and_no_value(
    tmp_path: Path, key: tuple[Plant, ...]
) -> None:
    assert {one.planted for one in key} == {True, False}
    for one in key:
        assert (tmp_path / one.file).is_file()
        assert one.pointer
        assert len(one.digest) == 16


def test_the_same_seed_plants_the_same_bytes(
    tmp_path: Path, key: tuple[Plant, ...], bases: tuple[Dataset, ...]
) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        again = plant(tmp_path / "again", bases, FEW)
    assert again == key
    for one in key:
        assert (tmp_path / one.file).read_bytes() == (tmp_path / "again" / one.file).read_bytes()


def test_what_stands_in_a_standard_element_is_what_the_key_says(
    tmp_path: Path, key: tuple[Plant, ...]
) -> None:
    plain = [one for one in key if one.case == "patient-name"]
    assert plain
    for one in plain:
        value = str(pydicom.dcmread(tmp_path / one.file).PatientName)
        assert hashlib.sha256(value.encode()).hexdigest()[:16] == one.digest


def test_no_two_cases_of_an_object_are_about_one_place(key: tuple[Plant, ...]) -> None:
    places = [(one.file, one.pointer) for one in key if one.category not in {"outside", "pixels"}]
    planted = [place for place in places if not place[0].startswith("dummies/")]
    assert len(planted) == len(set(planted))


def test_cases_have_names_of_their_own_and_bases_are_needed(tmp_path: Path) -> None:
    ids = [case.id for case in cases()]
    assert len(ids) == len(set(ids))
    with pytest.raises(ValueError, match="no clean object"):
        plant(tmp_path, (), FEW)


def test_every_dummy_that_clears_a_value_has_a_sample() -> None:
    found = list(samples())
    assert len({one.id for one in found}) > 60
    assert all(one.value and one.places for one in found if one.id not in {"D029", "D030"})


def test_people_are_the_same_whoever_asks_and_others_for_another_seed() -> None:
    known = people()
    one = identities.identity(known, 1, "fi", 5)
    assert identities.identity(known, 1, "fi", 5) == one
    assert identities.identity(known, 2, "fi", 5) != one
    assert not set(identities.DEVELOPMENT) & set(identities.HELD_OUT)


def test_packed_documents_hold_the_text_and_do_not_show_it() -> None:
    assert b"Quintero" in encodings.pdf("Quintero")
    assert b"Quintero" not in encodings.pdf_packed("Quintero")
    assert b"Quintero" not in encodings.zipped("Quintero")
    assert b"Quintero" in encodings.cda("Quintero")


def test_what_stands_around_a_data_set_is_written(bases: tuple[Dataset, ...]) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        of = made(bases[0], claimed=True, key="x")
        of.preamble, of.tail = b"before".ljust(128, b"\0"), b"behind"
        raw = written(of)
    assert raw.startswith(b"before")
    assert raw.endswith(b"behind")
    assert of.header.PatientIdentityRemoved == "YES"
