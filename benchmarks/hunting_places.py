"""Places in which a person may stand besides a header, each with a way to plant one there.

A planter writes into a folder whose name tells nothing, and gives the path of what names somebody.
"""

import base64
import bz2
import gzip
import io
import json
import lzma
import os
import pickle
import quopri
import sqlite3
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote
from xml.sax.saxutils import escape

from pydicom import dcmread
from pydicom.dataset import Dataset
from pydicom.encaps import encapsulate
from pydicom.sequence import Sequence
from pydicom.uid import UID, JPEGBaseline8Bit, generate_uid

from benchmarks.identities import Identity
from benchmarks.images import slices_of


class Plant(NamedTuple):
    """Whom to plant, in what spelling of the name, and what chance hangs on."""

    person: Identity
    name: str
    number: int


Planter = Callable[[Path, Plant], Path]


def spelled(person: Identity, number: int) -> str:
    """The whole name in one of the ways in which people write it."""
    given, family = person.given.split()[0], person.family
    return (
        f"{family.upper()}^{given.upper()}",
        f"{given} {family}",
        f"{family}, {given}",
        f"{family}_{given}",
        f"{given.lower()}.{family.lower()}",
    )[number % 5]


# --- DICOM objects -------------------------------------------------------------------------------


def image(number: int) -> Dataset:
    """A clean image of nobody."""
    data = dcmread(io.BytesIO(next(slices_of(number % 8, 1))))
    for keyword in ("PatientName", "PatientID", "PatientBirthDate", "ReferringPhysicianName"):
        setattr(data, keyword, "")
    for keyword in ("AccessionNumber", "OperatorsName", "InstitutionName", "StationName"):
        setattr(data, keyword, "")
    data.PatientName, data.PatientID = "ANON", f"SUBJ-{number:05}"
    data.SOPInstanceUID = data.file_meta.MediaStorageSOPInstanceUID = generate_uid()
    data.StudyInstanceUID, data.SeriesInstanceUID = generate_uid(), generate_uid()
    return data


def saved(data: Dataset, path: Path, *, behind: bytes = b"") -> Path:
    """The object as a file, with bytes behind it."""
    data.save_as(path, enforce_file_format=True)
    if behind:
        with path.open("ab") as file:
            file.write(behind)
    return path


def dirty(person: Identity, number: int) -> Dataset:
    """An image whose header names the person."""
    data = image(number)
    data.SpecificCharacterSet = "ISO_IR 192"
    data.PatientName = f"{person.family}^{person.given}"
    data.PatientID, data.PatientBirthDate = person.mrn, f"{person.born:%Y%m%d}"
    return data


def _private(value: bytes, vr: str = "OB") -> Planter:
    def plant(folder: Path, _: Plant) -> Path:
        data = image(3)
        block = data.private_block(0x0029, "QZ CUSTOM 1.0", create=True)
        block.add_new(0x10, vr, value + b"\0" * (len(value) % 2))
        return saved(data, folder / "1.dcm")

    return plant


def private_ascii(folder: Path, it: Plant) -> Path:
    """Bytes of a private element."""
    return _private(b"\1\2\0\0xx " + it.name.encode() + b" \0\3")(folder, it)


def private_wide(folder: Path, it: Plant) -> Path:
    """UTF-16 in a private element."""
    return _private(b"\1\2\0\0" + it.name.encode("utf-16-le") + b"\0\0")(folder, it)


def private_base64(folder: Path, it: Plant) -> Path:
    """Base64 in a private element."""
    return _private(base64.b64encode(f"patient={it.name};".encode()))(folder, it)


def private_zip(folder: Path, it: Plant) -> Path:
    """An archive in a private element."""
    return _private(_zip({"a.txt": it.name.encode()}))(folder, it)


def unknown_wrapped(folder: Path, it: Plant) -> Path:
    """A sequence of unknown VR in implicit little endian."""
    value = it.name.encode()
    value += b" " * (len(value) % 2)
    item = struct.pack("<HHI", 0x0020, 0x4000, len(value)) + value
    return _private(struct.pack("<HHI", 0xFFFE, 0xE000, len(item)) + item, "UN")(folder, it)


def free_text(folder: Path, it: Plant) -> Path:
    """A comment."""
    data = image(it.number)
    data.SpecificCharacterSet = "ISO_IR 192"
    data.ImageComments = f"compare with {it.name} of last week"
    return saved(data, folder / "1.dcm")


