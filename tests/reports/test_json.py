"""The summary: its keys, its counts, and that it is the same each time."""

import io
import json
from typing import Any

from vestige.reports.json import summary, write_summary
from vestige.review import Review


def read_back(review: Review) -> dict[str, Any]:
    stream = io.StringIO()
    write_summary(review, stream)
    text = stream.getvalue()
    assert text.endswith("}\n")
    assert text.isascii()
    made: dict[str, Any] = json.loads(text)
    return made


def test_keys_and_their_order(realistic: Review) -> None:
    made = read_back(realistic)
    assert list(made) == [
        *("schema_version", "scan", "verdict", "coverage", "subjects", "hunt", "pictures_read"),
        *("singling_out", "trend", "findings", "baseline", "families", "problems", "skipped"),
    ]
    assert list(made["findings"]["top"][0]) == [
        *("rank", "finding", "band", "score", "rule", "title", "entries", "files", "bytes"),
        *("subjects", "explanation", "accepted", "key"),
    ]
    assert made["schema_version"] == 1
    assert made == summary(realistic)


def test_the_trend_of_a_workspace(trending: Review) -> None:
    first, second, third = read_back(trending)["trend"]
    assert first == {
        "started": "2026-11-07T03:00:00Z",
        "outcome": "block",
        "bands": {"critical": 1, "high": 0, "medium": 2, "low": 0, "info": 5},
        "complete": True,
    }
    assert second["bands"] is None
    assert third["complete"] is False


def test_counts(realistic: Review) -> None:
    made = read_back(realistic)
    assert made["findings"]["total"] == 9
    assert made["findings"]["by_band"] == {
        "critical": 2,
        "high": 3,
        "medium": 2,
        "low": 1,
        "info": 1,
    }
    assert list(made["findings"]["by_rule"]) == sorted(made["findings"]["by_rule"])
    assert made["findings"]["by_rule"]["tree/phantom-directory"] == 2
    assert made["verdict"]["outcome"] == "block"
    assert made["coverage"]["seen"] == 412_233
    assert made["coverage"]["complete"] is False
    assert made["subjects"] == 1_081
    assert made["problems"] == {"permission": 14, "truncated": 12, "io-error": 7}
    assert made["skipped"] == {"no-reader": 187, "link": 31, "empty": 4}
    assert made["families"]["total"] == 2
    assert made["families"]["top"][0]["members"] == 1_043
    assert made["scan"]["fail_on"] == "medium"


def test_unknown_subjects_are_null(clean: Review, empty: Review, incomplete: Review) -> None:
    assert read_back(clean)["subjects"] is None
    assert read_back(clean)["coverage"]["complete"] is True
    assert read_back(clean)["coverage"]["account"] == {
        "parsed": 9_000_000,
        "searched": 1_200_000,
        "pixels": 580_000_000,
        "opaque": 0,
    }
    assert read_back(empty)["verdict"]["outcome"] == "incomplete"
    assert read_back(incomplete)["coverage"]["unreadable"] == 3


def test_software_is_told_in_the_coverage(realistic: Review, clean: Review) -> None:
    told = read_back(realistic)["coverage"]["software"]
    assert (told["entries"], told["trees"]) == (12_345, 3)
    assert told["kinds"] == ["site-packages", "node_modules"]
    assert told["widest"][0]["path"] == "r*******/lib/site-packages"
    assert read_back(clean)["coverage"]["software"] is None


def test_findings_say_what_they_were_judged_by(realistic: Review) -> None:
    made = read_back(realistic)
    assert made["findings"]["top"][0]["explanation"].startswith("shape: two words with a caret")
    assert made["families"]["top"][0]["explanation"].startswith("shape:")


def test_hostile_texts(hostile: Review) -> None:
    made = read_back(hostile)
    assert made["findings"]["total"] == 15
    assert "\\x1b[31mred" in made["scan"]["policy"]


def test_same_review_same_bytes(realistic: Review) -> None:
    assert json.dumps(summary(realistic)) == json.dumps(summary(realistic))


def test_singling_out_is_told_in_numbers(realistic: Review, clean: Review) -> None:
    told = summary(realistic)["singling_out"]
    assert isinstance(told, dict)
    assert (told["subjects"], told["unique"], told["below_five"]) == (1_081, 412, 803)
    assert told["attributes"][0] == {"name": "date", "alone": 0.31, "without": 0.12}
    assert summary(clean)["singling_out"] is None
