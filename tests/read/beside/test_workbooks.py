from collections.abc import Iterator

import pytest

from tests.read.beside.papers import heard, of_file, package
from vestige.read.beside.workbooks import Workbook, of_sheet, read_strings

STYLES = (
    '<styleSheet><numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts>'
    '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/></cellXfs></styleSheet>'
)
STRINGS = (
    "<sst><si><t>Surname</t></si><si><r><t>Pro</t></r><r><t>be</t></r>"
    "<rPh><t>aloud</t></rPh></si></sst>"
)
SHEET = (
    '<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="inlineStr"><is>'
    '<t>DOB</t></is></c><c r="D1" t="str"><v>MRN</v></c></row>'
    '<row r="2"><c r="A2" t="s"><v>1</v></c><c r="C2" s="{}"><v>22315</v></c>'
    '<c r="D2"><v>4.711123E6</v></c></row></sheetData>'
    "<headerFooter><oddHeader>&amp;LMax Muster</oddHeader></headerFooter></worksheet>"
)


@pytest.mark.parametrize("style", ["1", "2"])
def test_cells_are_told_by_the_headings_of_their_columns(style: str) -> None:
    found = of_file(
        package(
            xl__worksheets__sheet1=SHEET.format(style), xl__sharedStrings=STRINGS, xl__styles=STYLES
        )
    )
    assert found.texts["spreadsheet > PersonName"] == ["Probe"]
    assert found.texts["spreadsheet > PatientBirthDate"] == ["19610203"]
    assert found.texts["spreadsheet > PatientID"] == ["4711123"]
    assert {"Surname", "&LMax Muster"} <= set(found.texts["spreadsheet"])


def test_days_may_be_counted_from_another_day() -> None:
    book = Workbook()
    book.dated.add("1")
    assert book.number("22315", "1") == "1961-02-03"
    book.read_workbook("workbookPr", {"date1904": "1"})
    assert book.number("20853", "1") == "1961-02-03"
    assert book.number("1e99", "1") == "1e99"
    assert book.number("12.0", "0") == "12"
    assert book.number("nonsense", "1") == "nonsense"


def test_a_sheet_of_a_billion_rows_is_read_as_it_comes() -> None:
    def endless() -> Iterator[bytes]:
        yield b'<worksheet><dimension ref="A1:XFD1048576"/><sheetData>'
        yield b'<row><c r="A1" t="str"><v>Surname</v></c><c r="B1" t="str"><v>x</v></c></row>'
        while True:
            yield b'<row r="2"><c r="A2" t="str"><v>Probe</v></c><c r="XFD2"><v>1</v></c></row>'

    parts = of_sheet(endless(), Workbook())
    first = [next(parts) for _ in range(4)]
    assert set(heard(first).texts["spreadsheet > PersonName"]) == {"Probe"}


def test_strings_that_are_not_there_are_nothing() -> None:
    book = Workbook()
    assert list(read_strings([b"<sst><si><t>x</t></si>"], book))[0].code == "damaged"  # type: ignore[union-attr] # noqa: RUF015
    assert (book.string("0"), book.string("9"), book.string("x")) == ("x", "", "")
