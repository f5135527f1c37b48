"""How a text is packed into an element: as makers of scanners and archives do it."""

import base64
import gzip
import json
import zlib


def asciis(text: str) -> bytes:
    """Text among bytes of other kinds, as dumps of a structure have it."""
    return _even(b"\x01\0\x80\0\x11" + text.encode() + b"\0\0\xff\x02")


def little(text: str) -> bytes:
    """UTF-16, little endian, among zeros."""
    return _even(b"\x07\0\0\0" + text.encode("utf-16-le") + b"\0\0\x01\0")


def big(text: str) -> bytes:
    """UTF-16, big endian, among zeros."""
    return _even(b"\0\x07\0\0" + text.encode("utf-16-be") + b"\0\0\0\x01")


def asccconv(text: str) -> bytes:
    """A protocol as Siemens prints it."""
    body = '### ASCCONV BEGIN ###\nsProtConsistencyInfo.tBaselineString\t = "N4_VB17A"\n'
    return _even(f'SV10\x04\3\2\1{body}tPatientName\t = "{text}"\n### ASCCONV END ###\n'.encode())


def zipped(text: str) -> bytes:
    """A protocol block as GE packs it: a length, then gzip."""
    packed = gzip.compress(f'set SERIES "1"\nset PATIENT "{text}"\nset END "1"\n'.encode(), mtime=0)
    return _even(len(packed).to_bytes(4, "little") + packed)


def deflated(text: str) -> bytes:
    """The same by zlib."""
    return _even(zlib.compress(f"patient={text}\nmode=1\n".encode()))


def xml(text: str) -> str:
    """An XML document in a text element."""
    return f'<?xml version="1.0"?><scan><mode>1</mode><subject name="x">{text}</subject></scan>'


def xml_bytes(text: str) -> bytes:
    """The same as bytes."""
    return _even(xml(text).encode())


def based(text: str) -> str:
    """JSON in base64, as some archives keep what they took away."""
    told = json.dumps({"patient": text, "mode": 1}, ensure_ascii=False)
    return base64.b64encode(told.encode()).decode()


def jsons(text: str) -> str:
    """JSON in a text element."""
    return json.dumps({"patient": {"said": text}, "mode": 1}, ensure_ascii=False)


def cda(text: str) -> bytes:
    """A clinical document, much shortened."""
    body = f"<component><section><title>Report</title><text>{text}</text></section></component>"
    head = '<?xml version="1.0"?><ClinicalDocument xmlns="urn:hl7-org:v3">'
    return f"{head}{body}</ClinicalDocument>".encode()


def pdf(text: str) -> bytes:
    """A document of one page that shows the text, uncompressed."""
    return _pdf(text, packed=False)


def pdf_packed(text: str) -> bytes:
    """The same with its page deflated, as nearly all are."""
    return _pdf(text, packed=True)


def _pdf(text: str, *, packed: bool) -> bytes:
    shown = text.encode("cp1252", "replace").replace(b"(", b"").replace(b")", b"")
    page = b"BT /F1 12 Tf 72 720 Td (" + shown + b") Tj ET"
    page = zlib.compress(page) if packed else page
    how = b" /Filter /FlateDecode" if packed else b""
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources 6 0 R >>",
        b"<< /Length %d%s >>\nstream\n%s\nendstream" % (len(page), how, page),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Font << /F1 5 0 R >> >>",
    ]
    out, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(bodies, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 7\n0000000000 65535 f \n" + b"".join(
        b"%010d 00000 n \n" % at for at in offsets
    )
    return out + b"trailer << /Size 7 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % start


def _even(raw: bytes) -> bytes:
    return raw + b"\0" * (len(raw) % 2)
