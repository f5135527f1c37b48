"""Lists of subjects in programs and settings: the names in them are those of folders and files.

Who writes `subjects = {'Quintero_Maria', 'sub-02'}` builds paths of them; a word joined to another
is then no name of a thing in a program.
"""

import re
from collections.abc import Iterator

from vestige.read.beside.parts import Told
from vestige.read.beside.paths import PATH

_LONGEST, _FARTHEST = 64 << 10, 80
"""Characters of one list, and before it to the beginning of what it is called."""

_OPENS = re.compile(r"""[\[({]\s{0,16}["']""")
_CALLED = re.compile(
    r"(?i)(?:subj|sujet|soggett|patient|pacient|pazient|proband|particip|person|cases?|names?|"
    r"nam(?:en|n)|nomb?res|nomi|folders?|dirs?|ordner|carpetas|dossiers|volunteers?|session|scans?)"
    r"\w{0,40}[\"']?\s{0,16}(?:<-|:=|[=:])\s{0,16}(?:c|list|set|tuple|cellstr|string)?\s{0,4}\Z"
)
_ENDS = {"[": "]", "{": "}", "(": ")"}
_NAME = re.compile(r"""["']([^\W\d_][\w.'-]{1,63}[_^,-]{1,2}\s?[^\W\d_][\w.^'-]{0,63})["']""")


def told(text: str) -> Iterator[Told]:
    """The names in lists of subjects that two words or more make up."""
    if '"' not in text and "'" not in text:
        return
    names: dict[str, None] = {}
    for found in _OPENS.finditer(text):
        start = found.start()
        if _CALLED.search(text, max(start - _FARTHEST, 0), start):
            end = text.find(_ENDS[text[start]], start, start + _LONGEST)
            names.update(dict.fromkeys(_NAME.findall(text, start, max(end, start))))
    if names:
        yield Told(PATH, list(names))
