"""Plants in documents, mail and pictures."""

import datetime as dt
import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from email.message import EmailMessage
from typing import Any

import docx
import openpyxl
import pptx
import xlwt
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from odf import dc, meta
from odf.opendocument import OpenDocumentSpreadsheet, OpenDocumentText
from odf.table import Table, TableCell, TableRow
from odf.text import P
from openpyxl.comments import Comment
from PIL import Image, PngImagePlugin
from PIL.TiffImagePlugin import IFDRational
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText
from pypdf.generic import NameObject, TextStringObject
from reportlab.pdfgen import canvas

from benchmarks.beside_plant import Field, Plant, held
from benchmarks.compounds import compound

Writer = Callable[[str, int], bytes]

# --- pictures -------------------------------------------------------------------------------------

_ARTIST, _DESCRIPTION, _COPYRIGHT = 0x013B, 0x010E, 0x8298
_OWNER, _REMARK, _GPS, _EXIF, _AUTHOR = 0xA430, 0x9286, 0x8825, 0x8769, 0x9C9D
_XMP = (
    '<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator><rdf:Seq><rdf:li>{}</rdf:li></rdf:Seq>'
    '</dc:creator></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
)


def _picture(kind: str, number: int, **options: object) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (24, 16), (number * 7 % 256, 90, 120)).save(stream, kind, **options)
    return stream.getvalue()


def _exif(tag: int, value: object, below: int = 0) -> bytes:
    found = Image.Exif()
    found[0x010F] = "Maker"
    (found.get_ifd(below) if below else found)[tag] = value
    return found.tobytes()


def _jpeg(tag: int, below: int = 0, before: str = "") -> Writer:
    return lambda value, number: _picture(
        "JPEG", number, exif=_exif(tag, (before + value).encode() if value else b"", below)
    )


def _position(value: str, number: int) -> bytes:
    if not value:
        return _picture("JPEG", number)
    parts = tuple(IFDRational(one, 1) for one in (41, number % 60, 12))
    found = Image.Exif()
    found.get_ifd(_GPS).update({1: "N", 2: parts, 3: "E", 4: parts})
    return _picture("JPEG", number, exif=found.tobytes())


def _remark(value: str, number: int) -> bytes:
    raw = b"UNICODE\0" + f"Patient name: {value}".encode("utf-16-le")
    return _picture("JPEG", number, exif=_exif(_REMARK, raw, _EXIF))


def _windows_author(value: str, number: int) -> bytes:
    raw = (value + "\0").encode("utf-16-le")
    return _picture("JPEG", number, exif=_exif(_AUTHOR, raw))


def _iptc(value: str, number: int) -> bytes:
    raw = value.encode()
    record = b"\x1c\x01\x5a\0\3\x1b%G" + struct.pack(">BBBH", 0x1C, 2, 80, len(raw)) + raw
    resource = b"8BIM" + struct.pack(">HHI", 0x0404, 0, len(record)) + record
    segment = b"Photoshop 3.0\0" + resource + b"\0" * (len(record) % 2)
    data = _picture("JPEG", number)
    return data[:2] + b"\xff\xed" + struct.pack(">H", len(segment) + 2) + segment + data[2:]


def _png(key: str, before: str = "", *, packed: bool = False, wide: bool = False) -> Writer:
    def written(value: str, number: int) -> bytes:
        texts = PngImagePlugin.PngInfo()
        if wide:
            texts.add_itxt(key, before + value, zip=packed)
        else:
            texts.add_text(key, (before + value).encode("utf-8").decode("latin-1"), zip=packed)
        return _picture("PNG", number, pnginfo=texts)

    return written


def _of_picture(kind: str, **named: str) -> Writer:
    """A picture with options whose text holds the value."""

    def written(value: str, number: int) -> bytes:
        options = {key: text.format(value).encode() for key, text in named.items()}
        return _picture(kind, number, **options)

    return written


