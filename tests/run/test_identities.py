"""Identities on real volumes: of many entries their folders, of many folders one digest."""

import shutil
from pathlib import Path

import pytest

from tests.accepted import NAME, Site, baseline_of, found, grant_of, reviewed
from vestige.acceptance import Standing
from vestige.review import Review
from vestige.run.identities import LISTED

PATIENT_NAME = (NAME, "(0010,0010)")


@pytest.fixture
def site(tmp_path: Path) -> Site:
    made = Site(tmp_path)
    made.plant()
    return made


def standing(review: Review) -> Standing | None:
    accepted = found(review, *PATIENT_NAME).accepted
    return accepted.standing if accepted else None


def many(site: Site, folders: int, files: int) -> None:
    for folder in range(folders):
        for file in range(files):
            number = 1000 + folder * 100 + file
            site.dirty(f"many/{folder}/{file}.dcm", number, "Zargothy^Quillonia", "48291377")


def test_of_many_files_their_folders_are_known(site: Site) -> None:
    many(site, 3, 30)
    one = found(reviewed(site.scan()), *PATIENT_NAME)
    grant = grant_of(one)
    assert one.reach.entries > LISTED
    assert len(grant.held) == 5
    shutil.rmtree(site.volume / "many" / "2")
    baseline = baseline_of(grant)
    assert standing(reviewed(site.scan(), baseline)) is Standing.HOLDS
    (site.volume / "many" / "1" / "3.dcm").rename(site.volume / "many" / "1" / "x3.dcm")
    assert standing(reviewed(site.scan(), baseline)) is Standing.OUTGROWN


def test_of_many_folders_all_are_one(site: Site) -> None:
    many(site, LISTED + 2, 1)
    grant = grant_of(found(reviewed(site.scan()), *PATIENT_NAME))
    assert len(grant.held) == 1
    baseline = baseline_of(grant)
    assert standing(reviewed(site.scan(), baseline)) is Standing.HOLDS
    moved = site.volume / "many" / "7"
    moved.rename(moved.with_name("x7"))
    assert standing(reviewed(site.scan(), baseline)) is Standing.OUTGROWN


def test_several_roots_are_told_apart(site: Site) -> None:
    one, other = site.volume / "incoming", site.volume / "cohort_b"
    first = reviewed(site.scan(roots=(one, other)))
    turned = reviewed(site.scan(roots=(other, one)))
    for review in (first, turned):
        assert (
            grant_of(found(review, *PATIENT_NAME)).held
            == grant_of(found(first, *PATIENT_NAME)).held
        )
    alone = reviewed(site.scan(roots=(one,)))
    assert not set(grant_of(found(alone, *PATIENT_NAME)).held) & set(
        grant_of(found(first, *PATIENT_NAME)).held
    )
