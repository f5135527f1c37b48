"""Batches keep equal outcomes and sets of findings once."""

from vestige.model import Band, Claim, State, Where
from vestige.run.batch import EMPTY, Batch, lost
from vestige.run.causes import Cause, Causes
from vestige.run.objects import Content
from vestige.run.repeated import Repeated
from vestige.trace import Kind, Trace

CLAIM = Claim("elements/site", "A site", Band.HIGH, 0.9, "site", ("GDPR Art. 4(1)",))


def test_equal_outcomes_are_kept_once_with_their_causes_and_traces() -> None:
    causes = Causes(b"k" * 32)
    cause = causes.number(Cause(CLAIM, Where.HEADER, "(0008,0080)", ""))
    trace = causes.trace(Trace(Kind.TEXT, Where.HEADER, "(0008,103E)", b"m" * 9))
    batch = Batch(causes, Repeated())
    content = Content((cause, trace), "", 1)
    for _ in range(3):
        batch.codes.append(batch.plain(content))
    batch.codes.append(batch.plain(EMPTY))
    found = batch.examined()
    assert [found.outcomes[code].dicom for code in found.codes] == [True] * 3 + [False]
    assert len(found.outcomes) == 2
    assert found.sets[found.outcomes[found.codes[0]].findings] == (cause, trace)
    assert {number < 0 for number in found.causes} == {True, False}


def test_what_broke_is_unreadable_and_says_no_value() -> None:
    batch = Batch(Causes(b"k" * 32), Repeated())
    code = batch.broken(7, ValueError("Zargothy"))
    found = batch.examined()
    assert found.outcomes[code].state is State.UNREADABLE
    (problem,) = found.problems
    assert (problem.entry, problem.code, "Zargothy" in problem.detail) == (
        7,
        "internal-error",
        False,
    )
    alone = lost(7, "worker-died", "it died")
    assert (alone.codes, alone.instances, alone.outcomes[1].state) == ([1], [0], State.UNREADABLE)