def nested(folder: Path, it: Plant) -> Path:
    """An element of an item of a sequence."""
    data = image(it.number)
    data.SpecificCharacterSet = "ISO_IR 192"
    inner = Dataset()
    inner.ScheduledProcedureStepDescription = f"knee {it.name}"
    data.RequestAttributesSequence = Sequence([inner])
    return saved(data, folder / "1.dcm")


def preamble(folder: Path, it: Plant) -> Path:
    """The preamble."""
    data = image(it.number)
    data.preamble = it.name.encode()[:128].ljust(128, b"\0")
    return saved(data, folder / "1.dcm")


def behind(folder: Path, it: Plant) -> Path:
    """Bytes behind the data set."""
    return saved(image(it.number), folder / "1.dcm", behind=b"\0\0\0\0END " + it.name.encode())


def in_pixels(folder: Path, it: Plant) -> Path:
    """Text written over samples."""
    data = image(it.number)
    pixels = bytearray(data.PixelData)
    text = it.name.encode()
    pixels[900 : 900 + len(text)] = text
    data.PixelData = bytes(pixels)
    return saved(data, folder / "1.dcm")


def behind_pixels(folder: Path, it: Plant) -> Path:
    """Bytes behind the last frame, in the same element."""
    data = image(it.number)
    text = it.name.encode()
    data.PixelData = data.PixelData + text + b"\0" * (6 + len(text) % 2)
    return saved(data, folder / "1.dcm")


def _jpeg(comment: bytes) -> bytes:
    exif = b"Exif\0\0II*\0\x08\0\0\0" + comment + b"\0"
    return (
        b"\xff\xd8\xff\xe1"
        + struct.pack(">H", len(exif) + 2)
        + exif
        + b"\xff\xda\0\x08"
        + bytes(range(1, 200)) * 400
        + b"\xff\xd9"
    )


def jpeg_in_dicom(folder: Path, it: Plant) -> Path:
    """Application data of a JPEG fragment."""
    data = image(it.number)
    data.file_meta.TransferSyntaxUID = JPEGBaseline8Bit
    data.PixelData = encapsulate([_jpeg(it.name.encode())])
    data["PixelData"].is_undefined_length = True
    return saved(data, folder / "1.dcm")


def report_text(folder: Path, it: Plant) -> Path:
    """A text of a structured report."""
    data = image(it.number)
    del data.PixelData
    data.SpecificCharacterSet = "ISO_IR 192"
    data.Modality = "SR"
    data.SOPClassUID = data.file_meta.MediaStorageSOPClassUID = UID("1.2.840.10008.5.1.4.1.1.88.11")
    item = Dataset()
    item.ValueType, item.RelationshipType = "TEXT", "CONTAINS"
    item.TextValue = f"Findings in {it.name} are unchanged."
    data.ContentSequence = Sequence([item])
    return saved(data, folder / "1.dcm")


def cda_in_dicom(folder: Path, it: Plant) -> Path:
    """A clinical document in an object."""
    data = image(it.number)
    del data.PixelData
    data.SOPClassUID = data.file_meta.MediaStorageSOPClassUID = UID("1.2.840.10008.5.1.4.1.1.104.2")
    data.MIMETypeOfEncapsulatedDocument = "text/xml"
    text = f"<ClinicalDocument><text>of {escape(it.name)} today</text></ClinicalDocument>".encode()
    data.EncapsulatedDocument = text + b" " * (len(text) % 2)
    return saved(data, folder / "1.dcm")


# --- names of entries ----------------------------------------------------------------------------


def folder_name(folder: Path, it: Plant) -> Path:
    """The name of a folder, in one of twelve grammars."""
    of, given, family = it.person, it.person.given.split()[0], it.person.family
    name = (
        f"{family.upper()}_3f2a77c1-9e1b-4c5d-8a6f-{it.number:012}",
        f"{family}, {given}",
        f"{family.upper()}^{given.upper()}_{of.mrn}",
        f"{given[0].lower()}.{family.lower()}-{of.born:%Y%m%d}",
        f"{given[0]}{family[0]}{of.born:%Y%m%d}",
        f"07-13-2013-NA-XR CHEST for {given} {family}-46198",
        f"{given} {family}_old",
        f"{family}{given}",
        f"{family.lower()}_{given.lower()}_T1",
        quote(f"{family} {given}"),
        f"{of.mrn}_{of.born:%d%m%Y}",
        f"{family}-{of.born:%Y-%m-%d}",
    )[it.number % 12].replace("/", "-")
    path = folder / name
    path.mkdir()
    saved(image(it.number), path / "1.dcm")
    return path


