"""A sample of the mutants on which the reader must agree with its judge, and the tools for it."""

from random import Random

import pytest

from tests.read.agreement import DELIBERATE, partings
from tests.read.build import explicit, header_of, item, part_10, patient, sequence
from tests.read.judge import judged
from tests.read.mutate import KINDS, mutant
from tests.read.mutations import AGREE, RAISED, Tally, table, tally
from tests.read.ranges import wrong
from tests.read.sources import PACKAGED, sources
from vestige.read.dicom import vr_of
from vestige.read.header import Header

COUNT = 6_000
OFTEN = frozenset(DELIBERATE) - {"pixels", "two-syntaxes", "trailing", "no-delimiter"}
"""Differences that so few mutants show already; the others occur in the long run."""

EVERYTHING = part_10(
    patient()
    + sequence(0x00081140, item(patient(), closed=False), item(patient()), closed=False)
    + sequence(0x00081140, item(patient()))
    + explicit(0x00104000, "UT", b"a long text" * 1000)
    + explicit(0x7FE00010, "OW", bytes(64))
)


@pytest.fixture(scope="module")
def found() -> Tally:
    return tally(COUNT, seed=7)


def test_every_mutant_is_read_as_pydicom_reads_it_or_deliberately_not(found: Tally) -> None:
    assert found.failures == []


def test_the_deliberate_differences_occur_and_do_not_swallow_the_rest(found: Tally) -> None:
    assert found.met.keys() >= OFTEN
    assert found.kinds.keys() == KINDS.keys()
    assert found.ended[AGREE] + found.ended[RAISED] > COUNT / 2
    for name, count in found.met.items():
        assert count < COUNT / 10 or name == "breaks-off", name
    assert "failures" in table(found)


def test_mutants_are_the_same_in_every_run() -> None:
    assert mutant(Random(5)) == mutant(Random(5))  # noqa: S311 - chance, not secrecy


def test_there_are_many_sources() -> None:
    packaged = [path for path in PACKAGED.rglob("*.dcm") if path.is_file()]
    assert len(sources()) > len(packaged) / 2
    assert all(source.heads for source in sources())


def test_the_judge_tells_places_and_nesting() -> None:
    given = judged(EVERYTHING).given
    ours = header_of(EVERYTHING, vr_of).elements
    assert [one.start for one in given] == [one.start for one in ours]
    assert not list(partings(header_of(EVERYTHING, vr_of), judged(EVERYTHING)))


def _without(header: Header, number: int) -> Header:
    elements = list(header.elements)
    del elements[number]
    fields = {name: getattr(header, name) for name in Header.__dataclass_fields__}
    return Header(**fields | {"elements": tuple(elements)})


def test_an_element_that_is_missing_is_seen() -> None:
    whole = header_of(EVERYTHING, vr_of)
    leaves = [n for n, one in enumerate(whole.elements) if one.vr != "SQ"]
    for number in [n for n in leaves if n > max(one.parent for one in whole.elements)]:
        less = _without(whole, number)
        assert wrong(whole) == ""
        assert "left out" in wrong(less)
        assert [one.kind for one in partings(less, judged(EVERYTHING))] == ["lost"]
