"""From rows of tables to the codes of those who are sought, and of nobody else."""

from pathlib import Path

import pytest

from tests.accepted import KEY
from tests.located import NAME, NUMBER, marker, words
from vestige.model import UsageError
from vestige.run.causes import code
from vestige.run.pseudonyms import Tables
from vestige.run.rosters import Person
from vestige.run.sought import of_people


def codes(tmp_path: Path, table: str, *people: Person) -> dict[str, set[bytes]]:
    file = tmp_path / "map.csv"
    file.write_text(table)
    sought = of_people(people or (Person(NAME, "", "19610203"),), marker(), KEY, near=False)
    found: dict[str, set[bytes]] = {}
    for one in Tables(sought, marker(), words(), KEY).given(file, sought.codes):
        assert one.table == 0
        found.setdefault(one.who, set()).add(one.code)
    return found


def digests(*texts: str) -> set[bytes]:
    return {code(text, KEY) for text in texts}


@pytest.mark.parametrize(
    "table",
    [
        "name,code\nZargothy^Quillonia,PSN-7Q\nOyarzabal^Ane,PSN-8R\n",
        "code;surname;first name\nPSN-7Q;Zargothy;Quillonia\nPSN-8R;Oyarzabal;Ane\n",
        (
            '[{"patient name": "Quillonia Zargothy", "pseudonym": "PSN-7Q"},'
            ' {"patient name": "Ane Oyarzabal", "pseudonym": "PSN-8R"}]'
        ),
    ],
)
def test_the_code_of_the_row_and_no_other(tmp_path: Path, table: str) -> None:
    assert codes(tmp_path, table) == {"person 1": digests("PSN-7Q")}


def test_what_is_no_code_leads_nowhere(tmp_path: Path) -> None:
    table = (
        "patient name,site,scanned on,age,label\n"
        "Zargothy^Quillonia,left,2019-03-02,61,K7Q-22\nOyarzabal^Ane,right,2019-03-05,44,K8R-23\n"
    )
    assert codes(tmp_path, table) == {"person 1": digests("K7Q-22")}


def test_a_code_that_others_have_too_leads_nowhere(tmp_path: Path) -> None:
    rows = "Zargothy^Quillonia,GRP-1\nOyarzabal^Ane,GRP-1\n"
    assert codes(tmp_path, f"patient name,code\n{rows}") == {}


def test_a_namesake_with_another_birth_date_leads_nowhere(tmp_path: Path) -> None:
    table = (
        "patient name,birth date,code\nZargothy^Quillonia,1999-12-31,PSN-9X\nA^B,2000-01-01,Q-1\n"
    )
    assert codes(tmp_path, table) == {}


def test_a_row_is_known_by_its_number_too(tmp_path: Path) -> None:
    table = f"mrn,code\n{NUMBER},PSN-7Q\n99887766,PSN-8R\n"
    assert codes(tmp_path, table, Person("", NUMBER, "")) == {"person 1": digests("PSN-7Q")}


def test_what_is_no_table_is_said(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no rows"):
        codes(tmp_path, "\n")
