"""XMP: packets in which programs say who made a document or picture (ISO 16684-1)."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from vestige.read.beside.parts import Lost, Part
from vestige.read.beside.properties import told

LONGEST = 4 << 20
"""Bytes of one packet that are read."""

_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_XML = "{http://www.w3.org/XML/1998/namespace}"
_QUIET = frozenset(
    """
    DocumentID InstanceID OriginalDocumentID RenditionClass CreatorTool CreateDate ModifyDate
    MetadataDate format action when changed softwareAgent VersionID instanceID documentID
    originalDocumentID ColorMode ICCProfile Producer PDFVersion Trapped Version about parseType
    lang type unit resource nodeID datatype ID xmptk HasCrop AlreadyApplied ColorSpace
    """.split()
)
"""Names of what programs write for each other."""

_ITEMS = frozenset({"li", "Alt", "Seq", "Bag", "Description", "value", "RDF"})
"""Elements that only hold: their texts are of the element around them."""


def told_of(packet: bytes) -> Iterator[Part]:
    """The properties of a packet; one that cannot be read is a loss."""
    if not packet.strip(b"\0 \r\n\t"):
        return
    try:
        root = fromstring(packet.strip(b"\0 \r\n\t")[:LONGEST])
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        yield Lost("damaged")
        return
    for name, text in _texts(root):
        if name not in _QUIET:
            yield from told("XMP", name, (text,))


def _texts(root: Element) -> Iterator[tuple[str, str]]:
    """Each text with the name of the property that it belongs to."""
    waiting: list[tuple[Element, str]] = [(root, "")]
    while waiting:
        element, above = waiting.pop()
        own = _local(element.tag)
        name = above if own in _ITEMS else own
        for key, value in element.attrib.items():
            if not key.startswith((_RDF, _XML)):
                yield _local(key), value
        if element.text and element.text.strip():
            yield name, element.text
        waiting += [(child, name) for child in reversed(element)]


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]
