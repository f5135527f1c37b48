"""Writing: the paragraphs of documents and messages, with what stands behind labels in them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice

from vestige.model import Place
from vestige.read.beside.parts import Told, beside
from vestige.read.beside.rows import place_of
from vestige.read.dictionary import label
from vestige.read.fields import of_lines

__all__ = ["told"]

_BATCH = 2_000
"""Paragraphs of which the distinct ones are told at once."""

_LONGEST_LABELLED = 1_000
"""Characters of a paragraph in which labels are sought; those of forms are short."""

_MOST_WORDS = 6
_PARTICLE = 4


def told(kind: str, paragraphs: Iterable[str]) -> Iterator[Told]:
    """The distinct paragraphs, and apart from them the values behind labels."""
    rest = iter(paragraphs)
    while batch := list(islice(rest, _BATCH)):
        texts = dict.fromkeys(text for one in batch if (text := one.strip()))
        if texts:
            yield Told(beside(kind), tuple(texts))
        labelled: dict[Place, dict[str, None]] = defaultdict(dict)
        for text in texts:
            if len(text) <= _LONGEST_LABELLED and (":" in text or "=" in text):
                for field in of_lines(text):
                    if label(field.tag)[1] != "PN" or _is_like_name(field.text):
                        labelled[place_of(kind, field.tag)][field.text] = None
        for place, values in labelled.items():
            yield Told(place, tuple(values))


def _is_like_name(text: str) -> bool:
    """Whether words behind a label may be a name, and not the beginning of a sentence."""
    words = text.replace("^", " ").replace(",", " ").split()
    long = [word for word in words if len(word) >= _PARTICLE]
    if not 0 < len(words) <= _MOST_WORDS or any(c.isdigit() for c in text):
        return False
    return not any(word.islower() for word in long) or len(words) == 1
