"""Where a phantom directory comes from: told by its path, names and times, by nothing masked."""

from dataclasses import replace

import pytest

from vestige.model import Band
from vestige.reports.origin import AT_ONCE, DATED, NUMBERED, STAGES, origin, tools
from vestige.review import Ranked, Review


def told(review: Review, path: str, **changes: object) -> tuple[str, ...]:
    ranked = replace(review.findings[0], paths=(path,))
    family = review.findings[0].family
    assert family is not None
    quiet = {"template": "{word}", "first_written": 0, "last_written": 0} | changes
    return origin(ranked, replace(family, **quiet), tools(review.findings))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("research/export_v1", [("export", "export"), ("v1", "version")]),
        ("pool/TMP/stage2/raw", [("raw", "raw"), ("stage2", "stage"), ("tmp", "scratch")]),
        ("pool/first-pass", [("first", "pass")]),
        ("pool/incoming/cohort_b", [("incoming", "import")]),
        ("pool/deid_OUT", [("deid", "deid"), ("out", "export")]),
        ("pool/backup.old", [("backup", "copy")]),
        ("pool/cohort_b", []),
        ("r*****/e*****_v*", []),
        ("", []),
    ],
)
def test_words_of_stages(realistic: Review, path: str, words: list[tuple[str, str]]) -> None:
    assert told(realistic, path) == tuple(STAGES[s].format(word=w) for w, s in words)


def test_names_and_times(realistic: Review) -> None:
    day = 86_400 * 10**9
    assert told(realistic, "x", template="{word}_{uuid}") == (NUMBERED,)
    assert told(realistic, "x", template="{date}_{word}") == (DATED,)
    assert told(realistic, "x", first_written=day, last_written=2 * day - 1) == (AT_ONCE,)
    assert "over 3 days" in told(realistic, "x", first_written=day, last_written=3 * day)[0]


def test_tools_are_told_by_what_lies_below(realistic: Review) -> None:
    about = replace(
        realistic.findings[1].finding.claim, rule="uids/made-by-dcmtk", title="A", severity=Band.LOW
    )
    tool = replace(
        realistic.findings[1],
        finding=replace(realistic.findings[1].finding, claim=about),
        paths=("pool/x/1.dcm",),
    )
    made: Review = replace(realistic, findings=(*realistic.findings, tool))
    assert told(made, "pool/x") == (f"Nearby, {tool.number} tells of the tool: A.",)
    assert told(made, "pool/other") == ()
    assert isinstance(tool, Ranked)
