"""The tables of the lexicon: its files parsed, and letter sequences scored by one of them."""

import csv
import math
import re
import zlib
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib.resources.abc import Traversable
from typing import TypeVar

from vestige.model import RuleError

_T = TypeVar("_T")
CODES = 1 << 11
"""Above every code of a word."""

GRAMS = 1 << 16
"""Slots of one of the TABLES of letter sequences."""
TABLES = 3
"""Names of people against words, words against noise, names of people against those of towns."""
_SLOT = GRAMS - 1
GRAM_SCALE = 24.0
"""A weight of 1 in these tables, as an integer."""
LIMIT = 8.0
"""Log-odds of one word stay between -LIMIT and LIMIT."""

# --- letters -----------------------------------------------------------------------------------

SYLLABLES = re.compile(r"(?:[b-df-hj-np-tv-z][aeiou]){2,}[b-df-hj-np-tv-z]?")


def gram_slots(fold: str) -> list[int]:
    """The slots of the letter sequences (two to four letters, ends marked) of one fold."""
    raw = f"^{fold[:_SCORED]}$".encode()
    size = len(raw)
    return [
        zlib.crc32(raw[start : start + length]) & _SLOT
        for length in (2, 3, 4)
        for start in range(size - length + 1)
    ]


_SCORED = 24
"""Letters of a word that are scored."""


def scorer(grams: Sequence[int]) -> Callable[[str], tuple[float, float]]:
    """The log-odds of the letters of a fold: name against word, word against noise."""
    return scores_by(weigher(grams))


Weigher = Callable[[str], tuple[int, int]]
"""Gives the same as sums of the integers in the tables, without a limit."""


def scores_by(weigh: Weigher) -> Callable[[str], tuple[float, float]]:
    """The same by sums that are known."""

    def scores(fold: str) -> tuple[float, float]:
        first, second = weigh(fold)
        return _limited(first), _limited(second)

    return scores


def weigher(grams: Sequence[int]) -> Weigher:
    """The sums of the integers of all sequences of letters of a fold in two tables.

    The first two tables are added up at once, as the halves of one number. A word is read as a
    number of base 32, so that any four letters of it are twenty bits, and their place in `known`:
    the sum of all sequences that begin with the first of them, reckoned when they are met first.
    """
    known = array("i", [_UNKNOWN]) * (1 << 4 * _BITS)
    shorter = array("i", [_UNKNOWN]) * (1 << 3 * _BITS)

    def beginning(letters: str, at: int) -> int:
        """The weights of all sequences of two letters and more with which some letters begin."""
        head, own = at >> _BITS, letters[:3]
        if shorter[head] == _UNKNOWN:
            shorter[head] = sum([_both(grams, own[:end]) for end in range(2, len(own) + 1)])
        return shorter[head] + _both(grams, letters) if len(letters) > len(own) else shorter[head]

    def weigh(fold: str) -> tuple[int, int]:
        marked = f"^{fold[:_SCORED]}$"
        if not (fold.isascii() and fold.isalpha() and fold.islower()):
            return _halves(sum(grams[at] * _HALF + grams[at + GRAMS] for at in gram_slots(fold)))
        number = int(marked.encode().translate(_DIGITS) + _END, 32)
        places = range(_BITS * (len(marked) - 1), 0, -_BITS)
        total = sum([known[number >> place & _FOUR] for place in places])
        if total > _LIMIT_OF_KNOWN:
            for start, place in enumerate(places):
                at = number >> place & _FOUR
                if known[at] == _UNKNOWN:
                    known[at] = beginning(marked[start : start + 4], at)
            total = sum([known[number >> place & _FOUR] for place in places])
        return _halves(total)

    return weigh


def _both(grams: Sequence[int], letters: str) -> int:
    """The weights of one sequence in the first two tables, as the halves of one number."""
    slot = zlib.crc32(letters.encode()) & _SLOT
    return grams[slot] * _HALF + grams[slot + GRAMS]


def _halves(total: int) -> tuple[int, int]:
    """The two sums that are the halves of one number."""
    second = ((total + _QUARTER) & _LOW_HALF) - _QUARTER
    return (total - second) >> _HALF_BITS, second


def _limited(weight: int) -> float:
    odds = weight / GRAM_SCALE
    return LIMIT if odds > LIMIT else max(odds, -LIMIT)


_BITS = 5
_FOUR = (1 << 4 * _BITS) - 1
_DIGITS = bytes.maketrans(b"^$abcdefghijklmnopqrstuvwxyz", b"123456789abcdefghijklmnopqrs")
_END = b"000"
"""Behind the last letters of a word, so that they are at the head of four digits too."""

_UNKNOWN = (1 << 31) - 1
_LIMIT_OF_KNOWN = 1 << 30
"""Above every sum of known weights, and below that of any with an unknown one."""


def town_score(grams: Sequence[int], fold: str) -> float:
    """The log-odds of the letters of a fold: of names of people against those of towns."""
    score = sum(grams[slot + 2 * GRAMS] for slot in gram_slots(fold)) / GRAM_SCALE
    return max(-LIMIT, min(LIMIT, score))


