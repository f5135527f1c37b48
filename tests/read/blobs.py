"""Vendors' blobs and documents made by hand or by pypdf, for the reading room's tests."""

import gzip
import struct
from io import BytesIO

from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

PROTOCOL = """<XProtocol> { <ParamString."PatientID">  { "4711123"  }
<ParamLong."PatientAge"> { <Precision> 6 0 } <ParamString."Coil"> { "HEAD" } }
### ASCCONV BEGIN ###
tProtocolName   = ""ep2d""
tPatientName    = ""Quintero""
### ASCCONV END ###
"""


def csa(elements: dict[str, list[str]], *, new: bool = True) -> bytes:
    """A CSA header; the older form tells lengths with the first element's items added."""
    head = b"SV10\4\3\2\1" if new else b""
    parts = [head, struct.pack("<II", len(elements), 77)]
    base = len(next(iter(elements.values())))
    for name, values in elements.items():
        entry = (name.encode().ljust(64, b"\0"), len(values), b"LO", 19, len(values), 77)
        parts.append(struct.pack("<64si4siii", *entry))
        for value in values:
            raw = value.encode() + b"\0"
            first = len(raw) if new else len(raw) + base
            parts.append(struct.pack("<4i", first, len(raw), 77, len(raw)))
            parts.append(raw.ljust(-(-len(raw) // 4) * 4, b"\0"))
    return b"".join(parts) + bytes(4)


def ge_block(text: str) -> bytes:
    """A protocol block as GE scanners write it: a length, and a gzip stream."""
    packed = gzip.compress(text.encode(), mtime=0)
    return struct.pack("<I", len(packed)) + packed + b"\0" * (len(packed) % 2)


def pdf(*pages: str, entries: dict[str, str] | None = None, password: str = "") -> bytes:
    """A PDF with a line of text on each page; a page of "" is blank, one of "\\x00" a drawing."""
    writer = PdfWriter()
    for text in pages:
        page = writer.add_blank_page(300, 300)
        if text:
            _write(writer, page, text)
    writer.add_metadata({f"/{key}": value for key, value in (entries or {}).items()})
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    stream = BytesIO()
    writer.write(stream)
    return stream.getvalue()


def _write(writer: PdfWriter, page: DictionaryObject, text: str) -> None:
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
            NameObject("/Encoding"): NameObject("/WinAnsiEncoding"),
        }
    )
    fonts = DictionaryObject({NameObject("/F1"): writer._add_object(font)})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    stream = DecodedStreamObject()
    drawn = "0 0 m 9 9 l S" if text == "\0" else f"BT /F1 12 Tf 20 200 Td ({text}) Tj ET"
    stream.set_data(drawn.encode("cp1252"))
    page[NameObject("/Contents")] = writer._add_object(stream.flate_encode())
