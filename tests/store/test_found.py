"""The entries that are found are the same ones whether few or all of them are."""

from pathlib import Path

import pytest

from tests.store.test_families import FAMILY
from tests.store.test_store import HEADER, add, entry, judged
from vestige.model import Kind, Where
from vestige.store import Store


@pytest.mark.parametrize("every", [1, 3, 40])
def test_entries_come_in_pre_order_with_members_of_families(tmp_path: Path, every: int) -> None:
    store = Store.create(tmp_path / "scan.sqlite")
    number = store.finding(HEADER, Where.HEADER, "(0008,0080)", "", "M****")
    add(store, [judged(entry(1, 0, b"root", Kind.DIRECTORY))])
    files = range(2, 102)
    add(store, [judged(entry(n, 1), *((number,) if n % every == 0 else ())) for n in files])
    store.family(number, FAMILY, [3, 90, 1])
    store.index()
    told = [n for n in range(1, 102) if n in {1, 3, 90} or (n > 1 and n % every == 0)]
    rows = list(store.outline.found())
    assert [row.id for row in rows] == told
    held = {row.id for row in rows if row.finding_set}
    assert held == {n for n in files if n % every == 0}
