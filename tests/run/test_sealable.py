"""What is to be sealed: a folder, or exactly what a finding names."""

import os
from pathlib import Path

import pytest

from tests.accepted import FAMILY, SURNAMES, Site, found, reviewed
from vestige.model import UsageError
from vestige.run.sealable import of_finding, whole


def test_a_folder_is_sealed_where_it_really_lies(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    assert whole(tmp_path / "link").root == os.fsencode(tmp_path / "real")
    (tmp_path / "file").write_text("x")
    for none in ("file", "missing"):
        with pytest.raises(UsageError, match="no folder"):
            whole(tmp_path / none)


def test_of_a_finding_its_entries_are_sealed_and_nothing_beside_them(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.plant()
    scan = site.scan()
    family = found(reviewed(scan), FAMILY)
    subtree = of_finding(scan, family.number)
    assert subtree.root == os.fsencode(site.volume / "cohort_b")
    assert {top.split(b"_")[0].decode() for top in subtree.tops} >= set(SURNAMES)
    assert len(subtree.tops) == len(list((site.volume / "cohort_b").iterdir()))
    with pytest.raises(UsageError, match="no finding"):
        of_finding(scan, "F9999")
    with pytest.raises(UsageError, match="no finding"):
        of_finding(scan, "volume")
