"""Families are kept with their members; of those without, the largest counts."""

from dataclasses import replace
from pathlib import Path

from vestige.model import Band, Certainty, Claim, Family, Where
from vestige.store import Store

CLAIM = Claim("tree/phantom-directory", "A family", Band.CRITICAL, 0.9, "direct", ())
FAMILY = Family(1, "{word}", Certainty.CERTAIN, 12, 12, 1.0, 2, 4, 2, 0, 0, "clean", ("C****",))


def test_a_family_is_kept_with_its_members(tmp_path: Path) -> None:
    store = Store.create(tmp_path / "scan.sqlite")
    finding = store.finding(CLAIM, Where.PATH, "{word}", "", "")
    store.family(finding, FAMILY, (3, 2))
    assert store.families() == {finding: FAMILY}
    assert store.members(finding) == [2, 3]
    store.close()


def test_of_families_that_files_tell_the_largest_counts(tmp_path: Path) -> None:
    store = Store.create(tmp_path / "scan.sqlite")
    finding = store.finding(CLAIM, Where.GHOST, "{word}", "", "")
    for members in (5, 9, 7):
        store.told_family(finding, replace(FAMILY, members=members))
    assert [one.members for one in store.families().values()] == [9]
    store.close()