def _behind(value: str, number: int) -> bytes:
    return _picture("JPEG", number) + f"\nPatientName={value}\n".encode()


def _heic(value: str, number: int) -> bytes:
    """The boxes of a picture of a telephone with EXIF, and no pixels."""
    exif = b"\0\0\0\6Exif\0\0" + _exif(_OWNER, value.encode(), _EXIF).removeprefix(b"Exif\0\0")
    infe = _box(b"infe", b"\2\0\0\0" + struct.pack(">HH", 1, 0) + b"Exif\0")
    iinf = _box(b"iinf", b"\0\0\0\0\0\1" + infe)
    ftyp = _box(b"ftyp", b"heic" + struct.pack(">I", number) + b"mif1heic")

    def located(at: int) -> bytes:
        head = b"\0\0\0\0\x44\0" + struct.pack(">HHHHII", 1, 1, 0, 1, at, len(exif))
        return _box(b"meta", b"\0\0\0\0" + _box(b"hdlr", bytes(25)) + iinf + _box(b"iloc", head))

    at = len(ftyp) + len(located(0)) + 8
    return ftyp + located(at) + _box(b"mdat", exif)


def _box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I4s", len(content) + 8, kind) + content


# --- spreadsheets ---------------------------------------------------------------------------------


def _saved(document: Any) -> bytes:  # noqa: ANN401 - each library has a class of its own
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _sheet(heading: str, *, hidden: bool = False, labelled: bool = False) -> Writer:
    def written(value: str, number: int) -> bytes:
        book = openpyxl.Workbook()
        sheet = book.active if not hidden else book.create_sheet("data")
        if hidden:
            sheet.sheet_state = "hidden"
        if labelled:
            sheet.append([heading, value])
            sheet.append(["Sequence", "t1"])
            sheet.append(["Field strength", 3])
        else:
            sheet.append(["code", heading, "volume"])
            for row in range(9):
                sheet.append([f"sub-{row:03}", value if row == number % 9 else "", row * 1.5])
        return _saved(book)

    return written


def _dated(value: str, number: int) -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["code", "Geburtsdatum"])
    book.active.append([f"sub-{number:03}", dt.date.fromisoformat(value) if value else ""])
    return _saved(book)


def _macro(value: str, number: int) -> bytes:
    """A workbook with macros, of which none is run."""
    data = io.BytesIO(_sheet("MRN")(value, number))
    with zipfile.ZipFile(data, "a") as archive:
        archive.writestr("xl/vbaProject.bin", compound({"VBA": b"Sub Run()"}))
    return data.getvalue()


def _sheet_note(value: str, _number: int) -> bytes:
    book = openpyxl.Workbook()
    book.active["B2"] = 3
    book.active["B2"].comment = Comment("looked at", value)
    return _saved(book)


def _sheet_saver(value: str, number: int) -> bytes:
    book = openpyxl.Workbook()
    book.active["A1"] = number
    book.properties.lastModifiedBy = value
    return _saved(book)


def _ods(value: str, number: int) -> bytes:
    book = OpenDocumentSpreadsheet()
    table = Table(name="data")
    book.spreadsheet.addElement(table)
    for cells in (["code", "Sukunimi"], [f"sub-{number:03}", value]):
        row = TableRow()
        table.addElement(row)
        for text in cells:
            cell = TableCell()
            cell.addElement(P(text=text))
            row.addElement(cell)
    return _saved(book)


