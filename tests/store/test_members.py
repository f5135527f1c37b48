"""Files inside entries, as the scan file keeps them."""

from pathlib import Path

from tests.entries import keep
from vestige.model import Band, Claim, Kind, State, Where
from vestige.store import Outcome, Store
from vestige.trace import Kind as Left
from vestige.trace import Trace

CLAIM = Claim("elements/site", "A site", Band.HIGH, 0.9, "site", ("GDPR Art. 4(1)",))


def test_members_are_kept_with_what_was_found_in_each(tmp_path: Path) -> None:
    store = Store.create(tmp_path / "scan.sqlite")
    first = store.finding(CLAIM, Where.HEADER, "(0008,0080)", "", "M****")
    later = store.finding(CLAIM, Where.BESIDE, "text", "", "")
    trace = store.traces.number(Trace(Left.TEXT, Where.BESIDE, "text", b"marks"))
    left = store.traces.set_of((trace,))
    outcome = store.outcome(Outcome(State.READ, "", (first,), "", 0, dicom=False, traces=(trace,)))
    facts = (b"a.zip", Kind.FILE.value, 7, 1, 2, 3)
    keep(store, [(1, 0, facts, outcome, 0, 0, 0, "")])
    members = [(1, b"!/one", (first,), 0), (1, b"!/two", (), left), (1, b"!/three", (), 0)]
    store.within.keep(members)
    assert store.within.entries() == {1}
    assert [one.way for one in store.within.of(1)] == [b"!/one"]
    store.within.attach(later, (outcome,), (trace,))
    assert [one.way for one in store.within.of(1)] == [b"!/one", b"!/two"]
    assert store.within.first(store.sets(), 5) == {
        first: {1: [b"!/one"]},
        later: {1: [b"!/two"]},
    }
    assert store.within.first(store.sets(), 0) == {}
    store.within.attach(first, (outcome + 1,), (trace,))
    assert store.within.first(store.sets(), 5)[first] == {1: [b"!/one"]}
    store.close()
