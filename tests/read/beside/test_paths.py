"""Paths in texts: their names, and what looks like a path and is none."""

import pytest

from vestige.read.beside.paths import PATH, told


def names(line: str) -> list[str]:
    return [name for part in told([line]) for name in part.texts if part.place == PATH]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("copied /export/raw/Quintero_Maria/IM1", ["export", "raw", "Quintero_Maria", "IM1"]),
        (r"copy D:\export\Quintero_Maria\IM1 C:\out", ["export", "Quintero_Maria", "IM1"]),
        ("open '/data/Maria Quintero/a b'", ["data", "Maria", "Maria Quintero", "a b"]),
        ("mv raw/Quintero_Maria sub-01", ["Quintero_Maria"]),
        ("input: raw/Quintero_Maria/IM1", ["Quintero_Maria"]),
        ("pt/Quintero_Maria=0001", ["Quintero_Maria"]),
        ("https://pacs.test/export/Quintero_Maria.zip", ["Quintero_Maria.zip"]),
        ("file:///data/Maria%20Quintero/1", ["data", "Maria Quintero", "1"]),
        ("https://github.com/maria_quintero/tools", []),
        ("given 5 mg/kg and/or 3 ml/min", []),
        ("https://pacs.test/wado/studies/1.2.3", []),
        ("no path at all", []),
    ],
)
def test_names_on_paths(line: str, found: list[str]) -> None:
    assert names(line) == found