def _xls(value: str, number: int) -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("data")
    for place, text in enumerate(("code", "cognome", f"sub-{number:03}", value)):
        sheet.write(place // 2, place % 2, text)
    return _saved(book)


# --- documents ------------------------------------------------------------------------------------


def _docx(part: str) -> Writer:
    def written(value: str, number: int) -> bytes:
        document = docx.Document()
        document.add_paragraph(f"Protocol {number}")
        _PARTS[part](document, value)
        return _saved(document)

    return written


def _in_table(document: Any, value: str) -> None:  # noqa: ANN401
    table = document.add_table(2, 2)
    for place, text in enumerate(("Nom du patient", value, "Coil", "head")):
        table.cell(place // 2, place % 2).text = text


def _deleted(document: Any, value: str) -> None:  # noqa: ANN401
    """A tracked deletion, by somebody."""
    gone = OxmlElement("w:del")
    gone.set(qn("w:author"), value)
    gone.set(qn("w:id"), "7")
    run, text = OxmlElement("w:r"), OxmlElement("w:delText")
    text.text = "gone"
    run.append(text)
    gone.append(run)
    document.paragraphs[0]._p.append(gone)  # noqa: SLF001 - the library has no other way


def _with_picture(document: Any, value: str) -> None:  # noqa: ANN401
    document.add_picture(io.BytesIO(_jpeg(_ARTIST)(value, 1)))


_PARTS: dict[str, Callable[[Any, str], object]] = {
    "paragraph": lambda document, value: document.add_paragraph(f"Patient name: {value}"),
    "table": _in_table,
    "header": lambda document, value: setattr(
        document.sections[0].header.paragraphs[0], "text", f"Patientenname: {value}"
    ),
    "footer": lambda document, value: setattr(
        document.sections[0].footer.paragraphs[0], "text", f"MRN: {value}"
    ),
    "author": lambda document, value: setattr(document.core_properties, "author", value),
    "saver": lambda document, value: setattr(document.core_properties, "last_modified_by", value),
    "comment": lambda document, value: document.add_comment(
        document.paragraphs[0].runs, text="seen", author=value
    ),
    "deleted": _deleted,
    "picture": _with_picture,
}


def _odt(part: str) -> Writer:
    def written(value: str, number: int) -> bytes:
        document = OpenDocumentText()
        document.text.addElement(P(text=f"Protocol {number}"))
        if part == "creator":
            document.meta.addElement(dc.Creator(text=value))
        elif part == "property":
            own = meta.UserDefined(name="Patient ID", valuetype="string", text=value)
            document.meta.addElement(own)
        else:
            document.text.addElement(P(text=f"Patient name: {value}"))
        return _saved(document)

    return written


def _pptx(part: str) -> Writer:
    def written(value: str, number: int) -> bytes:
        deck = pptx.Presentation()
        slide = deck.slides.add_slide(deck.slide_layouts[5])
        slide.shapes.title.text = f"Case conference {number}"
        if part == "title":
            slide.shapes.title.text = f"Patient name: {value}"
        elif part == "notes":
            slide.notes_slide.notes_text_frame.text = f"Patient name: {value}"
        elif part == "author":
            deck.core_properties.author = value
        else:
            picture = slide.shapes.add_picture(io.BytesIO(_picture("PNG", number)), 0, 0)
            picture._element.nvPicPr.cNvPr.set("descr", f"Patient name: {value}")  # noqa: SLF001
        return _saved(deck)

    return written


def _rtf(part: str) -> Writer:
    def written(value: str, _number: int) -> bytes:
        coded = "".join(c if c.isascii() else f"\\u{_signed(ord(c))}?" for c in value)
        info = f"{{\\info{{\\author {coded}}}}}" if part == "author" else ""
        text = f"Patient name: {coded}\\par" if part == "text" else "Protocol\\par"
        return f"{{\\rtf1\\ansi\\ansicpg1252{info}\\pard {text}}}".encode("ascii")

    return written


def _signed(number: int) -> int:
    return number - 0x10000 if number > 0x7FFF else number  # noqa: PLR2004 - of 16 bits


def _doc(value: str, _number: int) -> bytes:
    """A document of Word 97 with one piece of text."""
    text = f"Patient name: {value}\r".encode("utf-16-le")
    head = bytearray(1472)
    struct.pack_into("<HH", head, 0, 0xA5EC, 193)
    pieces = struct.pack("<IIHIH", 0, len(text) // 2, 0, len(head), 0)
    clx = b"\2" + struct.pack("<I", len(pieces)) + pieces
    struct.pack_into("<II", head, 0x01A2, 0, len(clx))
    return compound({"WordDocument": bytes(head) + text, "0Table": clx})


def _doc_author(value: str, _number: int) -> bytes:
    raw = value.encode() + b"\0"
    values = struct.pack("<IHH", 2, 65001 - 0x10000 & 0xFFFF, 0)
    values += struct.pack("<II", 0x1E, len(raw)) + raw
    section = struct.pack("<IIIIII", 24 + len(values), 2, 1, 24, 4, 32) + values
    head = struct.pack("<HHI16xI", 0xFFFE, 0, 0, 1)
    head += bytes.fromhex("e0859ff2f94f6810ab9108002b27b3d9") + struct.pack("<I", 48)
    return compound({"\5SummaryInformation": head + section, "Contents": b"x"})


def _ppt(value: str, _number: int) -> bytes:
    text = f"Patient name: {value}".encode("utf-16-le")
    atom = struct.pack("<HHI", 0, 4000, len(text)) + text
    return compound({"PowerPoint Document": struct.pack("<HHI", 0xF, 1000, len(atom)) + atom})


def _msg(number_of_property: str, before: str = "") -> Writer:
    def written(value: str, number: int) -> bytes:
        wide = {"0037001F": f"Protocol {number}", f"{number_of_property}001F": before + value}
        streams = {
            f"__substg1.0_{key}": text.encode("utf-16-le") + b"\0\0" for key, text in wide.items()
        }
        return compound({"__properties_version1.0": bytes(32), **streams})

    return written


# --- PDF ------------------------------------------------------------------------------------------


def _pdf(part: str) -> Writer:
    def written(value: str, number: int) -> bytes:
        stream = io.BytesIO()
        page = canvas.Canvas(stream, invariant=1)
        page.drawString(72, 700, f"Protocol {number}")
        if part == "text":
            page.drawString(72, 600, f"MRN: {value}")
        elif part == "author":
            page.setAuthor(value)
        elif part == "form":
            page.acroForm.textfield(name="PatientName", x=72, y=500)
        page.save()
        if part in {"note", "attached", "xmp", "form"}:
            return _extended(stream.getvalue(), part, value)
        return stream.getvalue()

    return written


def _extended(data: bytes, part: str, value: str) -> bytes:
    writer = PdfWriter(PdfReader(io.BytesIO(data)))
    if part == "note":
        note = FreeText(text="seen", rect=(50, 50, 200, 80))
        note[NameObject("/T")] = TextStringObject(value)
        writer.add_annotation(0, note)
    elif part == "form":
        field = writer.pages[0]["/Annots"][0].get_object()  # type: ignore[index]
        field[NameObject("/V")] = TextStringObject(value)
    elif part == "xmp":
        writer.xmp_metadata = _XMP.format(value).encode()
    else:
        writer.add_attachment("list.csv", f"code,apellidos\nsub-001,{value}\n".encode())
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


# --- mail -----------------------------------------------------------------------------------------


def _mail(part: str) -> Writer:
    def written(value: str, number: int) -> bytes:
        message = EmailMessage()
        message["From"] = "noreply@example.org"
        message["To"] = "list@example.org"
        message["Subject"] = f"Protocol {number}"
        message.set_content("See below.\n")
        if part == "from" and value:
            del message["From"]
            message["From"] = f'"{value}" <noreply@example.org>'
        elif part == "address":
            del message["To"]
            message["To"] = value
        elif part == "body":
            message.set_content(f"Patient name: {value}\n")
        elif part == "html":
            message.add_alternative(f"<p>Patient name: {value}</p>", subtype="html")
        elif part == "attached":
            table = f"code,apellidos\nsub-001,{value}\n".encode()
            message.add_attachment(table, maintype="text", subtype="csv", filename="list.csv")
        return message.as_bytes()

    return written


def _mbox(value: str, number: int) -> bytes:
    first, second = _mail("plain")("", number), _mail("body")(value, number)
    return b"From a@b Mon Jan  1 10:00:00 2024\n" + first + b"\nFrom a@b Tue\n" + second


def _packed(part: str) -> Writer:
    """A picture in which a chunk was packed, or a film with a comment."""

    def written(value: str, number: int) -> bytes:
        if part == "profile":
            digits = _exif(_ARTIST, value.encode()).hex()
            text = f"\nexif\n{len(digits) // 2:8}\n{digits}\n".encode()
            chunk = b"Raw profile type exif\0\0" + zlib.compress(text)
            data = _picture("PNG", number)
            sum_of = zlib.crc32(b"zTXt" + chunk)
            return data[:33] + struct.pack(">I", len(chunk)) + b"zTXt" + chunk + struct.pack(
                ">I", sum_of
            ) + data[33:]  # fmt: skip
        raw = f"Patient name: {value}".encode()
        raw += b"\0" * (len(raw) % 2)
        info = b"INFO" + b"ICMT" + struct.pack("<I", len(raw)) + raw
        chunks = b"WAVE" + b"LIST" + struct.pack("<I", len(info)) + info
        return b"RIFF" + struct.pack("<I", len(chunks)) + chunks

    return written


# --- all ------------------------------------------------------------------------------------------


def _plant(name: str, field: Field, file: str, content: Writer) -> Plant:
    return Plant(name, field, held(file, content))


_PICTURES = (
    _plant("jpeg-artist", Field.NAME, "a.jpg", _jpeg(_ARTIST)),
    _plant("jpeg-description", Field.NAME, "a.jpg", _jpeg(_DESCRIPTION, before="Patient name: ")),
    _plant("jpeg-owner", Field.NAME, "a.jpg", _jpeg(_OWNER, _EXIF)),
    _plant("jpeg-user-comment", Field.NAME, "a.jpg", _remark),
    _plant("jpeg-windows-author", Field.NAME, "a.jpg", _windows_author),
    _plant("jpeg-position", Field.BIRTH, "a.jpg", _position),
    _plant("jpeg-comment", Field.NUMBER, "a.jpg", _of_picture("JPEG", comment="MRN: {}")),
    _plant("jpeg-xmp", Field.NAME, "a.jpg", _of_picture("JPEG", xmp=_XMP)),
    _plant("jpeg-iptc", Field.NAME, "a.jpg", _iptc),
    _plant("jpeg-behind-its-end", Field.NAME, "a.jpg", _behind),
    _plant("png-author", Field.NAME, "a.png", _png("Author", wide=True)),
    _plant("png-text", Field.NUMBER, "a.png", _png("Comment", "MRN: ")),
    _plant("png-packed", Field.NAME, "a.png", _png("Note", "Patient name: ", packed=True)),
    _plant("png-international", Field.NAME, "a.png", _png("N", "Patient name: ", wide=True)),
    _plant("png-profile", Field.NAME, "a.png", _packed("profile")),
    _plant("gif-comment", Field.NAME, "a.gif", _of_picture("GIF", comment="Patient name: {}")),
    _plant("webp-xmp", Field.NAME, "a.webp", _of_picture("WEBP", xmp=_XMP)),
    _plant(
        "tiff-artist",
        Field.NAME,
        "a.tif",
        lambda v, n: _picture("TIFF", n, tiffinfo={_ARTIST: v.encode()}),
    ),
    _plant("heic-owner", Field.NAME, "a.heic", _heic),
    _plant("jpeg2000-comment", Field.NUMBER, "a.jp2", _of_picture("JPEG2000", comment="MRN: {}")),
    _plant("wave-comment", Field.NAME, "a.wav", _packed("film")),
)
_DOCUMENTS = (
    _plant("xlsx-surname", Field.FAMILY, "a.xlsx", _sheet("Apellidos")),
    _plant("xlsx-number", Field.NUMBER, "a.xlsx", _sheet("MRN")),
    _plant("xlsx-hidden-sheet", Field.NAME, "a.xlsx", _sheet("Patient Name", hidden=True)),
    _plant("xlsx-label", Field.NAME, "a.xlsx", _sheet("Nombre del paciente", labelled=True)),
    _plant("xlsx-birth-date", Field.BIRTH, "a.xlsx", _dated),
    _plant("xlsx-comment-author", Field.NAME, "a.xlsx", _sheet_note),
    _plant("xlsx-saver", Field.NAME, "a.xlsx", _sheet_saver),
    _plant("xlsm-number", Field.NUMBER, "a.xlsm", _macro),
    _plant("ods-surname", Field.FAMILY, "a.ods", _ods),
    _plant("xls-surname", Field.FAMILY, "a.xls", _xls),
    _plant("docx-paragraph", Field.NAME, "a.docx", _docx("paragraph")),
    _plant("docx-table", Field.NAME, "a.docx", _docx("table")),
    _plant("docx-header", Field.NAME, "a.docx", _docx("header")),
    _plant("docx-footer", Field.NUMBER, "a.docx", _docx("footer")),
    _plant("docx-author", Field.NAME, "a.docx", _docx("author")),
    _plant("docx-saver", Field.NAME, "a.docx", _docx("saver")),
    _plant("docx-comment-author", Field.NAME, "a.docx", _docx("comment")),
    _plant("docx-tracked-change", Field.NAME, "a.docx", _docx("deleted")),
    _plant("docx-picture", Field.NAME, "a.docx", _docx("picture")),
    _plant("odt-paragraph", Field.NAME, "a.odt", _odt("paragraph")),
    _plant("odt-creator", Field.NAME, "a.odt", _odt("creator")),
    _plant("odt-own-property", Field.NUMBER, "a.odt", _odt("property")),
    _plant("pptx-title", Field.NAME, "a.pptx", _pptx("title")),
    _plant("pptx-notes", Field.NAME, "a.pptx", _pptx("notes")),
    _plant("pptx-description", Field.NAME, "a.pptx", _pptx("description")),
    _plant("pptx-author", Field.NAME, "a.pptx", _pptx("author")),
    _plant("doc-text", Field.NAME, "a.doc", _doc),
    _plant("doc-author", Field.NAME, "a.doc", _doc_author),
    _plant("ppt-text", Field.NAME, "a.ppt", _ppt),
    _plant("rtf-text", Field.NAME, "a.rtf", _rtf("text")),
    _plant("rtf-author", Field.NAME, "a.rtf", _rtf("author")),
    _plant("pdf-text", Field.NUMBER, "a.pdf", _pdf("text")),
    _plant("pdf-author", Field.NAME, "a.pdf", _pdf("author")),
    _plant("pdf-form", Field.NAME, "a.pdf", _pdf("form")),
    _plant("pdf-note-author", Field.NAME, "a.pdf", _pdf("note")),
    _plant("pdf-xmp", Field.NAME, "a.pdf", _pdf("xmp")),
    _plant("pdf-attachment", Field.FAMILY, "a.pdf", _pdf("attached")),
)
_MAIL = (
    _plant("eml-from", Field.NAME, "a.eml", _mail("from")),
    _plant("eml-address", Field.EMAIL, "a.eml", _mail("address")),
    _plant("eml-body", Field.NAME, "a.eml", _mail("body")),
    _plant("eml-html", Field.NAME, "a.eml", _mail("html")),
    _plant("eml-attachment", Field.FAMILY, "a.eml", _mail("attached")),
    _plant("mbox-body", Field.NAME, "a.mbox", _mbox),
    _plant("msg-sender", Field.NAME, "a.msg", _msg("0C1A")),
    _plant("msg-body", Field.NAME, "a.msg", _msg("1000", "Patient name: ")),
)
PLANTS = {"pictures": _PICTURES, "documents": _DOCUMENTS, "mail": _MAIL}
"""All plants of this module, by kind of place."""
