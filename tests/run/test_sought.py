"""What is kept of those who are sought: digests, and no letter."""

import pytest

from tests.accepted import KEY
from tests.located import CANARIES, NAME, NUMBER, marker
from vestige.catalog.roster import packed
from vestige.identity import Form
from vestige.model import UsageError
from vestige.run.causes import code
from vestige.run.rosters import Person, made
from vestige.run.sought import MOST_NEAR, Sought, of_list, of_people, whose
from vestige.trace import form_of, records
from vestige.trace import packed as packed_marks


def met(sought: Sought, text: str) -> set[tuple[str, Form, bool]]:
    marks = records(packed_marks(sign.mark for sign in marker().in_text(text)))
    return {(who, form_of(record), near) for who, record, near in sought.met(marks)}


def sought(*people: Person, near: bool = False) -> Sought:
    return of_people(people, marker(), KEY, near=near)


def test_texts_that_speak_of_a_person_are_known() -> None:
    found = sought(Person(NAME, NUMBER, "19610203"))
    assert ("person 1", Form.NAMES, False) in met(found, "for Quillonia ZARGOTHY")
    assert ("person 1", Form.NUMBER, False) in met(found, f"no. {NUMBER}")
    assert met(found, "Oyarzabal, Ane 99887766") == set()
    told = repr(found).lower()
    assert not [word for word in CANARIES if word in told]


def test_people_are_told_apart_by_their_number_in_the_list() -> None:
    found = sought(Person(NAME, "", ""), Person("", "  ", ""), Person("Oyarzabal, Ane", "", ""))
    assert found.count == 2
    assert {who for who, _, _ in met(found, "Ane Oyarzabal")} == {"person 2"}


def test_whole_values_are_known_however_short_or_plain() -> None:
    found = sought(Person("Young, Rose", "12", ""))
    for text in ("Young^Rose", "ROSE YOUNG", "Young, Rose", "12"):
        assert whose(found.codes, [code(text, KEY)]) == {"person 1"}, text
    assert whose(found.codes, [code("Young", KEY)]) == set()


@pytest.mark.parametrize("text", ["Zargothi Quillonia", "Zargoty Quillonia", "Zargothyy Quillonia"])
def test_nearly_a_name(text: str) -> None:
    plain, near = sought(Person(NAME, "", "")), sought(Person(NAME, "", ""), near=True)
    assert not any(form is Form.NAMES for _, form, _ in met(plain, text))
    assert ("person 1", Form.NAMES, True) in met(near, text)
    assert ("person 1", Form.NAMES, False) in met(near, "Zargothy Quillonia")


def test_nobody_and_too_many_are_wrong_usage() -> None:
    with pytest.raises(UsageError, match="nobody is sought"):
        sought(Person("", "", ""))
    many = [Person("", f"48{number:06}", "") for number in range(MOST_NEAR + 1)]
    with pytest.raises(UsageError, match="--near"):
        sought(*many, near=True)


def test_lists_and_rosters() -> None:
    raw = b"surname,first name,mrn\nZargothy,Quillonia,48291377\nOyarzabal,Ane,99887766\n"
    listed = of_list(raw, marker(), KEY, near=False)
    assert listed.count == 2
    assert {who for who, _, _ in met(listed, "Ane Oyarzabal")} == {"person 2"}
    roster = of_list(packed(made(raw, marker()), KEY), marker(), KEY, near=False)
    assert roster.count == 2
    assert {who for who, _, _ in met(roster, "Ane Oyarzabal")} == {"roster"}
    with pytest.raises(UsageError, match="another key"):
        of_list(packed(made(raw, marker()), b"x" * 32), marker(), KEY, near=False)
