"""Small files in which desktops keep settings of folders, shortcuts and what was opened last."""

import html
import re
from collections.abc import Iterator
from urllib.parse import unquote_to_bytes

from vestige.read.pages import Readable
from vestige.read.recorded import BUDGET, Ghosts, Record, told

FOLDER = "desktop.ini"
SHORTCUT = "shortcut"
RECENT = "list of recent files"

BYTES = 8 << 20
_WIDE = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
_NAMES_OF_ENTRIES = "localizedfilenames"
_HREF = re.compile(rb"""(?i)\b(?:href|uri)\s*=\s*(?:"([^"]{1,8192})"|'([^']{1,8192})')""")
_SCHEME = re.compile(r"(?i)[a-z][a-z0-9+.-]{1,20}:(?://)?")
_RESOURCE = re.compile(r"@[^,]{1,260}\.(?:dll|exe|mui),-?\d{1,6}", re.IGNORECASE)
"""A text that is looked up in a program: no name that anybody gave."""

_PLAIN = re.compile(r"[\w.,;:{}-]{0,64}")
_PATHS = frozenset({"iconfile", "iconresource", "logo", "url", "path", "exec", "workingdirectory"})
_TEXTS = frozenset({"infotip", "localizedresourcename", "name", "comment", "genericname"})


def folder(source: Readable) -> Ghosts | None:
    """Names and paths in the settings of a folder: `desktop.ini`, `.directory`."""
    return _of(source, FOLDER)


def shortcut(source: Readable) -> Ghosts | None:
    """Where a shortcut leads: `.url`, `.desktop`, `.website`."""
    return _of(source, SHORTCUT)


def _of(source: Readable, place: str) -> Ghosts | None:
    text = _text(source.read(0, min(source.size, BYTES)))
    if not re.match(r"\s*(?:[;#][^\n]*\s*)*\[", text):
        return None
    record = Record(place)
    for section, key, value in _settings(text):
        if section == _NAMES_OF_ENTRIES:
            record.name(told(key), found=True)
            if not _RESOURCE.fullmatch(value):
                record.name(told(value))
        else:
            _setting(record, key.lower().partition("[")[0], value)
    if source.size > BYTES:
        record.flaw(BUDGET)
    return record.ghosts()


def _setting(record: Record, key: str, value: str) -> None:
    """A path, or a text that somebody gave; every other value is short and of the system."""
    if key in _PATHS:
        record.path(_path(value))
    elif _RESOURCE.fullmatch(value) or (key not in _TEXTS and _PLAIN.fullmatch(value)):
        return
    elif re.search(r"[\\/]", value):
        record.path(_path(value))
    else:
        record.name(told(value))


def _settings(text: str) -> Iterator[tuple[str, str, str]]:
    """Section, key and value of each line that has them."""
    section = ""
    for line in map(str.strip, text.splitlines()):
        if line.startswith("[") and line.endswith("]"):
            section = line[1:-1].lower()
        elif "=" in line and not line.startswith((";", "#")):
            key, _, value = line.partition("=")
            yield section, key.strip(), value.strip()


def recent(source: Readable) -> Ghosts | None:
    """What was opened last, by the desktop's own list (`recently-used.xbel`)."""
    data = source.read(0, min(source.size, BYTES))
    record = Record(RECENT)
    record.whole = False
    for double, single in _HREF.findall(data):
        record.path(_path(html.unescape((double or single).decode("utf-8", "replace"))))
    if source.size > BYTES:
        record.flaw(BUDGET)
    return record.ghosts()


def _path(value: str) -> bytes:
    """A path or an address without scheme, its percent escapes decoded."""
    bare = _SCHEME.sub("", value, count=1) if not re.match(r"[A-Za-z]:[\\/]", value) else value
    return unquote_to_bytes(told(bare))


def _text(data: bytes) -> str:
    """The text of a file in UTF-16 with its mark, or in UTF-8 or an older encoding."""
    codec = _WIDE.get(data[:2])
    if codec:
        return data[2:].decode(codec, "replace")
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")
