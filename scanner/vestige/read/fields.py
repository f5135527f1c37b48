"""Fields: texts inside a value, each with the attribute that its label stands for; and losses."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from vestige.read.labels import fitted, label_of

DEEPEST = 3
"""Containers within containers that are opened."""

LOSSES = {
    "blob-unread": "a packed value could not be unpacked to its end",
    "budget": "a packed value holds more than is searched",
    "document-unread": "a document inside the file could not be read",
    "document-without-text": "pages of a document inside the file have no text that can be read",
}
"""What may be lost of a value, by the code of its problem."""


class Field(NamedTuple):
    """A text and the tag that its label stands for; 0 if it has none."""

    tag: int
    text: str


_LINE = re.compile(
    r"""^[ \t]*+(?:set[ \t]+)?"?([^\W\d][^\n:="<>{}]{0,48}?)"?[ \t]{0,64}
        (?:[:=]+[ \t]*+|(?<=[ \t])(?="))
        (?:"{1,2}([^"\n]*)|([^"\n]*))""",
    re.MULTILINE | re.VERBOSE,
)
"""`key = value`, `key: value`, `KEY "value"`, `set KEY "value"`."""


def of_lines(text: str) -> Iterator[Field]:
    """The labelled values of a text of lines, as configurations and protocols are written."""
    for found in _LINE.finditer(text):
        tag = label_of(found[1])
        if tag:
            value = fitted(tag, found[2] or found[3] or "")
            if value:
                yield Field(tag, value)
