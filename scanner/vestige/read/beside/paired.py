"""Paired: the tables that stand in lines of text that is no table: scripts, logs, properties.

A dictionary in a program, what a log says was renamed to what, a list of names with a code at the
end of each line: all of them pair texts with texts.
"""

import csv
import re
import shlex
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from vestige.digits import NINES
from vestige.read.beside.gathered import COLUMNS, ROWS, Rows
from vestige.read.beside.parts import Listed

MOST = 2 << 20
"""Characters of a text in which pairs are sought."""

_HEAD = 8 << 10
_FEWEST = 2
_FEWEST_LINES = 3
_MOST = 0.8
_LONGEST = 400

_TEXT = r"""(?:"([^"\n]{1,120})"|'([^'\n]{1,120})'|`([^`\n]{1,120})`)"""
_QUOTED = re.compile(rf"{_TEXT}\s*(?::=|=>|->|<-|[:=,])\s*{_TEXT}")
# Spaces are never given back, and no text begins with one: lines of spaces take no time.
_ARROW = re.compile(
    r"^(\S.{0,199}?)[ \t]*+(?:-{1,2}>|={1,2}>|→|⇒|↦)[ \t]*+(.{1,200})$", re.MULTILINE
)
_EQUAL = re.compile(
    r"^[ \t]*+([^\s=#;][^\n=#;]{0,119}?)[ \t]*+=[ \t]*+([^\s=][^\n=]{0,119}?)[ \t]*+$",
    re.MULTILINE,
)
_COLON = re.compile(
    r"^[ \t]*+([^\s:][^\n:]{0,119}?)[ \t]*+:[ \t]++([^\s:][^\n:]{0,119}?)[ \t]*+$", re.MULTILINE
)
_MOVED = re.compile(
    r"^[ \t]*(?:sudo[ \t]+)?(?:mv|cp|ln|ren|rename|move|copy|xcopy|robocopy|rsync|git[ \t]+mv)\b"
    r"(.{3,400})$",
    re.MULTILINE | re.IGNORECASE,
)
_INSERT = re.compile(
    r"INSERT\s+(?:OR\s+\w+\s+)?INTO\s+[^\s(]{1,120}\s*(?:\(([^()]{1,2000})\))?\s*VALUES\s*",
    re.IGNORECASE,
)
_VALUES = re.compile(r"\s*+(?:,\s*+)?+\(((?:[^()']++|'[^']*+')*+)\)")
"""A quote within a text is written twice: as one text behind the other."""
_VECTOR = re.compile(
    r"""(?:<-|=|:)\s{0,64}(?:c\(|list\(|\[|\{|\()"""
    r"""\s*+((?:["'][^"'\n]{0,120}["']\s*+(?:,\s*+)?+){2,}+)[\])}]"""
)
_BEFORE = re.compile(r"""([A-Za-z_.][\w.]{0,60})["']?\s{0,64}\Z""")
_LISTING = re.compile(r"""[\[({]\s{0,64}["']""")
_MOVERS = (*("mv ", "cp ", "ln ", "ren ", "rename ", "move ", "copy ", "robocopy ", "rsync "),)
_STRING = re.compile(r"""["']([^"'\n]{0,120})["']""")
_STAMP = re.compile(r"^\W{0,2}\d{2,4}[-/.]?\d\d[-/.]?\d{2,4}[T ,_]{0,2}[\d:.,Z+-]*\W*")
_EDGES = " \t\"'`,;()[]{}"


def listed(text: str) -> Iterator[Listed]:
    """The tables in a text of lines, as rows; headless ones have empty headings."""
    text = text[:MOST]
    for rows in _tables(text):
        if len(rows) > _FEWEST:
            yield Listed([row[:COLUMNS] for row in rows[: ROWS + 1]])


_SCRIPT = re.compile(
    r"[{(\[]\s*$|<-|=>|^[ \t]*(?:INSERT\s+INTO|mv|cp|ren|move)\s", re.MULTILINE | re.IGNORECASE
)


def in_script(text: str, *, commas: bool = False) -> Iterator[Listed]:
    """The tables in the lines of a program that may be taken for another kind of text.

    Names with `commas` make a short list of lines look like a table too.
    """
    if _is_script(text[:_BEGINNING]) or (commas and len(text) < _SHORT):
        yield from listed(text)


