"""A verdict as JSON, for the step of a pipeline that decides: docs/verdict.schema.json says how."""

import json
from collections import Counter
from dataclasses import asdict
from typing import TextIO

from vestige.fingerprint import fingerprint
from vestige.model import bands
from vestige.reports.visible import visible
from vestige.review import Ranked, Review

FORMAT, SCHEMA_VERSION = "vestige-verdict", 1
"""The version counts up when a key changes its meaning or goes; new keys do not change it."""

TOP = 100
"""Findings that are told one by one, worst first; all are counted."""


def write_verdict(review: Review, stream: TextIO) -> None:
    """The verdict as indented ASCII JSON, with one line feed at its end."""
    json.dump(verdict(review), stream, indent=2)
    stream.write("\n")


def verdict(review: Review) -> dict[str, object]:
    """The verdict with all that it stands on, in a fixed order of keys; paths are masked."""
    said = review.verdict
    return {
        "format": FORMAT,
        "schema_version": SCHEMA_VERSION,
        "outcome": said.outcome.value,
        "exit_code": said.outcome.exit_code,
        "gate": said.of_gate,
        "reasons": [visible(reason) for reason in said.reasons],
        "gaps": [asdict(gap) for gap in said.gaps],
        "fail_on": review.scan.fail_on.word,
        **_by_what(review),
        "coverage": asdict(review.scan.coverage),
        "findings": _findings(review),
        "problems": {visible(code): count for code, count in review.problem_counts},
    }


def _by_what(review: Review) -> dict[str, object]:
    scan = review.scan
    return {
        "policy": {"name": visible(scan.policy), "digest": visible(scan.policy_digest)},
        "catalog": {"digest": visible(scan.catalog_digest), "rules": scan.rules},
        "baseline": _baseline(review),
        "scan": {
            "id": visible(scan.id),
            "version": visible(scan.version),
            "state": scan.state.value,
            "started": visible(scan.started),
            "finished": visible(scan.finished),
            "roots": [visible(root) for root in scan.roots],
        },
    }


def _baseline(review: Review) -> dict[str, object] | None:
    used = review.accepting
    if used is None:
        return None
    return {
        "file": visible(used.name),
        "digest": visible(used.digest),
        "acceptances": used.acceptances,
    }


def _findings(review: Review) -> dict[str, object]:
    least = review.scan.fail_on
    counts = Counter(one.risk.band.word for one in review.findings)
    blocking = [one for one in review.findings if one.risk.band >= least and one.counts]
    return {
        "total": len(review.findings),
        "by_band": {band: counts[band] for band in bands()},
        "blocking": len(blocking),
        "accepted": sum(not one.counts for one in review.findings),
        "top": [_finding(one) for one in blocking[:TOP]],
    }


def _finding(ranked: Ranked) -> dict[str, object]:
    claim = ranked.finding.claim
    return {
        "finding": ranked.number,
        "fingerprint": fingerprint(ranked.finding),
        "rule": visible(claim.rule),
        "title": visible(claim.title),
        "band": ranked.risk.band.word,
        "score": round(ranked.risk.score, 4),
        "place": visible(f"{ranked.finding.where.value} {ranked.finding.place}"),
        "path": visible(ranked.paths[0]) if ranked.paths else None,
        **asdict(ranked.reach),
    }
