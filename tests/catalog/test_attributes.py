import pytest
from hypothesis import given
from hypothesis import strategies as st

from vestige.catalog.attributes import Action, AttributeList, parse
from vestige.model import PolicyError


def parsed(text: str) -> AttributeList:
    return parse("list.csv", text.encode())


def refusal(raw: bytes) -> str:
    with pytest.raises(PolicyError) as error:
        parse("list.csv", raw)
    return str(error.value)


def test_a_list_says_what_is_permitted_of_each_attribute() -> None:
    found = parsed(
        "\ufeff# ours\n# since May\nTag, keyword ,action,creator\n"
        "00100010,PatientName,replace\n\n# times\n"
        '"(0008,0030)",,KEEP,\n00080020,StudyDate,\n60xx3000,,keep\n'
        "0029xx10,,keep,SIEMENS CSA HEADER\n"
    )
    assert found.action(0x00100010) is Action.REPLACE
    assert found.action(0x00080030) is found.action(0x00080020) is Action.KEEP
    assert found.action(0x00291010, "SIEMENS CSA HEADER") is Action.KEEP
    assert found.action(0x00291110, "SIEMENS CSA HEADER") is Action.KEEP
    assert found.action(0x00291010, "somebody") is None
    assert found.action(0x60003000) is found.action(0x60123000) is Action.KEEP
    assert found.action(0x60124000) is found.action(0x00100020) is None


@pytest.mark.parametrize(
    ("tag", "creator", "lacks"),
    [
        (0x00100010, "", False),
        (0x00100020, "", True),
        (0x00100040, "", True),
        (0x00180015, "", False),
        (0x00180010, "", True),
        (0x00100000, "", False),
        (0x00020016, "", False),
        (0x00041500, "", False),
        (0x7FE00010, "", False),
        (0xFFFCFFFC, "", False),
        (0x00080104, "", False),
        (0x00290010, "", False),
        (0x00291010, "SIEMENS CSA HEADER", False),
        (0x00291010, "", True),
    ],
)
def test_what_a_list_lacks(tag: int, creator: str, lacks: bool) -> None:  # noqa: FBT001
    found = parsed(
        "tag,action,creator\n00100010,keep\n00100040,empty\n00180010,empty\n"
        "0029xx10,keep,SIEMENS CSA HEADER\n"
    )
    listed = AttributeList(found.standard, found.private, frozenset({0x0018}))
    assert listed.lacks(tag, creator) is lacks


def test_a_sequence_may_hold_elements_if_it_is_on_the_list() -> None:
    listed = parsed("tag,creator\n00081140,\n0029xx10,SIEMENS CSA HEADER\n")
    assert listed.may_hold("0008", "1140")
    assert not listed.may_hold("0008", "1141")
    assert listed.may_hold("0029", "10")
    assert not listed.may_hold("0029", "11")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "line 1: the columns must be tag and, if need be, keyword, action, creator"),
        ("tag\n", "the list names no attribute"),
        ("# a\nname,action\n", "line 2: the columns must be"),
        ("tag,colour\n", "line 1: the columns must be"),
        ("tag,tag\n", "line 1: the columns must be"),
        ("# a\ntag\n00100010\n0010001\n", "line 4: '0010001' is no tag"),
        ("tag\nPatientName\n", "line 2: 'PatientName' is no tag"),
        ("tag\n(0010,00100)\n", "line 2: there are more cells than columns"),
        ("tag\n00110010\n", "line 2: '00110010' is no tag"),
        ("tag\n0011xx10\n", "line 2: '0011xx10' is private: its creator must be named"),
        ("tag,creator\n00100010,QZ\n", "line 2: '00100010' is a standard attribute"),
        ("tag\n00100010\n(0010;0010)\n", "line 3: '(0010;0010)' is no tag"),
        ("tag\n00100010\n\n00100010\n", "line 4: the attribute stands in an earlier line"),
        ("tag,action\n00100010,drop\n", "line 2: 'drop' is no action; actions are keep, replace"),
        ('tag\n"00100010\n', "line 2: unexpected end of data"),
    ],
)
def test_a_bad_row_is_named_with_its_line(text: str, says: str) -> None:
    assert refusal(text.encode()).startswith(f"list.csv: {says}")


def test_a_list_is_text_and_no_longer_than_a_list() -> None:
    assert refusal(b"tag\n\xff\xfe\n") == "list.csv: is no UTF-8 text"
    assert refusal(b"#" * (5 << 20)) == f"list.csv: more than {4 << 20} bytes"


@given(st.binary(max_size=60) | st.text(max_size=60).map(lambda text: f"tag\n{text}".encode()))
def test_any_bytes_are_a_list_or_refused(raw: bytes) -> None:
    try:
        found = parse("list.csv", raw)
    except PolicyError as error:
        assert str(error).startswith("list.csv: ")  # noqa: PT017 - either is right
    else:
        assert found.standard or found.private
