"""Why a rule claims what it claims of a text, in words that hold nothing of the text."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from vestige.catalog import PatternMatch
from vestige.detect.candidates import Candidate, candidates_at
from vestige.detect.explained import WordClass, word_classes
from vestige.detect.shapes import TIERS, NameLike, Shape
from vestige.detect.words import Term, judged, name_like, terms
from vestige.lexicon import Lexicon
from vestige.model import Hit
from vestige.text import words

SHAPES = {
    Shape.CARET: "two words with a caret between them",
    Shape.COMMA: "two words with a comma between them",
    Shape.PAIR: "two words side by side",
    Shape.PAIR_DATE: "two words beside a date",
    Shape.PAIR_NUMBER: "two words beside a number",
    Shape.NAME_UUID: "a word beside a UUID",
    Shape.NAME_HASH: "a word beside a digest",
    Shape.NAME_DATE: "a word beside a date",
    Shape.NAME_NUMBER: "a word beside a number",
    Shape.NAME_SERIAL: "a word with a short number, and nothing else",
    Shape.INITIAL_NAME: "a word with an initial",
    Shape.CUE_NAME: "a word behind one that announces a name",
    Shape.NAME_EXAM: "a word among terms of an examination",
    Shape.RUN_ON: "two words written as one",
    Shape.LONE: "a word by itself",
}

_NAMES = (
    WordClass.COMMON_SURNAME,
    WordClass.RARE_SURNAME,
    WordClass.COMMON_GIVEN,
    WordClass.RARE_GIVEN,
)
_MEANINGS = (WordClass.VOCABULARY, WordClass.TECHNICAL, WordClass.MEDICAL, WordClass.PLACE)
_SHOWN = 4
"""Words of a name that are described one by one."""
_ORDINALS = ("the first word", "the second", "the third", "the fourth")

_PARTS = (
    ("shape:", "shape"),
    (":odds", "words"),
    (":best", "words"),
    (":worst", "words"),
    (":case:none", "a script without capitals"),
    (":case:", "capitals"),
    (":announced:", "what stands before"),
    (":followed:", "what stands behind"),
    (":counted", "a number beside"),
    (":two initials", "initials"),
    (":alone", "company"),
    (":among", "company"),
    (":code", "the file of a program"),
    ("", "what the words are to each other"),
)
"""What a term of a score is about, by a part of its name."""


def joined(hit: Hit, said: str) -> Hit:
    """The hit with one more clause in its explanation."""
    explain = hit.explain
    return hit if explain is None else replace(hit, explain=lambda: f"{explain()}; {said}")


def of_name(text: str, name: NameLike, lexicon: Lexicon) -> str:
    """Shape, words, score and bars of one name in a text."""
    bars = TIERS[name.shape]
    high = "never high alone" if math.isinf(bars.high) else f"high from {bars.high:g}"
    said = [
        f"shape: {shape_words(name.shape)}",
        _words(text[slice(*name.span)], lexicon),
        _score(text, name, lexicon),
        f"medium from {bars.medium:g}, {high}",
    ]
    return "; ".join(filter(None, said))


def of_pattern(match: PatternMatch, value: str, lexicon: Lexicon) -> str:
    """What an expression captured had to be, and what its words are."""
    said = ["form: the expression of the rule fits"]
    if match.words:
        said.append(_words(value, lexicon))
        if match.words != "surname":
            said.append("none of the words is ordinary")
        if match.words != "unknown":
            said.append(f"log-odds of being a name {name_like(value, lexicon):.1f}, asked above 0")
    if match.check:
        said.append(f"it passes the check {match.check}")
    return "; ".join(filter(None, said))


def shape_words(shape: Shape) -> str:
    """A shape in words; of one without words of its own, its name."""
    return SHAPES.get(shape, shape.value.replace("-", " "))


def parts(found: Sequence[Term]) -> dict[str, float]:
    """The points of a score by what they are about."""
    points: dict[str, float] = {}
    for term in found:
        about = _about(term.feature)
        points[about] = points.get(about, 0.0) + term.points
    return points


@lru_cache(maxsize=1 << 8)
def _about(feature: str) -> str:
    """What a feature is about."""
    return next(words for part, words in _PARTS if part in feature)


def _score(text: str, name: NameLike, lexicon: Lexicon) -> str:
    candidate = next(_same(text, name, lexicon), None)
    said = f"score {name.score:.1f}"
    if candidate is None:
        return said
    points = parts(tuple(terms(candidate, lexicon)))
    return f"{said} of which {', '.join(f'{about} {one:.1f}' for about, one in points.items())}"


def _same(text: str, name: NameLike, lexicon: Lexicon) -> Iterator[Candidate]:
    for candidate in candidates_at(name, text, lexicon):
        if judged(candidate, lexicon) == name.score:
            yield candidate


def _words(value: str, lexicon: Lexicon) -> str:
    """What each word of a value is known as."""
    known = [_known(word, lexicon) for word in words(value)[:_SHOWN]]
    if len(known) == 1:
        return f"the word is {known[0]}"
    pairs = zip(_ORDINALS, known, strict=False)
    return ", ".join(f"{which} is {said}" for which, said in pairs)


@lru_cache(maxsize=1 << 12)
def _known(word: str, lexicon: Lexicon) -> str:
    return _said(word_classes(word, lexicon))


@lru_cache(maxsize=1 << 10)
def _said(classes: tuple[WordClass, ...]) -> str:
    """What a word is that is known as all this."""
    names = [one.value for one in _NAMES if one in classes]
    meanings = [one.value for one in _MEANINGS if one in classes]
    others = [one.value for one in classes if one not in (*_NAMES, *_MEANINGS)]
    if names:
        also = f", and {' and '.join(meanings)} too" if meanings else " and no vocabulary"
        return f"a {' and '.join(names)}{also}"
    return " and ".join(meanings or others).replace(WordClass.UNKNOWN, "in no list")
