"""Traces in the scan file: interned, found again, and how far each goes."""

from pathlib import Path

from tests.entries import keep
from vestige.model import Kind, State, Where
from vestige.store import Outcome, Store
from vestige.trace import Kind as Left
from vestige.trace import Trace

TEXT = Trace(Left.TEXT, Where.HEADER, "(0008,103E)", b"\0" + b"m" * 8)
PERSON = Trace(Left.PERSON, Where.HEADER, "(0010,0010)", b"\0" + b"m" * 8)


def add(store: Store, number: int, *traces: int) -> int:
    outcome = store.outcome(Outcome(State.READ, "", (), "", 0, dicom=True, traces=traces))
    facts = (b"%d" % number, Kind.FILE.value, 10, 0, 0, 0)
    keep(store, [(number, 0 if number == 1 else 1, facts, outcome, 0, 0, 0, "")])
    return outcome


def test_traces_are_kept_once_and_survive_reopening(tmp_path: Path) -> None:
    store = Store.create(tmp_path / "scan.sqlite")
    one, other = store.traces.number(TEXT), store.traces.number(PERSON)
    assert (store.traces.number(TEXT), one != other) == (one, True)
    both = store.traces.set_of((one, other))
    assert store.traces.set_of((other, one, one)) == both
    assert store.traces.set_of(()) == 0
    store.close()
    store = Store.open(tmp_path / "scan.sqlite")
    assert (store.traces.number(TEXT), store.traces.set_of((one, other))) == (one, both)
    store.close()


def test_how_far_traces_go(tmp_path: Path) -> None:
    store = Store.create(tmp_path / "scan.sqlite")
    text, person = store.traces.number(TEXT), store.traces.number(PERSON)
    both = add(store, 1, text, person)
    alone = add(store, 2, text)
    add(store, 3, text)
    add(store, 4)
    extents = store.traces.extents()
    assert extents.held([text]) == [(text, both, 1, 1), (text, alone, 2, 2)]
    assert extents.held([person]) == [(person, both, 1, 1)]
    assert extents.held([77]) == []
    assert set(extents.beside(both)) == {text, person}
    store.close()


def test_traces_of_entries_that_are_done_again_are_forgotten(tmp_path: Path) -> None:
    store = Store.create(tmp_path / "scan.sqlite")
    text, person = store.traces.number(TEXT), store.traces.number(PERSON)
    add(store, 1, text)
    add(store, 2, person)
    assert dict(store.traces.of_kinds(Left)) == {text: TEXT, person: PERSON}
    store.reset_from(2)
    assert dict(store.traces.of_kinds(Left)) == {text: TEXT}
    assert dict(store.traces.of_kinds([Left.PERSON])) == {}
    store.close()
