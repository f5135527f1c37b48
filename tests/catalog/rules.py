"""A rule that loads, as a table of TOML, to be broken in tests."""

from typing import Any

PATTERN: dict[str, Any] = {"pattern": {"regex": "(?P<value>a+)b"}}
WORDS: dict[str, Any] = {"words": {"shapes": ["caret"], "tier": "high"}}
ELEMENTS: dict[str, Any] = {"elements": {"table": "elements", "class": "staff"}}
FAMILY: dict[str, Any] = {"family": {"verdicts": {"certain": 0.9}}}
OBJECT: dict[str, Any] = {"object": {"check": "removed-but-real"}}
VOLUME: dict[str, Any] = {"volume": {"check": "raw-beside-clean"}}

FILE = """
title = "T"
why = "W"
remedy = "R"
severity = "low"
certainty = 0.5
where = ["path"]
identifies = "quasi"
basis = ["B"]
since = "0.1"
[match.pattern]
regex = '(?P<value>a+)b'
[[example]]
text = "aab"
finds = ["aa"]
[[example]]
text = "ba"
finds = []
because = "no b behind"
"""


def table(match: dict[str, Any] | None = None, **changed: object) -> dict[str, Any]:
    """The table of a good rule, with other values at some keys; None removes a key."""
    place = {"place": "(0008,0090)", "names": ["a_1", "b_2"]}
    good: dict[str, Any] = {
        "title": "T",
        "why": "W",
        "remedy": "R",
        "severity": "low",
        "certainty": 0.5,
        "where": ["path"],
        "identifies": "quasi",
        "basis": ["B"],
        "since": "0.1",
        "match": PATTERN if match is None else match,
        "example": [
            {"text": "aab", "finds": ["aa"], **place},
            {"text": "ba", "finds": [], "because": "no b behind", **place},
        ],
    }
    return {key: value for key, value in {**good, **changed}.items() if value is not None}
