"""PDF files (ISO 32000-1): text, entries, notes and forms, and the files inside them."""

from collections.abc import Iterator

from vestige.read.beside import writing, xmp
from vestige.read.beside.parts import WHOLE, Bounds, Held, Inner, Lost, Part, Readable, Told
from vestige.read.beside.properties import meaning, told
from vestige.read.pdf import Document, of_pdf

SIGN = b"%PDF-"
_WITHIN = 1024
"""Bytes within which a document begins (ISO 32000-1 annex H.3.4.1)."""

_QUIET = frozenset({"Creator", "Producer", "CreationDate", "ModDate", "Trapped", "PTEX.Fullbanner"})
_CODES = {"budget": "text-budget", "document-unread": "damaged"}


def looks(readable: Readable) -> bool:
    """Whether a PDF begins within the first bytes."""
    return SIGN in readable.first[:_WITHIN]


def read(readable: Readable, bounds: Bounds) -> Iterator[Part]:
    """What a document holds; pages that draw but have no text are a loss, as scans are."""
    if readable.size > WHOLE or not bounds.take(readable.size):
        yield Lost("text-budget")
        return
    document = of_pdf(readable.read(0, WHOLE))
    yield from _texts(document)
    yield from (part for part in xmp.told_of(document.packet) if isinstance(part, Told))
    for name, data in zip(document.names, document.attached, strict=True):
        if bounds.take(len(data)):
            yield Inner(name.encode("utf-8", "replace"), Held(data))
        else:
            yield Lost("archive-budget")
    for code in document.losses:
        yield Lost("protected" if document.closed else _CODES.get(code, code))


def _texts(document: Document) -> Iterator[Part]:
    for part, text in document.texts:
        kind = f"PDF {part or 'page'}"
        yield from writing.told(kind, _whole(text).splitlines())
    for name, text in document.entries:
        if name not in _QUIET and (meaning(name).tag or meaning(name).vr == "PN"):
            yield from told("PDF property", name, (_whole(text),))


def _whole(text: str) -> str:
    """Text without halves of characters, which damaged documents give."""
    return text.encode("utf-8", "replace").decode("utf-8")
