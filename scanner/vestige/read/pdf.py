"""PDF: texts, entries and attachments of a document; the door of pypdf.

Whatever pypdf makes of hostile bytes, it is a loss of the document and no error: a document that
cannot be read, or of which pages have no text, is told, for nobody knows what stands in it.
"""

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from io import BytesIO
from typing import TYPE_CHECKING

from vestige.read.markup import decoded, of_markup

if TYPE_CHECKING:
    from PIL.Image import Image
    from pypdf import Configuration, PageObject, PdfReader

MOST_PAGES = 300
"""Pages of one document that are read."""

MOST_TEXT = 2 << 20
"""Characters of one document that are told."""

MOST_CONTENT = 16 << 20
"""Bytes of content streams of one document that are read."""

MOST_ENTRIES = 2_000
"""Annotations, form fields and entries that are read of one document."""

MOST_OPERATIONS = 1_000_000
"""Operations of one document that are followed; a page of text has about two thousand."""

_DRAWING = 1_000
"""Operations for which a form counts that is drawn within a page."""

_STREAM = re.compile(rb"(?<=stream)\r?\n(.*?)(?=endstream|\Z)", re.DOTALL)
_PRINTABLE = bytes(range(0x20, 0x7F)) + b"\t\n\r"
_LOOKED_AT = 64

_quiet = logging.getLogger("pypdf")
_quiet.propagate = False
_quiet.addHandler(logging.NullHandler())
"""pypdf quotes what it could not read."""


class TooLong(Exception):  # noqa: N818 - the state of a document, not a fault of the program
    """A document asks for more work than is done for one."""


@dataclass(slots=True)
class Document:
    """What a document gives: texts with the name of their part, attachments, codes of losses.

    `entries` are those texts again that stand under a key, `packet` is the XMP as it is written,
    `closed` is of one that asks for a password.
    """

    texts: list[tuple[str, str]] = field(default_factory=list)
    entries: list[tuple[str, str]] = field(default_factory=list)
    attached: list[bytes] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    packet: bytes = b""
    closed: bool = False
    losses: dict[str, None] = field(default_factory=dict)
    length: int = 0
    operations: int = MOST_OPERATIONS

    def follow(self, operator: bytes, *_rest: object) -> None:
        """Counts an operation of a page; TooLong if there have been too many."""
        self.operations -= _DRAWING if operator == b"Do" else 1
        if self.operations < 0:
            raise TooLong

    def tell(self, part: str, text: str) -> bool:
        """Adds a text; False if there is no room for more."""
        if self.length + len(text) > MOST_TEXT:
            self.losses["budget"] = None
            return False
        self.length += len(text)
        if text.strip():
            self.texts.append((part, text))
        return True


def of_pdf(data: bytes) -> Document:
    """What a PDF gives (ISO 32000-1); one that cannot be read gives losses alone."""
    # It takes an eighth of a second to import, and few volumes hold documents.
    from pypdf import PdfReader, apply_configuration  # noqa: PLC0415

    document = Document(operations=min(MOST_OPERATIONS, 50_000 + len(data)))
    try:
        with apply_configuration(_limits(len(data))):
            reader = PdfReader(BytesIO(data), strict=False, root_object_recovery_limit=1_000)
            _read(reader, document)
    except Exception:  # noqa: BLE001 - what it raises over hostile bytes nobody can list
        document.losses["document-unread"] = None
    return document


def _limits(size: int) -> "Configuration":
    """How much pypdf does for a document of that size; no other program is run."""
    from pypdf import Configuration  # noqa: PLC0415 - as above

    stream = min(8 << 20, max(1 << 20, 32 * size))
    return Configuration(
        maximum_declared_stream_length=32 << 20,
        array_based_stream_maximum_output_length=stream,
        lzw_maximum_output_length=stream,
        run_length_maximum_output_length=stream,
        zlib_maximum_output_length=stream,
        brotli_maximum_output_length=stream,
        zlib_maximum_recovery_input_length=1 << 20,
        stream_decoding_work_maximum_length=4 * stream,
        stream_parsing_work_maximum_count=min(500_000, 20_000 + size),
        page_tree_maximum_entries=10_000,
        page_tree_maximum_page_entries=50_000,
        form_fields_maximum_entries=MOST_ENTRIES,
        xform_maximum_invocations_per_extraction=100,
        jbig2dec_binary=None,
        disable_legacy_handling=True,
    )


MOST_PICTURES = 50
"""Pictures on the pages of one document that are given."""

_PICTURE = 400 << 20
"""Bytes of one picture as it is unpacked."""