_SIGNS = ("{", "(", "[", "<-", "=>", "insert", "mv", "cp", "ren", "move")
"""Of which one stands in every line that shows a program."""


def _is_script(head: str) -> bool:
    small = head.lower()
    return any(sign in small for sign in _SIGNS) and _SCRIPT.search(head) is not None


_BEGINNING, _SHORT = 4_096, 1 << 16


def _tables(text: str) -> Iterator[Rows]:
    head = text[:_HEAD]
    shown = _shown(text)
    if "'" in head or '"' in head or "`" in head:
        yield from _quoted(text, shown)
    if any(sign in head for sign in _ARROWS) and _promises(_sides(_ARROW.findall(head))):
        yield _headless(_sides(_first(_ARROW, text)))
    for sign, found in (("=", _EQUAL), (": ", _COLON)):
        if head.count(sign) >= _FEWEST and _promises(_sides(found.findall(head), ends=(0,))):
            yield _headless(_sides(_first(found, text), ends=(0,)))
    folded = shown.casefold()
    if any(word in folded for word in _MOVERS):
        yield _headless(_of_moves(text))
    if "insert" in folded:
        yield from _inserted(text)
    yield from _ends(text)


def _quoted(text: str, shown: str) -> Iterator[Rows]:
    """The tables of texts in quotes: pairs of them, and lists."""
    if _may_pair(shown):
        yield _headless(_of_quotes(text))
    if _LISTING.search(text):
        yield from _vectors(text)


def _shown(text: str) -> str:
    """The lines of a text, each once of those that differ in their digits alone."""
    if not text.isascii():
        return text
    lines = text.encode("ascii").translate(NINES).split(b"\n")
    return b"\n".join(dict.fromkeys(lines)).decode("ascii")


_SIGNED = re.compile(r"""["'`]\s*+(?:[:=,]|->|<-)""")
_QUOTE_LAST = re.compile(r"""["'`]\s*+$""", re.MULTILINE)
_SIGN_FIRST = re.compile(r"^\s*+(?:[:=,]|->|<-)", re.MULTILINE)


def _may_pair(shown: str) -> bool:
    """Whether a sign may stand behind a quoted text, in its line or in one below."""
    if _SIGNED.search(shown):
        return True
    return _QUOTE_LAST.search(shown) is not None and _SIGN_FIRST.search(shown) is not None


def _first(expression: re.Pattern[str], text: str) -> list[tuple[str, ...]]:
    """The groups of the first places where an expression is found."""
    return [one.groups("") for one in islice(expression.finditer(text), ROWS)]


_ARROWS = ("->", "=>", "→", "⇒", "↦")
_CODE = re.compile(r"(?=[^.,]*\d)(?!\d*\.?\d{0,3}$)[^\s,]{1,96}|\d(?:\.?\d+){3,}")
_TRIED = 40


def _promises(pairs: Sequence[Sequence[str]]) -> bool:
    """Whether most of the texts on one side may be codes."""
    some = pairs[:_TRIED]
    least = max(_FEWEST, len(some) / 2)
    return any(
        sum(_CODE.fullmatch(one[end]) is not None for one in some) >= least for end in (0, 1)
    )


def _headless(pairs: Sequence[Sequence[str]]) -> Rows:
    """Pairs as rows, without the folder or the word that stands before all on one side."""
    if not pairs:
        return []
    sides = [_unprefixed([pair[side] for pair in pairs]) for side in (0, 1)]
    return [["", ""], *map(list, zip(*sides, strict=True))]


def _unprefixed(texts: list[str]) -> list[str]:
    first, last = min(texts), max(texts)
    alike = (n for n, (one, other) in enumerate(zip(first, last, strict=False)) if one != other)
    shared = first[: next(alike, min(len(first), len(last)))]
    length = max(shared.rfind(sign) for sign in "/\\:") + 1
    return [text[length:] or text for text in texts] if len(texts) > 1 else texts


def _of_quotes(text: str) -> list[tuple[str, str]]:
    found = _first(_QUOTED, text)
    return [("".join(one[:3]), "".join(one[3:])) for one in found]


