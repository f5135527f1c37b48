"""The gate: what was not read is never clean."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from vestige.gate import ALLOWABLE, GAPS, TOLD, Grounds, exit_code, verdict
from vestige.model import Band
from vestige.reports.wording import CODES
from vestige.review import Coverage, Outcome, Risk

READ = Coverage(3, 3, 0, 0, 0, 0, 2, 1, 10)
GOOD = Grounds(rules=100)


@pytest.mark.parametrize(
    ("coverage", "accepts", "code"),
    [
        (READ, False, 0),
        (Coverage(3, 2, 0, 1, 0, 0, 2, 1, 10), False, 3),
        (Coverage(3, 3, 1, 0, 0, 0, 2, 1, 10), False, 3),
        (Coverage(3, 2, 0, 0, 1, 1, 2, 1, 10), False, 3),
        (Coverage(3, 2, 0, 0, 1, 1, 2, 1, 10), True, 0),
        (Coverage(1, 1, 0, 0, 0, 0, 0, 1, 0), False, 3),
    ],
)
@pytest.mark.parametrize("grounds", [None, GOOD])
def test_gaps_are_incomplete(
    coverage: Coverage,
    accepts: bool,  # noqa: FBT001
    code: int,
    grounds: Grounds | None,
) -> None:
    said = verdict([], coverage, Band.MEDIUM, accepts_unexamined=accepts, grounds=grounds)
    assert exit_code(said) == code
    assert said.of_gate == (grounds is not None)


def test_findings_win_over_gaps() -> None:
    incomplete = Coverage(3, 2, 0, 1, 0, 0, 2, 1, 10)
    high = Risk(60, Band.HIGH, ())
    assert exit_code(verdict([high], incomplete, Band.MEDIUM)) == 1
    assert exit_code(verdict([high], READ, Band.CRITICAL)) == 0


def test_an_unfinished_scan_is_incomplete() -> None:
    assert exit_code(verdict([], READ, Band.MEDIUM, finished=False)) == 3


ASKED = {
    "no-rules": replace(GOOD, rules=0),
    "empty-root": replace(GOOD, empty_roots=1),
    "changed": replace(GOOD, problems={"changed": 1, "replaced": 1}),
    "vanished": replace(GOOD, problems={"vanished": 1}),
    "added": replace(GOOD, problems={"added": 1}),
    "beyond-limit": replace(GOOD, problems={"budget": 2, "timeout": 1}),
    "hunt": replace(GOOD, problems={"hunt-protected": 1}),
    "texts-cut": replace(GOOD, texts_cut=True),
    "unknown-class": replace(GOOD, unknown_classes=7),
    "link": replace(GOOD, links=1),
    "special": replace(GOOD, specials=2),
    "no-digest": replace(GOOD, undigested=1),
    "problem": replace(GOOD, otherwise=1),
}


@pytest.mark.parametrize("code", ASKED)
def test_whatever_a_gate_asks_makes_it_incomplete_with_a_sentence_of_its_own(code: str) -> None:
    said = verdict([], READ, Band.MEDIUM, grounds=ASKED[code])
    assert said.outcome is Outcome.INCOMPLETE
    assert [gap.code for gap in said.gaps] == [code]
    assert said.reasons[1:] == (said.gaps[0].sentence,)
    others = {verdict([], READ, Band.MEDIUM, grounds=one).reasons[1] for one in ASKED.values()}
    assert len(others) == len(ASKED)


@pytest.mark.parametrize("code", ASKED)
def test_only_gaps_that_may_be_allowed_can_be(code: str) -> None:
    allowed = replace(ASKED[code], allowed=frozenset({code}) & set(ALLOWABLE))
    said = verdict([], READ, Band.MEDIUM, grounds=allowed)
    assert (said.outcome is Outcome.PASS) == (code in ALLOWABLE)
    assert said.gaps[0].allowed == (code in ALLOWABLE)
    if code in ALLOWABLE:
        assert said.reasons[-1] == f"Allowed: {said.gaps[0].sentence}"
        assert "Everything that holds data was read." not in said.reasons


def test_every_gap_is_known_by_its_code() -> None:
    of_coverage = {"unfinished", "empty", "unreadable", "partly", "unexamined"}
    assert set(GAPS) == set(ASKED) | of_coverage
    assert set(ALLOWABLE) < set(GAPS)
    assert not {"changed", "vanished", "added", "unreadable", "empty", "no-rules"} & set(ALLOWABLE)


def test_codes_of_problems_that_are_told_exist() -> None:
    assert set(TOLD) <= set(CODES)


def test_what_is_accepted_does_not_block_and_is_told() -> None:
    said = verdict([], READ, Band.MEDIUM, accepted=2, grounds=GOOD)
    assert said.outcome is Outcome.PASS
    assert "2 such findings are accepted" in said.reasons[0]


def test_the_page_tells_of_every_gap() -> None:
    root = Path(__file__).parents[1]
    page = (root / "docs/gate.md").read_text(encoding="utf-8")
    for code in GAPS:
        mark = "yes" if code in ALLOWABLE else "no"
        assert f"| `{code}` | {GAPS[code]} | {mark} |" in page
    schema = json.loads((root / "docs/verdict.schema.json").read_text(encoding="utf-8"))
    assert schema["$defs"]["gap"]["properties"]["code"]["enum"] == list(GAPS)


def test_what_is_accepted_is_said_and_does_not_count() -> None:
    high = Risk(60, Band.HIGH, ())
    passed = verdict([], READ, Band.MEDIUM, accepted=2)
    assert exit_code(passed) == 0
    assert passed.reasons[0] == (
        "Nothing was found in band medium or worse that nobody answers for. "
        "2 such findings are accepted in the baseline, and do not count."
    )
    blocked = verdict([high], READ, Band.MEDIUM, accepted=1)
    assert exit_code(blocked) == 1
    assert "1 such finding is accepted in the baseline, and does not count." in blocked.reasons
