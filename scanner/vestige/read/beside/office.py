"""Office documents: those of ISO/IEC 29500 (docx, xlsx, pptx) and OpenDocument, which are archives.

Their parts are read in memory and bounds as they stream out; no macro is looked at but as bytes,
and nothing that a document names is fetched.
"""

import zipfile
from collections.abc import Iterator

from vestige.read.beside import prose, workbooks, writing, zipped
from vestige.read.beside.parts import WHOLE, Bounds, Held, Inner, Lost, Part, Readable, as_file
from vestige.read.beside.properties import meaning, told
from vestige.read.beside.prose import fed
from vestige.read.carve import runs
from vestige.read.containers import BROKEN

_CHUNK = 256 << 10
_TAIL = 64 << 10
_TYPES, _MIMETYPE = "[Content_Types].xml", "mimetype"
_OPEN = b"mimetypeapplication/vnd.oasis.opendocument"
_FIRST = (
    *(b"[Content_Types].xml", b"_rels/", b"docProps/", b"word/", b"xl/", b"ppt/", b"customXml/"),
    *(b"mimetypeapplication/vnd.oasis.", b"visio/"),
)
"""What stands at the names of first members."""

_NAME_AT = 30
_PROPERTIES = frozenset(
    {"docprops/core.xml", "docprops/app.xml", "docprops/custom.xml", "meta.xml"}
)
_MANIFEST = "meta-inf/manifest.xml"
_XML = (".xml", ".rels", ".vml", ".rdf")
_QUIET = (
    "word/styles", "word/theme/", "xl/theme/", "ppt/theme/", "word/fonttable", "word/websettings",
    "word/numbering", "word/styleswitheffects", "xl/calcchain", "ppt/tablestyles", "ppt/presprops",
    "ppt/viewprops", "[content_types]", "meta-inf/", "layout-cache", "configurations2/", "manifest",
    "mimetype", "xl/printersettings/", "ppt/printersettings/", "word/printersettings/",
    "word/fonts/", "ppt/fonts/", "xl/metadata", "ppt/changesinfos/",
)  # fmt: skip
"""Parts in which programs write for each other: styles, themes, lists of parts, fonts."""

_SETTINGS = "settings.xml"
_HEADS = {
    "xl/sharedstrings.xml": workbooks.read_strings,
    "xl/styles.xml": workbooks.read_styles,
}
"""Parts that say how the cells are to be read."""


def looks(readable: Readable) -> bool:
    """Whether an archive is an office document: by its first member, or by its list of parts."""
    first = readable.first
    if not first.startswith(zipped.SIGNS[0]):
        return False
    if first[_NAME_AT : _NAME_AT + 64].startswith(_FIRST):
        return True
    return _TYPES.encode() in readable.read(max(0, readable.size - _TAIL), _TAIL)


def read(readable: Readable, bounds: Bounds) -> Iterator[Part]:
    """What a document holds: properties, text, cells, notes, and the files inside it."""
    try:
        archive = zipfile.ZipFile(as_file(readable))
        names = {info.filename for info in archive.infolist()}
    except BROKEN:
        yield from zipped.read(readable, bounds)
        return
    if _TYPES not in names and _MIMETYPE not in names:
        archive.close()
        yield from zipped.read(readable, bounds)
        return
    with archive:
        yield from _document(archive, bounds)


def _document(archive: zipfile.ZipFile, bounds: Bounds) -> Iterator[Part]:
    parts = _Parts(archive, bounds)
    if parts.is_closed():
        yield Lost("protected")
        return
    book = workbooks.Workbook()
    last = []
    for info in archive.infolist():
        name = info.filename.lower()
        if name.endswith("/") or name.startswith(_QUIET):
            continue
        if not bounds.enter():
            yield Lost("archive-budget")
            return
        if name.startswith("xl/worksheets/") and name.endswith(".xml"):
            last.append(info)
        else:
            yield from _part(parts, info, name, book)
    for info in last:
        yield from workbooks.of_sheet(parts.chunks(info), book)
    for code in parts.lost:
        yield Lost(code)


