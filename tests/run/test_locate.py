"""A person sought in a real scan: everywhere that they stand, and nowhere else."""

from pathlib import Path

import pytest

from tests.located import BORN, CODE, NAME, NUMBER, PERSON, ask, patient, scanned, told
from tests.run.test_known import image
from vestige.model import UsageError
from vestige.review import Strength
from vestige.run.plan import Request, plan
from vestige.run.rosters import Person
from vestige.run.scan import scan
from vestige.store import Store

STRONG, LIKELY, WEAK = Strength


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return scanned(tmp_path_factory.mktemp("located"))


def strengths(file: Path, *people: Person, **asked: object) -> dict[str, Strength]:
    """The best strength of all that was found, by path."""
    places = told(file, ask(file, *people, **asked))
    order = list(Strength)
    return {path: min((s for s, _ in whys), key=order.index) for path, whys in places.items()}


BY_NAME = {
    "a/named.dcm": STRONG,
    "a/described.dcm": STRONG,
    "b/private.dcm": STRONG,
    "b/nested.dcm": STRONG,
    "b/numbered.dcm": LIKELY,
    "coded/header.dcm": STRONG,
    f"coded/{CODE}": LIKELY,
    "Zargothy": WEAK,
    "Zargothy/Quillonia": STRONG,
    "Zargothi_Quillonia": WEAK,
    "others/namesake.dcm": STRONG,
    "keys.csv": STRONG,
}


def test_by_name_and_all_that_it_leads_to(file: Path) -> None:
    assert strengths(file, PERSON) == BY_NAME


def test_with_a_birth_date_a_namesake_is_told_apart(file: Path) -> None:
    found = strengths(file, Person(NAME, "", BORN))
    assert found == BY_NAME | {"others/namesake.dcm": WEAK}
    (why,) = told(file, ask(file, Person(NAME, "", BORN)))["others/namesake.dcm"]
    assert "another birth date stands there" in why[1]


def test_by_number_alone(file: Path) -> None:
    found = strengths(file, Person("", NUMBER, ""))
    assert found == {"a/named.dcm": STRONG, "b/numbered.dcm": STRONG}


def test_by_pseudonym(file: Path) -> None:
    found = strengths(file, Person("", CODE, ""))
    assert {path for path, one in found.items() if one is STRONG} == {
        "coded/header.dcm",
        f"coded/{CODE}",
    }


def test_nearly_the_name(file: Path) -> None:
    found = strengths(file, Person("Zargothi^Quillonia", "", ""), near=True)
    assert found["Zargothi_Quillonia"] is STRONG
    assert found["a/named.dcm"] is LIKELY
    plainly = strengths(file, Person("Zargothi^Quillonia", "", ""))
    assert plainly["a/named.dcm"] is WEAK


def test_nobody_else_is_found(file: Path) -> None:
    assert ask(file, Person("Goikoetxea, Unai", "11223344", "19550505")).found == ()
    found = ask(file, Person("Oyarzabal, Ane", "", ""), PERSON)
    by_person = {
        who: {o.entry for o in found.found if o.person == who} for who in ("person 1", "person 2")
    }
    store = Store.open(file)
    names = {number: store.row(number).name for number in by_person["person 1"]}
    store.close()
    assert set(names.values()) == {b"somebody.dcm", b"keys.csv"}
    assert len(by_person["person 2"]) == len(BY_NAME)


def test_a_mapping_kept_elsewhere_leads_on(file: Path, tmp_path: Path) -> None:
    mapping = tmp_path / "map.csv"
    mapping.write_text(f"patient name,subject code\nGoikoetxea^Unai,{CODE}\nSomeone^Else,XX-99\n")
    unai = Person("Goikoetxea, Unai", "", "")
    assert ask(file, unai).found == ()
    found = strengths(file, unai, mapping=mapping)
    assert found == {"coded/header.dcm": STRONG, f"coded/{CODE}": LIKELY}
    with pytest.raises(UsageError, match="mapping table cannot be read"):
        ask(file, unai, mapping=tmp_path / "none.csv")


def test_a_table_that_changed_is_said_and_not_guessed(tmp_path: Path) -> None:
    made = scanned(tmp_path)
    (tmp_path / "volume" / "keys.csv").unlink()
    found = ask(made, PERSON)
    assert "coded/header.dcm" not in told(made, found)
    (said,) = [one for one in found.unseen if "table" in one]
    assert "pseudonyms in it were not followed" in said
    assert "keys.csv" not in told(made, found) or "zargothy" not in said.lower()


def test_a_patient_id_that_many_names_share_leads_nowhere(tmp_path: Path) -> None:
    names = ("Zargothy^Quillonia", "Oyarzabal^Ane", "Goikoetxea^Unai", "Larranaga^Itziar")
    for number, name in enumerate((*names, "Mendizabal^Jon"), 1):
        image(tmp_path / "volume" / f"{number}.dcm", number, patient(name, "77001122"))  # type: ignore[arg-type]
    (tmp_path / "key").write_bytes(bytes(range(32)))
    request = Request(
        (tmp_path / "volume",), tmp_path / "out", key=tmp_path / "key", jobs=1, crack_seconds=0
    )
    made = scan(plan(request), lambda _progress: None)
    found = ask(made, PERSON)
    assert set(told(made, found)) == {"1.dcm"}
    assert any("it was not followed" in one for one in found.unseen)


def test_what_was_not_read_is_said(file: Path, tmp_path: Path) -> None:
    assert ask(file, Person("Goikoetxea, Unai", "", "")).exit_code == 3
    (tmp_path / "key").write_bytes(bytes(range(32)))
    image(tmp_path / "volume" / "1.dcm", 1)
    request = Request(
        (tmp_path / "volume",), tmp_path / "out", key=tmp_path / "key", jobs=1, crack_seconds=0
    )
    made = scan(plan(request), lambda _progress: None)
    nobody = ask(made, PERSON)
    assert (nobody.exit_code, nobody.unseen) == (0, ())
    store = Store.open(made)
    store.note("state", "interrupted")
    store.close()
    assert ask(made, PERSON).exit_code == 3
    assert ask(file, PERSON).exit_code == 1
