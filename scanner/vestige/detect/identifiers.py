"""Identifiers of persons in a text: by form and check digit, by a label, by their element."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from vestige.catalog import Identifier, IdentifierMatch, Identifiers, Rule
from vestige.catalog.identifiers import BEFORE, WORDS, Form, Label, core, keys
from vestige.detect.check_digits import passes
from vestige.detect.checks import plausible_date
from vestige.digits import form
from vestige.model import Claim, Hit
from vestige.sensitive import Sensitive

NUMBERS = frozenset(
    {
        0x00080050,
        0x00100010,
        0x00100020,
        0x00100021,
        0x00101000,
        0x00101050,
        0x00101090,
        0x00120040,
        0x00120042,
        0x00200010,
        0x00380010,
        0x00380060,
    }
)
"""Elements that hold a number of a person, or of a stay: Patient ID, Other Patient IDs and so on;
of Patient's Name too, where numbers stand for people."""

_ENOUGH = re.compile(r"(?:\d\D{0,9}){4}\d")
_RARE_PLAIN = re.compile("nhi|pan|peid|index|card|malt|karta|account")
_RARE = re.compile(_RARE_PLAIN.pattern, re.IGNORECASE)
_TWO = re.compile(r"\d\d")
LEAST_DIGITS = 2
"""Five digits, or what the few numbers of fewer are announced by."""

_NO_NUMBER = re.compile(
    r"""(?x)
    (?<![^\W_])(?=[0-9A-Fa-f])
    (?: \d+(?:\.\d+){4,}(?!\d)
      | [0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}(?![^\W_])
      | (?=[0-9]{0,64}[A-Fa-f])[0-9A-Fa-f]{24,128}(?![^\W_])
      | \d{21,}
    )
    """
)
_SHORTEST_MASKED = 21
_DOTS = 4
"""UIDs, UUIDs, digests and numbers of more than twenty digits, in which nothing is looked for."""

_GAP = re.compile(
    r"[\W_]{0,4}(?:(?:n[oºr°]|nos|num|núm|nummer|number|numero|número|id|code|kod|cod|is|ist|es|est|"
    r"é|of|the|patient|paciente|patienten|paziente|del|do|du|des|der|de|la|el)[\W_]{1,3}|n[°º]"
    r"[\W_]{0,2}){0,3}",
    re.IGNORECASE,
)
_WIDE_GAP = re.compile(r"[\W_]{0,4}(?:[^\W\d_]{1,16}[\W_]{1,4}){0,3}")
"""What may stand between a label and its number; words of any kind where a check digit follows."""

_PIECES = re.compile(r"[^\W_]+(?:[ ._/()-]{1,2}[^\W_]+){0,7}")
_MARKS = re.compile(r"[\W_]+")
_PIECE = re.compile(r"[^\W_]+")
_SHORTEST, _LONGEST = 7, 48
_WINDOW = 256
_STEP = 160
"""Characters of a text of which the ways of writing are looked up together, and those after which
the next ones begin: a number that one part cuts is whole in the next."""

_LONGEST_LABEL = 5
_WIDEST = 3
_BY_DAY = frozenset({"lu_mat", "se_pnr"})
"""Numbers that begin with a whole date, as only elements for numbers of persons may."""

_TIMED = re.compile(r"\d{6}(?:\d\d[-+/]?|[-+/])(?:[01]\d|2[0-3])[0-5]\d")
"""What may be a date and a time of day instead: six or eight digits, a mark, hours and minutes."""

_MILLISECONDS = re.compile(r"1[0-8]\d{11}")
"""The time of computers, of 2001 to 2030."""

_VALUES = re.compile(r"[^\s\0^=\\](?:[^\0^=\\]*[^\s\0^=\\])?")
"""The values of an element, without what pads them."""

_DATED_FROM = 10


class Identified(NamedTuple):
    """A number in a text, what it is or may as well be, and what shows it (see `CONTEXTS`)."""

    kinds: tuple[Identifier, ...]
    context: str
    start: int
    end: int


def hits(rule: Rule, match: IdentifierMatch, found: Iterable[Identified], text: str) -> list[Hit]:
    """Hits of a rule among the numbers that were found in a text."""
    return [
        Hit(
            claim(rule, one.kinds),
            (one.start, one.end),
            Sensitive(text[one.start : one.end]),
            rule.certainty,
        )
        for one in found
        if one.context == match.context
    ]


def claim(rule: Rule, kinds: tuple[Identifier, ...]) -> Claim:
    """What a rule asserts of a number: its names, the milder severity, its HIPAA letter."""
    letter = f"45 CFR 164.514(b)(2)(i)({kinds[0].hipaa})"
    titles = dict.fromkeys(kind.title for kind in kinds)
    return replace(
        rule.claim,
        title=rule.title.replace("{identifier}", ", or ".join(titles)),
        severity=min(rule.severity, kinds[0].severity),
        basis=(*rule.basis, letter),
    )


