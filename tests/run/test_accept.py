"""Findings into a baseline: nobody is named, and nothing is written that should not be."""

import os
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.accepted import (
    DAY,
    FAMILY,
    KEY,
    MORE,
    NAME,
    SURNAMES,
    Site,
    accepted,
    found,
    reviewed,
)
from vestige.acceptance import Decision, Scope
from vestige.catalog.baseline import load
from vestige.model import PolicyError, StoreError, UsageError

CANARIES = (*SURNAMES, *MORE, "Zargothy", "Quillonia", "48291377", "cohort_b", "incoming")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    made = Site(tmp_path_factory.mktemp("site"))
    made.plant()
    made.scan()
    return made


def scan_file(site: Site) -> Path:
    return site.home / "scan1" / "scan.sqlite"


def test_the_file_names_nobody_and_no_place(site: Site, tmp_path: Path) -> None:
    file, review = tmp_path / "b.toml", reviewed(scan_file(site))
    for one in review.findings:
        accepted(scan_file(site), file, one)
    below = accepted(scan_file(site), file, found(review, NAME), below=True)
    text = file.read_text(encoding="utf-8").lower()
    assert [word for word in CANARIES if word.lower() in text] == []
    read = load(file, DAY).grants
    assert len(read) == len(review.findings) + 1
    assert read[-1] == below
    assert {Scope.FINDING, Scope.FAMILY, Scope.BELOW} == {one.scope for one in read}
    assert os.stat(file).st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["b.toml"]


def test_whoever_accepts_again_renews(site: Site, tmp_path: Path) -> None:
    file, one = tmp_path / "b.toml", found(reviewed(scan_file(site)), FAMILY)
    accepted(scan_file(site), file, one, days=10)
    file.chmod(0o644)
    later = accepted(scan_file(site), file, one, decision=Decision.FALSE_ALARM)
    assert load(file, DAY).grants == (later,)
    assert os.stat(file).st_mode & 0o777 == 0o644


@pytest.mark.parametrize(
    ("wish", "said"),
    [
        ({"until": DAY - timedelta(days=1)}, "--until: this day is over"),
        ({"until": DAY + timedelta(days=732)}, "--until: at most 731 days"),
        ({"by": " "}, "--by: say it"),
        ({"because": ""}, "--because: say it"),
        ({"because": "one\ntwo"}, "--because: must be one line"),
        ({"because": "the family of Quillonia Zargothy agreed"}, "names somebody"),
        ({"because": "only patient 48291377"}, "names somebody"),
        ({"because": f"for {SURNAMES[2].upper()}"}, "names somebody"),
        ({"finding": "F9999"}, "no finding of that number"),
    ],
)
def test_what_cannot_be_accepted(
    site: Site, tmp_path: Path, wish: dict[str, object], said: str
) -> None:
    one = found(reviewed(scan_file(site)), FAMILY)
    if "finding" in wish:
        one, wish = replace(one, finding=replace(one.finding, id=9999)), {}
    with pytest.raises(UsageError, match=said) as raised:
        accepted(scan_file(site), tmp_path / "b.toml", one, **wish)  # type: ignore[arg-type]
    assert not [word for word in CANARIES if word.lower() in str(raised.value).lower()]
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_written_into_the_volume(site: Site) -> None:
    one = found(reviewed(scan_file(site)), FAMILY)
    with pytest.raises(UsageError, match="inside a scanned root"):
        accepted(scan_file(site), site.volume / "b.toml", one)


def test_a_file_that_is_no_baseline_stays_as_it_is(site: Site, tmp_path: Path) -> None:
    one, file = found(reviewed(scan_file(site)), FAMILY), tmp_path / "b.toml"
    file.write_text("title = 1\n")
    with pytest.raises(PolicyError, match=r"b\.toml: version"):
        accepted(scan_file(site), file, one)
    assert file.read_text() == "title = 1\n"
    with pytest.raises(StoreError, match="cannot be written"):
        accepted(scan_file(site), tmp_path / "none" / "b.toml", one)


def test_the_key_of_the_tests_is_that_of_the_scan(site: Site) -> None:
    assert site.key.read_bytes() == KEY
