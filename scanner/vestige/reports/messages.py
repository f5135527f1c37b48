"""The messages of a gettext catalog, read from its text (.po) as it lies in the repository.

The texts are read as they are kept, not compiled: so nothing in the repository can be older than
what it was made from, and a translation that is changed is seen at once.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_LINE = re.compile(r'(?:(msgid|msgid_plural|msgstr|msgstr\[(\d)\]) )?"((?:[^"\\]|\\.)*)"')
_ESCAPE = re.compile(r"\\(.)")
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r", '"': '"', "\\": "\\"}


@dataclass(frozen=True, slots=True)
class Message:
    """One message and how it is said; `plural` is "" and `forms` has one where it counts nothing.

    A form that is not translated is "".
    """

    text: str
    plural: str
    forms: tuple[str, ...]


@dataclass(slots=True)
class _Draft:
    text: str = ""
    plural: str = ""
    forms: dict[int, str] = field(default_factory=dict)

    def message(self) -> Message:
        return Message(self.text, self.plural, tuple(self.forms[at] for at in sorted(self.forms)))


def messages(text: str) -> Iterator[Message]:
    """The messages of a .po file in their order; ValueError names the line that is none.

    Obsolete and fuzzy ones are left out, and so is the head, whose text is "".
    """
    for entry in re.split(r"\n\s*\n", text):
        lines = entry.splitlines()
        flagged = any(line.startswith("#,") and "fuzzy" in line for line in lines)
        message = _message(line for line in lines if line and not line.startswith("#"))
        if message is not None and message.text and not flagged:
            yield message


def _message(lines: Iterator[str]) -> Message | None:
    draft, put = _Draft(), ""
    for line in lines:
        match = _LINE.fullmatch(line)
        if match is None or not (match[1] or put):
            raise ValueError(f"no line of a catalog: {line}")
        put = match[1] or put
        _add(draft, put, match[2] or (put[7:8] if put != "msgstr" else ""), _unescaped(match[3]))
    return draft.message() if put else None


def _add(draft: _Draft, put: str, form: str, part: str) -> None:
    if put == "msgid":
        draft.text += part
    elif put == "msgid_plural":
        draft.plural += part
    else:
        at = int(form or 0)
        draft.forms[at] = draft.forms.get(at, "") + part


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(lambda match: _ESCAPED.get(match[1], match[0]), text)
