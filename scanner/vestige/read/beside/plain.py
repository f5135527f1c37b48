"""Plain text: the lines of a file that is nothing else, its labelled values, and paths in it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from vestige.digits import blinded, forms_of
from vestige.model import Place
from vestige.read.beside import file_names, paths
from vestige.read.beside.encodings import LONGEST_LINE, is_text
from vestige.read.beside.keys import place_of, tag_of
from vestige.read.beside.parts import Part, Told, beside
from vestige.read.labels import fitted
from vestige.read.packed import unbased

__all__ = ["is_logged", "is_text", "lines_of", "parts_of", "values_of"]

LINE = beside("text")
_STAMP = re.compile(
    r"^: \d{9,10}:\d{1,6};"
    r"|^[\[(<]?(?:\d{4}[-/.]\d\d[-/.]\d\d|\d{6}|\d\d/\d\d/\d{4}|\w{3} \w{3} ?\d?\d)[-T ,]{1,2}"
    r"\d\d:\d\d(?::\d\d)?(?:[.,]\d{1,9})?(?:Z|[-+]\d\d:?\d\d)?[\])>]?[\s|:,-]{0,4}"
)
"""The time at which a program wrote a line of its log, or a shell of its history: no patient's."""

_RELEASE = re.compile(
    r"^[\s*#=-]{0,8}\[?v?(?:\d+\.)+\d+\w{0,8}\]?[\s:(-]{1,4}\d{4}-\d\d-\d\d\)?\s*$", re.MULTILINE
)
"""A version with its day, as lists of changes have them."""

_CREDIT = re.compile(
    r"\W{0,8}(?i:copyright|\(c\)|©)\W.{0,64}\b(?:19|20)\d\d\b.{0,128}$"
    r"|[A-Z]\w+ [A-Z]\w+'s [\w.+-]{2,32} version v?\d"
)
"""Who made a program, as sources and programs themselves say."""

_CREDIT_OF_FORM = re.compile(blinded(_CREDIT.pattern) or "")

_SIGN = re.compile(r"[:=]|->")
_LONGEST_KEY = 80
_BEFORE = re.compile(r"[ \t>*#-]{0,16}(?:export[ \t]+|set[ \t]+)?[\"']?(.*?)[\"']?[ \t]*")
_LABELLED = re.compile(r"""[^:=]*?(?:[:=]+|->)[ \t]{0,8}["']?([^\n"']{1,256}?)["']?[ \t,;]{0,4}$""")


@lru_cache(maxsize=1 << 14)
def _tag_before(key: str) -> int:
    """The tag of what stands before the sign in a line; 0 if it announces nothing."""
    found = _BEFORE.fullmatch(key)
    return tag_of(found[1]) if found and found[1] else 0


_URN = re.compile(r"\s*urn:[a-z0-9][a-z0-9-]{1,31}:")
"""A name of RFC 8141, as those of namespaces: in hospitals a number may be called so too."""

_EMPTY = re.compile(
    r"[\W_]*(?:none|null|nan|n/?a|unknown|true|false|anonymi[sz]ed)?[\W_]*", re.IGNORECASE
)


def lines_of(stretches: Iterable[str]) -> Iterator[Part]:
    """The lines of a text, each distinct one of a stretch once, and what else stands in them."""
    for text in stretches:
        yield from parts_of(text)


def parts_of(text: str) -> Iterator[Part]:
    """The lines of a stretch of text, its labelled values, and the names in its paths."""
    lines = list(dict.fromkeys(text.splitlines()))
    if _may_be_coded(lines):
        text = _CODED.sub(_decoded, text)
        lines = list(dict.fromkeys(text.splitlines()))
    kept = _kept(lines)
    if any(len(line) > _LONGEST for line in kept):
        yield Told(LINE, [piece for line in kept for piece in _pieces(line)])
    else:
        yield Told(LINE, list(kept))
    if ":" in text or "=" in text or "->" in text:
        yield from values_of(line for line, may_be in kept.items() if may_be)
    if "/" in text or "\\" in text:
        yield from paths.told(kept)
    if "." in text:
        yield from file_names.told(text)


def _kept(lines: Sequence[str]) -> dict[str, bool]:
    """Lines without the times before them, and whether a key may announce a value in each."""
    forms = forms_of(lines) if len(lines) > _FEW else None
    if forms is None:
        kept = dict.fromkeys(map(_unstamped, lines), True)
    else:
        known = {form: _line_of(form) for form in dict.fromkeys(forms)}
        kept = {}
        for line, form in zip(lines, forms, strict=True):
            begins, announces = known[form]
            kept[line[begins:] if begins >= 0 else _unstamped(line)] = announces
    kept.pop("", None)
    return kept


