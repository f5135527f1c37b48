import base64

import pytest

from tests.read.beside.given import MUTANTS, given, survived

HEAD = "MSH|^~\\&|RIS|KH Nord|PACS||20190302||ORU^R01|7|P|2.5"
BODY = (
    "PID|1||4711^^^KH^MR~990||Quintero^Maria^Ana^^Dr||19510502|F|||Hauptstr. 1^^Lindenau^^10115"
    "||+49 30 555~^^^m@k.test\rNK1|1|Quintero^Jorge|SPO||030 556\r"
    "PV1|1|I|||||77^Doctor^Dora\rOBR|1||ACC9|||||||||||||88^Order^Otto\r"
    "NTE|1||called \\T\\ seen\rZXY|1|own text\r"
)


def test_fields_of_segments_are_attributes() -> None:
    found = given(f"{HEAD}\r{BODY}", "HL7")
    assert found.texts["HL7 PID-5"] == ["Quintero^Maria^Ana^^Dr"]
    assert found.texts["HL7 PID-3"] == ["4711", "990"]
    assert found.texts["HL7 PID-7"] == ["19510502"]
    assert found.texts["HL7 PID-11"] == ["Hauptstr. 1 Lindenau 10115"]
    assert found.texts["HL7 NK1-2"] == ["Quintero^Jorge"]
    assert found.texts["HL7 PV1-7"] == ["Doctor^Dora"]
    assert found.texts["HL7 OBR-16"] == ["Order^Otto"]
    assert "called & seen" in found.texts["HL7 other segments"]
    assert "own text" in found.texts["HL7 other segments"]
    tags = {"PID-5": 0x00100010, "PID-3": 0x00100020, "PID-11": 0x00101040, "MSH-4": 0x00080080}
    assert {key: found.tags[f"HL7 {key}"] for key in tags} == tags


def test_addresses_of_mail_are_no_telephone_numbers() -> None:
    found = given(f"{HEAD}\rPID|1||||||||||||m@k.test\r", "HL7")
    assert found.texts["HL7 PID-13"] == ["m@k.test"]
    assert found.tags["HL7 PID-13"] == 0


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n"])
def test_messages_follow_each_other_in_frames(end: str) -> None:
    one = f"\x0b{HEAD}{end}PID|1||1||Eins^Anna{end}\x1c\r"
    other = f"\x0bMSH#*!?%#A#B#C##2019##ADT*A08#7#P#2.5{end}PID#1##2##Zwei*Berta!Drei*Carla{end}"
    found = given(one + other, "HL7")
    assert found.texts["HL7 PID-5"] == ["Eins^Anna", "Zwei^Berta", "Drei^Carla"]


def test_the_header_names_the_character_set() -> None:
    head = f"{HEAD}||||||8859/2\r"
    data = head.encode() + "PID|1||1||Wałęsa^Łucja\r".encode("iso8859_2")
    assert given(data, "HL7").texts["HL7 PID-5"] == ["Wałęsa^Łucja"]


def test_bytes_written_as_figures_are_letters() -> None:
    found = given(f"{HEAD}\rPID|1||1||M\\XC3BC\\ller^A\\F\\B\r", "HL7")
    assert found.texts["HL7 PID-5"] == ["Müller^A|B"]


def test_documents_are_files_of_their_own() -> None:
    coded = base64.b64encode(b"%PDF-1.4 of QUINTERO").decode()
    found = given(f"{HEAD}\rOBX|1|ED|1^X||^application^pdf^Base64^{coded}\r", "HL7")
    assert found.inner == [(b"OBX-5", b"%PDF-1.4 of QUINTERO")]


def test_bytes_that_lie_are_read_within_bounds() -> None:
    assert survived(f"{HEAD}\r{BODY}") == MUTANTS
