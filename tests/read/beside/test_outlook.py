from tests.read.beside.papers import Heard, heard
from vestige.read.beside.outlook import Way, of_message, unpacked


def of(streams: dict[Way, bytes]) -> Heard:
    return heard(of_message(tuple(streams), lambda way: streams[way]))


def wide(text: str) -> bytes:
    return text.encode("utf-16-le")


def name(code: str) -> str:
    return f"__substg1.0_{code}"


def test_people_texts_and_files_of_a_message_are_told() -> None:
    found = of(
        {
            (name("0037001f"),): wide("Befund"),
            (name("1000001f"),): wide("Patient name: Eva Beispiel\r\nx"),
            (name("0c1a001f"),): wide("Paula Probe"),
            (name("0e04001e"),): b"'Max Muster'; Ana Autor",
            (name("5d01001f"),): wide("pp@example.org"),
            (name("10130102"),): b"<p>MRN: 4711123</p>",
            (name("001a001f"),): wide("IPM.Note"),
            (name("007d001f"),): wide("From: Luis Ort <a@example.org>\r\n"),
            ("__attach_version1.0_#00000000", name("3704001f")): wide("A.CSV"),
            ("__attach_version1.0_#00000000", name("3707001f")): wide("Liste Müller.csv"),
            ("__attach_version1.0_#00000000", name("37010102")): b"a,b",
        }
    )
    assert found.texts["mail header recipient"] == ["Paula Probe", "Max Muster", "Ana Autor"]
    assert found.texts["mail header"] == ["pp@example.org"]
    assert found.texts["mail header from"] == ["Luis Ort", "a@example.org"]
    assert found.texts["mail text > PatientName"] == ["Eva Beispiel"]
    assert found.texts["mail text > PatientID"] == ["4711123"]
    assert found.inner == {"Liste Müller.csv".encode(): b"a,b"}
    assert "IPM.Note" not in str(found.texts)


def test_a_message_within_a_message_is_read_too() -> None:
    way = ("__attach_version1.0_#00000000", name("3701000d"), name("0c1a001f"))
    assert of({way: wide("Paula Probe")}).texts["mail header recipient"] == ["Paula Probe"]


# The example of MS-OXRTFCP section 3.1.1: a body that was packed.
PACKED = bytes.fromhex(
    "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c09002062770"
    "5b06c647d0a800fa0"
)
BODY = b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"


def test_a_body_that_was_packed_is_a_file() -> None:
    assert unpacked(PACKED[16:]) == BODY
    assert of({(name("10090102"),): PACKED}).inner == {b"body.rtf": BODY}
    plain = PACKED[:8] + b"MELA" + bytes(4) + BODY
    assert of({(name("10090102"),): plain}).inner == {b"body.rtf": BODY}


def test_what_breaks_off_ends() -> None:
    assert unpacked(b"") == b""
    assert unpacked(b"\xff\x00") == b""
    assert len(unpacked(b"\xff\x00\x1f" * 99)) < 9_999
