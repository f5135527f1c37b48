"""YAML: as texts by the keys that lead to them; no tag is built, no alias followed.

What is too long to be held is read by its outermost keys and items, some of them at a time.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from math import ceil

import yaml

from vestige.read.beside import gathered, plain
from vestige.read.beside.gathered import Pairs
from vestige.read.beside.parts import Part
from vestige.read.beside.structured import DEEPEST, UNSTRUCTURED, told
from vestige.read.beside.yaml_lines import Lines

MOST = 4 << 20
"""Characters of YAML that are read as such at once; longer ones are read in parts."""

_YAML_LINE = re.compile(
    r"\s*(?:- +)?[\"']?[^\s:#\"'{}\[\]][^:#\"'{}\[\]]{0,60}[\"']?:(?:\s.*)?|\s*- .*|---.*|\s*#.*"
)
_LEAST_LINES, _SHARE = 2, 0.9
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def is_yaml(head: str) -> bool:
    """Whether the lines with which a text begins are those of YAML."""
    lines = [line for line in head.splitlines()[:40] if line.strip()]
    if len(lines) < _LEAST_LINES or not any(":" in line for line in lines):
        return False
    unlike = (line for line in lines if _YAML_LINE.fullmatch(line) is None)
    # So many are unlike at most: one more, and nothing else is looked at.
    few = len(lines) - ceil(_SHARE * len(lines))
    return next(islice(unlike, few, None), None) is None


def read_yaml(text: str) -> Iterator[Part]:
    """What a text of YAML tells; aliases are passed over: what they name is told where it is."""
    values = _LINES.values(text)
    if values is None:
        values = parsed(text)
    if values is None:
        yield from plain.parts_of(text)
        return
    for value in values:
        yield from told(value)
        yield from gathered.listed(value)
    comments = [line for line in text.splitlines() if "#" in line] if "#" in text else []
    if comments:
        yield from plain.parts_of("\n".join(comments))


def parsed(text: str) -> list[object] | None:
    """The values of a YAML stream, however it is written; None if it is none."""
    try:
        return list(_documents(text))
    except (yaml.YAMLError, RecursionError, ValueError):
        return None


_LINES = Lines(parsed)


def _documents(text: str) -> Iterator[object]:
    """The values of a YAML stream, from its events: no tag is built, no alias followed."""
    stack: list[tuple[bool, list[object]]] = [(False, [])]
    for event in yaml.parse(text, Loader=_LOADER):
        if isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            if len(stack) > DEEPEST:
                raise RecursionError
            stack.append((isinstance(event, yaml.MappingStartEvent), []))
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            is_mapping, held = stack.pop()
            stack[-1][1].append(_paired(held) if is_mapping else held)
        elif isinstance(event, yaml.ScalarEvent):
            stack[-1][1].append(event.value)
        elif isinstance(event, yaml.AliasEvent):
            stack[-1][1].append(None)
    yield from stack[0][1]


def _paired(held: list[object]) -> Pairs:
    keys = (key if isinstance(key, str) else "" for key in held[::2])
    return Pairs(zip(keys, held[1::2], strict=False))


# --- what is too long to be held ---

_TOGETHER = 1 << 20
"""Characters at least that are read at once."""

_KEY = re.compile(r"^(?=[^\s#\-\]}][^\n]*:[ \n\r])", re.MULTILINE)
_ITEM = re.compile(r"^(?=- |---)", re.MULTILINE)


def read_in_parts(stretches: Iterable[str]) -> Iterator[Part]:
    """What the outermost keys and items of a text of YAML tell, and the rest as lines."""
    held: list[str] = []
    size = 0
    rest = iter(stretches)
    for stretch in rest:
        held.append(stretch)
        size += len(stretch)
        if size < _TOGETHER:
            continue
        text = "".join(held)
        cut = _last(_KEY, text) or _last(_ITEM, text)
        if cut:
            yield from read_yaml(text[:cut])
            text = text[cut:]
        elif size > MOST:
            yield UNSTRUCTURED
            yield from plain.lines_of((text,))
            yield from plain.lines_of(rest)
            return
        held, size = [text], len(text)
    yield from read_yaml("".join(held))


def _last(expression: re.Pattern[str], text: str) -> int:
    """Where an expression is found last; 0 if nowhere but at the beginning."""
    found = 0
    for match in expression.finditer(text):
        found = match.start()
    return found
