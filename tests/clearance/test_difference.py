"""Differences: nothing is right that was not proven."""

import hashlib

import pytest

from tests.clearance.test_manifest import FACTS
from vestige.clearance.difference import Kind, folders_of, with_listing
from vestige.clearance.listings import Listed
from vestige.clearance.manifest import Clearance, File, Other, head

A, B = (hashlib.sha256(data).digest() for data in (b"a", b"b"))


def cleared(*files: File, others: tuple[Other, ...] = ()) -> Clearance:
    return Clearance(head({**FACTS, "roots": "1"}, files, others), files, others)


CLEARANCE = cleared(File(0, b"s/a", 1, A), File(0, b"s/b", 1, B))
RIGHT = {b"s/a": Listed(b"s/a", 1, A), b"s/b": Listed(b"s/b", None, B)}


def test_what_is_as_it_was_cleared_is_proven() -> None:
    verified = with_listing(CLEARANCE, RIGHT)
    assert (verified.code, verified.right, verified.differences) == (0, 2, ())


@pytest.mark.parametrize(
    ("path", "there", "kind", "code"),
    [
        (b"s/a", Listed(b"s/a", 1, B), Kind.CHANGED, 1),
        (b"s/a", Listed(b"s/a", 2, A), Kind.CHANGED, 1),
        (b"s/a", Listed(b"s/a", 2, None), Kind.CHANGED, 1),
        (b"s/a", Listed(b"s/a", 1, None), Kind.UNPROVEN, 3),
        (b"s/a", Listed(b"s/a", None, None), Kind.UNPROVEN, 3),
        (b"s/c", Listed(b"s/c", 1, A), Kind.ADDED, 1),
    ],
)
def test_every_difference_is_told(path: bytes, there: Listed, kind: Kind, code: int) -> None:
    verified = with_listing(CLEARANCE, {**RIGHT, path: there})
    assert [(one.kind, one.path) for one in verified.differences] == [(kind, path)]
    assert verified.code == code


def test_what_is_missing_is_told() -> None:
    verified = with_listing(CLEARANCE, {b"s/a": RIGHT[b"s/a"]})
    assert [(one.kind, one.path) for one in verified.differences] == [(Kind.REMOVED, b"s/b")]
    assert verified.code == 1
    assert with_listing(CLEARANCE, {}).code == 1


def test_directories_are_those_above_files_and_the_empty_ones() -> None:
    others = (Other("d", 0, b"e/f"), Other("l", 0, b"g/link"))
    found = folders_of(cleared(File(0, b"s/t/a", 1, A), others=others))
    assert found == {(0, path) for path in (b"", b"s", b"s/t", b"e", b"e/f", b"g")}