_HALF_BITS = 16
_HALF = 1 << _HALF_BITS
_LOW_HALF, _QUARTER = _HALF - 1, _HALF >> 1
"""More than twice any sum of the signed bytes of one word."""


# --- files -------------------------------------------------------------------------------------


def read(folder: Traversable, name: str) -> bytes:
    """The bytes of a data file; RuleError names one that is missing."""
    try:
        return folder.joinpath(name).read_bytes()
    except OSError:
        raise RuleError(f"lexicons/{name}: is missing or cannot be read") from None


def checked(name: str, parse: Callable[[bytes], _T], raw: bytes) -> _T:
    """What is parsed of a data file; RuleError names one that is broken."""
    try:
        return parse(raw)
    except (ValueError, KeyError, IndexError, EOFError, OSError, zlib.error):
        raise RuleError(f"lexicons/{name}: is broken; build.py beside it makes it anew") from None


class Codes(Mapping[str, int]):
    """Word to code, each looked for in its stretch of the file when it is asked for.

    Of half a million words a scan asks for few: none is taken out of the file before. Of each
    stretch the first word is known, by which that of another word is found.
    """

    def __init__(self, lines: bytes) -> None:
        """`lines` are sorted by their words; each begins behind the end of the one before.

        ValueError if the first line of a stretch, or the last of all, is none, or out of order.
        """
        self._lines = lines
        starts = dict.fromkeys(lines.find(b"\n", at) for at in range(0, len(lines), _STRETCH))
        last = len(lines) - 1
        self._starts = [at for at in starts if 0 <= at < last]
        words = [lines[at + 1 : lines.index(b"\n", at + 1)] for at in self._starts]
        self._firsts = [word[:-_SIGNS] for word in words]
        self._starts.append(last)
        ends = {word[-_SIGNS : 1 - _SIGNS] for word in words}
        if ends != {b"\t"} or not lines.endswith(b"\n") or self._firsts != sorted(self._firsts):
            raise ValueError("lines")

    def __getitem__(self, word: str) -> int:
        code = self.get(word)
        if not code:
            raise KeyError(word)
        return code

    def get(self, word: str, default: int = 0) -> int:  # type: ignore[override]
        """The code of a word, or `default`; sooner than by an exception that is caught."""
        raw = word.encode("utf-8", "surrogatepass")
        stretch = bisect_right(self._firsts, raw)
        if not stretch:
            return default
        line, ends = b"\n%b\t" % raw, self._starts
        at = self._lines.find(line, ends[stretch - 1], ends[stretch])
        if at < 0:
            return default
        high, low = self._lines[at + len(line) : at + len(line) + _CODE_BYTES]
        return (high & _SIX) << 6 | low & _SIX

    def __contains__(self, word: object) -> bool:
        return isinstance(word, str) and bool(self.get(word))

    def __iter__(self) -> Iterator[str]:
        for line in self._lines[1:-1].split(b"\n"):
            yield line[: -_CODE_BYTES - 1].decode("utf-8")

    def __len__(self) -> int:
        return self._lines.count(b"\t")


_STRETCH = 1 << 9
_CODE_BYTES = 2
_SIGNS = 1 + _CODE_BYTES
"""Signs behind a word: a tab and its code."""
_SIX = (1 << 6) - 1
_PRINTED = 1 << 6
"""Added to six bits of a code, so that they are printed and end no line."""


def written_codes(known: Mapping[str, int], heading: bytes) -> bytes:
    """What `codes` reads: a line, then the words in the order of their bytes, one a line.

    Each line ends in a tab and the code of the word in two signs. Words that lie beside one another
    have most letters in common, which is why they take little room when they are compressed.
    """
    lines = [heading]
    for word in sorted(known, key=str.encode):
        number = known[word]
        signs = bytes((_PRINTED + (number >> 6), _PRINTED + (number & _SIX)))
        lines.append(b"%b\t%b" % (word.encode("utf-8"), signs))
    return b"\n".join(lines) + b"\n"


def inflated(raw: bytes) -> bytes:
    """What a gzip file (RFC 1952) of one member holds; zlib.error if it is damaged.

    It is written into one room at once, in half the time of `gzip`, and into more if need be.
    """
    return zlib.decompress(raw, _GZIP, _ROOM)


_GZIP = 16 + zlib.MAX_WBITS
_ROOM = 1 << 23
"""More than any table of the lexicon holds."""


def codes(raw: bytes) -> Codes:
    """Word to code, from a line and the sorted words that are written behind it."""
    text = inflated(raw)
    return Codes(text[text.index(b"\n") :])


def grams(raw: bytes) -> tuple[int, ...]:
    """The signed bytes behind the first line."""
    _, _, body = inflated(raw).partition(b"\n")
    found = tuple(array("b", body))
    if len(found) != TABLES * GRAMS:
        raise ValueError("length")
    return found


def weights(raw: bytes) -> dict[str, float]:
    """The weight of each feature."""
    found = {row["feature"]: float(row["weight"]) for row in rows(raw)}
    if not found or not all(math.isfinite(weight) for weight in found.values()):
        raise ValueError("weight")
    return found


def rows(raw: bytes) -> list[dict[str, str]]:
    """The rows of a table with its heading; lines of a hash are remarks."""
    lines = raw.decode("utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))
