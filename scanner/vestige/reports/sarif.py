"""A Review as SARIF 2.1.0 (OASIS), which viewers of code scanning show.

A result for each finding: viewers want a file and a line, so that each has the masked path of its
first entry, relative to the directory that holds the root, and the first line.
"""

import json
from collections.abc import Iterator
from typing import TextIO
from urllib.parse import quote

from vestige.fingerprint import fingerprint
from vestige.model import Band
from vestige.reports.visible import clip, visible
from vestige.reports.wording import CODES, PLACES
from vestige.review import Ranked, Review, ScanState, Trouble

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"
VERSION = "2.1.0"
MOST = 5_000
"""Results at most, worst first: what viewers show."""

_BASE = "SRCROOT"
_LEVELS = {
    Band.CRITICAL: "error",
    Band.HIGH: "error",
    Band.MEDIUM: "warning",
    Band.LOW: "note",
    Band.INFO: "note",
}
_SEVERITY = {
    Band.CRITICAL: "9.5",
    Band.HIGH: "8.0",
    Band.MEDIUM: "5.5",
    Band.LOW: "2.0",
    Band.INFO: "0.5",
}
"""What viewers sort by, from 0 to 10: above 9 is critical, 7 high, 4 medium."""

_LONGEST = 1_000
_STORE = "findings.csv has all"


def write_sarif(review: Review, stream: TextIO) -> None:
    """The review as indented ASCII JSON, with one line feed at its end."""
    json.dump(sarif(review), stream, indent=1)
    stream.write("\n")


def sarif(review: Review) -> dict[str, object]:
    """The log of one run; texts are visible, paths and values masked."""
    return {"$schema": SCHEMA, "version": VERSION, "runs": [_run(review)]}


def _run(review: Review) -> dict[str, object]:
    shown = review.findings[:MOST]
    rules = _rules(shown)
    places = {rule: place for place, rule in enumerate(rules)}
    return {
        "tool": {
            "driver": {
                "name": "Vestige",
                "version": visible(review.scan.version),
                "semanticVersion": visible(review.scan.version),
                "rules": list(rules.values()),
                "notifications": [_descriptor(code) for code in _codes(review)],
            }
        },
        "automationDetails": {"id": f"vestige/{visible(review.scan.policy)}/"},
        "originalUriBaseIds": {
            _BASE: {"description": {"text": "The directory that holds the root that was scanned."}}
        },
        "invocations": [_invocation(review)],
        "columnKind": "unicodeCodePoints",
        "results": [_result(one, places[one.finding.claim.rule]) for one in shown],
        "properties": {
            "outcome": review.verdict.outcome.value,
            "failOn": review.scan.fail_on.word,
            "catalogDigest": review.scan.catalog_digest,
            "policyDigest": review.scan.policy_digest,
            **({"baselineDigest": review.accepting.digest} if review.accepting else {}),
        },
    }


def _rules(shown: tuple[Ranked, ...]) -> dict[str, dict[str, object]]:
    """The rules that have results, in the order of their first ones, which are their worst."""
    found: dict[str, dict[str, object]] = {}
    for one in shown:
        claim, band = one.finding.claim, one.risk.band
        if claim.rule in found:
            continue
        help_text = f"{one.why}\n\n{one.remedy}"
        basis = "; ".join(claim.basis)
        found[claim.rule] = {
            "id": visible(claim.rule),
            "name": "".join(part.capitalize() for part in claim.rule.replace("/", "-").split("-")),
            "shortDescription": {"text": _clipped(claim.title)},
            "fullDescription": {"text": _clipped(one.why)},
            "help": {
                "text": visible(help_text.replace("\n\n", " ")),
                "markdown": f"**Why:** {_plain(one.why)}\n\n**What to do:** {_plain(one.remedy)}"
                f"\n\n**Basis:** {_plain(basis)}",
            },
            "defaultConfiguration": {"level": _LEVELS[band]},
            "properties": {
                "tags": ["security", "privacy", f"identifies-{claim.identifies}"],
                "security-severity": _SEVERITY[band],
                "precision": _precision(claim.certainty),
            },
        }
    return found


_VERY_SURE, _SURE, _LIKELY = 0.95, 0.8, 0.5


def _precision(certainty: float) -> str:
    if certainty >= _VERY_SURE:
        return "very-high"
    if certainty >= _SURE:
        return "high"
    return "medium" if certainty >= _LIKELY else "low"


