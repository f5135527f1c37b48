import json

import pytest

from tests.detect.objects import CATALOG
from vestige import catalog
from vestige.detect.elements import ElementRules
from vestige.run import examples
from vestige.run.causes import Causes
from vestige.run.objects import Content, Objects
from vestige.statement import Statement

POLICY = catalog.policy("gdpr")
ELEMENTS = ElementRules(CATALOG, POLICY)
PERSON = {
    "(0010,0010)": "QUINTERO^MARIA",
    "(0010,0020)": "00482913",
    "(0010,0030)": "19610203",
    "(0008,0020)": "20190317",
    "(0008,0060)": "CT",
    "(0008,0016)": "1.2.840.10008.5.1.4.1.1.2",
    "(0018,0050)": "1.25",
    "(0020,000D)": "1.2.3.4",
}


def about(**changed: str) -> Statement:
    values = {**PERSON, **{f"({key[1:5]},{key[5:]})": text for key, text in changed.items()}}
    return examples.stated(values, ELEMENTS)[0]


def objects(key: bytes = b"k" * 32) -> Objects:
    return Objects(CATALOG, POLICY, Causes(key))


def facts(statement: Statement, key: bytes = b"k" * 32) -> dict[str, str]:
    told: dict[str, str] = json.loads(objects(key).facts(statement, "who").facts)
    return told


def test_of_a_series_no_value_is_kept() -> None:
    kept = objects().facts(about(), "who")
    text = repr(kept)
    for value in ("QUINTERO", "quintero", "00482913", "19610203", "20190317", "1.2.3.4"):
        assert value not in text
    told = json.loads(kept.facts)
    assert (told["modality"], told["thickness"]) == ("CT", "1.25")
    assert told["class"] == "1.2.840.10008.5.1.4.1.1.2"


def test_equal_values_are_equal_under_one_key_alone() -> None:
    assert facts(about()) == facts(about())
    assert facts(about(t00100010="Quintero^Maria"))["name"] == facts(about())["name"]
    assert facts(about())["name"] != facts(about(), b"other" * 6)["name"]


def test_dummies_are_nobody() -> None:
    assert "name" not in facts(about(t00100010="ANONYMOUS"))
    assert "patient" not in facts(about(t00100020=""))


@pytest.mark.parametrize("text", ["QUINTERO", "QUINTERO^MARIA", "00482913", "482913.5", "A1"])
@pytest.mark.parametrize(
    "tag", ["00080016", "00080060", "00180015", "00180050", "00280008", "00280301", "00280303"]
)
def test_whatever_is_written_into_an_element_is_not_kept(tag: str, text: str) -> None:
    told = facts(about(**{f"t{tag}": text}))
    assert text not in told.values()


def test_method_codes_are_kept_and_no_other_numbers() -> None:
    values = {**PERSON, "(0012,0064)": "113100\\00482913"}
    told = facts(examples.stated(values, ELEMENTS)[0])
    assert told["codes"] == "113100"


def test_days_of_one_subject_keep_their_distance_and_no_more() -> None:
    first, second = facts(about()), facts(about(t00080020="20190327"))
    assert int(second["day"]) - int(first["day"]) == 10
    other = facts(about(t00100020="00482914"))
    assert other["day"] != first["day"]
    assert first["weekday"] == "6"
    assert "day" not in facts(about(t00080020="2019"))


def test_causes_of_the_object_stand_behind_those_of_its_elements() -> None:
    room = objects()
    statement, said = examples.stated({**PERSON, "(0012,0062)": "YES"}, ELEMENTS)
    assert said
    content = room.content((), statement, "who")
    assert isinstance(content, Content)
    assert content.causes
    assert content.series == room.content((), statement, "who").series == 1
    assert room.content((), about(), "who").series == 2


def test_whose_an_object_is_it_says_by_number_or_name() -> None:
    room = objects()
    assert room.subject(about()) == room.subject(about(t00100010="OTHER^NAME"))
    assert room.subject(about()) != room.subject(about(t00100020="00482914"))
    assert room.subject(Statement({})) == ""


def test_an_object_of_a_class_that_no_table_knows_is_said_to_be() -> None:
    assert facts(about(t00080016="1.3.12.2.1107.5.9.1"))["class"] == "unknown"
    assert facts(about(t00080016="1.2.840.10008.5.1.4.1.1.2.99"))["class"] == "unknown"
    assert facts(about(t00080016="1.2.840.10008.5.1.4.1.1.88.11"))["class"] == "other"
    assert "class" not in facts(about(t00080016=""))
