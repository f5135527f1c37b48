import pytest

from tests.read.beside.papers import heard
from vestige.read.beside.parts import Listed, Told
from vestige.read.beside.rows import place_of, row_of, tag_of, told

PERSON, NAME, NUMBER, BIRTH = (
    "t > PersonName",
    "t > PatientName",
    "t > PatientID",
    "t > PatientBirthDate",
)


def texts(*rows: list[str]) -> dict[str, list[str]]:
    return heard(told("t", map(row_of, rows))).texts


def test_columns_are_what_their_headings_announce() -> None:
    found = texts(
        ["Study of something"],
        ["code", "Apellidos", "Nombre", "NHC", "Geburtsdatum", "age"],
        ["s1", "Probe", "Paula", "4711123", "03.02.1961", "61"],
        ["s2", "Muster", "Max", "4711124", "1950-12-31", "70"],
    )
    assert set(found[PERSON]) == {"Probe", "Muster", "Paula", "Max"}
    assert found[NUMBER] == ["4711123", "4711124"]
    assert found[BIRTH] == ["19610203", "19501231"]
    assert {"s1", "Study of something", "Apellidos"} <= set(found["t"])


def test_labels_stand_beside_their_values_too() -> None:
    found = texts(
        ["Paciente:", "Paula Probe"],
        ["NHC", "4711123"],
        ["Coil", "head"],
        ["Date of birth", "1961-02-03"],
    )
    assert found[NAME] == ["Paula Probe"]
    assert found[NUMBER] == ["4711123"]
    assert found[BIRTH] == ["19610203"]
    assert "head" in found["t"]


def test_one_label_among_others_is_no_heading() -> None:
    found = texts(
        ["Nombre del paciente", "Paula Probe"], ["Sequence", "t1"], ["Field strength", "3"]
    )
    assert found[NAME] == ["Paula Probe"]
    assert "Sequence" in found["t"]


def test_a_name_alone_is_any_name_and_a_list_under_a_heading_is_one() -> None:
    assert NAME not in texts(["name", "value"], ["kernel", "3"])
    assert texts(["Surname"], ["Probe"], ["Muster"])[PERSON] == ["Probe", "Muster"]


def test_neighbours_without_headings_are_told_together() -> None:
    assert "Paula Probe" in texts(["Paula", "Probe", "17"])["t"]


def test_what_is_no_value_of_its_attribute_stays_a_text() -> None:
    found = texts(["Geburtsdatum", "x"], ["soon", "y"], ["1961-02-03", "y"])
    assert found[BIRTH] == ["19610203"]
    assert "soon" in found["t"]


def test_many_rows_and_far_columns_are_read_as_they_come() -> None:
    rows = ({1: f"Probe{n}", 16_000_000: "x"} for n in range(12_000))
    found = heard(told("t", iter([{1: "Surname", 2: "MRN"}, *rows]))).texts
    assert len(found[PERSON]) == 12_000
    assert found["t"].count("x") == 3, "once in each five thousand rows"


@pytest.mark.parametrize("heading", ["", "volume", "Zargothy"])
def test_other_headings_are_none(heading: str) -> None:
    assert tag_of(heading) == 0
    assert place_of("t", 0).pointer == "t"


def test_columns_are_numbered_and_cells_without_a_heading_are_judged_together() -> None:
    rows = [{0: "MRN", 700: "x"}, {0: "4711123", 3: "a", 700: "b", 900: "c"}]
    parts = [part for part in told("t", rows) if isinstance(part, Told)]
    places = {part.place.pointer: part.together for part in parts}
    assert places == {
        "t": False,
        "t column 1 > PatientID": False,
        "t column 4": True,
        "t column 513": False,
    }


def test_rows_under_headings_of_persons_are_held_as_far_as_they_are_read() -> None:
    rows = ({0: f"s{n}", 2: "Probe", 99: "x"} for n in range(30_000))
    *_, last = told("t", iter([{0: "code", 2: "Surname", 99: "y"}, *rows]))
    assert isinstance(last, Listed)
    assert len(last.rows) == 20_000
    assert last.rows[:2] == [["code", "", "Surname"], ["s0", "", "Probe"]]
    *_, bare = told("t", [{0: "a", 1: "b"}] * 3)
    assert isinstance(bare, Listed)
    assert bare.rows == [["a", "b"]] * 3


def test_labels_beside_their_values_are_no_headings() -> None:
    *_, last = told("t", [{0: "Patient name", 1: "CASE-7"}, {0: "Sequence", 1: "t1"}, {0: "TE"}])
    assert isinstance(last, Listed)
    assert last.rows[:2] == [["", ""], ["Patient name", "CASE-7"]]
