"""What a gate asks of a scan file, and that no other scan is asked it."""

from pathlib import Path

import pytest

from tests.volumes import planted
from vestige.run.grounds import grounds_of, note
from vestige.run.plan import Plan, Request, plan
from vestige.run.scan import scan
from vestige.store import Store


@pytest.fixture
def planned(tmp_path: Path) -> Plan:
    planted("clean-export", tmp_path / "volume")
    (tmp_path / "volume/link").symlink_to("x")
    (tmp_path / "key").write_bytes(bytes(32))
    request = Request(roots=(tmp_path / "volume",), out=tmp_path / "out", key=tmp_path / "key")
    return plan(request)


def test_a_scan_is_asked_only_if_it_is_of_a_gate(planned: Plan) -> None:
    store = Store.open(scan(planned, lambda _: None))
    assert grounds_of(store) is None
    note(store, planned, frozenset({"link"}))
    grounds = grounds_of(store)
    assert grounds is not None
    assert (grounds.rules, grounds.links, grounds.specials) == (len(planned.catalog.rules), 1, 0)
    assert (grounds.undigested, grounds.otherwise, grounds.texts_cut) == (0, 0, False)
    assert grounds.allowed == {"link"}
    store.note("traces_cut", value=True)
    cut = grounds_of(store)
    assert cut is not None
    assert cut.texts_cut
    store.close()
