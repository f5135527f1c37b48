"""A Review as JUnit XML, which every CI server reads: a suite for each subject of rules.

A finding at or above the band is a failure, what was not read an error, what was accepted or
allowed is skipped. Findings below the band pass.
"""

from collections.abc import Iterator
from html import escape
from typing import NamedTuple, TextIO

from vestige.reports.sarif import message
from vestige.reports.visible import visible
from vestige.review import Gap, Outcome, Ranked, Review

MOST = 5_000
"""Findings that are told one by one, worst first."""


class _Case(NamedTuple):
    classname: str
    name: str
    outcome: str = ""
    message: str = ""
    text: str = ""


def write_junit(review: Review, stream: TextIO) -> None:
    """The review as JUnit XML; paths and values are masked."""
    suites = {"gate": list(_of_gate(review))}
    for ranked in review.findings[:MOST]:
        subject = ranked.finding.claim.rule.partition("/")[0]
        suites.setdefault(subject, []).append(_of_finding(ranked, review))
    cases = [case for suite in suites.values() for case in suite]
    stream.write('<?xml version="1.0" encoding="UTF-8"?>\n')
    stream.write(f'<testsuites name="vestige" {_counts(cases)}>\n')
    for name, suite in suites.items():
        started = review.scan.started.removesuffix("Z")
        told = f'name="{_text(name)}" {_counts(suite)} timestamp="{_text(started)}"'
        stream.write(f"  <testsuite {told}>\n")
        for case in suite:
            stream.writelines(_lines(case))
        stream.write("  </testsuite>\n")
    stream.write("</testsuites>\n")


def _of_gate(review: Review) -> Iterator[_Case]:
    """A case for each gap, and one for the verdict as a whole."""
    for gap in review.verdict.gaps:
        yield _of_gap(gap)
    if review.accepting is not None:
        said = f"{review.accepting.name}: SHA-256 {review.accepting.digest}"
        yield _Case("gate", "baseline", text=said)
    reasons = " ".join(review.verdict.reasons)
    if review.verdict.outcome is Outcome.PASS or review.verdict.gaps or review.findings:
        yield _Case("gate", f"verdict: {review.verdict.outcome.value}", text=reasons)
    else:
        yield _Case("gate", "verdict", "error", reasons, reasons)
    left = len(review.findings) - MOST
    if left > 0:
        yield _Case("gate", "findings", "error", f"{left:,} more findings are in findings.csv")


def _of_gap(gap: Gap) -> _Case:
    if gap.allowed:
        return _Case("gate", gap.code, "skipped", f"allowed: {gap.sentence}")
    return _Case("gate", gap.code, "error", gap.sentence, gap.sentence)


def _of_finding(ranked: Ranked, review: Review) -> _Case:
    claim = ranked.finding.claim
    where = ranked.paths[0] if ranked.paths else ranked.finding.place
    name = f"{ranked.number} {claim.title} at {where}"
    said = message(ranked)
    if not ranked.counts:
        return _Case(claim.rule, name, "skipped", "accepted in the baseline")
    if ranked.risk.band < review.scan.fail_on:
        return _Case(claim.rule, name, text=said)
    return _Case(claim.rule, name, "failure", f"{ranked.risk.band.word}: {claim.title}", said)


def _counts(cases: list[_Case]) -> str:
    plurals = {"failures": "failure", "errors": "error", "skipped": "skipped"}
    told = {key: sum(case.outcome == one for case in cases) for key, one in plurals.items()}
    return " ".join(f'{key}="{count}"' for key, count in {"tests": len(cases), **told}.items())


def _lines(case: _Case) -> Iterator[str]:
    yield f'    <testcase classname="{_text(case.classname)}" name="{_text(case.name)}">\n'
    if case.outcome:
        kind = f' type="{case.outcome}"' if case.outcome != "skipped" else ""
        yield f'      <{case.outcome} message="{_text(case.message)}"{kind}>'
        yield f"{_text(case.text)}</{case.outcome}>\n"
    elif case.text:
        yield f"      <system-out>{_text(case.text)}</system-out>\n"
    yield "    </testcase>\n"


def _text(text: str) -> str:
    return escape(visible(text))
