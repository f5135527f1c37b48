"""XML and HTML."""

from tests.read.beside.told import told
from vestige.read.beside.marked_up import read_in_parts
from vestige.read.beside.parts import Told
from vestige.read.beside.texts import read


def test_elements_and_rows_announce_their_values() -> None:
    xml = b'<?xml version="1.0"?><a><PatientName>Quintero^Maria</PatientName><b>a note</b></a>'
    found = told(read, xml)
    assert (found["PatientName"], found["text"]) == (["Quintero^Maria"], ["a note"])
    html = b"<!DOCTYPE html><table><tr><td>Geburtsdatum<td>03.02.1961</table>"
    assert told(read, html)["table > PatientBirthDate"] == ["19610203"]
    headed = b"<html><table><tr><th>id<th>Surname</tr><tr><td>312<td>Quintero</tr></table><p>end"
    found = told(read, headed)
    assert found["table column 2 > PersonName"] == ["Quintero"]
    assert found["text"] == ["end"]


def test_entities_are_not_expanded() -> None:
    each = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<!DOCTYPE a [<!ENTITY l0 "Quintero">{each}]><a>&l9; and Kowalski</a>'
    found = told(read, bomb.encode())
    assert "Kowalski" in str(found)
    assert len(str(found)) < 10 * len(bomb)


def test_labels_hold_across_stretches() -> None:
    xml = "<a><patient><name><b/>Quintero</name></patient><c>a &lt; b</c>&l9;<note>Kowalski" * 3
    for step in (1, 7, 50):
        found: dict[str, set[str]] = {}
        for part in read_in_parts([xml[at : at + step] for at in range(0, len(xml), step)]):
            assert isinstance(part, Told)
            found.setdefault(part.place.pointer, set()).update(part.texts)
        assert found["PatientName"] == {"Quintero"}
        assert {"a < b", "&l9;", "Kowalski"} <= found["text"]


def test_a_label_and_its_value_may_stand_in_two_elements() -> None:
    found = told(read, b"<p>Patient name: <b>Quillonia Zargothy</b></p>")
    assert found["PatientName"] == ["Quillonia Zargothy"]
