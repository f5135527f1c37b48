"""The columns of the CSV files: names, types and meanings, in their order.

A column keeps its name, type and meaning; a new one is added at the end of its file.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple


class Type(StrEnum):
    """What a column holds; the values are words for people."""

    WORD = "word"
    TEXT = "text"
    WHOLE = "whole number"
    WHOLE_OR_EMPTY = "whole number or empty"
    DECIMAL = "decimal"
    DAY = "day or empty"
    TIME = "time or empty"


_OF_PANDAS = {
    Type.WORD: "string",
    Type.TEXT: "string",
    Type.WHOLE: "int64",
    Type.WHOLE_OR_EMPTY: "Int64",
    Type.DECIMAL: "float64",
    Type.DAY: "string",
    Type.TIME: "string",
}


class Column(NamedTuple):
    """One column of a file."""

    name: str
    type: Type
    meaning: str


_W, _T, _N, _E, _F, _D, _M = Type

SCHEMA: Mapping[str, tuple[Column, ...]] = MappingProxyType(
    {
        "findings.csv": (
            Column("rank", _N, "Place in the order of risk, from 1"),
            Column("finding", _W, "Number of the finding, as F12, for `vestige show`"),
            Column("band", _W, "critical, high, medium, low or info"),
            Column("score", _F, "Risk from 0 to 100"),
            Column("severity", _W, "Harm if the claim is true, in words of the bands"),
            Column("certainty", _F, "How often the claim is true where it is made, 0 to 1"),
            Column("rule", _W, "Id of the rule"),
            Column("title", _T, "What is claimed"),
            Column("where", _W, "path, header, private, meta, table, content and so on"),
            Column("location", _T, "Place: an element as (0010,0010), a template, or `name`"),
            Column("evidence", _T, "First value, masked"),
            Column("entries", _N, "Files, folders and links in which it holds"),
            Column("files", _N, "Files at or below them, each counted once"),
            Column("bytes", _N, "Bytes of these files"),
            Column("subjects", _E, "Persons concerned; empty where not known"),
            Column("path", _T, "First place, masked"),
            Column("basis", _T, "Articles and sections, separated by semicolons"),
            Column("why", _T, "Why it matters"),
            Column("remedy", _T, "What to do"),
            Column("distinct", _N, "Different values"),
            Column("reasons", _T, "Why it has its rank, separated by semicolons"),
            Column("explanation", _T, "What the first value was judged by"),
            Column("standing", _W, "What became of the acceptance; empty if nobody answers"),
            Column("decision", _W, "accepted or false-alarm; empty if nobody answers"),
            Column("accepted_by", _T, "Who answers for it"),
            Column("accepted_because", _T, "Why"),
            Column("accepted_on", _D, "Since when, as 2026-11-21"),
            Column("accepted_until", _D, "Until when, as 2026-11-21"),
            Column("key_tells", _T, "What a table tells of persons, separated by semicolons"),
            Column("key_columns", _T, "In which of its columns, from 1, with known headings"),
            Column("key_codes", _T, "The column of the codes that it maps them to"),
            Column("key_linked", _E, "How many of its codes stand on the volume"),
            Column("key_of", _E, "How many codes it has"),
            Column("key_files", _E, "Files that lie under these codes"),
        ),
        "occurrences.csv": (
            Column("finding", _W, "Number of the finding"),
            Column("entry", _N, "Number of the entry in the scan"),
            Column("path", _T, "The entry, masked"),
            Column("location", _T, "Place in the entry"),
        ),
        "families.csv": (
            Column("finding", _W, "Number of the finding"),
            Column("rank", _N, "Place in the order of risk"),
            Column("band", _W, "Band of the finding"),
            Column("verdict", _W, "certain, likely or review"),
            Column("template", _T, "What the names have in common, as {word}_{uuid}"),
            Column("members", _N, "Names that follow it"),
            Column("distinct", _N, "Different ones"),
            Column("share", _F, "Estimated share of names of persons, 0 to 1, a lower bound"),
            Column("subjects", _N, "Estimated persons; 0 where nothing tells"),
            Column("files", _N, "Files inside"),
            Column("bytes", _N, "Bytes inside"),
            Column("first_written", _M, "Oldest file inside, ISO 8601 UTC"),
            Column("last_written", _M, "Newest file inside, ISO 8601 UTC"),
            Column("headers", _W, "Image headers inside: clean, dirty, mixed, none or gone"),
            Column("path", _T, "The folder that holds them, masked"),
            Column("examples", _T, "Some of the names, masked, separated by semicolons"),
            Column("kind", _W, "What tells the members apart, as names or record-numbers"),
        ),
        "problems.csv": (
            Column("path", _T, "The entry, masked"),
            Column("stage", _W, "At which step it happened"),
            Column("code", _W, "What happened, as in docs/operations.md"),
            Column("detail", _T, "More of it; never a value"),
        ),
    }
)
"""The columns of each CSV file of a scan."""

DTYPES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        file: MappingProxyType({one.name: _OF_PANDAS[one.type] for one in columns})
        for file, columns in SCHEMA.items()
    }
)
"""For each file the types by which pandas reads it the same whatever it holds."""


def names(file: str) -> tuple[str, ...]:
    """The names of the columns of a file."""
    return tuple(one.name for one in SCHEMA[file])
