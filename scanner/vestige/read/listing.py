"""Listings of files that people and programs leave behind: checksums, `find`, `ls -R`, `dir /s`."""

import re
from collections.abc import Iterator

from vestige.read.pages import Readable
from vestige.read.recorded import BUDGET, Ghosts, Record, parts

PLACE = "listing"

BYTES = 64 << 20
_LONGEST = 16_384
"""Bytes of a line that are looked at."""

_SUMS = re.compile(
    rb"\\?(?:[0-9a-fA-F]{32}|[0-9a-fA-F]{40}|[0-9a-fA-F]{56}|[0-9a-fA-F]{64}"
    rb"|[0-9a-fA-F]{96}|[0-9a-fA-F]{128})(?: [ *]|\t|,)(?=\S)(.+)"
)
_BSD = re.compile(rb"(?:MD5|SHA-?[0-9/]{1,8}|BLAKE2[bs]?|RMD160) ?\((.+)\) = [0-9a-fA-F]{32,128}")
_CRC = re.compile(rb"(.+) [0-9a-fA-F]{8}")
_RIGHTS = rb"\s{0,8}(?:\d{1,20}\s{1,8}){0,2}[-dlbcpsD][-rwxsStT]{9}[.+@]?\s{1,20}"
_WHEN = (
    rb"(?:\d{4}[-/]\d\d[-/]\d\d\s{1,3}\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:\s[-+]\d{4})?"
    rb"|[^\W\d_]{3,9}\.?\s{1,3}\d{1,2}\s{1,3}(?:\d\d:\d\d|\d{4})"
    rb"|\d{1,2}\s{1,3}\S{3,9}\s{1,3}(?:\d\d:\d\d|\d{4}))"
)
_LONG = re.compile(
    _RIGHTS
    + rb"(?:\d{1,9}\s{1,8}\S{1,64}\s{1,64}\S{1,64}\s{1,32})?[\d.,]{1,24}[KMGTP]?\s{1,8}"
    + _WHEN
    + rb"\s(.+)"
)
"""A line of `ls -l`, `find -ls` or `rsync --list-only`."""

_DIR = re.compile(
    rb"[\d./-]{8,10}\s{1,3}\d{1,2}[:.]\d\d(?:\s?[AaPp][Mm])?\s{1,20}"
    rb"(?:<[A-Z]{3,9}>|[\d.,\xa0\xff]{1,20})\s{1,20}(\S.*)"
)
"""A line of `dir`."""

_TREE = re.compile(
    rb"(?:[| `]|\xe2\x94[\x80-\x9c\x82\x94]|\xc2\xa0){0,400}"
    rb"(?:\|--|`--|\xe2\x94[\x9c\x94]\xe2\x94\x80\xe2\x94\x80)[ \xc2\xa0]{1,2}(\S.*)"
)
_DIR_HEAD = re.compile(rb"[ \t]*[^\s\\/:][^\\/:\n]{1,60} ([A-Za-z]:\\.*|\\\\.*)")
_PATH = re.compile(rb"(?:\.{1,2}[\\/]|[\\/]|[A-Za-z]:[\\/])[^\0]{0,16000}")
_TOTAL = re.compile(rb"[^\W\d_]{3,12} [\d.,]+[KMGTP]?")
_SUMMED = re.compile(rb"[\d.,\xa0\xff]{1,24} \S{1,24}\s{2,64}[\d.,\xa0\xff]{1,24} [^\\/]{1,64}")
"""How `dir` counts files and bytes."""

_HEX = rb"\\?[0-9a-fA-F]{32,128}(?: [ *]|\t|,)\S"
_BEGINS = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:[#;][^\n]{0,400}\n){0,20}(?:"
    + _HEX
    + rb"|(?:MD5|SHA-?[0-9/]{1,8}|BLAKE2[bs]?|RMD160) ?\("
    rb"|\.\r?\n\S"
    rb"|(?:\./|\.\\)[^\n]{1,4096}\n"
    rb"|/[^\n/]{1,255}/[^\n]{1,4096}\n/[^\n/]{1,255}/"
    rb"|[A-Za-z]:\\[^\n]{1,4096}\n[A-Za-z]:\\"
    rb"|\\\\[^\n]{1,4096}\n\\\\"
    rb"|(?:total \d[^\n]{0,12}\n)?[-dl][-rwxsStT]{9}"
    rb")"
)
"""How listings begin that are told from all else by their first line or two."""

_MAY_BEGIN = re.compile(rb"[#;0-9a-fA-F\\MSBR./\xeftl-]|[A-Za-z]:\\")
_OTHERS = (b"{\n", b"{\r\n", b'{"', b"[\n", b"[{", b"<?xml", b"<!DOCTYPE")
"""What begins JSON and markup, of which there are more files than of any other text."""

_DETAILED = re.compile(rb"total \d|[-dl][-rwxsStT]{9}")
_BRANCHES = (b"|--", b"`--", b"\xe2\x94\x9c", b"\xe2\x94\x94")
_TEXT_WITHIN = 512
"""Bytes in which a text has no zero."""

_DIR_BEGINS = re.compile(rb"\s[A-Za-z]:\\[^\n]{0,512}\n\s{0,4}[\d./-]{8,10}\s{1,3}\d{1,2}[:.]\d\d")
_DIR_WITHIN = 1024
"""Bytes in which the first folder of a listing by `dir` is named."""

