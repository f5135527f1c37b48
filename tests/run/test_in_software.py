"""Families in trees of software: words alone are for review, the rest counts fully."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.entries import keep
from vestige.correlate.templates import FoundFamily, Placed
from vestige.model import Certainty, FamilyKind, Member, State
from vestige.run.in_software import InSoftware
from vestige.sensitive import Sensitive
from vestige.store import Outcome, Store

NAMES = ("Garcia", "Lopez", "Quintero", "Kowalski", "Schmidt", "Rossi", "Novak", "Moreno")
UUID = "3f2504e0-4f89-41d3-9a0c-0305e82c330"


def judged(store: Store, first: int, kind: FamilyKind = FamilyKind.NAMES) -> Certainty:
    members = tuple(Member(first + at, Sensitive(name)) for at, name in enumerate(NAMES))
    family = FoundFamily(
        *(kind, "", "", members, Certainty.CERTAIN, 0.9, len(NAMES), 80.0), persons=()
    )
    return InSoftware(store).judged(Placed(1, family)).family.verdict


def kept(store: Store, first: int, names: Iterable[str]) -> None:
    outcome = store.outcome(Outcome(State.READ, "", (), "", 0, dicom=False))
    facts = ((name.encode(), "directory", 0, 0, 0, 0) for name in names)
    keep(store, [(first + at, 1, fact, outcome, 0, 0, 0, "") for at, fact in enumerate(facts)])


@pytest.mark.parametrize(
    ("form", "verdict"),
    [
        ("{}", Certainty.REVIEW),
        ("{}.py", Certainty.REVIEW),
        ("{}_maria", Certainty.REVIEW),
        ("{}^MARIA", Certainty.CERTAIN),
        ("{}, Maria", Certainty.CERTAIN),
        ("{}_19610203", Certainty.CERTAIN),
        ("{}_4217755", Certainty.CERTAIN),
        (f"{{}}_{UUID}1", Certainty.CERTAIN),
    ],
)
def test_what_is_telling_anywhere_counts_fully(
    tmp_path: Path, form: str, verdict: Certainty
) -> None:
    store = Store.create(tmp_path / "scan.sqlite")
    kept(store, 10, map(form.format, NAMES))
    assert judged(store, 10) is Certainty.CERTAIN
    store.left_software([(3, 9, "node_modules", 2), (10, 40, "site-packages", 9)])
    assert judged(store, 10) is verdict
    assert judged(store, 10, FamilyKind.BIRTH_DATES) is Certainty.CERTAIN
    store.close()


def test_behind_a_tree_all_is_as_ever(tmp_path: Path) -> None:
    store = Store.create(tmp_path / "scan.sqlite")
    kept(store, 10, NAMES)
    store.left_software([(3, 9, "node_modules", 2), (30, 40, "site-packages", 29)])
    assert judged(store, 10) is Certainty.CERTAIN
    store.close()
