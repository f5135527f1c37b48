"""Codes: what stands for somebody, as tables and names of entries write it."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from vestige.digits import digits_in, form_of, has_digit
from vestige.spelled_dates import dates
from vestige.text import normal

_PIECE = re.compile(r"[^\W_]+")
_PREFIX = (
    "sub|subj|subject|sujet|sujeto|suj|case|pat|patient|paciente|proband|anon|participant|vol|id|pt"
    "|p|s"
)
_PREFIXED = re.compile(rf"({_PREFIX})[-_ ]?0*(\d+)")
_BIDS = "sub-"
_LONGEST_RUN = 24


_SHORT, _FEW_DIGITS = 3, 4
"""Characters, and digits, from which on a code is nobody else's by chance."""

_DECIMAL = re.compile(r"[-+]?\d*[.,]\d+(?:[eE][-+]?\d+)?|[-+]?\d+[eE][-+]?\d+")
_DECIMALS = re.compile(rf"(?:{_DECIMAL.pattern})(?:\n(?:{_DECIMAL.pattern}))*+")
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
SPACES = 2
LONGEST_CODE = 96


def plain(text: str) -> str:
    """A code without what differs from writer to writer: case, signs, zeros before a number."""
    kept = "".join(_PIECE.findall(normal(text).casefold()))
    return kept.lstrip("0") or kept[:1] if kept.isdigit() else kept


def is_short(code: str) -> bool:
    """Whether a plain code is so short that others have it by chance."""
    return len(code) < (_FEW_DIGITS if code.isdigit() else _SHORT)


def spellings(code: str) -> tuple[str, ...]:
    """A code as tables write it, to what may stand for it as a whole value: itself first."""
    bare = code[len(_BIDS) :] if code.casefold().startswith(_BIDS) else ""
    return (code, bare or _BIDS + code)


def codes_in(name: str, lengths: frozenset[int], *, folder: bool) -> Iterator[str]:
    """The plain codes that may stand in a name of an entry; of these lengths alone."""
    folded = normal(name).casefold()
    pieces = _PIECE.findall(folded)
    for start in range(len(pieces)):
        run = ""
        for piece in pieces[start : start + _LONGEST_RUN]:
            run += piece
            found = (run.lstrip("0") or "0") if run.isdigit() else run
            if len(found) in lengths and not is_short(found):
                yield found
    for match in _PREFIXED.finditer(folded):
        if len(match[2]) in lengths and _stands_alone(folded, match):
            yield match[2]
    whole = plain(folded)
    if folder and is_short(whole) and len(whole) in lengths:
        yield whole


def _stands_alone(text: str, match: re.Match[str]) -> bool:
    before, after = text[: match.start()][-1:], text[match.end() :][:1]
    return not (before.isalnum() or after.isalnum())


def is_mail(cell: str) -> bool:
    """Whether a cell is an address of mail."""
    return "@" in cell and _MAIL.fullmatch(cell) is not None


def are_decimals(cells: Sequence[str]) -> bool:
    """Whether cells are decimal figures, all of them: such are no codes."""
    lines = "\n".join(cells)
    return lines.count("\n") < len(cells) and _DECIMALS.fullmatch(lines) is not None


def is_code(cell: str) -> bool:
    """Whether a cell looks like a code: it holds digits, and is no figure, date or sentence."""
    if len(cell) > LONGEST_CODE:
        return False
    found = _is_code_by_form(form_of(cell.encode("ascii"))) if cell.isascii() else None
    return _is_code(cell) if found is None else found


@lru_cache(maxsize=1 << 14)
def _is_code_by_form(form: bytes) -> bool | None:
    """Whether all cells of a form look like codes, or none; None if their digits matter."""
    cell = form.decode("ascii")
    may_be_date = len(cell) <= _LONGEST_DATE and digits_in(cell) in _DIGITS_OF_DATES
    return None if may_be_date or _LETTER.search(cell) is None else _is_code(cell)


def _is_code(cell: str) -> bool:
    if not has_digit(cell) or cell.count(" ") > SPACES:
        return False
    if is_mail(cell) or _DECIMAL.fullmatch(cell):
        return False
    return not is_short(plain(cell)) and not is_date(cell)


_LETTER = re.compile(r"[A-Za-z]")
_LONGEST_DATE = 40
_DIGITS_OF_DATES = range(2, 9)
"""Digits that a date has, be its month a word or a Roman number."""

_DIGITS_WITH_TIME = (10, 12, 14)


def _begins_with_day(digits: str) -> bool:
    return any(one.sure and one.end == len(digits) for one in dates(digits))


def is_date(cell: str) -> bool:
    """Whether a cell is a date and nothing else."""
    if len(cell) > _LONGEST_DATE or digits_in(cell) not in _DIGITS_OF_DATES:
        return cell.isdigit() and len(cell) in _DIGITS_WITH_TIME and _begins_with_day(cell)
    return any(one.sure and one.end - one.start == len(cell) for one in dates(cell))