def may_hold(alike: str, known: Identifiers) -> bool:
    """Whether a text of this form (see `digits`) may hold an identifier."""
    if not _enough(alike):
        return False
    masked = _masked(alike)
    return bool(_forms(masked, known)) or any(True for _ in _labels(masked, known))


def identified(text: str, known: Identifiers) -> tuple[Identified, ...]:
    """The identifiers in a text, those with a label first."""
    if not _enough(text):
        return ()
    masked = _masked(text)
    if masked is not text and not _enough(masked):
        return ()
    return (*_labelled(masked, known), *_bare(masked, known))


def in_element(text: str, known: Identifiers) -> tuple[Identified, ...]:
    """The numbers that are all of a value of an element for numbers of persons.

    What is known by its form alone is known so here too.
    """
    if not _enough(text):
        return ()
    found = {(one.start, one.end): one for one in _bare(text, known) if one.context == "alone"}
    for part in _VALUES.finditer(text):
        kinds = _whole(part.group(), known)
        if kinds:
            found.setdefault(part.span(), Identified(kinds, "element", *part.span()))
    return tuple(found.values())


# --- in an element -----------------------------------------------------------------------------


def _whole(value: str, known: Identifiers) -> tuple[Identifier, ...]:
    """What a value may be, all of it."""
    if not _SHORTEST <= len(value) <= _LONGEST or not value.isascii() or not _enough(value):
        return ()
    if _TIMED.fullmatch(value):
        return ()
    dated = _looks_dated(value)
    return tuple(
        kind
        for kind in known.kinds
        if kind.in_elements
        and (kind.key in _BY_DAY or not dated)
        and _compiled(kind.written).fullmatch(value)
        and _bears_out(kind, kind.check, value)
    )


# --- by form -----------------------------------------------------------------------------------


def _bare(text: str, known: Identifiers) -> Iterator[Identified]:
    if len(text) <= _WINDOW:
        yield from _within(text, (0, len(text)), known)
        return
    seen: set[Identified] = set()
    for start in range(0, len(text), _STEP):
        end = min(start + _WINDOW, len(text))
        if _enough(text[start:end]):
            new = [one for one in _within(text, (start, end), known) if one not in seen]
            yield from new
            seen.update(new)


def _within(text: str, window: tuple[int, int], known: Identifiers) -> Iterator[Identified]:
    """The numbers in a part of a text that end before it does, unless that is the text's end."""
    start, end = window
    together: dict[tuple[str, int, int], list[Identifier]] = {}
    for kind, one in _forms(form(text[start:end]), known):
        for found in _compiled(one.expression).finditer(text, start, end):
            if found.end() == end < len(text):
                continue
            value = found.group()
            if _doubtful(value):
                continue
            if _bears_out(kind, kind.check, value):
                together.setdefault((one.worth, *found.span()), []).append(kind)
    for (worth, first, last), kinds in together.items():
        yield Identified(tuple(kinds), worth, first, last)


def _doubtful(value: str) -> bool:
    """Whether a number is as well a date, with a time of day or a counter, or milliseconds."""
    return _looks_dated(value) or any(one.fullmatch(value) for one in (_TIMED, _MILLISECONDS))


def _looks_dated(value: str) -> bool:
    """Whether digits begin with a day, year first or last."""
    if len(value) < _DATED_FROM or not value.isdecimal():
        return False
    return plausible_date(value[:8]) or plausible_date(f"{value[4:8]}{value[2:4]}{value[:2]}")


@lru_cache(maxsize=1 << 13)
def _forms(alike: str, known: Identifiers) -> tuple[tuple[Identifier, Form], ...]:
    """The ways of writing that may stand in a text of this form."""
    if not _together(known).search(alike):
        return ()
    forms = ((kind, one) for kind in known.kinds for one in kind.forms)
    return tuple(pair for pair in forms if _compiled(BEFORE + pair[1].blind).search(alike))


@lru_cache(maxsize=4)
def _together(known: Identifiers) -> re.Pattern[str]:
    """Takes what any way of writing takes of texts whose digits are alike, and more.

    What else may not stand around a number is left out: it takes long to ask for at each letter.
    """
    blind = dict.fromkeys(core(one.blind) for kind in known.kinds for one in kind.forms)
    return re.compile(f"{BEFORE}(?:{'|'.join(blind) or '(?!)'})")


# --- by label ----------------------------------------------------------------------------------