_SUMS_OF = "md5 sha1 sha224 sha256 sha384 sha512"
_LISTS = frozenset(
    (
        "filelist list files filenames manifest checksum checksums listing lslr ls rsync contents "
        + " ".join(f"{kind}sum {kind}sums" for kind in _SUMS_OF.split())
    )
    .encode()
    .split()
)
_LIST_ENDINGS = frozenset(b".txt .lst .list .filelist .md5 .sha1 .sha256 .sha512 .sfv".split())
_PARTS = re.compile(rb"[._ -]+")


def read(source: Readable) -> Ghosts | None:
    """The paths in a listing that is known by how it begins; None if it is none."""
    first = source.first
    if first.startswith(_OTHERS) or b"\0" in first[:_TEXT_WITHIN]:
        return None
    if not _begins(first) or b"\0" in first:
        return None
    return _of(source, named=False)


def _begins(first: bytes) -> bool:
    """Whether bytes are the beginning of a listing."""
    if _MAY_BEGIN.match(first) and _BEGINS.match(first):
        return True
    end = first.find(b"\n", 0, _LONGEST)
    if end < 0:
        return False
    if first.startswith(_BRANCHES, end + 1):
        return True
    line = first[:end].rstrip(b"\r")
    if line.endswith(b":") and len(line) > 1:
        if _DETAILED.match(first, end + 1):
            return True
        return b"\n\n" + line[:-1] + b"/" in first
    head = first[:_DIR_WITHIN]
    return b":\\" in head and _DIR_BEGINS.search(head) is not None


def named(source: Readable) -> Ghosts | None:
    """The paths in a file that is called a list of files: one a line."""
    if b"\0" in source.first:
        return None
    return _of(source, named=True)


def is_called_list(name: bytes) -> bool:
    """Whether the name of a file, in lower case, says that it lists files."""
    dot = name.rfind(b".")
    if dot > 0 and name[dot:] not in _LIST_ENDINGS:
        return False
    return not _LISTS.isdisjoint(_PARTS.split(name))


def _of(source: Readable, *, named: bool) -> Ghosts:
    record = Record(PLACE)
    data = source.read(0, min(source.size, BYTES))
    if source.size > BYTES:
        record.flaw(BUDGET)
    reader = _Lines(record, named=named)
    for line in _lines(data.removeprefix(b"\xef\xbb\xbf")):
        reader.line(line)
        if record.full:
            record.flaw(BUDGET)
            break
    record.whole = record.whole and source.size <= BYTES
    return record.ghosts()


def _lines(data: bytes) -> Iterator[bytes]:
    """The lines, cut where they are long."""
    start = 0
    while start < len(data):
        end = data.find(b"\n", start)
        end = len(data) if end < 0 else end
        yield data[start : min(end, start + _LONGEST)].rstrip(b"\r")
        start = end + 1


class _Lines:
    """Reads line by line; the folder of which `ls -R` and `dir /s` speak holds until the next."""

    def __init__(self, record: Record, *, named: bool) -> None:
        self._record = record
        self._named = named
        self._folder = b""
        self._after_blank = True
        self._listed = False

    def line(self, line: bytes) -> None:
        """One line; what is none of a listing leaves the file not wholly read."""
        bare = line.strip()
        if not bare:
            self._after_blank = True
            return
        if not (self._headed(bare) or self._item(line, bare)):
            self._record.whole = False
        self._after_blank = False

    def _headed(self, bare: bytes) -> bool:
        """Whether a line names the folder of those that follow, or counts them."""
        if bare.endswith(b":") and self._after_blank:
            self._folder, self._listed = bare[:-1], True
            self._record.path(self._folder, found=True)
            return True
        head = _DIR_HEAD.fullmatch(bare)
        if head:
            self._folder, self._listed = head[1], True
            self._record.path(self._folder)
            return True
        if _SUMMED.fullmatch(bare):
            return True
        return bare.startswith((b"#", b";")) or (
            bare.startswith(b"total ") and bool(_TOTAL.fullmatch(bare))
        )

    def _item(self, line: bytes, bare: bytes) -> bool:
        """Whether a line tells of a file."""
        for expression in (_SUMS, _BSD):
            match = expression.fullmatch(bare)
            if match:
                self._record.path(match[1].lstrip(b"*"), found=True)
                return True
        for expression in (_LONG, _DIR, _TREE):
            match = expression.fullmatch(line)
            if match:
                self._below(match[1])
                return True
        if _PATH.fullmatch(bare) or bare == b".":
            self._record.path(bare, found=True)
            return True
        if self._listed:
            self._below(bare)
            return True
        return self._plain(bare)

    def _plain(self, bare: bytes) -> bool:
        """Whether a line that is nothing else is known to be a path: it is taken for one in a list.

        Anything may stand there, so that the file does not count as wholly read.
        """
        match = _CRC.fullmatch(bare)
        if self._named:
            self._record.path(match[1] if match else bare, found=True)
        return False

    def _below(self, name: bytes) -> None:
        """A name, and the target of a link, in the folder of which is spoken."""
        for part in name.split(b" -> ", 1):
            if part.strip(b"./"):
                absolute = self._folder.startswith((b"/", b"\\")) or self._folder[1:2] == b":"
                self._record.parts((*parts(self._folder), *parts(part)), found=not absolute)
