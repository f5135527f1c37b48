"""Flat objects of JSON tell pair by pair what they tell as one."""

import json

import pytest

from vestige.read.beside.flat import Flat, flat
from vestige.read.beside.parts import Told
from vestige.read.beside.structured import loaded, told

SIDECAR = {
    "Modality": "MR",
    "EchoTime": 0.00226,
    "ImageType": ["ORIGINAL", "PRIMARY"],
    "PatientWeight": 71,
    "SliceTiming": [0.1, 0.2],
    "SoftwareVersions": "N4_LATEST_20160120",
    "WipMemBlock": "",
    "Comment": "seen by all",
}


def _flat(made: dict[str, object]) -> Flat:
    found = flat(json.dumps(made, indent="\t"))
    assert found is not None
    return found


def _texts(parts: object) -> set[tuple[str, str]]:
    return {(one.place.pointer, text) for one in parts for text in one.texts}  # type: ignore[attr-defined]


@pytest.mark.parametrize("more", [{}, {"PatientName": "Quintero^Maria"}, {"Remark": "x\n\ty"}])
def test_it_tells_pair_by_pair_what_it_tells_as_one(more: dict[str, object]) -> None:
    made = SIDECAR | more
    for _ in range(2):
        assert _texts(_flat(made).parts) == _texts(told(loaded(json.dumps(made))))


def test_a_pair_that_comes_again_is_told_as_it_was() -> None:
    first, again = _flat(SIDECAR), _flat(SIDECAR | {"EchoTime": 0.5})
    assert list(map(id, first.parts)) == list(map(id, again.parts))
    assert all(isinstance(one, Told) for one in first.parts)


def test_keys_that_matter_to_each_other_and_objects_inside_are_not_told_alone() -> None:
    assert flat(json.dumps({"name": "x", "dob": "y"}, indent=1)) is None
    assert flat(json.dumps({"a": {"b": 1}}, indent=1)) is None
    assert flat('{\n "a": "b" c\n}') is None


@pytest.mark.parametrize(
    ("more", "may_be"),
    [
        ({}, False),
        ({"PatientID": "4711-x"}, True),
        ({f"sub-{n}": f"x{n}" for n in range(30)}, True),
        ({f"sub-{n}": n for n in range(30)}, False),
    ],
)
def test_it_may_be_a_table_of_persons_or_of_codes(more: dict[str, object], *, may_be: bool) -> None:
    assert _flat(SIDECAR | more).may_be_table is may_be