def _labelled(text: str, known: Identifiers) -> Iterator[Identified]:
    taken = 0
    for at, labels in _labels(text, known):
        found = _behind(text, at, labels) if at >= taken else None
        if found is not None:
            taken = found.end
            yield found


def _labels(text: str, known: Identifiers) -> Iterator[tuple[int, tuple[Label, ...]]]:
    """Where each label ends, and what it announces; the longest where one holds another."""
    plain, begins = text.isascii(), _begins_by(known)
    expression = _PLAIN_WORDS if plain else WORDS
    found = expression.findall(text)
    # the only key of a word of ASCII is the word itself
    if known.starts.isdisjoint(map(str.lower, found)) if plain else not any(map(begins, found)):
        return
    words = list(expression.finditer(text))
    for first, word in enumerate(words):
        if not begins(word.group()):
            continue
        following = [word]
        for after in words[first + 1 : first + _LONGEST_LABEL]:
            if not 0 <= after.start() - following[-1].end() <= _WIDEST:
                break
            following.append(after)
        for count in range(len(following), 0, -1):
            joined = "".join(one.group() for one in following[:count])
            labels = _named(joined, known)
            if labels:
                yield following[count - 1].end(), labels


_PLAIN_WORDS = re.compile("[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[A-Za-z]+")
"""What `WORDS` takes of texts of ASCII, in half the time."""


@lru_cache(maxsize=4)
def _begins_by(known: Identifiers) -> Callable[[str], bool]:
    """Whether a label begins with a word."""
    starts = known.starts
    return lru_cache(maxsize=1 << 14)(lambda word: not starts.isdisjoint(keys(word)))


@lru_cache(maxsize=1 << 14)
def _named(joined: str, known: Identifiers) -> tuple[Label, ...]:
    found = (label for key in keys(joined) for label in known.labels.get(key, ()))
    return tuple(dict.fromkeys(one for one in found if one.spelt in ("", joined)))


def _behind(text: str, at: int, labels: tuple[Label, ...]) -> Identified | None:
    """The number behind a label; one whose check digit holds before any other."""
    unproven: Identified | None = None
    for kind, spelt in labels:
        starts = dict.fromkeys((*_starts(_GAP, text, at), *_starts(_WIDE_GAP, text, at)))
        for number, start in enumerate(starts):
            for end in _ends(text, start, kind):
                proven = _is_proven(kind, text[start:end])
                if proven or (not kind.check and not spelt and number == 0):
                    return Identified((kind,), "labelled", start, end)
                if unproven is None and not spelt and number == 0:
                    unproven = Identified((kind,), "unproven", start, end)
    return unproven


def _is_proven(kind: Identifier, value: str) -> bool:
    return bool(kind.check) and _bears_out(kind, kind.check_labelled, value)


def _starts(gap: re.Pattern[str], text: str, at: int) -> Iterator[int]:
    found = gap.match(text, at)
    if found is not None:
        yield found.end()


def _ends(text: str, start: int, kind: Identifier) -> Iterator[int]:
    """Where a number that begins there may end: as it is written, then piece by piece."""
    written = _compiled(kind.written).match(text, start)
    if written is not None:
        yield written.end()
    pieces = _PIECES.match(text, start, start + _LONGEST)
    compact = ""
    for piece in _PIECE.finditer(pieces.group()) if pieces else ():
        compact += piece.group()
        end = start + piece.end()
        whole = end == len(text) or not text[end].isalnum()
        if whole and _compiled(kind.compact).fullmatch(compact):
            yield end


# --- both --------------------------------------------------------------------------------------


def _enough(text: str) -> bool:
    """Whether a text may hold a number of a person; the same for all texts of one form."""
    if _ENOUGH.search(text) or "<<" in text:
        return True
    if _TWO.search(text) is None:
        return False
    # in small letters, for to search without regard to case takes several times as long
    found = _RARE_PLAIN.search(text.lower()) if text.isascii() else _RARE.search(text)
    return found is not None


def _masked(text: str) -> str:
    """A text of the same length without UIDs, UUIDs and digests."""
    if len(text) < _SHORTEST_MASKED and text.count(".") < _DOTS:
        return text
    return _NO_NUMBER.sub(lambda found: "\x1f" * len(found.group()), text)


def _bears_out(kind: Identifier, check: str, value: str) -> bool:
    """Whether a written number passes a check; a mark that is a part of it stays: 010190-123A."""
    bare = value.upper()
    compact = _MARKS.sub("", bare)
    whole = _compiled(kind.compact).fullmatch(compact) is not None
    return passes(check, compact if whole else bare)


@lru_cache(maxsize=512)
def _compiled(expression: str) -> re.Pattern[str]:
    return re.compile(expression)
