"""The verdict as JSON: as its schema says, and masked."""

import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from vestige.model import Band
from vestige.reports.verdict import TOP, verdict, write_verdict
from vestige.review import Gap, Outcome, Review, ScanState, Verdict

SCHEMA = json.loads(
    (Path(__file__).parents[2] / "docs/verdict.schema.json").read_text(encoding="utf-8")
)


def checked(review: Review) -> dict[str, Any]:
    """What is written, read again and held against the schema."""
    scan = replace(review.scan, policy_digest="a" * 64)
    stream = io.StringIO()
    write_verdict(replace(review, scan=scan), stream)
    assert stream.getvalue().isascii()
    made: dict[str, Any] = json.loads(stream.getvalue())
    validator = jsonschema.Draft202012Validator(
        SCHEMA, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
    )
    assert [error.message for error in validator.iter_errors(made)] == []
    return made


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_what_blocks_is_told(realistic: Review) -> None:
    made = checked(realistic)
    assert (made["outcome"], made["exit_code"]) == ("block", 1)
    blocking = [one for one in realistic.findings if one.risk.band >= Band.MEDIUM]
    assert made["findings"]["blocking"] == len(blocking) == len(made["findings"]["top"])
    assert made["findings"]["total"] == len(realistic.findings)
    assert [one["finding"] for one in made["findings"]["top"]] == [one.number for one in blocking]


def test_gaps_are_told_with_what_was_allowed(incomplete: Review) -> None:
    gaps = (Gap("partly", 2, "2 entries…"), Gap("link", 1, "1 link…", allowed=True))
    said = Verdict(Outcome.INCOMPLETE, ("Nothing was found.", "2 entries…"), gaps)
    made = checked(replace(incomplete, verdict=said))
    assert [(gap["code"], gap["allowed"]) for gap in made["gaps"]] == [
        ("partly", False),
        ("link", True),
    ]
    assert made["exit_code"] == 3


def test_every_review_fits_the_schema(
    clean: Review, empty: Review, incomplete: Review, hostile: Review
) -> None:
    for review in (clean, empty, incomplete, hostile):
        unfinished = replace(review.scan, state=ScanState.INTERRUPTED, finished="")
        for one in (review, replace(review, scan=unfinished)):
            made = checked(one)
            assert made["outcome"] == one.verdict.outcome.value


def test_it_stays_short(realistic: Review) -> None:
    many = realistic.findings * 40
    made = checked(replace(realistic, findings=many))
    assert len(made["findings"]["top"]) == TOP
    assert made["findings"]["blocking"] > TOP


def test_the_schema_refuses_what_is_none(realistic: Review) -> None:
    made = verdict(realistic)
    for key, wrong in (("outcome", "clean"), ("exit_code", 2), ("gaps", [{"code": "x"}])):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate({**made, key: wrong}, SCHEMA)
