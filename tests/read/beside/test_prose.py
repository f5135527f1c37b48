from collections.abc import Iterator

import pytest

from tests.read.beside.papers import heard
from vestige.read.beside.prose import fed, of_document


def texts(xml: str) -> dict[str, list[str]]:
    return heard(of_document([xml.encode()], "d")).texts


def test_runs_of_a_paragraph_are_one_text() -> None:
    found = texts(
        "<d><p><r><t>Pau</t></r><r><t>la</t><tab/><t>Probe</t></r><posOffset>-12345</posOffset></p>"
        "<p>Max<s/>Muster</p><other>alone</other></d>"
    )
    assert found["d"] == ["Paula\tProbe", "Max Muster", "alone"]


def test_a_box_within_a_paragraph_is_a_paragraph() -> None:
    assert texts("<d><p>out<box><p>in</p></box>side</p></d>")["d"] == ["in", "outside"]


def test_authors_and_descriptions_in_attributes_are_told() -> None:
    xml = (
        b'<d><del author="Paula Probe"><p>x</p></del><cmAuthor name="Max Muster"/>'
        b'<docPr name="Ana.jpg" descr="photo of Ana"/><theme name="Office"/>'
        b'<Relationship Target="media/a.png"/>'
        b'<Relationship Target="file:///C:/Users/ana" TargetMode="External"/>'
        b"<creator>Eva Beispiel</creator></d>"
    )
    found = heard(of_document([xml], "d"))
    assert found.texts["d author"] == ["Paula Probe", "Max Muster", "Eva Beispiel"]
    assert found.tags["d author"] == (0, "PN")
    assert found.texts["d"] == ["x", "Ana.jpg", "photo of Ana", "file:///C:/Users/ana"]


def test_tables_are_read_by_their_headings_also_within_each_other() -> None:
    found = texts(
        "<d><p>before</p><tbl><tr><tc><p>Surname</p></tc><tc><p>MRN</p></tc></tr>"
        "<tr><tc><p>Probe</p></tc><tc><p>47</p><p>11</p></tc></tr>"
        "<tr><tc><tbl><tr><tc><p>Muster</p></tc></tr></tbl></tc></tr></tbl><p>behind</p></d>"
    )
    assert set(found["d table > PersonName"]) == {"Muster", "Probe"}
    assert found["d table > PatientID"] == ["47\n11"]
    assert {"before", "behind"} <= set(found["d"])


def test_dates_repeats_and_notes_of_cells() -> None:
    ods = (
        '<d xmlns:table="t" xmlns:office="o"><table:table><table:table-row>'
        "<table:table-cell><p>code</p><annotation><p>seen</p></annotation></table:table-cell>"
        '<table:table-cell table:number-columns-repeated="3"/><table:table-cell><p>DOB</p>'
        "</table:table-cell></table:table-row><table:table-row>"
        '<table:table-cell table:number-columns-repeated="4"><p>s1</p></table:table-cell>'
        '<table:table-cell office:date-value="1961-02-03T00:00:00"><p>3. Feb</p>'
        "</table:table-cell></table:table-row></table:table></d>"
    )
    found = texts(ods)
    assert found["d table > PatientBirthDate"] == ["19610203"]
    assert "seen" in found["d"]


@pytest.mark.parametrize(
    "xml",
    [
        b"<d><p>Paula Probe</p><p>",
        b"<d><p>Paula Probe</p></x>",
        b"<d><p>Paula Probe</p>" + b"<a>" * 3_000,
    ],
)
def test_what_stands_before_damage_is_told(xml: bytes) -> None:
    found = heard(of_document([xml], "d"))
    assert found.texts["d"] == ["Paula Probe"]
    assert found.lost == ["damaged"]


def test_no_entity_is_expanded() -> None:
    bomb = b'<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><d><p>&b;</p></d>'
    assert heard(of_document([bomb], "d")) == ({}, ["damaged"], {}, {})
    outside = b'<!DOCTYPE d SYSTEM "file:///etc/passwd"><d><p>x</p></d>'
    assert heard(of_document([outside], "d")).texts["d"] == ["x"]


def test_chunks_are_asked_for_one_by_one() -> None:
    class Silent:
        def start(self, name: str, attributes: dict[str, str], /) -> None: ...
        def end(self, name: str, /) -> None: ...
        def text(self, text: str, /) -> None: ...

    def endless() -> Iterator[bytes]:
        yield b"<d>"
        while True:
            yield b"<p>x</p>"

    codes = fed(endless(), Silent())
    assert [next(codes) for _ in range(5)] == [""] * 5


def test_a_tag_that_never_ends_is_damage_and_a_text_may_be_long() -> None:
    tag = [b"<d ", *(b"a%d='%s' " % (n, b"x" * 200_000) for n in range(40)), b"/>"]
    assert heard(of_document(tag, "d")).lost == ["damaged"]
    text = heard(of_document([b"<d><p>", *[b"x" * 500_000] * 12, b"</p></d>"], "d"))
    assert (text.lost, len(text.texts["d"][0])) == ([], 6_000_000)