def _part(
    parts: "_Parts", info: zipfile.ZipInfo, name: str, book: workbooks.Workbook
) -> Iterator[Part]:
    """What a part of a document holds."""
    chunks = parts.chunks(info)
    if name in _PROPERTIES:
        yield from _properties(chunks)
    elif name in _HEADS:
        yield from _HEADS[name](chunks, book)
    elif name == "xl/workbook.xml":
        held = tuple(chunks)
        yield from workbooks.read_workbook(held, book)
        yield from prose.of_document(held, "spreadsheet")
    elif name.startswith("xl/") and name.endswith(".bin") and "vba" not in name:
        yield from writing.told("spreadsheet", runs(b"".join(chunks)))
        yield Lost("form-unread")
    elif name.endswith(_XML) and name != _SETTINGS:
        yield from prose.of_document(chunks, _kind(name))
    elif name != _SETTINGS:
        data = b"".join(chunks)
        if data:
            yield Inner(info.filename.encode("utf-8", "surrogateescape"), Held(data))


_KINDS = (
    ("comment", "document comment"),
    ("header", "document header"),
    ("footer", "document footer"),
    ("note", "document note"),
    ("_rels/", "document link"),
    ("xl/", "spreadsheet"),
    ("ppt/", "presentation"),
)


def _kind(name: str) -> str:
    """What a part is called in pointers."""
    return next((kind for sign, kind in _KINDS if sign in name), "document text")


class _Parts:
    """The parts of an archive as chunks of bytes; what of them was lost is kept."""

    def __init__(self, archive: zipfile.ZipFile, bounds: Bounds) -> None:
        self._archive = archive
        self._bounds = bounds
        self.lost: dict[str, None] = {}

    def is_closed(self) -> bool:
        """Whether parts of an OpenDocument file are encrypted, as its manifest says."""
        infos = self._archive.infolist()
        found = next((one for one in infos if one.filename.lower() == _MANIFEST), None)
        return found is not None and b":encryption-data" in b"".join(self.chunks(found))

    def chunks(self, info: zipfile.ZipInfo) -> Iterator[bytes]:
        """The bytes of a part, up to where a bound or damage ends them."""
        if info.flag_bits & 1:
            self.lost["protected"] = None
            return
        room = WHOLE if not info.filename.lower().endswith(_XML) else self._bounds.bytes
        try:
            with self._archive.open(info) as stream:
                while chunk := stream.read(_CHUNK):
                    room -= len(chunk)
                    if room < 0 or not self._bounds.take(len(chunk)):
                        self.lost["archive-budget"] = None
                        return
                    yield chunk
        except BROKEN:
            self.lost["damaged"] = None


# --- properties -----------------------------------------------------------------------------------

_QUIET_PROPERTIES = frozenset(
    """
    Application AppVersion TotalTime Pages Words Characters Lines Paragraphs Slides Notes ScaleCrop
    HiddenSlides MMClips CharactersWithSpaces SharedDoc HyperlinksChanged DocSecurity created
    modified creation-date date generator editing-cycles editing-duration revision version language
    LinksUpToDate HeadingPairs lpstr lastPrinted print-date i4 bool identifier vt:i4
    """.split()
)
_STATISTICS = "document-statistic"


def _properties(chunks: Iterator[bytes]) -> Iterator[Part]:
    """Who wrote a document, for whom, and what else stands in its properties."""
    heard = _Properties()
    for code in fed(chunks, heard):
        if code:
            yield Lost(code)
    for name, texts in heard.found.items():
        yield from told("document property", name, texts)


class _Properties:
    """The texts of properties, by their names."""

    def __init__(self) -> None:
        self.found: dict[str, list[str]] = {}
        self._own: list[str] = []
        self._name = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """A property begins, or one of its values."""
        local = name.rpartition(":")[2]
        given = attributes.get("name", attributes.get("meta:name", ""))
        if local in {"property", "user-defined"} and given:
            self._name = given
        elif name.startswith("vt:"):
            pass
        else:
            self._name = local
        self._own = []
        if local == "template" and attributes.get("xlink:href"):
            self._add("Template", attributes["xlink:href"])

    def text(self, text: str) -> None:
        """Text of the property that is open."""
        self._own.append(text)

    def end(self, _name: str) -> None:
        """A property ends, or one of its values."""
        text = "".join(self._own).strip()
        self._own = []
        if text and self._name not in _QUIET_PROPERTIES:
            self._add(self._name, text)

    def _add(self, name: str, text: str) -> None:
        what = meaning(name)
        own = f"{name}: {text}" if not what.word and not text.startswith(name) else text
        self.found.setdefault(name if what.word else "", []).append(own)