def _vectors(text: str) -> Iterator[Rows]:
    """Lists of texts of one length, each below the name that it is given."""
    by_length: dict[int, dict[str, list[str]]] = {}
    for found in _VECTOR.finditer(text):
        name = _BEFORE.search(text, max(0, found.start() - 128), found.start())
        if name is not None:
            cells = _STRING.findall(found[1])
            by_length.setdefault(len(cells), {})[name[1]] = cells
    for columns in by_length.values():
        if len(columns) >= _FEWEST:
            yield [list(columns), *map(list, zip(*columns.values(), strict=True))]


def _sides(pairs: Sequence[Sequence[str]], ends: Sequence[int] = (0, -1)) -> list[list[str]]:
    """Both sides of signs, without the words with which all lines begin, or end too."""
    if len(pairs) < _FEWEST:
        return []
    left = [_STAMP.sub("", one).strip(_EDGES).split() for one, _ in pairs]
    right = [two.strip(_EDGES).split() for _, two in pairs]
    left, right = _bare(left, ends), _bare(right, ends)
    return [
        [" ".join(one).strip(_EDGES), " ".join(two).strip(_EDGES)]
        for one, two in zip(left, right, strict=True)
    ]


def _bare(lines: list[list[str]], ends: Sequence[int]) -> list[list[str]]:
    """Lines of words without those that most of them begin or end with."""
    for end in ends:
        for _ in range(_LONGEST_PHRASE):
            words = Counter(line[end] for line in lines if len(line) > 1)
            word, count = words.most_common(1)[0] if words else ("", 0)
            if count < _MOST * len(lines):
                break
            lines = [_without(line, word, end) for line in lines]
    return lines


_LONGEST_PHRASE = 12


def _without(line: list[str], word: str, end: int) -> list[str]:
    if len(line) < _FEWEST or line[end] != word:
        return line
    return line[1:] if end == 0 else line[:-1]


def _of_moves(text: str) -> list[list[str]]:
    """What commands move to what."""
    found = []
    for line in _MOVED.findall(text):
        try:
            words = shlex.split(line.replace("\\", "\\\\"), comments=True)
        except ValueError:
            words = line.split()
        kept = [word for word in words if not word.startswith("-")]
        if len(kept) >= _FEWEST:
            found.append(kept[-2:])
    return found


def _inserted(text: str) -> Iterator[Rows]:
    """The rows that statements put into tables, by the columns that they name."""
    found: dict[str, Rows] = {}
    for match in _INSERT.finditer(text):
        at = match.end()
        names = match[1] or ""
        while row := _VALUES.match(text, at):
            cells = next(csv.reader([row[1].strip()], quotechar="'", skipinitialspace=True), [])
            found.setdefault(names, []).append(cells)
            at = row.end()
    for names, rows in found.items():
        heads = [one.strip(_EDGES) for one in names.split(",")] if names else [""] * len(rows[0])
        yield [heads, *rows]


def _ends(text: str) -> Iterator[Rows]:
    """Lines of a few words, parted where they are alike: at their first word or their last."""
    lines = [line.strip() for line in text[:_HEAD].splitlines() if line.strip()][:_TRIED]
    if len(lines) < _FEWEST_LINES or sum(map(len, lines)) > _SHORT_LINE * len(lines):
        return
    parting: tuple[Callable[[list[str]], list[str]], ...] = (_at_first, _at_last)
    for end, parts in zip((0, -1), parting, strict=True):
        words = [line.split() for line in lines]
        forms = Counter(_form(one[end]) for one in words if len(one) > 1)
        form, count = forms.most_common(1)[0] if forms else ("", 0)
        if "0" in form and count >= _MOST * len(lines):
            few = islice(_LINE.finditer(text), ROWS)
            every = [line.group().split() for line in few]
            like = [parts(one) for one in every if len(one) > 1 and _form(one[end]) == form]
            yield _headless(like)


_SHORT_LINE = 80
_LINE = re.compile(r".*\S.*")


def _at_first(words: list[str]) -> list[str]:
    return [words[0].strip(_EDGES), " ".join(words[1:]).strip(_EDGES)]


def _at_last(words: list[str]) -> list[str]:
    return [" ".join(words[:-1]).strip(_EDGES), words[-1].strip(_EDGES)]


_UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


def _form(word: str) -> str:
    bare = _UUID.sub("0", word)
    return re.sub(r"[^\W\d_]+", "a", re.sub(r"[0-9a-fA-F]*\d[0-9a-fA-F]*", "0", bare))
