import struct

from tests.read.beside.papers import heard
from vestige.read.beside.word import of_document


def document(*pieces: str, flags: int = 0, wide: bool = True) -> tuple[bytes, bytes]:
    """The streams of a document: the text in pieces, and the tables."""
    head, texts, starts, places = bytearray(1472), b"", [0], b""
    struct.pack_into("<HH", head, 0, 0xA5EC, 193)
    struct.pack_into("<H", head, 10, flags)
    for piece in pieces:
        at = len(head) + len(texts)
        places += struct.pack("<HIH", 0, at if wide else (2 * at | 1 << 30), 0)
        texts += piece.encode("utf-16-le" if wide else "cp1252")
        starts.append(starts[-1] + len(piece))
    plc = struct.pack(f"<{len(starts)}I", *starts) + places
    clx = b"\1\2\0xx\2" + struct.pack("<I", len(plc)) + plc
    owner = struct.pack("<H", 3) + "Ana".encode("utf-16-le")
    saved = b"\xff\xff" + struct.pack("<HH", 2, 0)
    for text in ("Eva Beispiel", "C:\\Users\\eva\\x.doc"):
        saved += struct.pack("<H", len(text)) + text.encode("utf-16-le")
    struct.pack_into("<II", head, 0x01A2, 0, len(clx))
    struct.pack_into("<II", head, 0x01BA, len(clx), len(owner))
    struct.pack_into("<II", head, 0x02D2, len(clx) + len(owner), len(saved))
    return bytes(head) + texts, clx + owner + saved


def test_pieces_of_the_text_are_put_together() -> None:
    for wide in (True, False):
        data, table = document("Patient name: Pau", "la Probe\rJörg\r", wide=wide)
        found = heard(of_document(data, {"0table": table}.__getitem__))
        assert found.texts["document text > PatientName"] == ["Paula Probe"]
        assert "Jörg" in found.texts["document text"]
        assert found.texts["document comment author"] == ["Ana"]
        assert found.texts["document property lastsavedby"] == ["Eva Beispiel"]
        assert found.texts["document property"] == ["C:\\Users\\eva\\x.doc"]


def test_cells_of_a_table_are_rows() -> None:
    data, table = document("x\rPaciente\x07Paula Probe\x07\x07NHC\x074711123\x07\x07\x05note\r")
    found = heard(of_document(data, lambda _: table))
    assert found.texts["document table > PatientName"] == ["Paula Probe"]
    assert found.texts["document table > PatientID"] == ["4711123"]
    assert found.texts["document text"] == ["x", "note"]


def test_the_table_is_the_one_that_is_named_and_encryption_is_told() -> None:
    data, table = document("Paula Probe\r", flags=0x0200)
    asked: list[str] = []
    list(of_document(data, lambda name: asked.append(name) or table))  # type: ignore[func-returns-value]
    assert asked == ["1table"]
    assert heard(of_document(document("x", flags=0x0100)[0], lambda _: b"")).lost == ["protected"]


def test_older_documents_are_searched() -> None:
    old = struct.pack("<HH8x", 0xA5DC, 45) + b"Patient name: Paula Probe\0"
    assert heard(of_document(old, lambda _: b"")).texts["document text > PatientName"] == [
        "Paula Probe"
    ]


def test_pieces_that_claim_more_than_there_is_end() -> None:
    data, table = document(*["Paula Probe\r"] * 9)
    lying = bytearray(table)
    for at in range(14, 44, 4):
        struct.pack_into("<I", lying, at, 1 << 30)
    found = heard(of_document(data, lambda _: bytes(lying)))
    assert sum(map(len, found.texts["document text"])) < 2 * len(data)
