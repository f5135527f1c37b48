"""A Review in short as JSON, for programs that decide: counts, verdict and the top findings."""

import json
from collections import Counter
from dataclasses import asdict
from typing import TextIO

from vestige.key_table import KeyTable
from vestige.model import Family, bands
from vestige.reports import acceptances
from vestige.reports.visible import visible
from vestige.review import Ranked, Review, Since, SoftwareTrees

SCHEMA_VERSION = 1
"""Counts up when a key changes its meaning or goes; new keys do not change it."""

TOP = 20
"""Findings, and families, that the summary holds in full; all of them stand in the CSV files."""


def write_summary(review: Review, stream: TextIO) -> None:
    """The summary of the review as indented ASCII JSON, with one line feed at its end."""
    json.dump(summary(review), stream, indent=2)
    stream.write("\n")


def summary(review: Review) -> dict[str, object]:
    """The review in short, in a fixed order of keys; texts are visible, numbers plain.

    Sizes are bytes, times of the scan ISO 8601 UTC, of families nanoseconds since 1970 UTC.
    """
    families = [ranked for ranked in review.findings if ranked.family is not None]
    return {
        "schema_version": SCHEMA_VERSION,
        "scan": _scan(review),
        "verdict": {
            "outcome": review.verdict.outcome.value,
            "reasons": _texts(review.verdict.reasons),
        },
        "coverage": _coverage(review),
        "subjects": review.subjects,
        "hunt": review.hunt.noted() if review.hunt else None,
        "pictures_read": review.lettering,
        "singling_out": review.singling_out.noted() if review.singling_out else None,
        "trend": [one.noted() for one in review.trend],
        "findings": {
            "total": len(review.findings),
            "accepted": acceptances.held(review),
            "by_band": _by_band(review.findings),
            "by_rule": _by_rule(review.findings),
            "top": [_finding(ranked) for ranked in review.findings[:TOP]],
        },
        "baseline": _baseline(review),
        "families": {
            "total": len(families),
            "top": [_family(ranked, ranked.family) for ranked in families[:TOP] if ranked.family],
        },
        "problems": _counts(review.problem_counts),
        "skipped": _counts(review.skipped_counts),
    }


def _baseline(review: Review) -> dict[str, object] | None:
    """What was accepted, and what has become of it; None if there was no baseline."""
    accepting = review.accepting
    if accepting is None:
        return None
    return {
        "file": visible(accepting.name),
        "sha256": accepting.digest,
        "acceptances": accepting.acceptances,
        "standings": acceptances.standings(review),
        "findings": [
            {"finding": one.number, **acceptances.stated(acceptance)}
            for one, acceptance in acceptances.answered(review)
        ],
        "unneeded": [acceptances.stated(one) for one in accepting.unneeded],
        "notices": list(acceptances.notices(review)),
    }


def _scan(review: Review) -> dict[str, object]:
    scan = review.scan
    return {
        "id": visible(scan.id),
        "version": visible(scan.version),
        "state": visible(scan.state),
        "started": visible(scan.started),
        "finished": visible(scan.finished),
        "roots": _texts(scan.roots),
        "policy": visible(scan.policy),
        "fail_on": scan.fail_on.word,
        "rules": scan.rules,
        "catalog_digest": visible(scan.catalog_digest),
        "limits": _texts(scan.limits),
        "since": _since(scan.since),
    }


def _since(since: Since | None) -> dict[str, object] | None:
    if since is None:
        return None
    told = {"scan": since.scan, "started": since.started, "anew": since.anew}
    return {**{key: visible(text) for key, text in told.items()}, "by_digest": since.by_digest}


def _coverage(review: Review) -> dict[str, object]:
    coverage, trees = review.scan.coverage, review.software
    return {**asdict(coverage), "complete": coverage.complete, "software": _software(trees)}


def _software(found: SoftwareTrees | None) -> dict[str, object] | None:
    if found is None:
        return None
    widest = [
        {"kind": visible(one.kind), "path": visible(one.path), "entries": one.entries}
        for one in found.widest[:TOP]
    ]
    return {
        "entries": found.entries,
        "trees": found.trees,
        "kinds": _texts(found.kinds),
        "widest": widest,
    }


def _finding(ranked: Ranked) -> dict[str, object]:
    return {
        "rank": ranked.rank,
        "finding": ranked.number,
        "band": ranked.risk.band.word,
        "score": round(ranked.risk.score, 4),
        "rule": visible(ranked.finding.claim.rule),
        "title": visible(ranked.finding.claim.title),
        **asdict(ranked.reach),
        "explanation": visible(ranked.finding.explanation),
        "accepted": not ranked.counts,
        "key": _key(ranked.key),
    }


def _key(key: KeyTable | None) -> dict[str, object] | None:
    """What a table undoes; None if it is none that does."""
    if key is None:
        return None
    told = {"columns": visible(key.columns), "codes": visible(key.codes)}
    return {**key.noted(), **told}


def _family(ranked: Ranked, family: Family) -> dict[str, object]:
    return {
        "finding": ranked.number,
        "rank": ranked.rank,
        "band": ranked.risk.band.word,
        "kind": family.kind.value,
        "verdict": family.verdict.value,
        "template": visible(family.template),
        "members": family.members,
        "distinct": family.distinct,
        "share": round(family.share, 4),
        "subjects": family.subjects,
        "files": family.files,
        "bytes": family.bytes,
        "first_written": family.first_written,
        "last_written": family.last_written,
        "headers": visible(family.headers),
        "explanation": visible(ranked.finding.explanation),
    }


def _by_band(findings: tuple[Ranked, ...]) -> dict[str, int]:
    """How many findings each band has, worst band first, bands without any included."""
    counts = Counter(ranked.risk.band.word for ranked in findings)
    return {band: counts[band] for band in bands()}


def _by_rule(findings: tuple[Ranked, ...]) -> dict[str, int]:
    """How many findings each rule made, in alphabetical order of the rules."""
    return dict(sorted(Counter(visible(item.finding.claim.rule) for item in findings).items()))


def _counts(counts: tuple[tuple[str, int], ...]) -> dict[str, int]:
    return {visible(code): count for code, count in counts}


def _texts(texts: tuple[str, ...]) -> list[str]:
    return [visible(text) for text in texts]
