"""Paths in texts: the names of the folders and files on them, which may be somebody's.

What stands between slashes need not be a path: of what does not begin like one, and of addresses
of the web, only names are told in which a sign joins two words, or a word and a number.
"""

import re
from collections.abc import Iterable, Iterator
from urllib.parse import unquote

from vestige.model import Place, Where
from vestige.read.beside.parts import Told

PATH = Place(Where.GHOST, "path in a text")

_ABSOLUTE = re.compile(
    r"(?<![\w:/\\.-])(?:[A-Za-z]:|~|\.{1,2})?((?:[\\/][^\\/\s\"'<>|:;,*?()\[\]]+){2,})"
)
_QUOTED = re.compile(r"""["']((?:[A-Za-z]:|~|\.{1,2})?(?:[\\/][^\\/\n"'<>|*?]{1,128}){2,})["']""")
_RELATIVE = re.compile(r"(?<![\w:/\\.~@%-])([^\W\d]\w{0,127}(?:[\\/][\w.^,+-]{1,128})+)")
_ADDRESS = re.compile(
    r"\b(file|https?|s?ftp|smb|afp|davs?|s3|gs)://([^/\s\"'<>]{0,256})(/[^\s\"'<>|?#]{1,512})"
)
_PUBLIC = re.compile(
    r"(?:.*\.)?(?:github|gitlab|bitbucket|githubusercontent|doi|orcid|wikipedia|zenodo|figshare|osf|"
    r"pypi|pythonhosted|readthedocs|sourceforge|python|w3|nih|nlm|openneuro|linkedin|twitter)"
    r"\.(?:com|org|io|net|gov|nih\.gov)(?::\d+)?",
    re.IGNORECASE,
)
"""Hosts on which people publish under their names what they made."""

_PARTS = re.compile(r"[^\\/]+")
JOINED = re.compile(r"[^\W\d_]{2,}[_^,-]{1,2}(?:[^\W\d_]{2,}|[0-9a-fA-F]{8}-|\d{6})")


def told(lines: Iterable[str]) -> Iterator[Told]:
    """The names on the paths in lines; nothing if there are none."""
    names: dict[str, None] = {}
    for line in lines:
        if "/" in line or "\\" in line:
            names.update(dict.fromkeys(_names(line)))
    if names:
        yield Told(PATH, list(names))


def _names(line: str) -> Iterator[str]:
    for found in (*_ABSOLUTE.findall(line), *_QUOTED.findall(line)):
        yield from _PARTS.findall(found)
    for found in _RELATIVE.findall(line):
        yield from filter(JOINED.search, _PARTS.findall(found))
    if "://" in line:
        for scheme, host, path in _ADDRESS.findall(line):
            if not _PUBLIC.fullmatch(host):
                parts = map(unquote, _PARTS.findall(path))
                yield from parts if scheme == "file" else filter(JOINED.search, parts)