def _result(ranked: Ranked, index: int) -> dict[str, object]:
    finding = ranked.finding
    told = fingerprint(finding)
    first, *others = ranked.paths or ("",)
    made: dict[str, object] = {
        "ruleId": visible(finding.claim.rule),
        "ruleIndex": index,
        "level": _LEVELS[ranked.risk.band],
        "rank": round(min(max(ranked.risk.score, 0.0), 100.0), 2),
        "message": {"text": message(ranked)},
        "locations": [
            {
                **_location(first),
                "logicalLocations": [
                    {"fullyQualifiedName": _clipped(f"{finding.where.value} {finding.place}")}
                ],
            }
        ],
        "relatedLocations": [
            {"id": number, **_location(path)} for number, path in enumerate(others, 1)
        ],
        "partialFingerprints": {
            "vestigeFinding/v1": told,
            "primaryLocationLineHash": f"{told}:1",
        },
        "occurrenceCount": max(1, ranked.reach.entries),
        "properties": {
            "finding": ranked.number,
            "band": ranked.risk.band.word,
            "files": ranked.reach.files,
            "subjects": ranked.reach.subjects,
        },
    }
    if ranked.accepted is not None and not ranked.counts:
        who, until = ranked.accepted.by, ranked.accepted.until.isoformat()
        said = f"{ranked.accepted.decision.value} by {who} until {until}: {ranked.accepted.because}"
        made["suppressions"] = [
            {"kind": "external", "status": "accepted", "justification": _clipped(said)}
        ]
    return made


def message(ranked: Ranked) -> str:
    """What is said of a finding in a sentence or two: what, where, how far; masked."""
    finding, reach = ranked.finding, ranked.reach
    what = _clipped(finding.claim.title)
    evidence = "; ".join(ranked.values) or finding.masked
    shown = f" ({_clipped(evidence)})" if evidence else ""
    where = PLACES[finding.where]
    return (
        f"{what}{shown}. {where}: {_clipped(finding.place)}. Band {ranked.risk.band.word}, in "
        f"{reach.entries:,} entries and {reach.files:,} files. {_clipped(ranked.remedy)}"
    )


def _location(path: str) -> dict[str, object]:
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": uri(path), "uriBaseId": _BASE},
            "region": {"startLine": 1},
        }
    }


def uri(path: str) -> str:
    """A masked path as a relative reference (RFC 3986), every other character in per cent."""
    parts = [quote(visible(part), safe="") for part in path.split("/") if part]
    return "/".join("%2E" * len(part) if part in {".", ".."} else part for part in parts) or "."


def _invocation(review: Review) -> dict[str, object]:
    scan = review.scan
    moments = {"startTimeUtc": scan.started, "endTimeUtc": scan.finished}
    return {
        "executionSuccessful": scan.state is ScanState.COMPLETE,
        "exitCode": review.verdict.outcome.exit_code,
        "exitCodeDescription": " ".join(map(visible, review.verdict.reasons)),
        "toolExecutionNotifications": list(_notifications(review)),
        **{key: moment for key, moment in moments.items() if moment},
    }


def _notifications(review: Review) -> Iterator[dict[str, object]]:
    for gap in review.verdict.gaps:
        level = "note" if gap.allowed else "error"
        yield {
            "descriptor": {"id": gap.code},
            "level": level,
            "message": {"text": visible(gap.sentence)},
        }
    for trouble in review.problems:
        yield _of_trouble(trouble)
    if len(review.findings) > MOST:
        left = f"{len(review.findings) - MOST:,} more findings are not shown here; {_STORE}."
        yield {"level": "warning", "message": {"text": left}}


def _of_trouble(trouble: Trouble) -> dict[str, object]:
    said = CODES.get(trouble.code, trouble.code)
    return {
        "descriptor": {"id": visible(trouble.code)},
        "level": "warning",
        "message": {"text": f"{visible(said)} ({_clipped(trouble.detail)})"},
        "locations": [_location(trouble.path)],
    }


def _codes(review: Review) -> tuple[str, ...]:
    gaps = {gap.code for gap in review.verdict.gaps}
    return tuple(sorted(gaps | {code for code, _ in review.problem_counts}))


def _descriptor(code: str) -> dict[str, object]:
    said = CODES.get(code, "What keeps the volume from being known to be clean.")
    return {"id": visible(code), "shortDescription": {"text": said}}


def _clipped(text: str) -> str:
    return clip(text, _LONGEST)


def _plain(text: str) -> str:
    """A text in which Markdown means nothing."""
    return "".join(f"\\{c}" if c in "\\`*_{}[]<>()#+!|" else c for c in visible(text))