def pictures(data: bytes) -> Iterator["Image"]:
    """The pictures on the pages of a document, in their order, as far as they can be decoded."""
    from pypdf import PdfReader, apply_configuration  # noqa: PLC0415 - as above

    limits = replace(
        _limits(len(data)),
        array_based_stream_maximum_output_length=_PICTURE,
        zlib_maximum_output_length=_PICTURE,
        stream_decoding_work_maximum_length=2 * _PICTURE,
    )
    left = MOST_PICTURES
    with apply_configuration(limits):
        reader = PdfReader(BytesIO(data), strict=False, root_object_recovery_limit=1_000)
        if reader.is_encrypted:
            reader.decrypt("")
        for page in reader.pages[:MOST_PAGES]:
            for one in page.images:
                left -= 1
                if left < 0:
                    return
                if one.image is not None:
                    yield one.image


def without_streams(data: bytes) -> bytes:
    """A PDF without its streams, but for those that are plain text: what no reader may reach."""
    return _STREAM.sub(lambda found: found[0] if _is_plain(found[1]) else b"\n", data)


def _is_plain(stream: bytes) -> bool:
    return not stream[:_LOOKED_AT].translate(None, _PRINTABLE)


def _read(reader: "PdfReader", document: Document) -> None:
    if reader.is_encrypted and not reader.decrypt(""):
        document.losses["document-unread"] = None
        document.closed = True
        return
    for part in (_entries, _packet, _form, _attachments, _pages):
        try:
            part(reader, document)
        except Exception:  # noqa: BLE001 - one part that fails does not hide the others
            document.losses["document-unread"] = None


def _entries(reader: "PdfReader", document: Document) -> None:
    """The document information dictionary."""
    entries = dict(reader.metadata or {})
    found = [(str(key)[1:], str(value)) for key, value in list(entries.items())[:MOST_ENTRIES]]
    lines = [f"{key}: {value}" for key, value in found]
    document.entries += found
    document.tell("Info", "\n".join(lines))


def _packet(reader: "PdfReader", document: Document) -> None:
    """The XMP packet, as text without its tags."""
    stream = reader.root_object.get("/Metadata")
    if stream is not None:
        document.packet = raw = stream.get_object().get_data()
        document.tell("XMP", "\n".join(one.text for one in of_markup(decoded(raw))))


def _form(reader: "PdfReader", document: Document) -> None:
    """Form fields with their names."""
    fields = reader.get_fields() or {}
    found = [
        (str(name), str(one.get("/V", ""))) for name, one in list(fields.items())[:MOST_ENTRIES]
    ]
    lines = [f"{name}: {value}" for name, value in found]
    document.entries += found
    document.tell("form", "\n".join(lines))


def _attachments(reader: "PdfReader", document: Document) -> None:
    for number, one in enumerate(reader.attachment_list):
        if number >= MOST_ENTRIES:
            document.losses["budget"] = None
            return
        name, content = str(one.name), one.content
        document.tell("attachment", name)
        document.names.append(name)
        document.attached.append(content)


def _pages(reader: "PdfReader", document: Document) -> None:
    """The text of each page, and of its annotations."""
    room = MOST_CONTENT
    for number, page in enumerate(reader.pages):
        room -= _size(page)
        if number >= MOST_PAGES or room < 0:
            document.losses["budget"] = None
            return
        try:
            text = page.extract_text(visitor_operand_before=document.follow)
        except TooLong:
            document.losses["budget"] = None
            return
        if not text.strip() and _shows(page):
            document.losses["document-without-text"] = None
        notes = tuple(_annotations(page))
        document.entries += (("author", value) for key, value in notes if key == "/T")
        if not document.tell("", "\n".join((text, *(value for _, value in notes)))):
            return


def _size(page: "PageObject") -> int:
    contents = page.get_contents()
    return len(contents.get_data()) if contents is not None else 0


def _shows(page: "PageObject") -> bool:
    """Whether a page draws anything."""
    contents = page.get_contents()
    return contents is not None and bool(contents.get_data().strip())


def _annotations(page: "PageObject") -> Iterator[tuple[str, str]]:
    """The texts of annotations with their keys; /T is who wrote one, or the name of a field."""
    notes = page.get("/Annots")
    for note in list(notes.get_object() if notes is not None else ())[:MOST_ENTRIES]:
        entries = note.get_object()
        form = entries.get("/Subtype") == "/Widget"
        for key in ("/Contents", "/T", "/Subj", "/RC"):
            if key in entries:
                yield "" if form else key, str(entries[key])