def file_name(folder: Path, it: Plant) -> Path:
    """The name of a file."""
    ending = ("dcm", "nii.gz", "png", "xlsx", "zip")[it.number % 5]
    path = folder / f"{it.name.replace('/', '-')}_{it.number:03}.{ending}"
    path.write_bytes(b"")
    return path


# --- text ----------------------------------------------------------------------------------------


def _text(name: str, template: str) -> Planter:
    def plant(folder: Path, it: Plant) -> Path:
        path = folder / name
        of = it.person
        told = template.format(
            name=it.name, mrn=of.mrn, born=f"{of.born:%Y-%m-%d}", path=it.name.replace(" ", "_")
        )
        path.write_text(told, encoding="utf-8")
        return path

    return plant


def json_escaped(folder: Path, it: Plant) -> Path:
    """JSON in ASCII."""
    path = folder / "sub-01_T1w.json"
    path.write_text(json.dumps({"EchoTime": 0.003, "ImageComments": f"of {it.name}"}))
    return path


def notebook(folder: Path, it: Plant) -> Path:
    """The output of a cell."""
    path = folder / "explore.ipynb"
    out = {"output_type": "stream", "text": [f"(0010,0010) PN [{it.name}]\n"]}
    cell = {"cell_type": "code", "source": ["print(ds)"], "outputs": [out], "metadata": {}}
    path.write_text(json.dumps({"cells": [cell], "nbformat": 4, "metadata": {}}))
    return path


def legacy_text(folder: Path, it: Plant) -> Path:
    """A text of Windows."""
    path = folder / "notes.txt"
    path.write_bytes(f"Gespräch über {it.name}\r\n".encode("cp1252", "replace"))
    return path


def wide_text(folder: Path, it: Plant) -> Path:
    """A text in UTF-16."""
    path = folder / "notes.txt"
    path.write_text(f"Export of {it.name}\n", encoding="utf-16")
    return path


def mail(folder: Path, it: Plant) -> Path:
    """A letter in base64."""
    message = MIMEMultipart()
    message["Subject"] = "results"
    message.attach(
        MIMEText(f"Dear colleague,\n\nthe scans of {it.name} are done.\n", "plain", "utf-8")
    )
    path = folder / "1.eml"
    path.write_bytes(message.as_bytes())
    return path


def mail_printed(folder: Path, it: Plant) -> Path:
    """A letter in quoted-printable."""
    path = folder / "2.eml"
    body = quopri.encodestring(f"Grüße, die Bilder von {it.name} sind da\n".encode())
    path.write_bytes(b"Content-Transfer-Encoding: quoted-printable\n\n" + body)
    return path


def base64_text(folder: Path, it: Plant) -> Path:
    """Base64 in a configuration."""
    path = folder / "job.cfg"
    path.write_text("token=" + base64.b64encode(it.name.encode()).decode() + "\n")
    return path


def hexadecimal(folder: Path, it: Plant) -> Path:
    """Hexadecimal digits in a log."""
    path = folder / "debug.log"
    path.write_text(f"payload {it.name.encode().hex()} sent\n")
    return path


def backwards(folder: Path, it: Plant) -> Path:
    """A pseudonym that is the name backwards."""
    given, family = it.person.given.split()[0], it.person.family
    path = folder / "codes.txt"
    path.write_text(f"id {(family + given).lower()[::-1]} done\n", encoding="utf-8")
    return path


# --- containers ----------------------------------------------------------------------------------


