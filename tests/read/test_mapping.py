"""Tables of persons, in many dialects, and what is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vestige.read import mapping
from vestige.read.beside import texts
from vestige.read.beside.parts import Bounds, Held, Listed
from vestige.read.mapping import ROWS, Person, Table


def table(data: bytes) -> Table | None:
    """The persons of the first table in a text that names any."""
    parts = texts.read(Held(data), Bounds(len(data)))
    tables = (mapping.of_rows(part.rows) for part in parts if isinstance(part, Listed))
    return next((one for one in tables if one is not None), None)


ROW = ("Zargothy", "Quillonia", "0048291")


def rows(found: Table | None) -> list[tuple[str, str, str]]:
    return [tuple(text.reveal() for text in one) for one in found.persons] if found else []  # type: ignore[misc]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("surname,given name,code\nZargothy,Quillonia,S1\n", ("Zargothy^Quillonia", "", "")),
        ("Apellidos;Nombre;NHC;F\nZargothy;Quillonia;7\n", ("Zargothy^Quillonia", "7", "")),
        ("Nachname\tVorname\tGeb.-Datum\nZargothy\tQ\t3.2.61\n", ("Zargothy^Q", "", "3.2.61")),
        ("nom|prénom|IPP\nZargothy|Q|77\n", ("Zargothy^Q", "77", "")),
        ("Patient's Name,Study\nZargothy^Q,1\n", ("Zargothy^Q", "", "")),
        ("A title of the table\n\nMRN,pseudonym\n0048291,S1\n", ("", "0048291", "")),
        ("PatientID,anon_id\n0048291,S1\n", ("", "0048291", "")),
        (",\nZargothy^Q,S1\nQuexotl^B,S2\nMoxo^C,S3\n", ("Zargothy^Q", "", "")),
        ("фамилия;имя;дата рождения\nZargothy;Q;x\n", ("Zargothy^Q", "", "x")),
        ("姓名,生年月日\n王小明,1961\n", ("王小明", "", "1961")),
        ('[{"surname": "Zargothy", "given": 1, "dob": "x"}]', ("Zargothy", "", "x")),
        ('{"S1": {"PatientName": "Zargothy^Q"}}', ("Zargothy^Q", "", "")),
        ('{"PatientName": "Zargothy^Q", "age": 7}', ("Zargothy^Q", "", "")),
    ],
)
def test_persons_are_read_from_any_dialect(text: str, expected: tuple[str, str, str]) -> None:
    found = rows(table(text.encode()))
    assert found[:1] == [expected] or found[:1] == [(expected[0] + "^", *expected[1:])]


@pytest.mark.parametrize(
    "text",
    [
        "Export of ZARGOTHY^QUILLONIA\n",
        "participant_id\tage\tsex\nsub-01\t34\tF\n",
        "PatientID,StudyInstanceUID\n0048291,1.2.3\n",
        "filename,size\na.dcm,7\n",
        '{"EchoTime": 3, "Manufacturer": "x"}',
        "surname,given name\n",
        "just a text about someone\n",
        "",
    ],
)
def test_other_texts_are_no_tables_of_persons(text: str) -> None:
    assert table(text.encode()) is None


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "cp1252"])
def test_any_encoding_will_do(codec: str) -> None:
    text = "apellidos;nombre\nGarcía Zárgo;Íñigo\n"
    assert rows(table(text.encode(codec))) == [("García Zárgo^Íñigo", "", "")]


def test_long_tables_are_cut() -> None:
    text = "mrn,code\n" + "".join(f"{n:08},S{n}\n" for n in range(ROWS + 10))
    found = table(text.encode())
    assert found is not None
    assert len(found.persons) == ROWS - 1


@given(st.binary(max_size=300))
def test_any_bytes_are_a_table_or_none(data: bytes) -> None:
    found = table(data)
    assert found is None or all(isinstance(one, Person) for one in found.persons)


def test_rows_come_with_the_codes_that_are_theirs_alone() -> None:
    rows = mapping.listed(b"surname,first name,code,site\nA\xc3\xb1o,Bea,K-1,x\nCid,Dan,K-2,x\n")
    assert [[cell.reveal() for cell in row.codes] for row in rows] == [["K-1"], ["K-2"]]
    assert rows[0].person is not None
    assert rows[0].person.name.reveal() == "Año^Bea"
    shared = mapping.listed(b"name,code\nA B,K-1\nC D,K-1\n")
    assert [row.codes for row in shared] == [(), ()]
    assert mapping.listed(b"\0\1\2") == mapping.listed(b" \n") == ()


def test_rows_of_a_sheet_are_a_table_like_any_other() -> None:
    found = mapping.of_rows([["code", "", "Surname"], ["s1", "x", "Probe"], ["s2", "", "Muster"]])
    assert found is not None
    assert [person.name.reveal() for person in found.persons] == ["Probe^", "Muster^"]
    assert mapping.of_rows([["a", "b"], ["1", "2"]]) is None