_FEW = 8
"""Lines of which each is looked at by itself: of more, many differ in their digits alone."""


class _Line(NamedTuple):
    """What is so of all lines of a form: where they begin, and whether a key may announce a value.

    They begin behind their times; below 0 where that depends on their digits.
    """

    begins: int
    announces: bool


def _line_of(form: bytes) -> _Line:
    return _known_line(form) if len(form) <= _LONGEST_KNOWN else _learnt_line(form)


_LONGEST_KNOWN = 512


def _learnt_line(form: bytes) -> _Line:
    line = form.decode("ascii")
    stamp = None if line[:1].isspace() else _STAMP.match(line)
    begins = stamp.end() if stamp else 0
    rest = line[begins:]
    if _RELEASE.match(rest):
        return _Line(len(line), announces=False)
    if _CREDIT_OF_FORM.match(rest):
        return _Line(-1, announces=True)
    sign = _SIGN.search(rest)
    key = rest[: min(sign.start(), _LONGEST_KEY)] if sign else ""
    # Which digits a key has may matter: a tag is written in them.
    announces = sign is not None and ("9" in key or _tag_before(key) != 0)
    return _Line(begins, announces)


_known_line = lru_cache(maxsize=1 << 14)(_learnt_line)


def is_logged(line: str) -> bool:
    """Whether a program wrote the time before a line."""
    return _STAMP.match(line) is not None


def _unstamped(line: str) -> str:
    """A line without the time that a program put before it, or the day of a release."""
    if not line[:1].isspace() and (found := _STAMP.match(line)):
        line = line[found.end() :]
    return "" if _RELEASE.match(line) or _CREDIT.match(line) else line


def _pieces(line: str) -> Iterator[str]:
    """A line, or a long one in pieces that overlap, so that nothing is cut in all of them."""
    if len(line) <= _LONGEST:
        yield line
        return
    for at in range(0, len(line), _LONGEST - _OVERLAP):
        yield line[at : at + _LONGEST]


def _may_be_coded(lines: Sequence[str]) -> bool:
    """Whether base64 may stand in lines: in one that is very long, or in many without a blank."""
    left = _CODED_LINES
    for line in lines:
        if len(line) >= _CODED_LINE:
            left -= _CODED_LINES if len(line) > _LONGEST else " " not in line.strip()
            if left <= 0:
                return True
    return False


def _decoded(run: re.Match[str]) -> str:
    """The text that long base64 stands for; nothing where it stands for numbers or pixels.

    Letters of chance would be taken for words and paths, of which an array has thousands. What is
    no base64 by its letters stays as it is.
    """
    sample = run[0][:_SAMPLE]
    mixed = all(least <= len(kind.findall(sample)) for kind, least in _CHANCE)
    if not mixed or len(_LETTERED.findall(sample)) > _BY_CHANCE:
        return run[0]
    text = unbased(run[0].encode("ascii")).decode("utf-8", "replace")
    return f"\n{text}\n" if "\ufffd" not in text and "\0" not in text else "\n"


_CODED_LINE, _CODED_LINES = 48, 16
_CODED = re.compile(
    r"(?:[A-Za-z0-9+/]{48,}[ \t]{0,64}\r?\n[ \t]{0,64}){16,}[A-Za-z0-9+/]*={0,2}"
    r"|[A-Za-z0-9+/]{1024,}={0,2}"
)
"""Base64 in many lines, or in one."""
_SAMPLE = 1024
_CHANCE = ((re.compile("[A-Z]"), 128), (re.compile("[a-z]"), 128), (re.compile("[0-9]"), 32))
"""Letters and digits of each kind that base64 has at least; of chance it has twice as many."""
_LETTERED, _BY_CHANCE = re.compile("[a-z]{5}|[A-Z]{5}"), 32
"""Runs of letters of one case: chance writes a dozen of them in a thousand, paths a hundred."""
_LONGEST, _OVERLAP = 2_048, 128
assert _LONGEST < LONGEST_LINE  # noqa: S101 - of two constants


def values_of(lines: Iterable[str]) -> Iterator[Told]:
    """The values in lines that a key of a known vocabulary announces."""
    found: dict[Place, dict[str, None]] = {}
    for line in lines:
        sign = _SIGN.search(line)
        if sign is None or _URN.match(line):
            continue
        tag = _tag_before(line[: min(sign.start(), _LONGEST_KEY)])
        if tag and (labelled := _LABELLED.match(line)) is not None:
            told = fitted(tag, labelled[1])
            if told and not _EMPTY.fullmatch(told):
                found.setdefault(place_of(tag), {})[told] = None
    for place, values in found.items():
        yield Told(place, list(values))
