"""Well-formed markup: the door of defusedxml's parser, so that no entity is ever expanded."""

from collections.abc import Sequence
from io import BytesIO
from typing import Protocol
from xml.parsers.expat import XMLParserType
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import InputSource

from defusedxml.expatreader import DefusedExpatParser


class Hearer(Protocol):
    """Who is told of elements and of the texts between them."""

    heard: list[str]

    def begin(self, name: str, pairs: Sequence[tuple[str, str]]) -> None:
        """An element begins that has these attributes."""

    def end(self, name: str) -> None:
        """An element ends."""

    def finish(self) -> None:
        """The document ends."""


def parse(text: str, hearer: Hearer) -> None:
    """Tell of a text of XML; SAXException or DefusedXmlException of what is none or may harm."""
    source = InputSource()
    source.setByteStream(BytesIO(text.encode("utf-8", "replace")))
    _Parser(hearer).parse(source)


class _End(ContentHandler):
    """Passes on that a document ends: of all else the parser itself is told."""

    def __init__(self, hearer: Hearer) -> None:
        super().__init__()
        self._hearer = hearer

    def endDocument(self) -> None:  # noqa: N802 - as the standard library calls it
        self._hearer.finish()


class _Parser(DefusedExpatParser):
    """The parser of defusedxml, with no step between it and who is told."""

    def __init__(self, hearer: Hearer) -> None:
        super().__init__()
        self.setContentHandler(_End(hearer))
        self._told = hearer

    def reset(self) -> None:
        """A document begins: nothing is left of the one before."""
        super().reset()
        parser: XMLParserType = self._parser  # type: ignore[attr-defined]
        parser.buffer_text = parser.ordered_attributes = True
        parser.StartElementHandler = self._begun
        parser.EndElementHandler = self._told.end
        parser.CharacterDataHandler = self._told.heard.append

    def _begun(self, name: str, told: Sequence[str]) -> None:
        pairs = tuple(zip(told[::2], told[1::2], strict=True)) if told else ()
        self._told.begin(name, pairs)