def _zip(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def _written(name: str, make: Callable[[Plant], bytes]) -> Planter:
    def plant(folder: Path, it: Plant) -> Path:
        path = folder / name
        path.write_bytes(make(it))
        return path

    return plant


def _lines(it: Plant) -> bytes:
    return b"line without anybody\n" * 40 + f"case of {it.name}\n".encode() + b"more\n" * 40


def _docx(it: Plant) -> bytes:
    cut = len(it.name) // 2
    parts = (it.name[:cut], it.name[cut:])
    runs = "".join(f"<w:r><w:t>{escape(part)}</w:t></w:r>" for part in parts)
    body = f"<w:document><w:body><w:p>{runs}</w:p></w:body></w:document>"
    return _zip({"[Content_Types].xml": b"<Types/>", "word/document.xml": body.encode()})


def _xlsx(it: Plant) -> bytes:
    given, family = it.person.given.split()[0], it.person.family
    cells = "".join(f"<si><t>{escape(one)}</t></si>" for one in ("Name", family, given))
    return _zip({"xl/sharedStrings.xml": f"<sst>{cells}</sst>".encode()})


def _tar(it: Plant, mode: str = "w") -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode=mode) as archive:  # type: ignore[call-overload]
        info = tarfile.TarInfo("notes/1.txt")
        data = _lines(it)
        info.size = len(data)
        archive.addfile(info, io.BytesIO(data))
    return buffer.getvalue()


def _database(folder: Path, it: Plant) -> Path:
    path = folder / "index.db"
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE p (site TEXT, family TEXT, given TEXT, n INTEGER)")
        given = it.person.given.split()[0]
        database.execute("INSERT INTO p VALUES (?,?,?,?)", ("site", it.person.family, given, 7))
    database.close()
    return path


def _pickle(it: Plant) -> bytes:
    given, family = it.person.given.split()[0], it.person.family
    return pickle.dumps({"cases": [{"family": family, "given": given, "n": 3}]})


def _nifti(it: Plant) -> bytes:
    head = bytearray(352)
    head[0:4] = struct.pack("<i", 348)
    text = it.name.encode()[:79]
    head[148 : 148 + len(text)] = text
    head[344:348] = b"n+1\0"
    return bytes(head) + bytes(range(256)) * 200


def _nifti_extension(it: Plant) -> bytes:
    head = bytearray(348)
    head[0:4] = struct.pack("<i", 348)
    text = f'{{"PatientName": "{it.name}"}}'.encode().ljust(248, b"\0")
    return bytes(head) + b"\1\0\0\0" + struct.pack("<ii", 256, 6) + text + bytes(range(256)) * 99


def _png(it: Plant, kind: bytes = b"tEXt") -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    head = struct.pack(">IIBBBBB", 8, 8, 8, 0, 0, 0, 0)
    text = b"Comment\0" + it.name.encode()
    if kind == b"zTXt":
        text = b"Comment\0\0" + zlib.compress(
            b"patient was " + it.name.encode() + b" at noon today"
        )
    pixels = zlib.compress(b"\0" + bytes(8) * 9)
    parts = (chunk(b"IHDR", head), chunk(kind, text), chunk(b"IDAT", pixels), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def _ds_store(it: Plant) -> bytes:
    name = it.name.replace("/", "-")
    return (
        b"\0\0\0\1Bud1\0\0\x10\0\0\0\x08\0"
        + b"\0" * 20
        + struct.pack(">I", len(name))
        + name.encode("utf-16-be")
        + b"Ilocblob\0\0\0\x10"
        + b"\0" * 60
    )


def _thumbs(it: Plant) -> bytes:
    entry = f"{it.name}.jpg".encode("utf-16-le")
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(504)
        + struct.pack("<HH", len(entry), 1)
        + entry
        + b"\0" * 50
        + bytes(range(256)) * 8
    )


