"""Lines of YAML as programs write them."""

import random

import pytest

from vestige.read.beside.in_yaml import parsed
from vestige.read.beside.yaml_lines import Lines

LINES = Lines(parsed)

PIECES = (
    "a: b|a:|- x|- a: 1|  b: 2|  - y|    c: d e f|- - q|# hi|---|a: 'x y'|b: \"z\"|"
    "k: {a: 1, b: [x]}|k: [a, b]|t: >|  text|u: http://x.y/z|w: 3:4|v: a #c|t: it's|-|"
    "key of two: v|  x: *a|n: null|e: ''|  deep: - a|- 'x: y'|m: a: b|- {a: b}|o: -5|"
    "o: - 5|p: <x>|'q': r|? a|: b|f: [a|"
    "g: a  b  |h: #x|i:   |    j: k|1: 2|x:y|- x:y"
).split("|")


def test_what_is_read_by_lines_is_what_all_of_yaml_reads() -> None:
    chance = random.Random(7)  # noqa: S311 - no secret
    read = 0
    for _ in range(3_000):
        text = "\n".join(chance.choices(PIECES, k=chance.randint(1, 4)))
        found = LINES.values(text)
        if found is not None:
            read += 1
            whole = parsed(text)
            assert whole is not None, text
            # A document that is empty tells nothing.
            assert found == [value for value in whole if value != ""], text
    assert read > 300


@pytest.mark.parametrize(
    "text",
    [
        "a: &x b",
        "a: |\n  b",
        "a: 'b\n  c'",
        "a: b\n  c",
        "a: b\n  c: d",
        "a:\n\tb: c",
        "a: [b\n]",
        "x",
    ],
)
def test_what_is_written_in_another_way_is_left(text: str) -> None:
    assert LINES.values(text) is None


def test_lists_stand_below_their_key_and_beside_it() -> None:
    for indent in ("", "  "):
        text = (
            f"DICOM:\n{indent}- name: a\n{indent}  of:\n{indent}    b: c\n{indent}- d\nnext: e\r\n"
        )
        inner = [[("name", "a"), ("of", [("b", "c")])], "d"]
        assert LINES.values(text) == [[("DICOM", inner), ("next", "e")]]
