"""Paths of a real scan, masked where names in them tell of somebody."""

import zipfile

import pytest

from tests.run.test_known import image
from vestige import api, lexicon, shipped
from vestige.run.paths import Paths
from vestige.store import Store

NAMED = "QUINTERO_MARIA_19610203"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder = tmp_path_factory.mktemp("paths")
    image(folder / "volume" / "old" / NAMED / "1.dcm", 1)
    with zipfile.ZipFile(folder / "volume" / "all.zip", "w") as archive:
        archive.writestr(f"old/{NAMED}/1.dcm", b"x")
    api.scan(folder / "volume", out=folder / "out")
    return Store.open(folder / "out" / "scan.sqlite", read_only=True)


def test_names_that_tell_of_somebody_are_masked_and_others_are_not(store: Store) -> None:
    paths = Paths(store, lexicon.load(shipped.rules() / "lexicons"))
    told = {row.name: paths.of(row) for row in store.rows()}
    assert told[b"old"] == "volume/old"
    assert told[b"1.dcm"].startswith("volume/old/Q")
    assert not any("QUINTERO" in path for path in told.values())
    assert {paths.path(row.id) for row in store.rows()} == set(told.values())


def test_a_leftover_is_named_for_the_claim_is_of_its_place(store: Store) -> None:
    rules = {finding.claim.rule for finding in store.findings()}
    assert "tree/leftover" in rules


def test_ways_into_an_entry_are_masked_too(store: Store) -> None:
    paths = Paths(store, lexicon.load(shipped.rules() / "lexicons"))
    (number,) = (row.id for row in store.rows() if row.name == b"all.zip")
    path = paths.within(number, f"!/old/{NAMED}".encode())
    assert path.startswith("volume/all.zip!/old/")
    assert "QUINTERO" not in path
