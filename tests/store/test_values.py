"""Values: each counts once for a finding, so many at most."""

from pathlib import Path

import pytest

from vestige.model import Band, Claim, Where
from vestige.store import Store
from vestige.store import values as module

CLAIM = Claim("elements/name", "A name", Band.HIGH, 0.9, "direct", ("GDPR Art. 4(1)",))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.create(tmp_path / "scan.sqlite")


def test_so_many_values_count_and_the_rest_has_one_number(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "VALUES_KEPT", 2)
    finding = store.finding(CLAIM, Where.HEADER, "(0010,0010)", "", "Z****")
    first = store.value(finding, "a", "Z****", "two words")
    assert store.value(finding, "a", "other", "") == first
    assert store.value(finding, "b", "Q****") != first
    more = store.value(finding, "c", "X****")
    assert store.value(finding, "", "") == more == store.value(finding, "d", "Y****")
    assert store.value(finding, "a", "Z****") == first
    assert store.values(finding, 9) == (2, ["Q****", "Z****"])


def test_they_are_the_same_when_the_file_is_opened_again(store: Store, tmp_path: Path) -> None:
    finding = store.finding(CLAIM, Where.HEADER, "(0010,0010)", "", "Z****")
    number = store.value(finding, "a", "Z****")
    store.close()
    again = Store.open(tmp_path / "scan.sqlite")
    assert again.value(finding, "a", "Z****") == number
    assert again.values(finding, 0) == (1, [])
