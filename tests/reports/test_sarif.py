"""SARIF 2.1.0: by the published schema, and what viewers of code scanning need to show it."""

import io
import json
import os
import re
import shutil
import subprocess
import tarfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.reports.test_junit import ACCEPTANCE
from vestige.fingerprint import fingerprint
from vestige.model import Stage
from vestige.reports.sarif import MOST, uri, write_sarif
from vestige.review import Gap, Outcome, Review, Trouble, Verdict

PACKAGE = "@microsoft/jest-sarif@1.0.0-beta.0"
"""Carries the schema of OASIS as it was published."""


@pytest.fixture(scope="session")
def schema(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The public schema: the file that SARIF_SCHEMA names, else the one in a package of npm."""
    named = os.environ.get("SARIF_SCHEMA")
    if named:
        found: dict[str, Any] = json.loads(Path(named).read_text(encoding="utf-8"))
        return found
    if shutil.which("npm") is None:
        pytest.skip("no SARIF schema: neither SARIF_SCHEMA nor npm is there to get it from")
    folder = tmp_path_factory.mktemp("schema")
    ran = subprocess.run(
        ["npm", "pack", "--silent", PACKAGE],
        cwd=folder,
        capture_output=True,
        check=False,
        timeout=120,
    )
    packed = next(folder.glob("*.tgz"), None)
    if ran.returncode or packed is None:
        pytest.skip("no SARIF schema: npm cannot reach its registry; name a file in SARIF_SCHEMA")
    with tarfile.open(packed) as archive:
        name = next(n for n in archive.getnames() if re.search(r"sarif-2\.1\.0.*\.json$", n))
        member = archive.extractfile(name)
        assert member is not None
        published: dict[str, Any] = json.load(member)
    return published


def written(review: Review) -> dict[str, Any]:
    stream = io.StringIO()
    write_sarif(review, stream)
    assert stream.getvalue().isascii()
    made: dict[str, Any] = json.loads(stream.getvalue())
    return made


def run_of(review: Review) -> dict[str, Any]:
    run: dict[str, Any] = written(review)["runs"][0]
    return run


def test_it_passes_the_public_schema(
    schema: dict[str, Any],
    realistic: Review,
    clean: Review,
    empty: Review,
    incomplete: Review,
    hostile: Review,
) -> None:
    kind = jsonschema.validators.validator_for(schema)
    kind.check_schema(schema)
    validator = kind(schema, format_checker=kind.FORMAT_CHECKER)
    accepted = tuple(replace(one, accepted=ACCEPTANCE) for one in realistic.findings)
    reviews = (realistic, clean, empty, incomplete, hostile)
    for review in (*reviews, replace(realistic, findings=accepted)):
        errors = [error.message[:200] for error in validator.iter_errors(written(review))]
        assert errors == []
    broken = written(realistic)
    del broken["runs"][0]["results"][0]["message"]
    assert not validator.is_valid(broken)


def test_every_result_has_what_viewers_need(realistic: Review, hostile: Review) -> None:
    for review in (realistic, hostile):
        run = run_of(review)
        rules = run["tool"]["driver"]["rules"]
        assert len(run["results"]) == len(review.findings)
        for result, one in zip(run["results"], review.findings, strict=True):
            assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
            assert result["message"]["text"]
            assert result["level"] in {"error", "warning", "note"}
            place = result["locations"][0]["physicalLocation"]
            assert place["artifactLocation"]["uriBaseId"] in run["originalUriBaseIds"]
            assert place["region"]["startLine"] == 1
            told = result["partialFingerprints"]
            assert told["vestigeFinding/v1"] == fingerprint(one.finding)
            assert told["primaryLocationLineHash"].startswith(told["vestigeFinding/v1"])
        for rule in rules:
            assert rule["help"]["text"]
            assert rule["help"]["markdown"]
            assert rule["shortDescription"]["text"]
            assert 0 <= float(rule["properties"]["security-severity"]) <= 10
        assert len({rule["id"] for rule in rules}) == len(rules)


def test_levels_follow_bands(realistic: Review) -> None:
    levels = {
        one.risk.band.word: result["level"]
        for one, result in zip(realistic.findings, run_of(realistic)["results"], strict=True)
    }
    assert levels == {
        "critical": "error",
        "high": "error",
        "medium": "warning",
        "low": "note",
        "info": "note",
    }


@pytest.mark.parametrize(
    ("path", "made"),
    [
        ("volume/S001/0001.dcm", "volume/S001/0001.dcm"),
        ("v*****/a b#1?.dcm", "v%2A%2A%2A%2A%2A/a%20b%231%3F.dcm"),
        ("/data/x", "data/x"),
        ("c:/x", "c%3A/x"),
        ("a/../b/./c", "a/%2E%2E/b/%2E/c"),
        ("Ü\udcff\n…", "%C3%9C%5Cxff%5Cx0a%E2%80%A6"),
        ("", "."),
        ("//", "."),
    ],
)
def test_paths_are_relative_references(path: str, made: str) -> None:
    assert uri(path) == made
    assert re.fullmatch(r"(?:[A-Za-z0-9._~!$&'()+,;=@/-]|%[0-9A-F]{2})+", made)


def test_problems_and_gaps_are_notifications(incomplete: Review) -> None:
    gaps = (Gap("partly", 2, "2 entries…"), Gap("link", 1, "1 link…", allowed=True))
    said = Verdict(Outcome.INCOMPLETE, ("Nothing was found.",), gaps)
    troubles = (Trouble("v*****/x", Stage.READ, "truncated", "at offset 7"),)
    review = replace(
        incomplete, verdict=said, problems=troubles, problem_counts=(("truncated", 1),)
    )
    run = run_of(review)
    invocation = run["invocations"][0]
    assert invocation["exitCode"] == 3
    assert invocation["executionSuccessful"] is True
    told = {
        one["descriptor"]["id"]: one["level"] for one in invocation["toolExecutionNotifications"]
    }
    assert told == {"partly": "error", "link": "note", "truncated": "warning"}
    known = {one["id"] for one in run["tool"]["driver"]["notifications"]}
    assert set(told) <= known


def test_accepted_findings_are_suppressed(realistic: Review) -> None:
    first = replace(realistic.findings[0], accepted=ACCEPTANCE)
    results = run_of(replace(realistic, findings=(first, *realistic.findings[1:])))["results"]
    assert results[0]["suppressions"][0]["status"] == "accepted"
    assert "the data office" in results[0]["suppressions"][0]["justification"]
    assert all("suppressions" not in one for one in results[1:])


def test_it_is_bounded_and_says_so(realistic: Review) -> None:
    many = realistic.findings * (MOST // len(realistic.findings) + 1)
    run = run_of(replace(realistic, findings=many))
    assert len(run["results"]) == MOST
    notes = run["invocations"][0]["toolExecutionNotifications"]
    assert any("more findings" in one["message"]["text"] for one in notes)