def _lnk(it: Plant) -> bytes:
    path = f"D:\\export\\{it.name}\\IM1".encode("utf-16-le")
    return b"L\0\0\0\1\x14\2\0" + bytes(68) + struct.pack("<H", len(path) // 2) + path + bytes(20)


def _swp(it: Plant) -> bytes:
    return b"b0VIM 8.2" + bytes(1000) + f"case of {it.name}\0second line\0".encode() + bytes(3000)


def _git_object(folder: Path, it: Plant) -> Path:
    path = folder / "9d" / "a1b2c3"
    path.parent.mkdir()
    body = f"case: {it.name}\n".encode()
    path.write_bytes(zlib.compress(b"blob %d\0" % len(body) + body))
    return path


def _git_pack(it: Plant) -> bytes:
    body = f"case: {it.name}\nand more of a file that was committed once\n".encode()
    first = zlib.compress(b"tree of nobody at all, which is long enough to be told")
    return b"PACK\0\0\0\2\0\0\0\2\xb5\3" + first + b"\xbc\4" + zlib.compress(body) + bytes(20)


def _trash(it: Plant) -> bytes:
    path = quote(it.name)
    return f"[Trash Info]\nPath=/data/{path}/CT\nDeletionDate=2024-05-01T10:00:00\n".encode()


def attribute(folder: Path, it: Plant) -> Path:
    """An extended attribute; OSError where the file system keeps none."""
    path = folder / "scan.raw"
    path.write_bytes(b"\0" * 64)
    os.setxattr(path, "user.xdg.origin.url", f"file:///in/{it.name}/1.dcm".encode())
    return path


def _pdf(it: Plant) -> bytes:
    from pypdf import PdfWriter  # noqa: PLC0415 - a third of a second

    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.add_metadata({"/Title": f"Report of {it.name}"})
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def _dicom_in_zip(it: Plant) -> bytes:
    buffer = io.BytesIO()
    dirty(it.person, it.number).save_as(buffer, enforce_file_format=True)
    return _zip({"IMAGES/1": buffer.getvalue()})


PLACES: dict[str, Planter] = {
    "folder name": folder_name,
    "file name": file_name,
    "free text in a header": free_text,
    "sequence": nested,
    "private bytes, ASCII": private_ascii,
    "private bytes, UTF-16": private_wide,
    "private bytes, base64": private_base64,
    "private bytes, zip": private_zip,
    "sequence of unknown VR": unknown_wrapped,
    "preamble": preamble,
    "behind the data set": behind,
    "written into native pixels": in_pixels,
    "behind the pixels": behind_pixels,
    "JPEG APP1 in DICOM": jpeg_in_dicom,
    "structured report": report_text,
    "CDA in DICOM": cda_in_dicom,
    "log": _text("run.log", "10:00:01 INFO wrote /out/{path}/IM1 (12 ms)\n"),
    "manifest": _text("manifest.tsv", "file\tsha256\n{path}/1.dcm\t9f2c\n"),
    "BIDS participants": _text("participants.tsv", "participant_id\tnote\nsub-01\t{name}\n"),
    "number in a log": _text("pacs.log", "C-FIND PatientID={mrn} matched 3 studies\n"),
    "HTML page": _text("index.html", "<html><td><b>{name}</b></td></html>"),
    "JSON sidecar": json_escaped,
    "notebook output": notebook,
    "text in Windows-1252": legacy_text,
    "text in UTF-16": wide_text,
    "mail, base64": mail,
    "mail, quoted-printable": mail_printed,
    "base64 in text": base64_text,
    "hexadecimal in text": hexadecimal,
    "backwards in text": backwards,
    "trash info": _written("x.trashinfo", _trash),
    "xlsx": _written("table.xlsx", _xlsx),
    "docx, name in two runs": _written("letter.docx", _docx),
    "PDF metadata": _written("report.pdf", _pdf),
    "SQLite": _database,
    "pickle": _written("cases.pkl", _pickle),
    "zip member": _written("a.zip", lambda it: _zip({"n.txt": _lines(it)})),
    "zip member name": _written("a.zip", lambda it: _zip({f"x/{it.name}/1.txt": b"nothing"})),
    "zip in zip": _written("a.zip", lambda it: _zip({"b.zip": _zip({"n.txt": _lines(it)})})),
    "DICOM in zip": _written("images.zip", _dicom_in_zip),
    "tar.gz member": _written("a.tar.gz", lambda it: _tar(it, "w:gz")),
    "tar member": _written("a.tar", _tar),
    "gzip": _written("n.txt.gz", lambda it: gzip.compress(_lines(it))),
    "bzip2": _written("n.txt.bz2", lambda it: bz2.compress(_lines(it))),
    "xz": _written("n.txt.xz", lambda it: lzma.compress(_lines(it))),
    "NIfTI header": _written("a.nii", _nifti),
    "NIfTI header, gzip": _written("a.nii.gz", lambda it: gzip.compress(_nifti(it))),
    "NIfTI extension": _written("b.nii", _nifti_extension),
    "PNG tEXt": _written("a.png", _png),
    "PNG zTXt": _written("b.png", lambda it: _png(it, b"zTXt")),
    "JPEG EXIF": _written("a.jpg", lambda it: _jpeg(it.name.encode())),
    ".DS_Store": _written(".DS_Store", _ds_store),
    "Thumbs.db": _written("Thumbs.db", _thumbs),
    "link of Windows": _written("case.lnk", _lnk),
    "swap file of an editor": _written(".notes.swp", _swp),
    "git object": _git_object,
    "git pack": _written("pack-1.pack", _git_pack),
    "extended attribute": attribute,
}
